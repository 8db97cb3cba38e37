import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { BoardPart, Explanation } from '../../../shared/explain/explanation.ts'
import type { Store } from '../store/store.ts'
import { useWhy } from './why.ts'

/** The newest failure that is still true, short enough for the path strip. */
export interface WhatMatters {
  /** `seq` of its event. */
  readonly seq: number
  /** Without full stop: `The server's certificate has expired`. */
  readonly title: string
  /** The best way to fix it, one sentence. */
  readonly remedy: string
  readonly parts: readonly BoardPart[]
}

/**
 * Returns the failure that Why explains when no event is selected; `null` when there is none, `undefined` while that is
 * not known.
 */
export function useWhatMatters(store: Store): WhatMatters | null | undefined {
  return whatMatters(useWhy(store).newest)
}

export function whatMatters(newest: Explanation | null | undefined): WhatMatters | null | undefined {
  if (!newest) return newest
  const { seq, title, remedies, parts } = newest
  return { seq, title, remedy: remedies[0]?.sentence ?? '', parts }
}

/**
 * Returns why the SSL socket is closed, if that is the newest failure. Until it is explained, in the module's own
 * words.
 */
export function socketFailure({ ssl }: Pick<Snapshot, 'ssl'>, matters: WhatMatters | null | undefined): string | null {
  if (ssl.status === 2) return null
  if (matters === undefined) return ssl.lastFailure
  return matters && isOfSocket(matters) && ssl.lastFailure !== null ? matters.title : null
}

/** Whether the failure is that of a dial or of a connection of the SSL socket. */
export const isOfSocket = ({ parts }: WhatMatters): boolean =>
  parts.some((part) => part === 'ssl' || part === 'handshake')
