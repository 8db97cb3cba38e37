/** Files that a window opens, whichever way they come: dropped on it, chosen in it, or opened through the system by the desktop program. */

/** A part of the page that takes files itself has this attribute: what is dropped there is nobody else's. */
export const TAKES_FILES_ATTRIBUTE = 'data-takes-files'

/**
 * Whether the window itself is what files are dragged over. That somebody has prevented the browser's own deed says nothing: the dock
 * does so for everything that is dragged over its panels.
 */
export function isForWindow(event: {
  readonly target: unknown
  readonly dataTransfer: { readonly types: readonly string[] } | null
}): boolean {
  const { target } = event as { target: { closest?(selector: string): unknown } | null }
  return (event.dataTransfer?.types.includes('Files') ?? false) && !target?.closest?.(`[${TAKES_FILES_ATTRIBUTE}]`)
}

/** How the preload tells the page of one: an event of this name at `window`, with `OpenedFile` as its detail. */
export const OPENED_FILE_EVENT = 'telit-sim:file'

export interface OpenedFile {
  /** Without its folder. */
  readonly name: string
  readonly bytes: Uint8Array
}

/** What a capture is called: ours and Wireshark's, and tcpdump's older format. */
export const captureExtensions = ['pcapng', 'pcap'] as const

export function isCaptureName(name: string): boolean {
  return captureExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
}

/** What a key log is called in practice; only beside a capture. */
const keyLogExtensions = ['keys', 'keylog', 'log', 'txt'] as const

export function isKeyLogName(name: string): boolean {
  return keyLogExtensions.some((extension) => name.toLowerCase().endsWith(`.${extension}`))
}
