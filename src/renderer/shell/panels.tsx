import type { ReactNode } from 'react'
import { BoardPanel } from '../board/BoardPanel.tsx'
import { useLook } from '../state/prefs.ts'
import { newestFailure, useMarked, useMarkedWhy } from '../state/sentence/why.ts'
import { useStore, type Store } from '../state/store/store.ts'
import type { PanelEntry } from './dock/panel-entry.ts'
import { later } from './later.tsx'
import { hostHasBegun } from './start/first-minute.ts'
import { shellWords } from './words.ts'

const titles = shellWords.panels

// In the order in which they are loaded: panels in front in the default layout come first.
const ModulePanel = later(titles.module, async () => (await import('../panels/module/ModulePanel.tsx')).ModulePanel)
const ContextPanel = later(titles.context, async () => (await import('../panels/values/ContextPanel.tsx')).ContextPanel)
const SocketPanel = later(titles.socket, async () => (await import('../panels/values/SocketPanel.tsx')).SocketPanel)
const NvmPanel = later(titles.nvm, async () => (await import('../panels/values/NvmPanel.tsx')).NvmPanel)
const TimersPanel = later(titles.timers, async () => (await import('../panels/values/TimersPanel.tsx')).TimersPanel)
const TimelinePanel = later(
  titles.timeline,
  async () => (await import('../panels/timeline/TimelinePanel.tsx')).TimelinePanel
)
const TerminalPanel = later(
  titles.terminal,
  async () => (await import('../panels/terminal/TerminalPanel.tsx')).TerminalPanel
)
const HandshakePanel = later(
  titles.handshake,
  async () => (await import('../panels/handshake/HandshakePanel.tsx')).HandshakePanel
)
const WhyPanel = later(titles.why, async () => (await import('../panels/why/WhyPanel.tsx')).WhyPanel)
const StartPanel = later(titles.start, async () => (await import('./start/StartPanel.tsx')).StartPanel)
const LabPanel = later(titles.lab, async () => (await import('../panels/lab/LabPanel.tsx')).LabPanel)
const FaultsPanel = later(titles.faults, async () => (await import('../panels/lab/FaultsPanel.tsx')).FaultsPanel)
const LessonsPanel = later(
  titles.lessons,
  async () => (await import('../panels/lessons/LessonsPanel.tsx')).LessonsPanel
)

/** All panels of the window. The dock, the palette and the toolbar use this list. */
export const panels: readonly PanelEntry[] = [
  { id: 'board', title: titles.board, icon: 'board', component: Board, cell: 'board', enlarges: true },
  { id: 'module', title: titles.module, icon: 'statechart', component: Module, cell: 'module', enlarges: true },
  { id: 'context', title: titles.context, icon: 'network', component: ContextPanel, cell: 'context' },
  { id: 'socket', title: titles.socket, icon: 'lock', component: SocketPanel, cell: 'socket' },
  { id: 'nvm', title: titles.nvm, icon: 'memory', component: NvmPanel, cell: 'nvm' },
  { id: 'timers', title: titles.timers, icon: 'timer', component: TimersPanel, cell: 'timers' },
  { id: 'timeline', title: titles.timeline, icon: 'timeline', component: Timeline, cell: 'timeline', enlarges: true },
  { id: 'terminal', title: titles.terminal, icon: 'terminal', component: Terminal, cell: 'terminal', enlarges: true },
  {
    id: 'handshake',
    title: titles.handshake,
    icon: 'handshake',
    component: HandshakePanel,
    cell: 'handshake',
    enlarges: true
  },
  {
    id: 'lab',
    title: titles.lab,
    icon: 'lab',
    component: LabPanel,
    cell: 'handshake',
    onDemand: true,
    toolbar: () => ({ word: titles.lab })
  },
  { id: 'faults', title: titles.faults, icon: 'faults', component: FaultsPanel, cell: 'handshake', onDemand: true },
  { id: 'why', title: titles.why, icon: 'why', component: WhyPanel, cell: 'why', wakes: newestFailure },
  {
    id: 'lessons',
    title: titles.lessons,
    icon: 'lessons',
    component: LessonsPanel,
    cell: 'module',
    onDemand: true,
    enlarges: true,
    toolbar: () => lessonsWord
  },
  {
    id: 'start',
    title: titles.start,
    icon: 'start',
    component: StartPanel,
    cell: 'why',
    closable: true,
    front: true,
    done: hostHasBegun
  }
]

/** A constant object, because the toolbar is rendered again for any other. */
const lessonsWord = { word: titles.lessons }

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
