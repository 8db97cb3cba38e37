/** Why a port is not available. */
export type PortErrorCode =
  /** This machine cannot make a pty: it runs Windows, or node-pty was not built. */
  | 'no-pty'
  /** The path of the link belongs to something else. */
  | 'link-taken'
  /** The link cannot be written. */
  | 'link-failed'
  | 'folder-failed'
  /** The TCP port is in use or not allowed. */
  | 'tcp-failed'
  /** The UART does not exist, is in use, or may not be opened. */
  | 'uart-failed'

/** A port is not available. The message is one sentence; the exit status is 3. */
export class PortError extends Error {
  readonly code: PortErrorCode

  constructor(code: PortErrorCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'PortError'
    this.code = code
  }
}

/** Returns the code of a failed system call, such as `ENOENT`, or an empty string. */
export function systemErrorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
