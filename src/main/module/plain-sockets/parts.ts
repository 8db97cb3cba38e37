import type { Clock } from '../../../shared/contracts/clock.ts'
import type { SecureTransport } from '../../../shared/contracts/security.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Nvm } from '../hardware/nvm.ts'
import type { TimerBoard } from '../hardware/timer-board.ts'
import type { IpStack } from '../network/ip-stack.ts'
import type { PacketContext } from '../network/packet-context.ts'
import type { SocketLink } from '../sockets/link.ts'
import type { Firewall } from './firewall.ts'

/** What the plain sockets need from the module. */
export interface PlainSocketParts {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly nvm: Nvm
  readonly transport: SecureTransport
  /** By context number. */
  readonly stacks: ReadonlyMap<number, IpStack>
  readonly contexts: ReadonlyMap<number, PacketContext>
  readonly firewall: Firewall
}

/** A connection of a plain socket. */
export interface PlainLink extends SocketLink {
  readonly counters: { readonly sentBytes: number; readonly receivedBytes: number }
  /** Whether there are written bytes that TCP has not taken yet. */
  readonly holdsUnsent: boolean
  /** Ends a connection that is still being opened. */
  giveUp(): void
}
