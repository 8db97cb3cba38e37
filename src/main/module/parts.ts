import type { NamedCommand } from '../../shared/commands/index.ts'
import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { AtInstance } from './at/instance.ts'
import type { FtpSession } from './ftp/session.ts'
import type { ClockChip } from './hardware/clock-chip.ts'
import type { Nvm } from './hardware/nvm.ts'
import type { SimReader } from './hardware/sim-reader.ts'
import type { TimerBoard } from './hardware/timer-board.ts'
import type { ContextRetry } from './network/context-retry.ts'
import type { IpStack } from './network/ip-stack.ts'
import type { PacketContext } from './network/packet-context.ts'
import type { Registration } from './network/registration.ts'
import type { PlainSockets } from './plain-sockets/sockets.ts'
import type { SecurityData } from './ssl/security-data.ts'
import type { SslSocket } from './ssl/socket.ts'

/** The parts of one module, for the commands. */
export interface ModuleParts {
  readonly profile: ModuleProfile
  readonly commands: ReadonlyMap<string, NamedCommand>
  readonly clock: Clock
  readonly clockChip: ClockChip
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly nvm: Nvm
  readonly network: MobileNetwork
  /** Names, connections and datagrams over PDP context 1, which SSL and FTP use (G-2.1-2). */
  readonly ip: IpStack
  /** The same over each PDP context, by its number, 1 to 5. */
  readonly stacks: ReadonlyMap<number, IpStack>
  readonly registration: Registration
  /** By context number, 1 to 5. */
  readonly contexts: ReadonlyMap<number, PacketContext>
  /** `#SGACTCFG` of each context. */
  readonly retries: ReadonlyMap<number, ContextRetry>
  readonly ssl: SslSocket
  readonly sockets: PlainSockets
  readonly ftp: FtpSession
  readonly securityData: SecurityData
  readonly sim: SimReader
  readonly power: PowerSwitch
}

/** Commands that affect the module as a whole. Both take effect once the result code was sent. */
export interface PowerSwitch {
  shutDown(cause: number): void
  restart(cause: number): void
}

/** One running command. */
export interface CommandContext {
  readonly module: ModuleParts
  readonly instance: AtInstance
  /** The command's timeline event, which is the cause of its effects. */
  readonly cause: number
  /** Prints information lines as one block. */
  print(...lines: string[]): void
  /** The same, with the lines' version for the timeline in `shown`, of the same length. */
  printShown(lines: readonly string[], shown: readonly string[]): void
}
