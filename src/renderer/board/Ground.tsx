import type { ReactNode } from 'react'
import { boardWords } from './words.ts'

/** The bare board, independent of the module: laminate, copper pour, holes, test points, small parts and silkscreen. */
export function Ground(): ReactNode {
  return (
    <g aria-hidden="true">
      <rect className="pcb-shadow" x="8" y="7" width="462" height="332" rx="9" />
      <rect x="8" y="7" width="462" height="332" rx="9" className="mask edge" />
      <rect x="13.5" y="12.5" width="451" height="321" rx="5.5" className="pour" />
      {holes.map(([x, y]) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          <circle r="8" className="pad" />
          <circle r="4.6" className="hole" />
        </g>
      ))}
      {vias.map(([x, y]) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})`}>
          <circle r="2.3" className="via" />
          <circle r="1" className="via-hole" />
        </g>
      ))}
      {small.map(([x, y, upright, body]) => (
        <g key={`${x} ${y}`} transform={`translate(${x} ${y})${upright ? '' : ' rotate(-90) translate(-5 0)'}`}>
          <rect width="5" height="9" rx=".8" className="pin" />
          <rect x="-.4" y="2.4" width="5.8" height="4.1" className={body} />
        </g>
      ))}
      <text className="silk" x="42" y="25">
        {words.board}
      </text>
      <text className="silk s" x="76" y="25">
        {words.title}
      </text>
      {testPoints.map(([x, name]) => (
        <g key={name}>
          <text className="silk s" x={x - 7} y="25" textAnchor="end">
            {name}
          </text>
          <circle cx={x} cy="22" r="4" className="pad" />
        </g>
      ))}
    </g>
  )
}

const words = boardWords.silk

const holes = [
  [25, 24],
  [453, 24],
  [25, 322],
  [453, 322]
] as const

const vias = [
  [112, 100],
  [98, 140],
  [322, 104],
  [30, 222],
  [30, 214],
  // Via fence beside the antenna trace.
  [319, 55.5],
  [319, 68.5],
  [326, 55.5],
  [326, 68.5],
  [333, 55.5],
  [333, 68.5]
] as const

/** Resistors and capacitors: left, top, whether upright, kind. */
const small = [
  [116, 46, true, 'resistor'],
  [116, 86, true, 'resistor'],
  [112, 138, true, 'resistor'],
  [112, 186, true, 'resistor'],
  [322, 84, false, 'resistor'],
  [322, 93, false, 'capacitor'],
  [328, 205, false, 'capacitor'],
  [328, 214, false, 'resistor'],
  [104, 197, false, 'capacitor'],
  [104, 206, false, 'resistor']
] as const

const testPoints = [
  [205, words.testPoints.left],
  [244, words.testPoints.middle],
  [283, words.testPoints.right]
] as const
