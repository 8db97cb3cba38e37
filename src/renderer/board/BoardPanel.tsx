/**
 * @module The drawn board: lamps, SIM card, antenna, supply, keys and modem lines that show the module and act on
 * it.
 */

import { useMemo, useState, type ReactNode } from 'react'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { Empty, Panel } from '../parts/Panel.tsx'
import { profileNamed } from '../state/profile-named.ts'
import { drawnPart } from '../state/sentence/board-parts.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { useShared } from '../state/store/use-shared.ts'
import { Antenna } from './Antenna.tsx'
import { Can } from './Can.tsx'
import { ClockChip } from './ClockChip.tsx'
import { Ground } from './Ground.tsx'
import { OnKey, ResetKey } from './Key.tsx'
import { NvmChip } from './NvmChip.tsx'
import { SimSlot } from './SimSlot.tsx'
import { StatLamp } from './StatLamp.tsx'
import { SupplyPlug } from './SupplyPlug.tsx'
import { Traces } from './Traces.tsx'
import { TrafficOf } from './TrafficOf.tsx'
import { UartConnector } from './UartConnector.tsx'
import { BoardContext, boardSnapshot, type Board, type BoardSnapshot } from './board-context.ts'
import { boardWords } from './words.ts'
import './board.css'

interface BoardPanelProps {
  readonly store: Store
  /**
   * The parts involved in the last failure: board part ids, or the `parts` of an explanation. Parts that are not drawn
   * are ignored.
   */
  readonly marked?: readonly string[]
  /**
   * How each part is involved in the failure, by part id. The clock's text is short because it is drawn beside it
   * (`past 31 Oct`).
   */
  readonly markedWhy?: Readonly<Record<string, string>>
  /** Opens the panel with the NVM slots. Without it, the chip's menu has no such item. */
  readonly onOpenNvm?: () => void
  /** Shown at the right end of the panel's tab strip. */
  readonly controls?: ReactNode
}

/** The virtual board: draws the hardware from the module's snapshot and lets the person operate it. */
export function BoardPanel({
  store,
  marked = none,
  markedWhy = noWhy,
  onOpenNvm,
  controls
}: BoardPanelProps): ReactNode {
  const snapshot = useShared(store, boardSnapshot)
  return (
    <Panel
      name={words.name}
      className="board-panel"
      controls={controls ?? <span className="nw dim">{words.hint}</span>}
    >
      {snapshot ? (
        <Drawn store={store} snapshot={snapshot} marked={marked} markedWhy={markedWhy} onOpenNvm={onOpenNvm ?? null} />
      ) : (
        <Empty>{words.empty}</Empty>
      )}
    </Panel>
  )
}

interface DrawnProps {
  readonly store: Store
  readonly snapshot: BoardSnapshot
  readonly marked: readonly string[]
  readonly markedWhy: Readonly<Record<string, string>>
  readonly onOpenNvm: (() => void) | null
}

function Drawn({ store, snapshot, marked, markedWhy, onOpenNvm }: DrawnProps): ReactNode {
  const live = useStore(store, (state) => state.link.kind === 'live')
  const { name, software } = snapshot.product
  const profile = useMemo(() => profileNamed(name, software), [name, software])
  const [tip, setTip] = useState<string | null>(null)
  const [menu, setMenu] = useState<string | null>(null)
  const [said, setSaid] = useState('')
  const parts = useMemo(() => marked.flatMap((one) => drawnPart(one) ?? []), [marked])
  const powered = stateOf(snapshot, 'power') === 'on'
  const connected = stateOf(snapshot, 'ssl').startsWith('open')
  const board: Board = useMemo(
    () => ({
      store,
      snapshot,
      profile,
      live,
      marked: parts,
      markedWhy,
      tip,
      menu,
      showTip: setTip,
      hideTip: (part) => {
        setTip((now) => (now === part ? null : now))
      },
      openMenu: setMenu,
      say: setSaid
    }),
    [store, snapshot, profile, live, parts, markedWhy, tip, menu]
  )
  return (
    <BoardContext value={board}>
      <div className="bench">
        <svg
          className={`pcb${powered ? '' : ' dark'}`}
          viewBox="0 0 478 348"
          role="group"
          aria-label={words.drawing(name)}
        >
          <Paints />
          <Ground />
          <TrafficOf store={store}>
            <Traces radio={connected} powered={snapshot.supply.on} />
            <StatLamp />
            <OnKey />
            <ResetKey />
            <Can />
            <Antenna />
            <ClockChip />
            <NvmChip onOpen={onOpenNvm} />
            <SimSlot />
            <UartConnector powered={powered} />
            <SupplyPlug />
          </TrafficOf>
        </svg>
      </div>
      <p className="off-screen" role="status">
        {said}
      </p>
    </BoardContext>
  )
}

/** The gradients, filters and patterns that the style sheet refers to. */
function Paints(): ReactNode {
  return (
    <defs>
      <linearGradient id="board-can" x1="0" y1="0" x2="1" y2="1">
        <stop offset="0" className="stop-1" />
        <stop offset=".55" className="stop-2" />
        <stop offset="1" className="stop-1" />
      </linearGradient>
      <filter id="board-glow" x="-200%" y="-200%" width="500%" height="500%">
        <feGaussianBlur stdDeviation="5" />
      </filter>
      <pattern id="board-pour" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width="6" height="6" className="mask" />
        <path d="M0 0H6M0 0V6" className="hatch" />
      </pattern>
    </defs>
  )
}

const words = boardWords.panel
const none: readonly string[] = []
const noWhy: Readonly<Record<string, string>> = {}
