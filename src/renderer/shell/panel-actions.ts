import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'
import { actionGroupWords } from '../state/store/words.ts'
import { panelActionWords } from './action-words.ts'
import type { PanelEntry } from './dock/panel-entry.ts'
import { panelInFocus } from './focus-panel.ts'

/** Change of a panel's width or height at one press of a key, px. */
const STEP_PX = 24

const steps = [
  ['wider', 'ArrowRight', STEP_PX, 0],
  ['narrower', 'ArrowLeft', -STEP_PX, 0],
  ['higher', 'ArrowDown', 0, STEP_PX],
  ['lower', 'ArrowUp', 0, -STEP_PX]
] as const

/** Returns the actions on each panel, and on the panel that has the focus. */
export function panelActions(store: Store, panels: readonly PanelEntry[]): readonly Action[] {
  const { desk } = store.get()
  const here = panels.find((panel) => panel.id === panelInFocus())
  const name = here?.title ?? panelActionWords.thePanel
  const why = (): string | null => (here ? null : panelActionWords.whyNoFocus)
  const closable = panels.filter((panel) => (panel.onDemand || panel.closable) && desk.open.includes(panel.id))
  return [
    ...panels.map((panel): Action => ({
      id: `show-${panel.id}`,
      group: actionGroupWords.panel,
      words: desk.open.includes(panel.id) ? panelActionWords.show(panel.title) : panelActionWords.open(panel.title),
      also: panelActionWords.showAlso,
      run: () => {
        store.desk.show(panel.id, true)
      }
    })),
    ...closable.map((panel): Action => ({
      id: `close-${panel.id}`,
      group: actionGroupWords.panel,
      words: panelActionWords.close(panel.title),
      run: () => {
        store.desk.close(panel.id)
      }
    })),
    {
      id: 'enlarge',
      group: actionGroupWords.panel,
      words: desk.enlarged === null ? panelActionWords.enlarge(name) : panelActionWords.restore,
      also: panelActionWords.enlargeAlso,
      keys: ['Alt+Enter'],
      why: () => (desk.enlarged === null ? why() : null),
      run: () => {
        store.desk.enlarge(desk.enlarged ?? here!.id)
      }
    },
    ...steps.map(([id, key, widthPx, heightPx]): Action => ({
      id: `make-${id}`,
      group: actionGroupWords.panel,
      words: panelActionWords.sizes[id](name),
      also: panelActionWords.sizeAlso,
      keys: [`Alt+Shift+${key}`],
      why,
      run: () => {
        if (here) store.desk.resize(here.id, widthPx, heightPx)
      }
    })),
    ...(['left', 'right', 'above', 'below'] as const).map((to): Action => ({
      id: `move-${to}`,
      group: actionGroupWords.panel,
      words: panelActionWords.moves[to](name),
      also: panelActionWords.moveAlso,
      why,
      run: () => {
        if (here) store.desk.move(here.id, to)
      }
    })),
    {
      id: 'reset-layout',
      group: actionGroupWords.panel,
      words: panelActionWords.reset.words,
      also: panelActionWords.reset.also,
      run: () => {
        store.desk.reset()
      }
    }
  ]
}
