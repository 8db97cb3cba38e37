/** @module The layout of the panels: docks, tabs and the default layouts. */

import { DockviewReact, type DockviewApi, type DockviewReadyEvent, type IDockviewPanelProps } from 'dockview-react'
import 'dockview-react/dist/styles/dockview.css'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { DockPlace, Strips, type PanelFrame } from '../../parts/strips.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { makeRoom } from '../start/first-minute.ts'
import { DockTab, StripControls, StripSides } from './DockStrip.tsx'
import { applyLayout, deskOf, handsOf, keepLayout } from './desk-hands.ts'
import { DockContext, useDock } from './dock-context.ts'
import type { PanelEntry } from './panel-entry.ts'
import { useVariant } from './use-variant.ts'

interface DockProps {
  readonly store: Store
  readonly panels: readonly PanelEntry[]
}

/** The panels in a dock: they can be moved, resized and enlarged, and the layout is remembered. */
export function Dock({ store, panels }: DockProps): ReactNode {
  const strips = useMemo(() => new Strips(), [])
  const dock = useMemo(() => ({ store, panels, strips }), [store, panels, strips])
  const variant = useVariant()
  const [api, setApi] = useState<DockviewApi | null>(null)
  const box = useRef<HTMLElement>(null)

  // Counts the layouts, so that panels with something to show come to the front of a new layout too.
  const [laid, setLaid] = useState(0)
  // Another window width has its own layout. Panels are kept, so that no terminal loses its content.
  useEffect(() => {
    if (!api) return
    const anew = applyLayout(api, variant, panels)
    const tell = (): void => {
      store.tellDesk(deskOf(api))
    }
    tell()
    const changes = [
      api.onDidLayoutChange(() => {
        keepLayout(api, variant, panels)
        tell()
      }),
      api.onDidActivePanelChange(tell),
      api.onDidMaximizedGroupChange(tell)
    ]
    const detach = store.attachDesk(handsOf(api, variant, panels))
    if (anew) for (const { id, done } of panels) if (done?.(store.get())) makeRoom(store, id)
    // A failure stays in front when the window becomes narrow for the first time.
    if (anew) for (const { id, wakes } of panels) if ((wakes?.(store.get()) ?? null) !== null) store.desk.show(id)
    setLaid((times) => times + 1)
    return () => {
      detach()
      for (const change of changes) change.dispose()
    }
  }, [api, variant, panels, store])

  return (
    <main className={`docks ${variant}`} ref={box}>
      <DockContext.Provider value={dock}>
        <DockviewReact
          theme={theme}
          components={components}
          defaultTabComponent={DockTab}
          leftHeaderActionsComponent={StripSides}
          rightHeaderActionsComponent={StripControls}
          disableFloatingGroups
          scrollbars="native"
          announcements={false}
          onReady={({ api: ready }: DockviewReadyEvent) => {
            setApi(ready)
          }}
        />
        {panels.map((panel) => panel.wakes && <Waker key={`${laid} ${panel.id}`} store={store} panel={panel} />)}
      </DockContext.Provider>
    </main>
  )
}

/** Colours and sizes are in theme/dock.css, from the tokens. */
const theme = {
  name: 'board',
  className: 'dock-theme',
  dndOverlayMounting: 'relative',
  dndPanelOverlay: 'group'
} as const

const components = { panel: PanelInDock }

/** Draws the frame in the dock, so that frame and focus stay while a panel's code is loaded and when it appears. */
function PanelInDock({ api }: IDockviewPanelProps): ReactNode {
  const { store, panels, strips } = useDock()
  const entry = panels.find((panel) => panel.id === api.id)
  const [frame, setFrame] = useState<PanelFrame>({ name: entry?.title ?? '', className: '' })
  const place = useMemo(() => ({ strips, id: api.id, setFrame }), [strips, api.id])
  if (!entry) return null
  const Content = entry.component
  return (
    <DockPlace.Provider value={place}>
      {/* F6 moves from one frame to the next. The group of tabs is a region already. */}
      <section
        className={`panel ${frame.className}`}
        role="group"
        aria-label={frame.name}
        data-panel={api.id}
        tabIndex={-1}
      >
        <Content store={store} />
      </section>
    </DockPlace.Provider>
  )
}

/** Brings a panel to the front when what it watches changes, and for a failure that exists when the window opens. */
function Waker({ store, panel }: { readonly store: Store; readonly panel: PanelEntry }): null {
  const value = useStore(store, (state) => panel.wakes?.(state) ?? null)
  const ready = useStore(store, (state) => state.desk.open.length > 0)
  const before = useRef<string | number | null>(null)
  useEffect(() => {
    if (!ready) return
    const known = before.current
    before.current = value
    if (value !== null && value !== known) store.desk.show(panel.id)
  }, [value, ready, store, panel.id])
  return null
}
