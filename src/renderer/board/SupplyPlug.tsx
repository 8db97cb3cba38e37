import type { ReactNode } from 'react'
import { Part } from './Part.tsx'
import { useBoard } from './board-context.ts'
import { boardWords } from './words.ts'

/** The power supply: jack, plug and lamp at the board's edge. */
export function SupplyPlug(): ReactNode {
  const { store, snapshot, live } = useBoard()
  const { on } = snapshot.supply
  const state = on ? words.pluggedIn : words.pulled
  return (
    <Part
      id="supply"
      name={words.name(state)}
      words={{ title: words.title, value: state, text: on ? words.aboutOn : words.aboutOff }}
      box={[430, 222, 42, 72]}
      acts={[
        {
          label: on ? words.pull : words.putIn,
          hint: on ? words.pullHint : '',
          unfit: live ? null : boardWords.part.notConnected,
          onChoose: () => {
            void store.attempt(store.api.setSupply({ on: !on }))
          }
        }
      ]}
    >
      <text className="silk" x="459" y="231" textAnchor="end">
        {boardWords.silk.supply}
      </text>
      <path d="M436.5 242h5v6h-5zM436.5 262h5v6h-5z" className="pin" />
      <rect x="441" y="237" width="31" height="37" rx="2" className="drop" />
      <rect x="440" y="236" width="30" height="37" rx="2" className="epoxy" />
      <path d="M441.5 237H468.5" className="epoxy-line" />
      <rect x="444" y="242" width="26" height="25" rx="2" className="epoxy-2" />
      <rect x="465" y="234" width="7" height="41" rx="1.5" className="jack-front" />
      {on ? (
        <>
          <path d="M480 254.500H640" className="wire-shadow supply" />
          <path d="M480 254.500H640" className="wire supply" />
          <rect x="471" y="245" width="14" height="19" rx="2.5" className="plug" />
          <path d="M475 247.500v14M478.5 247.500v14" className="epoxy-line" />
        </>
      ) : (
        <>
          <circle cx="468.5" cy="254.5" r="6" className="jack-hole" />
          <circle cx="468.5" cy="254.5" r="1.8" className="gold" />
        </>
      )}
      <g className={`lamp line${on ? ' lit' : ''}`}>
        <ellipse cx="441" cy="284.5" rx="8" ry="6" className="lamp-glow" />
        <rect x="435" y="281" width="12" height="7" rx="1" className="lamp-rim" />
        <rect x="437.5" y="281.8" width="7" height="5.4" rx="1" className="lamp-lens" />
      </g>
      <text className="silk s" x="450" y="287.5">
        {on ? words.lampOn : words.lampOff}
      </text>
    </Part>
  )
}

const words = boardWords.supply
