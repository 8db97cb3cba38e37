/**
 * Actions of the window that the desktop's menu offers too, by their id in the window's registry of actions. The menu names
 * one, the window runs it, as from its palette.
 */
export const menuActs = [
  { id: 'palette', label: 'Find an action…', menu: 'View', keys: 'CmdOrCtrl+K' },
  { id: 'keys', label: 'Keys and marks', menu: 'View', keys: '?' },
  { id: 'reset-layout', label: 'Reset layout', menu: 'View', keys: null },
  { id: 'undo', label: 'Undo what was changed by hand', menu: 'Module', keys: null },
  { id: 'record', label: 'Start or stop a recording', menu: 'Module', keys: null },
  { id: 'key-on', label: 'Press ON', menu: 'Module', keys: null },
  { id: 'key-reset', label: 'Press RESET', menu: 'Module', keys: null }
] as const

export type MenuActId = (typeof menuActs)[number]['id']

/** How the preload tells the page: an event of this name at `window`, with the id as its detail. */
export const MENU_ACT_EVENT = 'telit-sim:act'
