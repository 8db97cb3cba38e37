import type { DockviewApi, IDockviewPanel, SerializedDockview } from 'dockview-react'
import { readPref, writePref } from '../../state/prefs.ts'
import type { DeskHands, DeskState } from '../../state/store/desk.ts'
import { defaultLayout, type Variant } from './default-layout.ts'
import type { PanelEntry } from './panel-entry.ts'

/**
 * Applies the layout that the person left in a window of this kind, or the default one. Returns whether it applied the
 * default one.
 */
export function applyLayout(api: DockviewApi, variant: Variant, panels: readonly PanelEntry[]): boolean {
  const known = knownIds(panels)
  const kept = readPref<KeptLayout | null>(prefOf(variant), null, isKept)
  if (kept && kept.known === known) {
    try {
      api.fromJSON(kept.layout, { reuseExistingPanels: true })
      return false
    } catch {
      // The layout is of another version of the dock. The default one always works.
    }
  }
  applyDefault(api, variant, panels)
  return true
}

export function keepLayout(api: DockviewApi, variant: Variant, panels: readonly PanelEntry[]): void {
  // An enlarged panel is not stored: at the next start it would look as if the other panels were gone.
  if (!api.hasMaximizedGroup())
    writePref(prefOf(variant), { known: knownIds(panels), layout: api.toJSON() } satisfies KeptLayout)
}

export function deskOf(api: DockviewApi): DeskState {
  const enlarged = api.hasMaximizedGroup()
    ? api.panels.find((panel) => panel.api.isMaximized() && panel.api.isActive)
    : undefined
  return {
    open: api.panels.map((panel) => panel.id),
    seen: api.groups.flatMap((group) => (group.activePanel ? [group.activePanel.id] : [])),
    enlarged: enlarged?.id ?? (api.hasMaximizedGroup() ? (api.activePanel?.id ?? null) : null)
  }
}

/** Returns the operations on the panels of this dock. */
export function handsOf(api: DockviewApi, variant: Variant, panels: readonly PanelEntry[]): DeskHands {
  return {
    show(id, focus = false) {
      const entry = panels.find((panel) => panel.id === id)
      if (!entry) return
      // The panel would be hidden behind the enlarged one.
      if (api.hasMaximizedGroup() && !api.getPanel(id)?.api.isMaximized()) api.exitMaximizedGroup()
      const panel = api.getPanel(id) ?? open(api, entry, panels)
      panel.api.setActive()
      if (focus) focusPanel(panel)
    },
    close(id) {
      api.getPanel(id)?.api.close()
    },
    enlarge(id) {
      const panel = api.getPanel(id)
      if (!panel) return
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup()
      else {
        panel.api.setActive()
        panel.api.maximize()
      }
    },
    resize(id, widthPx, heightPx) {
      const group = api.getPanel(id)?.group
      if (!group || api.hasMaximizedGroup()) return
      if (widthPx !== 0) group.api.setSize({ width: group.api.width + widthPx })
      if (heightPx !== 0) group.api.setSize({ height: group.api.height + heightPx })
    },
    move(id, to) {
      const panel = api.getPanel(id)
      const target = panel && neighbour(api, panel, to)
      if (target) panel.api.moveTo({ group: target.group, position: 'center' })
      else if (panel) panel.api.moveTo({ group: panel.group, position: positions[to] })
    },
    reset() {
      if (api.hasMaximizedGroup()) api.exitMaximizedGroup()
      applyDefault(api, variant, panels)
    }
  }
}

const positions = { left: 'left', right: 'right', above: 'top', below: 'bottom' } as const

interface KeptLayout {
  /** The ids of all panels. With another set of panels, the default layout is used. */
  readonly known: string
  readonly layout: SerializedDockview
}

function isKept(value: unknown): value is KeptLayout | null {
  return value === null || (typeof value === 'object' && 'known' in value && 'layout' in value)
}

function knownIds(panels: readonly PanelEntry[]): string {
  return panels
    .filter((panel) => !panel.onDemand)
    .map((panel) => panel.id)
    .join(' ')
}

function prefOf(variant: Variant): string {
  return `layout.${variant}`
}

function applyDefault(api: DockviewApi, variant: Variant, panels: readonly PanelEntry[]): void {
  const placed = panels.filter((panel) => !panel.onDemand)
  api.fromJSON(defaultLayout(variant, placed, api.width, api.height), { reuseExistingPanels: true })
}

/** Opens a closed panel beside one of the same place, or where there is room. */
function open(api: DockviewApi, entry: PanelEntry, panels: readonly PanelEntry[]): IDockviewPanel {
  const mates = panels.filter((panel) => panel.cell === entry.cell && panel.id !== entry.id)
  const mate = mates.map((panel) => api.getPanel(panel.id)).find((panel) => panel !== undefined)
  const reference = mate ?? api.getPanel('handshake') ?? api.panels[0]
  return api.addPanel({
    id: entry.id,
    component: 'panel',
    title: entry.title,
    minimumWidth: 100,
    minimumHeight: 60,
    ...(reference && { position: { referencePanel: reference, direction: mate ? 'within' : 'right' } })
  })
}

/** Returns the panel whose group begins where this one's ends and overlaps it most; `null` when there is none. */
function neighbour(
  api: DockviewApi,
  panel: IDockviewPanel,
  to: 'left' | 'right' | 'above' | 'below'
): IDockviewPanel | null {
  const mine = panel.group.element.getBoundingClientRect()
  const across = to === 'left' || to === 'right'
  const overlap = (box: DOMRect): number =>
    across
      ? Math.min(box.bottom, mine.bottom) - Math.max(box.top, mine.top)
      : Math.min(box.right, mine.right) - Math.max(box.left, mine.left)
  const gap = (box: DOMRect): number =>
    ({
      left: mine.left - box.right,
      right: box.left - mine.right,
      above: mine.top - box.bottom,
      below: box.top - mine.bottom
    })[to]
  const beside = api.groups
    .filter((group) => group !== panel.group && group.activePanel)
    .map((group) => ({ group, box: group.element.getBoundingClientRect() }))
    .filter(({ box }) => gap(box) >= -1 && gap(box) <= TOUCH_PX && overlap(box) > 0)
    .toSorted((a, b) => overlap(b.box) - overlap(a.box))
  return beside[0]?.group.activePanel ?? null
}

/** Neighbours have a gap of one separator line. */
const TOUCH_PX = 4

function focusPanel(panel: IDockviewPanel): void {
  // A panel that was behind another is drawn in the next frame.
  requestAnimationFrame(() => {
    panel.view.content.element.querySelector<HTMLElement>('[data-panel]')?.focus()
  })
}
