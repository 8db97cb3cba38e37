import type { ReactNode } from 'react'
import { BoardPanel } from '../board/BoardPanel.tsx'
import { useLook } from '../state/prefs.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { newestFailure, useMarked, useMarkedWhy } from '../state/sentence/why.ts'
import type { PanelEntry } from './dock/panel-entry.ts'
import { hostHasBegun } from './start/first-minute.ts'
import { later } from './later.tsx'

// In the order in which they are loaded: what lies in front in the default layout comes first.
const ModulePanel = later('Module', async () => (await import('../panels/module/ModulePanel.tsx')).ModulePanel)
const ContextPanel = later('PDP context', async () => (await import('../panels/values/ContextPanel.tsx')).ContextPanel)
const SocketPanel = later('SSL socket', async () => (await import('../panels/values/SocketPanel.tsx')).SocketPanel)
const NvmPanel = later('NVM slots', async () => (await import('../panels/values/NvmPanel.tsx')).NvmPanel)
const TimersPanel = later('Timers', async () => (await import('../panels/values/TimersPanel.tsx')).TimersPanel)
const TimelinePanel = later(
  'Timeline',
  async () => (await import('../panels/timeline/TimelinePanel.tsx')).TimelinePanel
)
const TerminalPanel = later(
  'Terminal',
  async () => (await import('../panels/terminal/TerminalPanel.tsx')).TerminalPanel
)
const HandshakePanel = later(
  'Handshake',
  async () => (await import('../panels/handshake/HandshakePanel.tsx')).HandshakePanel
)
const WhyPanel = later('Why', async () => (await import('../panels/why/WhyPanel.tsx')).WhyPanel)
const StartPanel = later('First minute', async () => (await import('./start/StartPanel.tsx')).StartPanel)
const LabPanel = later('Lab', async () => (await import('../panels/lab/LabPanel.tsx')).LabPanel)
const FaultsPanel = later('Faults', async () => (await import('../panels/lab/FaultsPanel.tsx')).FaultsPanel)
const LessonsPanel = later('Lessons', async () => (await import('../panels/lessons/LessonsPanel.tsx')).LessonsPanel)

/** One line here adds a panel: dock, palette and toolbar know it from here. */
export const panels: readonly PanelEntry[] = [
  { id: 'board', title: 'Board', icon: 'board', component: Board, cell: 'board', enlarges: true },
  { id: 'module', title: 'Module', icon: 'statechart', component: Module, cell: 'module', enlarges: true },
  { id: 'context', title: 'PDP context', icon: 'network', component: ContextPanel, cell: 'context' },
  { id: 'socket', title: 'SSL socket', icon: 'lock', component: SocketPanel, cell: 'socket' },
  { id: 'nvm', title: 'NVM slots', icon: 'memory', component: NvmPanel, cell: 'nvm' },
  { id: 'timers', title: 'Timers', icon: 'timer', component: TimersPanel, cell: 'timers' },
  { id: 'timeline', title: 'Timeline', icon: 'timeline', component: Timeline, cell: 'timeline', enlarges: true },
  { id: 'terminal', title: 'Terminal', icon: 'terminal', component: Terminal, cell: 'terminal', enlarges: true },
  {
    id: 'handshake',
    title: 'Handshake',
    icon: 'handshake',
    component: HandshakePanel,
    cell: 'handshake',
    enlarges: true
  },
  {
    id: 'lab',
    title: 'Lab',
    icon: 'lab',
    component: LabPanel,
    cell: 'handshake',
    onDemand: true,
    toolbar: () => ({ word: 'Lab' })
  },
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
  {
    id: 'start',
    title: 'First minute',
    icon: 'start',
    component: StartPanel,
    cell: 'why',
    closable: true,
    front: true,
    done: hostHasBegun
  }
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
  const { inForce } = useLook()
  return <TerminalPanel store={store} look={inForce} />
}
