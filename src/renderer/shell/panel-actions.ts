import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'
import { panelInFocus } from './focus-panel.ts'
import type { PanelEntry } from './dock/panel-entry.ts'

/** One press of a key makes a panel so much wider or higher, px. */
const STEP_PX = 24

const steps: readonly (readonly [id: string, words: string, key: string, widthPx: number, heightPx: number])[] = [
  ['wider', 'wider', 'ArrowRight', STEP_PX, 0],
  ['narrower', 'narrower', 'ArrowLeft', -STEP_PX, 0],
  ['higher', 'higher', 'ArrowDown', 0, STEP_PX],
  ['lower', 'lower', 'ArrowUp', 0, -STEP_PX]
]

/** What can be done with panels: with each of them, and with the one that has the focus. */
export function panelActions(store: Store, panels: readonly PanelEntry[]): readonly Action[] {
  const { desk } = store.get()
  const here = panels.find((panel) => panel.id === panelInFocus())
  const name = here?.title ?? 'the panel'
  const why = (): string | null => (here ? null : 'No panel has the focus; F6 goes to one.')
  const closable = panels.filter((panel) => (panel.onDemand || panel.closable) && desk.open.includes(panel.id))
  return [
    ...panels.map((panel): Action => ({
      id: `show-${panel.id}`,
      group: 'Panel',
      words: desk.open.includes(panel.id) ? `Go to ${panel.title}` : `Open ${panel.title}`,
      also: 'show panel',
      run: () => {
        store.desk.show(panel.id, true)
      }
    })),
    ...closable.map((panel): Action => ({
      id: `close-${panel.id}`,
      group: 'Panel',
      words: `Close ${panel.title}`,
      run: () => {
        store.desk.close(panel.id)
      }
    })),
    {
      id: 'enlarge',
      group: 'Panel',
      words: desk.enlarged === null ? `Enlarge ${name}` : 'Put the enlarged panel back',
      also: 'maximize full',
      keys: ['Alt+Enter'],
      why: () => (desk.enlarged === null ? why() : null),
      run: () => {
        store.desk.enlarge(desk.enlarged ?? here!.id)
      }
    },
    ...steps.map(([id, words, key, widthPx, heightPx]): Action => ({
      id: `make-${id}`,
      group: 'Panel',
      words: `Make ${name} ${words}`,
      also: 'resize size',
      keys: [`Alt+Shift+${key}`],
      why,
      run: () => {
        if (here) store.desk.resize(here.id, widthPx, heightPx)
      }
    })),
    ...(['left', 'right', 'above', 'below'] as const).map((to): Action => ({
      id: `move-${to}`,
      group: 'Panel',
      words: to === 'left' || to === 'right' ? `Move ${name} to the ${to}` : `Move ${name} to the group ${to}`,
      also: 'dock',
      why,
      run: () => {
        if (here) store.desk.move(here.id, to)
      }
    })),
    {
      id: 'reset-layout',
      group: 'Panel',
      words: 'Reset layout',
      also: 'panels dock default',
      run: () => {
        store.desk.reset()
      }
    }
  ]
}
