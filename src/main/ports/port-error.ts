/** Why a port could not be had. */
export type PortErrorCode =
  /** This machine cannot make a pty: Windows, or node-pty was not built. */
  | 'no-pty'
  /** The link's path belongs to somebody else. */
  | 'link-taken'
  /** The link or its folder cannot be written. */
  | 'link-failed'
  | 'folder-failed'
  /** The TCP port is in use or not allowed. */
  | 'tcp-failed'
  /** The UART does not exist, is in use, or is not ours to open. */
  | 'uart-failed'

/** A port that cannot be had. The message is one sentence for the person who started the simulator; exit status 3. */
export class PortError extends Error {
  readonly code: PortErrorCode

  constructor(code: PortErrorCode, sentence: string, cause?: unknown) {
    super(sentence, cause === undefined ? undefined : { cause })
    this.name = 'PortError'
    this.code = code
  }
}

/** The code of a failed system call (`ENOENT`), or an empty string. */
export function systemErrorCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}
