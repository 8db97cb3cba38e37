import type { ComponentType, ReactNode } from 'react'
import { BoardPanel } from '../board/BoardPanel.tsx'
import type { IconName } from '../parts/icons.tsx'
import { HandshakePanel } from '../panels/handshake/HandshakePanel.tsx'
import { LessonsPanel } from '../panels/lessons/LessonsPanel.tsx'
import { FaultsPanel } from '../panels/lab/FaultsPanel.tsx'
import { LabPanel } from '../panels/lab/LabPanel.tsx'
import { ModulePanel } from '../panels/module/ModulePanel.tsx'
import { TerminalPanel } from '../panels/terminal/TerminalPanel.tsx'
import { TimelinePanel } from '../panels/timeline/TimelinePanel.tsx'
import { ContextPanel } from '../panels/values/ContextPanel.tsx'
import { NvmPanel } from '../panels/values/NvmPanel.tsx'
import { SocketPanel } from '../panels/values/SocketPanel.tsx'
import { TimersPanel } from '../panels/values/TimersPanel.tsx'
import { WhyPanel } from '../panels/why/WhyPanel.tsx'
import { useLook } from '../state/prefs.ts'
import { useStore, type Store, type WindowState } from '../state/store.ts'
import { newestFailure, useMarked, useMarkedWhy } from '../state/why.ts'
import type { Cell } from './dock/default-layout.ts'
import { StartPanel } from './start/StartPanel.tsx'

/** A panel of the window. One line in `panels` adds one: dock, palette and toolbar know it from here. */
export interface PanelEntry {
  /** Under this name layouts remember it. */
  readonly id: string
  readonly title: string
  readonly icon: IconName
  readonly component: ComponentType<{ readonly store: Store }>
  /** Its place in the default layout. */
  readonly cell: Cell
  /** Not there until somebody opens it; then it lies at its place as a tab and can be closed. */
  readonly onDemand?: boolean
  /** Can be closed although it is there from the start. */
  readonly closable?: boolean
  /** Lies in front of those that share its place. */
  readonly front?: boolean
  /** Has a button in its strip that lets it fill the dock. */
  readonly enlarges?: boolean
  /** A button of the toolbar opens it; its word may count something. */
  readonly toolbar?: (state: WindowState) => { readonly word: string; readonly count?: number }
  /** When this is or becomes something other than null, the panel comes to the front by itself. */
  readonly wakes?: (state: WindowState) => string | number | null
}

export const panels: readonly PanelEntry[] = [
  { id: 'board', title: 'Board', icon: 'board', component: Board, cell: 'board', enlarges: true },
  { id: 'module', title: 'Module', icon: 'statechart', component: Module, cell: 'module', enlarges: true },
  { id: 'context', title: 'PDP context', icon: 'network', component: ContextPanel, cell: 'context' },
  { id: 'socket', title: 'SSL socket', icon: 'lock', component: SocketPanel, cell: 'socket' },
  { id: 'nvm', title: 'NVM slots', icon: 'memory', component: NvmPanel, cell: 'nvm' },
  { id: 'timers', title: 'Timers', icon: 'timer', component: TimersPanel, cell: 'timers' },
  { id: 'timeline', title: 'Timeline', icon: 'timeline', component: Timeline, cell: 'timeline', enlarges: true },
  { id: 'terminal', title: 'Terminal', icon: 'terminal', component: Terminal, cell: 'terminal', enlarges: true },
  { id: 'handshake', title: 'Handshake', icon: 'handshake', component: HandshakePanel, cell: 'handshake', enlarges: true },
  { id: 'lab', title: 'Lab', icon: 'lab', component: LabPanel, cell: 'handshake', onDemand: true, toolbar: () => ({ word: 'Lab' }) },
  { id: 'faults', title: 'Faults', icon: 'faults', component: FaultsPanel, cell: 'handshake', onDemand: true },
  { id: 'why', title: 'Why', icon: 'why', component: WhyPanel, cell: 'why', wakes: newestFailure },
  {
    id: 'lessons',
    title: 'Lessons',
    icon: 'lessons',
    component: LessonsPanel,
    cell: 'module',
    onDemand: true,
    enlarges: true,
    toolbar: () => lessonsWord
  },
  { id: 'start', title: 'First minute', icon: 'start', component: StartPanel, cell: 'why', closable: true, front: true }
]

/** One and the same object: the toolbar is drawn anew for another. */
const lessonsWord = { word: 'Lessons' } as const

function Board({ store }: { readonly store: Store }): ReactNode {
  return (
    <BoardPanel
      store={store}
      marked={useMarked(store)}
      markedWhy={useMarkedWhy(store)}
      onOpenNvm={() => {
        store.desk.show('nvm', true)
      }}
    />
  )
}

function Module({ store }: { readonly store: Store }): ReactNode {
  const chart = useStore(store, (state) => state.chart)
  return <ModulePanel store={store} chart={chart} onChart={store.showChart} onSelectEvent={store.select} />
}

function Timeline({ store }: { readonly store: Store }): ReactNode {
  const selected = useStore(store, (state) => state.selected)
  return <TimelinePanel store={store} selected={selected} onSelect={store.select} />
}

function Terminal({ store }: { readonly store: Store }): ReactNode {
  const { dark } = useLook()
  return <TerminalPanel store={store} dark={dark} />
}
