import type { ReactNode } from 'react'
import type { SimChange } from '../../shared/api/api.ts'
import type { SimSnapshot } from '../../shared/calls/snapshot.ts'
import { simChart } from '../../shared/statecharts/sim.ts'
import type { MenuItem } from '../parts/Menu.tsx'
import { Part } from './Part.tsx'
import { useBoard } from './board-context.ts'
import { boardWords } from './words.ts'

/** The SIM holder, with or without its card. */
export function SimSlot(): ReactNode {
  const { store, snapshot, live } = useBoard()
  const { sim } = snapshot
  const word = sim.inserted ? (simChart.states[sim.state]?.label ?? sim.state).toLowerCase() : words.noCard
  // The state is `absent` also while the module is off and cannot read the card.
  const shown = sim.inserted && sim.state === 'absent' ? words.notRead : word
  const pin = sim.pinEnabled ? words.card.pin(sim.pin) : words.card.noPin
  const act = (label: string, change: SimChange, more: Partial<MenuItem> = {}): MenuItem => ({
    label,
    unfit: live ? null : boardWords.part.notConnected,
    onChoose: () => {
      void store.attempt(store.api.setSim(change))
    },
    ...more
  })
  return (
    <Part
      id="sim"
      name={words.name(shown, sim.inserted, sim.pinEnabled)}
      words={{ title: words.title, value: shown, text: aboutOf(sim) }}
      box={[36, 218, 116, 109]}
      acts={[
        sim.inserted ? act(words.remove, { inserted: false }) : act(words.insert, { inserted: true }),
        act(
          words.asksForPin,
          { pinEnabled: !sim.pinEnabled },
          { mark: { kind: 'check', on: sim.pinEnabled }, hint: words.asksForPinHint }
        ),
        act(words.replace, { fresh: true }, { hint: words.replaceHint })
      ]}
    >
      <rect x="43" y="234" width="104" height="92" rx="3" className="drop" />
      <rect x="42" y="232" width="104" height="92" rx="3" className="key-frame" />
      <rect x="43.2" y="233.2" width="101.6" height="89.6" rx="2.4" className="can-shine" />
      <path d="M38 246h5v14h-5zM145 246h5v14h-5zM38 294h5v14h-5zM145 294h5v14h-5z" className="pin" />
      <path d="M50 241h88v66l-12 12h-76z" className="sim-well" />
      {sim.inserted ? <Card sim={sim} pin={pin} /> : <EmptyTray />}
      <text className="silk" x="42" y="227">
        {boardWords.silk.sim}
      </text>
      <text className="silk s" x="64" y="227">
        {shown}
      </text>
    </Part>
  )
}

function Card({ sim, pin }: { readonly sim: SimSnapshot; readonly pin: string }): ReactNode {
  const used =
    sim.state === 'pukRequired'
      ? words.card.pukTries(sim.pukTriesLeft)
      : sim.pinEnabled && sim.pinTriesLeft < 3
        ? words.card.pinTries(sim.pinTriesLeft)
        : null
  return (
    <g className="sim-card">
      <path d="M52 242h84v62l-11 11h-73z" className="card" />
      <text className="card-name" x="60" y="256">
        {words.card.title}
      </text>
      <text className="card-text" x="60" y="266">
        {sim.imsi.slice(0, 3)} {sim.imsi.slice(3, 5)}
      </text>
      <text className="card-text" x="130" y="266" textAnchor="end">
        …{sim.iccid.slice(-4)}
      </text>
      <rect x="60" y="272" width="34" height="30" rx="5" className="contacts" />
      <path d="M71 272v30M83 272v30M60 282h11M60 292h11M83 282h11M83 292h11" className="contact-lines" />
      <rect x="71" y="280" width="12" height="14" rx="3" className="contacts" />
      <text className="card-text" x="99" y={used ? 286 : 290}>
        {pin}
      </text>
      {used && (
        <text
          className="card-text alarm"
          x="99"
          y="297"
          textLength={used.length > 7 ? 34 : undefined}
          lengthAdjust="spacingAndGlyphs"
        >
          {used}
        </text>
      )}
    </g>
  )
}

/** The empty holder, with its contacts visible. */
function EmptyTray(): ReactNode {
  return (
    <>
      {[0, 1, 2].map((column) =>
        [0, 1].map((row) => (
          <rect
            key={`${column} ${row}`}
            x={62 + column * 13}
            y={274 + row * 15}
            width="8"
            height="11"
            rx="1.5"
            className="gold"
          />
        ))
      )}
      <path d="M52 242h84v62l-11 11h-73z" className="tray-outline" />
      <text className="card-empty" x="94" y="258" textAnchor="middle">
        {words.emptyHolder}
      </text>
    </>
  )
}

function aboutOf(sim: SimSnapshot): string {
  if (!sim.inserted) return words.aboutEmpty
  if (sim.state === 'absent') return words.aboutNotRead
  return words.about(simChart.states[sim.state]?.about ?? '', sim)
}

const words = boardWords.sim
