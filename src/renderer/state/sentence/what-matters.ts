import type { BoardPart, Explanation } from '../../../shared/explain/explanation.ts'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { Store } from '../store/store.ts'
import { useWhy } from './why.ts'

/** The newest failure that is still true, in as few words as a strip has room for. */
export interface WhatMatters {
  /** Its event. */
  readonly seq: number
  /** Without a full stop: `The server's certificate has expired`. */
  readonly title: string
  /** The best way to fix it, a sentence. */
  readonly remedy: string
  readonly parts: readonly BoardPart[]
}

/** The failure that Why would explain if nothing were selected; `null`: none is left, `undefined`: not known yet. */
export function useWhatMatters(store: Store): WhatMatters | null | undefined {
  return whatMatters(useWhy(store).newest)
}

export function whatMatters(newest: Explanation | null | undefined): WhatMatters | null | undefined {
  if (!newest) return newest
  const { seq, title, remedies, parts } = newest
  return { seq, title, remedy: remedies[0]?.sentence ?? '', parts }
}

/** Why the SSL socket is closed, where that is what matters; until the failure is explained in the module's own words. */
export function socketFailure({ ssl }: Pick<Snapshot, 'ssl'>, matters: WhatMatters | null | undefined): string | null {
  if (ssl.status === 2) return null
  if (matters === undefined) return ssl.lastFailure
  return matters && isOfSocket(matters) && ssl.lastFailure !== null ? matters.title : null
}

/** Whether the failure is that of a dial, or of a connection of the SSL socket. */
export const isOfSocket = ({ parts }: WhatMatters): boolean =>
  parts.some((part) => part === 'ssl' || part === 'handshake')
