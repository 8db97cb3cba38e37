import type { ReactNode } from 'react'
import { useLit } from './TrafficOf.tsx'

interface TracesProps {
  /** Whether the module has an open connection: the antenna trace is then lit. */
  readonly radio: boolean
  readonly powered: boolean
}

/** The copper traces between the parts. A trace that carries data is lit. */
export function Traces({ radio, powered }: TracesProps): ReactNode {
  const traffic = useLit()
  return (
    <g aria-hidden="true" className="traces">
      {plain.map((path) => (
        <path key={path} className="trace thin" d={path} />
      ))}
      <path className="trace supply" d={SUPPLY} />
      <path className={`trace live${powered ? ' lit' : ''}`} d={SUPPLY} />
      {uart.map((path) => (
        <path key={path} className="trace thin" d={path} />
      ))}
      <path
        className={`trace flow tx${traffic.tx ? ' lit' : ''}`}
        d={uart[0]}
        strokeDashoffset={DASH_STEP * traffic.txBursts}
      />
      <path
        className={`trace flow rx${traffic.rx ? ' lit' : ''}`}
        d={uart[1]}
        strokeDashoffset={-DASH_STEP * traffic.rxBursts}
      />
      <path className="trace radio" d={ANTENNA} />
      <path className={`trace live${radio ? ' lit' : ''}`} d={ANTENNA} />
    </g>
  )
}

/** How far the dashes of a lit trace move at each burst. They do not move continuously: each step repaints the board. */
const DASH_STEP = 3

/** The x positions of the UART connector's pins, in the order of its lines. */
export const uartPinX = Array.from({ length: 8 }, (_, at) => 210 + at * 30)

const plain = [
  // STAT, ON, RESET.
  'M80 58H104L112 66H128',
  'M84 115H106L110 119H128',
  'M84 172H104L112 164H128',
  // SIM.
  ...[138, 146, 154, 162].map((x) => `M${x} 208V212L${x - 14} 226V230`),
  // Clock and NVM.
  'M314 104H321L325 108H343V124H352',
  'M314 110H321L325 114H339V132H352',
  ...[162, 169, 176, 183].map((y) => `M314 ${y}H330L336 ${y + 6}H352`)
]

/** The UART traces, from the can to the connector's pins. Each turns at its own height, so that none crosses another. */
const uart = uartPinX.map((x, at) => {
  const from = 199 + at * 13
  return `M${from} 208V${223 - at * 1.6}L${x} ${225 + at * 1.1}V300`
})

const SUPPLY = 'M463 238V161L457.5 155.5H314'
const ANTENNA = 'M314 62H338'
