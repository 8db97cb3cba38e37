/**
 * The board is served under a scheme of its own, not `file:`: a page from a file may read other files, and has no origin
 * that a policy could name.
 */
export const BOARD_SCHEME = 'telit-sim'
export const boardUrl = `${BOARD_SCHEME}://board/index.html`

/** The scheme as Electron is told of it, before it is ready. */
export const boardSchemeRights = {
  scheme: BOARD_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true }
}

/** Whether an address is the board's page, wherever on it. */
export function isBoardUrl(url: string): boolean {
  return url.split(/[?#]/, 1)[0] === boardUrl
}

/** What of a frame says whose it is. */
export interface FrameFacts {
  readonly url: string
  readonly parent: unknown
}

/** The window's own page at its own address, and no frame inside it. */
export function isBoardFrame(frame: FrameFacts | null): boolean {
  return frame !== null && frame.parent === null && isBoardUrl(frame.url)
}
