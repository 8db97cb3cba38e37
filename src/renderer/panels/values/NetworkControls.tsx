import { useState, type ReactNode } from 'react'
import type { SimSnapshot, Snapshot } from '../../../shared/calls/snapshot.ts'
import type { NetworkChange } from '../../../shared/hardware/network-conditions.ts'
import { simChart } from '../../../shared/statecharts/sim.ts'
import type { Store } from '../../state/store/store.ts'
import { changeNetwork, changeSim } from '../../state/terminal/hand-acts.ts'
import { valuesWords } from './words.ts'

interface NetworkControlsProps {
  readonly store: Store
  readonly snapshot: Snapshot
  readonly live: boolean
}

/** The conditions of network and SIM. All can be changed while the module runs. */
export function NetworkControls({ store, snapshot, live }: NetworkControlsProps): ReactNode {
  const { conditions, sim } = snapshot
  const change = (done: string, next: NetworkChange): void => {
    void changeNetwork(store, done, next)
  }
  return (
    <div className="net">
      <Choice
        label={words.registration}
        value={conditions.registration}
        options={words.registrations}
        disabled={!live}
        title={words.aboutRegistration}
        onChoose={(registration) => {
          change(words.setRegistration(words.registrations[registration]), { registration })
        }}
      />
      <Signal
        quality={conditions.signalQuality}
        disabled={!live || conditions.registration === 'none'}
        onChoose={(signalQuality) => {
          change(words.setSignal(signalQuality), { signalQuality })
        }}
      />
      <Choice
        label={words.packets}
        value={conditions.packetService}
        options={words.packetServices}
        disabled={!live}
        title={words.aboutPackets}
        onChoose={(packetService) => {
          change(words.setPackets(words.packetServices[packetService]), { packetService })
        }}
      />
      <Choice
        label={words.latency}
        spare
        value={conditions.latency}
        options={words.latencies}
        disabled={!live}
        title={words.aboutLatency}
        onChoose={(latency) => {
          change(words.setLatencies[latency], { latency })
        }}
      />
      <Sim store={store} sim={sim} live={live} />
    </div>
  )
}

const words = valuesWords.network
const simWords = valuesWords.sim

function Sim({
  store,
  sim,
  live
}: {
  readonly store: Store
  readonly sim: SimSnapshot
  readonly live: boolean
}): ReactNode {
  const word =
    sim.inserted && sim.state === 'absent' ? simWords.moduleOff : (simChart.states[sim.state]?.label ?? sim.state)
  return (
    <div className="sim">
      <span className="lb">{simWords.name}</span>
      <b className="cut" title={simWords.about(simChart.states[sim.state]?.about ?? '', sim.imsi, sim.iccid)}>
        {word}
      </b>
      <label className="check" title={simWords.aboutPin(sim.pin)}>
        <input
          type="checkbox"
          checked={sim.pinEnabled}
          disabled={!live}
          onChange={(event) => {
            void changeSim(store, event.target.checked ? simWords.pinOn : simWords.pinOff, {
              pinEnabled: event.target.checked
            })
          }}
        />
        {simWords.pin}
      </label>
      <span className="sim-acts">
        <button
          type="button"
          className="btn line sm"
          disabled={!live}
          title={sim.inserted ? simWords.aboutRemove : simWords.aboutInsert}
          onClick={() => {
            void changeSim(store, sim.inserted ? simWords.removed : simWords.inserted, { inserted: !sim.inserted })
          }}
        >
          {sim.inserted ? simWords.remove : simWords.insert}
        </button>
        {(sim.pinTriesLeft < ALL_PIN_TRIES || sim.pukTriesLeft < ALL_PUK_TRIES) && (
          <button
            type="button"
            className="btn line sm"
            disabled={!live}
            title={simWords.aboutReplace(sim.pinTriesLeft, sim.pukTriesLeft, sim.puk)}
            onClick={() => {
              void store.attempt(store.api.setSim({ fresh: true }))
            }}
          >
            {simWords.replace}
          </button>
        )}
      </span>
    </div>
  )
}

/** The tries of a new SIM card, before any wrong entry (at-reference 3). */
const ALL_PIN_TRIES = 3
const ALL_PUK_TRIES = 10

interface ChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: Readonly<Record<Value, string>>
  readonly disabled: boolean
  readonly title: string
  /** Whether it is hidden in a small window. */
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

/** A slider for +CSQ 0 to 31. The value is sent when the slider is released. */
function Signal({ quality, disabled, onChoose }: SignalProps): ReactNode {
  const [dragged, setDragged] = useState<number | null>(null)
  const shown = dragged ?? Math.min(31, quality)
  const settle = (): void => {
    if (dragged !== null && dragged !== quality) onChoose(dragged)
    setDragged(null)
  }
  return (
    <>
      <span className="lb">{words.signal}</span>
      <span className="val" title={words.aboutSignal(shown, -113 + 2 * shown)}>
        <input
          type="range"
          aria-label={words.signal}
          aria-valuetext={words.spokenSignal(shown, -113 + 2 * shown)}
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
