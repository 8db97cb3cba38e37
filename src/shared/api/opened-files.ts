// Files that a window opens: dropped on it, chosen in it, or opened through the system by the desktop program.

/** Marks an element that handles dropped files itself. */
export const TAKES_FILES_ATTRIBUTE = 'data-takes-files'

/**
 * Returns whether dragged files are for the window itself. `defaultPrevented` cannot decide this: the dock prevents the
 * default for everything that is dragged over its panels.
 */
export function isForWindow(event: {
  readonly target: unknown
  readonly dataTransfer: { readonly types: readonly string[] } | null
}): boolean {
  const { target } = event as { target: { closest?(selector: string): unknown } | null }
  return (event.dataTransfer?.types.includes('Files') ?? false) && !target?.closest?.(`[${TAKES_FILES_ATTRIBUTE}]`)
}

/** The preload dispatches an event of this name at `window`, with an `OpenedFile` as its detail. */
export const OPENED_FILE_EVENT = 'telit-sim:file'

export interface OpenedFile {
  /** Without its folder. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** Extensions of captures: those of this program and Wireshark, and tcpdump's older format. */
export const captureExtensions = ['pcapng', 'pcap'] as const

export function isCaptureName(name: string): boolean {
  return captureExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
}

/** Usual extensions of key logs. Only opened together with a capture. */
const keyLogExtensions = ['keys', 'keylog', 'log', 'txt'] as const

export function isKeyLogName(name: string): boolean {
  return keyLogExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
}
