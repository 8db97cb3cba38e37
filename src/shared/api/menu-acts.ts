/**
 * Actions of the window that the desktop menu offers too, by their ids in the window's action registry. The menu sends
 * the id, and the window runs the action as from its palette.
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

/** The preload dispatches an event of this name at `window`, with the id as its detail. */
export const MENU_ACT_EVENT = 'telit-sim:act'
