/**
 * The names under which the desktop window and the main process talk, all there are. Window to simulator: a call with its
 * arguments, the wish for batches or their end, the word that a batch has been taken, and the paths of files that were dropped;
 * back: batches, the actions that a person chose from the menu, and captures that a person opened.
 */
export const ipcChannels = {
  call: 'telit-sim:call',
  subscribe: 'telit-sim:subscribe',
  unsubscribe: 'telit-sim:unsubscribe',
  taken: 'telit-sim:taken',
  batch: 'telit-sim:batch',
  dropped: 'telit-sim:dropped',
  act: 'telit-sim:act',
  file: 'telit-sim:file'
} as const

/** What a call comes back with. An error travels as its sentence: Electron would put its own words before it. */
export type CallAnswer = { readonly result: unknown } | { readonly error: string }
