import type { PlainSettings } from '../../../shared/lab/plain.ts'
import type { LabWorld } from '../net.ts'
import type { Outlet } from '../outlet.ts'

// What a plain server and one of its TCP connections know of each other.

/** What a plain server does with one TCP connection. */
export type ConversePlain = (line: PlainLine) => PlainConversation

export interface PlainConversation {
  data(bytes: Uint8Array): void
  /** The peer reads again, after `write` returned false. */
  drained?(): void
  /** The connection is over. */
  closed?(): void
}

export interface PlainLine extends Outlet {
  readonly settings: PlainSettings
  readonly world: LabWorld
}
