import type { IDockviewHeaderActionsProps, IDockviewPanelHeaderProps } from 'dockview-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'
import { SideTabs } from '../../parts/SideTabs.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useSidesOf } from '../../parts/strips.ts'
import { useStore } from '../../state/store/store.ts'
import { useDock } from './dock-context.ts'
import { dockWords } from './words.ts'

/**
 * The name of a panel in its group's strip. A panel that is alone in its group and has several sides shows the name of
 * the first side instead: `Context | Network`, not `PDP context | Context | Network`.
 */
export function DockTab({ api, containerApi }: IDockviewPanelHeaderProps): ReactNode {
  const { store, panels, strips } = useDock()
  const entry = panels.find((panel) => panel.id === api.id)
  const sides = useSidesOf(strips, api.id)
  const alone = useAlone(api.id, containerApi)
  const [first, ...others] = sides?.names ?? []
  const merged = alone && others.length > 0
  const label = (merged || others.length === 0 ? first : undefined) ?? entry?.title ?? api.id
  useEffect(() => {
    // The dock uses this title as the tab's name for screen readers.
    if (api.title !== label) api.setTitle(label)
  }, [api, label])
  const closable = entry?.closable === true || entry?.onDemand === true
  return (
    <div
      className={`tab${merged && sides?.active !== 0 ? ' idle' : ''}`}
      data-tab-of={api.id}
      title={entry?.enlarges ? dockWords.dragOrEnlarge(label) : dockWords.drag(label)}
      onClick={() => {
        if (merged) sides?.onChoose(0)
      }}
      onDoubleClick={() => {
        store.desk.enlarge(api.id)
      }}
      onAuxClick={(event) => {
        if (closable && event.button === 1) api.close()
      }}
    >
      {label}
      {closable && (
        // A tab cannot contain a button. The palette closes the panel too.
        <span
          className="tab-close"
          title={dockWords.close(label)}
          aria-hidden="true"
          onPointerDown={(event) => {
            event.stopPropagation()
          }}
          onClick={(event) => {
            event.stopPropagation()
            api.close()
          }}
        >
          <Icon name="close" />
        </span>
      )}
    </div>
  )
}

/** The other sides of the panel in front. */
export function StripSides({ activePanel, panels: inGroup, group }: IDockviewHeaderActionsProps): ReactNode {
  const { panels, strips } = useDock()
  const id = activePanel?.id ?? ''
  const sides = useSidesOf(strips, id)
  if (!sides || sides.names.length < 2) return null
  const alone = inGroup.length === 1
  return (
    <SideTabs
      name={panels.find((panel) => panel.id === id)?.title ?? id}
      sides={sides}
      from={alone ? 1 : 0}
      onLeave={() => {
        group.element.querySelector<HTMLElement>('.dv-active-tab')?.focus()
      }}
    />
  )
}

/** The place for the controls of the panel in front, and the strip's own button that enlarges the panel. */
export function StripControls({ activePanel }: IDockviewHeaderActionsProps): ReactNode {
  const { store, panels, strips } = useDock()
  const id = activePanel?.id ?? ''
  const slot = useRef<HTMLSpanElement>(null)
  const enlarged = useStore(store, (state) => state.desk.enlarged === id)
  const entry = panels.find((panel) => panel.id === id)
  useEffect(() => (id !== '' && slot.current ? strips.offerSlot(id, slot.current) : undefined), [strips, id])
  return (
    <div className="strip-end">
      <span className="strip" ref={slot} key={id} />
      {entry?.enlarges && (
        <button
          type="button"
          className="btn sm icon enlarge"
          aria-label={enlarged ? dockWords.restore(entry.title) : dockWords.enlarge(entry.title)}
          title={enlarged ? dockWords.restoreTitle : dockWords.enlargeTitle}
          onClick={() => {
            store.desk.enlarge(id)
          }}
        >
          <Icon name={enlarged ? 'shrink' : 'enlarge'} />
        </button>
      )}
    </div>
  )
}

/** Returns whether a panel is the only one of its group. */
function useAlone(id: string, containerApi: IDockviewPanelHeaderProps['containerApi']): boolean {
  const count = (): boolean => containerApi.getPanel(id)?.group.panels.length === 1
  const [alone, setAlone] = useState(count)
  useEffect(() => {
    const look = (): void => {
      setAlone(count())
    }
    look()
    const changes = containerApi.onDidLayoutChange(look)
    return () => {
      changes.dispose()
    }
    // `count` reads the container's state at the time of the call.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [id, containerApi])
  return alone
}
