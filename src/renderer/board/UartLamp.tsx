import type { KeyboardEvent, ReactNode } from 'react'
import { PartFrame, type Box } from './PartFrame.tsx'
import type { UartLine } from './uart-lines.ts'
import { boardWords } from './words.ts'

interface UartLampProps {
  readonly line: UartLine
  readonly x: number
  /** `null` if the port has no such line. */
  readonly state: boolean | null
  /** Why `state` is `null`. */
  readonly why: string | null
  readonly powered: boolean
  /** Whether Tab reaches this lamp. Only one lamp of the row is a tab stop; the arrow keys reach the others. */
  readonly tabStop: boolean
  readonly onStep: (event: KeyboardEvent) => void
}

/** One line of the connector: its name, who drives it, and its lamp, which is hollow if the port has no such line. */
export function UartLamp({ line, x, state, why, powered, tabStop, onStep }: UartLampProps): ReactNode {
  const { name, from } = line
  const about = words.about[line.line]
  const data = line.line === 'txd' || line.line === 'rxd'
  const word =
    state === null ? words.missing : data ? (state ? words.bytes : words.noBytes) : state ? words.on : words.off
  const box: Box = [x - 13, 240, 26, 37]
  const kind = line.line === 'txd' ? 'tx' : line.line === 'rxd' ? 'rx' : 'line'
  return (
    <PartFrame
      id={`line-${line.line}`}
      box={box}
      className={`lamp ${kind}${state === true ? ' lit' : ''}${state === null ? ' hollow' : ''}`}
      words={{
        title: name,
        value: words.value(word, from),
        text:
          state === null
            ? [about, why ?? '', from === 'module' ? words.drivenUnseen : ''].filter(Boolean).join(' ')
            : about
      }}
      role="img"
      tabIndex={tabStop ? 0 : -1}
      aria-label={data ? name : words.name(name, word)}
      onKeyDown={onStep}
    >
      <rect x={x - 12} y="241" width="24" height="11" className="mask" />
      <text className="silk line-name" x={x} y="250" textAnchor="middle">
        {name}
      </text>
      <path d={from === 'host' ? `M${x - 3} 257.5l3-4 3 4z` : `M${x - 3} 254l3 4 3-4z`} className="arrow" />
      {state === null ? (
        <>
          <rect x={x - 8.5} y="262.5" width="17" height="9" rx="1.5" className="lamp-hollow" />
          {from === 'module' && powered && <circle cx={x} cy="267" r="2" className="lamp-dot" />}
        </>
      ) : (
        <>
          <ellipse cx={x} cy="267" rx="12" ry="8" className="lamp-glow" />
          <rect x={x - 9} y="262" width="18" height="10" rx="1.5" className="lamp-rim" />
          <rect x={x - 5.5} y="263" width="11" height="8" rx="1" className="lamp-lens" />
          <rect x={x - 4} y="264.2" width="5" height="2" rx="1" className="lamp-spark" />
        </>
      )}
      <g transform={`translate(${x - 3} 279)`}>
        <rect width="6" height="10" rx=".8" className="pin" />
        <rect x="-.4" y="2.7" width="6.8" height="4.6" className="resistor" />
      </g>
    </PartFrame>
  )
}

const words = boardWords.line
