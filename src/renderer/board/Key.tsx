import { useState, type ReactNode } from 'react'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { PartFrame, useBlame, type Box } from './PartFrame.tsx'
import { useBoard } from './board-context.ts'
import { commandsFor } from './part-facts.ts'
import { useHold } from './use-hold.ts'
import { boardWords } from './words.ts'

/** The ON key: holding it for a second powers the module on or off. */
export function OnKey(): ReactNode {
  const power = usePower()
  return (
    <Key
      id="on"
      label={boardWords.silk.on}
      value={power === 'off' ? words.moduleOff : words.moduleOn}
      text={power === 'off' ? words.start : words.shutDown}
      top={102}
      holdMs={ON_KEY_MS}
      unfit={null}
      lead={power === 'off'}
    />
  )
}

/** The RESET key: restarts the module at once. */
export function ResetKey(): ReactNode {
  const power = usePower()
  const unfit = power === 'off' ? words.resetOff : null
  return (
    <Key
      id="reset"
      label={boardWords.silk.reset}
      value={unfit === null ? words.resetValue : words.noEffect}
      text={unfit ?? words.reset}
      top={156}
      holdMs={0}
      unfit={unfit}
      lead={false}
    />
  )
}

const words = boardWords.key

/** The hardware guides of all families ask for at least one second. */
const ON_KEY_MS = 1000

interface KeyProps {
  readonly id: 'on' | 'reset'
  readonly label: string
  readonly value: string
  readonly text: string
  readonly top: number
  /** 0 if the key acts as soon as it is pressed. */
  readonly holdMs: number
  readonly unfit: string | null
  /** Whether the key is highlighted as the next useful one. */
  readonly lead: boolean
}

function Key({ id, label, value, text, top, holdMs, unfit, lead }: KeyProps): ReactNode {
  const { store, live, say, profile } = useBoard()
  const [early, setEarly] = useState<string | null>(null)
  const hold = useHold(
    holdMs,
    live && unfit === null,
    () => {
      setEarly(null)
      say(words.pressed(label))
      void store.attempt(store.api.pressKey({ key: id }))
    },
    (afterMs) => {
      const sentence = words.released((afterMs / 1000).toFixed(1))
      setEarly(sentence)
      say(sentence)
    }
  )
  const box: Box = id === 'on' ? [26, 99, 62, 51] : [38, 153, 52, 52]
  const middle = top + 16
  const blame = useBlame(id)
  return (
    <PartFrame
      id={id}
      box={box}
      className={`key${hold.holding ? ' holding' : ''}${lead ? ' lead' : ''}`}
      words={{ title: words.title(label), value, text: early ?? text }}
      commands={commandsFor(id, profile)}
      blame={blame}
      role="button"
      aria-label={words.name(label, holdMs > 0)}
      aria-disabled={live && unfit === null ? undefined : true}
      {...hold.handlers}
      onBlur={() => {
        hold.handlers.onBlur()
        setEarly(null)
      }}
    >
      {[44, 80].map((x) =>
        [5, 23].map((dy) => <rect key={`${x} ${dy}`} x={x - 0.5} y={top + dy} width="5" height="5" className="pin" />)
      )}
      <rect x="48" y={top + 1.4} width="32" height="32" rx="2.5" className="drop" />
      <rect x="47.5" y={top} width="32" height="32" rx="2.5" className="key-frame" />
      {[51.5, 75.5].map((x) =>
        [4, 28].map((dy) => <circle key={`${x} ${dy}`} cx={x} cy={top + dy} r="1.7" className="can-vent" />)
      )}
      <circle cx="63.5" cy={middle} r="10" className="key-well" />
      <circle cx="63.5" cy={middle - 0.8} r="8.6" className="key-cap" />
      <circle cx="63.5" cy={middle} r="13" className="key-lead" />
      <circle cx="63.5" cy={middle} r="13" className="key-track" />
      <circle
        cx="63.5"
        cy={middle}
        r="13"
        className="key-ring"
        pathLength="100"
        transform={`rotate(-90 63.5 ${middle})`}
      />
      {id === 'on' ? (
        <>
          <text className="silk key-name" x="41" y={top + 15} textAnchor="end">
            {label}
          </text>
          <text className="silk s" x="63.5" y="146" textAnchor="middle">
            {words.hold}
          </text>
        </>
      ) : (
        <text className="silk key-name" x="63.5" y="201" textAnchor="middle">
          {label}
        </text>
      )}
    </PartFrame>
  )
}

function usePower(): string {
  const { snapshot } = useBoard()
  return stateOf(snapshot, 'power')
}
