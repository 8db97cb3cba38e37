/**
 * All channels between the desktop window and the main process. Window to simulator: calls with their arguments, begin
 * and end of the subscription, the acknowledgement of a batch, and paths of dropped files. Simulator to window:
 * batches, actions chosen in the menu, and captures that a person opened.
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

/** The result of a call. An error travels as its sentence, because Electron adds its own words to errors. */
export type CallAnswer = { readonly result: unknown } | { readonly error: string }
