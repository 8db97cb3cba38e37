/**
 * The board has its own scheme instead of `file:`, because a page from a file may read other files and has no origin
 * for a content security policy.
 */
export const BOARD_SCHEME = 'telit-sim'
export const boardUrl = `${BOARD_SCHEME}://board/index.html`

/** The privileges of the scheme, which Electron needs before its `ready` event. */
export const boardSchemeRights = {
  scheme: BOARD_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true }
}

/** Returns whether an address is that of the board's page, with any query or fragment. */
export function isBoardUrl(url: string): boolean {
  return url.split(/[?#]/, 1)[0] === boardUrl
}

/** The properties of an Electron frame that are checked here. */
export interface FrameFacts {
  readonly url: string
  readonly parent: unknown
}

/** Returns whether a frame is the window's top frame with the board in it. */
export function isBoardFrame(frame: FrameFacts | null): boolean {
  return frame !== null && frame.parent === null && isBoardUrl(frame.url)
}
