import { useState, type ReactNode } from 'react'
import type { SimSnapshot, Snapshot } from '../../../shared/calls/snapshot.ts'
import type { NetworkChange, NetworkConditions } from '../../../shared/hardware/network-conditions.ts'
import { simChart } from '../../../shared/statecharts/sim.ts'
import { changeNetwork, changeSim } from '../../state/terminal/hand-acts.ts'
import type { Store } from '../../state/store/store.ts'

interface NetworkControlsProps {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly live: boolean
}

/** What the network around the module is like, and the SIM: each can be changed while the module runs. */
export function NetworkControls({ store, snapshot, live }: NetworkControlsProps): ReactNode {
  const { conditions, sim } = snapshot
  const change = (done: string, next: NetworkChange): void => {
    void changeNetwork(store, done, next)
  }
  return (
    <div className="net">
      <Choice
        label="Network"
        value={conditions.registration}
        options={registrations}
        disabled={!live}
        title="How the network answers a module that wants to register (+CREG)"
        onChoose={(registration) => {
          change(`Network: ${registrations[registration]}`, { registration })
        }}
      />
      <Signal
        quality={conditions.signalQuality}
        disabled={!live || conditions.registration === 'none'}
        onChoose={(signalQuality) => {
          change(`Signal ${signalQuality}`, { signalQuality })
        }}
      />
      <Choice
        label="Packets"
        value={conditions.packetService}
        options={{ allowed: 'allowed', refused: 'refused' }}
        disabled={!live}
        title="Whether the network grants packet service (+CGATT, +CGREG)"
        onChoose={(packetService) => {
          change(`Packets ${packetService}`, { packetService })
        }}
      />
      <Choice
        label="Pace"
        spare
        value={conditions.latency}
        options={{ quick: 'quick', real: 'as in the field' }}
        disabled={!live}
        title="How long the network takes: milliseconds, or the seconds of the field"
        onChoose={(latency) => {
          change(latency === 'real' ? 'Network as slow as in the field' : 'Network quick', { latency })
        }}
      />
      <Sim store={store} sim={sim} live={live} />
    </div>
  )
}

const registrations: Readonly<Record<NetworkConditions['registration'], string>> = {
  home: 'home',
  roaming: 'roaming',
  denied: 'refuses',
  none: 'no coverage'
}

function Sim({
  store,
  sim,
  live
}: {
  readonly store: Store
  readonly sim: SimSnapshot
  readonly live: boolean
}): ReactNode {
  const word = sim.inserted && sim.state === 'absent' ? 'Module off' : (simChart.states[sim.state]?.label ?? sim.state)
  return (
    <div className="sim">
      <span className="lb">SIM</span>
      <b className="cut" title={`${simChart.states[sim.state]?.about ?? ''} IMSI ${sim.imsi}, ICCID ${sim.iccid}`}>
        {word}
      </b>
      <label className="check" title={`Whether the card asks for its PIN ${sim.pin} when it next gets power (AT+CPIN)`}>
        <input
          type="checkbox"
          checked={sim.pinEnabled}
          disabled={!live}
          onChange={(event) => {
            void changeSim(store, event.target.checked ? 'PIN asked for' : 'PIN no longer asked for', {
              pinEnabled: event.target.checked
            })
          }}
        />
        PIN
      </label>
      <span className="sim-acts">
        <button
          type="button"
          className="btn line sm"
          disabled={!live}
          title={sim.inserted ? 'Takes the SIM out of its holder' : 'Puts the SIM into its holder'}
          onClick={() => {
            void changeSim(store, sim.inserted ? 'SIM taken out' : 'SIM put in', { inserted: !sim.inserted })
          }}
        >
          {sim.inserted ? 'Remove' : 'Insert'}
        </button>
        {(sim.pinTriesLeft < ALL_PIN_TRIES || sim.pukTriesLeft < ALL_PUK_TRIES) && (
          <button
            type="button"
            className="btn line sm"
            disabled={!live}
            title={`${sim.pinTriesLeft} tries of the PIN and ${sim.pukTriesLeft} of the PUK ${sim.puk} are left; a fresh card has all`}
            onClick={() => {
              void store.attempt(store.api.setSim({ fresh: true }))
            }}
          >
            Fresh
          </button>
        )}
      </span>
    </div>
  )
}

/** What a card has before anything wrong was typed (at-reference 3). */
const ALL_PIN_TRIES = 3
const ALL_PUK_TRIES = 10

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: Readonly<Record<Value, string>>
  readonly disabled: boolean
  readonly title: string
  /** Whether a small window does without it. */
  readonly spare?: boolean
  readonly onChoose: (value: Value) => void
}

function Choice<Value extends string>({
  label,
  value,
  options,
  disabled,
  title,
  spare,
  onChoose
}: ChoiceProps<Value>): ReactNode {
  const wide = spare ? ' spare' : ''
  return (
    <>
      <span className={`lb${wide}`}>{label}</span>
      <span className={`val select sm${wide}`} title={title}>
        <select
          aria-label={label}
          value={value}
          disabled={disabled}
          onChange={(event) => {
            onChoose(event.target.value as Value)
          }}
        >
          {(Object.keys(options) as Value[]).map((option) => (
            <option key={option} value={option}>
              {options[option]}
            </option>
          ))}
        </select>
      </span>
    </>
  )
}

interface SignalProps {
  readonly quality: number
  readonly disabled: boolean
  readonly onChoose: (quality: number) => void
}

/** +CSQ 0 to 31 as a slider; the module learns it when the slider is let go. */
function Signal({ quality, disabled, onChoose }: SignalProps): ReactNode {
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? Math.min(31, quality)
  const settle = (): void => {
    if (dragged !== null && dragged !== quality) onChoose(dragged)
    setDragged(null)
  }
  return (
    <>
      <span className="lb">Signal</span>
      <span className="val" title={`+CSQ ${shown}: ${-113 + 2 * shown} dBm`}>
        <input
          type="range"
          aria-label="Signal"
          aria-valuetext={`${shown}, ${-113 + 2 * shown} dBm`}
          min={0}
          max={31}
          value={shown}
          disabled={disabled}
          onChange={(event) => {
            setDragged(Number(event.target.value))
          }}
          onPointerUp={settle}
          onKeyUp={settle}
          onBlur={settle}
        />
        <span className="fig">{quality === 99 && dragged === null ? '99' : shown}</span>
      </span>
    </>
  )
}
