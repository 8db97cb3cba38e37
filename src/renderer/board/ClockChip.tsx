import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { parseClockChip } from '../state/sentence/formats.ts'
import { sinceSnapshotMs } from '../state/store/module-time.ts'
import { useStore } from '../state/store/store.ts'
import { Chip } from './Chip.tsx'
import { ClockForm } from './ClockForm.tsx'
import { Part } from './Part.tsx'
import { PartFrame, type Box } from './PartFrame.tsx'
import { useBoard } from './board-context.ts'
import { commandsFor } from './part-facts.ts'
import { useSecondTick } from './use-second-tick.ts'
import { boardWords } from './words.ts'
import { zoneOf } from './zone.ts'

/** The clock chip, against which certificates are checked, in module time. Beside it is the switch for network time. */
export function ClockChip(): ReactNode {
  const { store, snapshot, live, marked, markedWhy } = useBoard()
  const [setting, setSetting] = useState(false)
  const place = useRef<SVGRectElement>(null)
  const { clockChip, clockSet, nitz } = snapshot.network
  const pace = useStore(store, (state) => state.pace)
  useSecondTick()
  const ahead = live && stateOf(snapshot, 'power') !== '' ? sinceSnapshotMs(pace, performance.now()) : 0
  const { date, time } = shown(clockChip, ahead)
  const off = stateOf(snapshot, 'power') === 'off'
  const now = new Date()
  const unfit = live ? null : boardWords.part.notConnected
  const note = marked.includes('clock') ? markedWhy['clock'] : clockSet ? undefined : words.neverSet
  return (
    <>
      <Part
        id="clock"
        name={words.name(date, time, zoneOf(clockChip))}
        words={{
          title: words.title,
          value: words.value(date, time),
          text: words.about(clockSet, nitz)
        }}
        box={[348, 100, 112, 53]}
        acts={[
          {
            label: words.set,
            unfit,
            onChoose: () => {
              setSetting(true)
            }
          },
          {
            label: words.setToThisComputer,
            hint: `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`,
            unfit,
            onChoose: () => {
              void store.attempt(store.api.setClock({ at: localIso(new Date()) }))
            }
          },
          {
            label: words.networkTime,
            mark: { kind: 'check', on: nitz },
            hint: words.networkTimeHint,
            unfit: unfit ?? (off ? words.moduleOff : null),
            onChoose: () => {
              void store.attempt(store.api.setClock({ networkTime: !nitz }))
            }
          }
        ]}
      >
        <rect ref={place} x="352" y="116" width="104" height="32" className="hit" />
        <Chip y={116} height={32} />
        <circle cx="357.5" cy="121.5" r="1.6" className="chip-dot" />
        <text className="chip date" x="404" y="130" textAnchor="middle">
          {date}
        </text>
        <text className="chip s time" x="404" y="143" textAnchor="middle">
          {time} {zoneOf(clockChip)}
        </text>
        <text className="silk" x="352" y="109.5">
          {boardWords.silk.clock}
        </text>
        {note !== undefined && (
          <text className="silk alarm" x="457" y="109.5" textAnchor="end">
            {note.length > 14 ? '' : note}
          </text>
        )}
      </Part>
      <NitzSwitch />
      {setting && (
        <ClockForm
          anchor={place}
          clockChip={clockChip}
          nitz={nitz}
          onClose={() => {
            setSetting(false)
          }}
        />
      )}
    </>
  )
}

/** The slide switch for network time (NITZ) beside the chip. Up is on. */
function NitzSwitch(): ReactNode {
  const { store, snapshot, live, profile } = useBoard()
  const { nitz } = snapshot.network
  const off = stateOf(snapshot, 'power') === 'off'
  const fit = live && !off
  const flip = (): void => {
    if (fit) void store.attempt(store.api.setClock({ networkTime: !nitz }))
  }
  return (
    <PartFrame
      id="nitz"
      box={NITZ}
      className={`nitz${nitz ? ' on' : ''}`}
      words={{
        title: boardWords.networkTime.title,
        value: nitz ? boardWords.networkTime.on : boardWords.networkTime.off,
        text: off
          ? boardWords.networkTime.aboutModuleOff
          : nitz
            ? boardWords.networkTime.aboutOn
            : boardWords.networkTime.aboutOff
      }}
      commands={commandsFor('clock', profile).filter(({ line }) => line.includes('NITZ'))}
      role="switch"
      aria-checked={nitz}
      aria-label={boardWords.networkTime.name}
      aria-disabled={fit ? undefined : true}
      onClick={flip}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        flip()
      }}
    >
      <rect x="324" y="117" width="13" height="24" rx="1.5" className="epoxy" />
      <rect x="325.5" y={nitz ? 118.5 : 128} width="10" height="11.5" rx="1.5" className="switch-knob" />
      <path
        d={`M328 ${nitz ? 122.2 : 131.8}h5M328 ${nitz ? 124.2 : 133.8}h5M328 ${nitz ? 126.2 : 135.8}h5`}
        className="switch-grip"
      />
      <text className="silk s" x="330.5" y="150.5" textAnchor="middle">
        {boardWords.silk.networkTime}
      </text>
    </PartFrame>
  )
}

/** Returns the chip's local date and time, advanced by `aheadMs`. */
function shown(clockChip: string, aheadMs: number): { date: string; time: string } {
  const parsed = parseClockChip(clockChip)
  if (!parsed) return { date: clockChip, time: '' }
  const local = new Date(Date.parse(`${parsed.text.replace(' ', 'T')}Z`) + aheadMs).toISOString()
  return { date: local.slice(0, 10), time: local.slice(11, 19) }
}

/** Returns this computer's local time with its UTC offset, for `setClock`. */
function localIso(now: Date): string {
  const offsetMin = -now.getTimezoneOffset()
  const local = new Date(now.getTime() + offsetMin * 60_000).toISOString().slice(0, 19)
  const quarters = Math.round(Math.abs(offsetMin) / 15) * 15
  return `${local}${offsetMin < 0 ? '-' : '+'}${two(Math.floor(quarters / 60))}:${two(quarters % 60)}`
}

const words = boardWords.clock

const two = (value: number): string => String(value).padStart(2, '0')

const NITZ: Box = [317, 114, 26, 38]
