import type { MobileNetwork } from '../../shared/contracts/bearer.ts'
import type { Clock } from '../../shared/contracts/clock.ts'
import type { NamedCommand } from '../../shared/commands/index.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { AtInstance } from './at/instance.ts'
import type { ClockChip } from './hardware/clock-chip.ts'
import type { ContextRetry } from './network/context-retry.ts'
import type { FtpSession } from './ftp/session.ts'
import type { IpStack } from './network/ip-stack.ts'
import type { Nvm } from './hardware/nvm.ts'
import type { PacketContext } from './network/packet-context.ts'
import type { Registration } from './network/registration.ts'
import type { SimReader } from './hardware/sim-reader.ts'
import type { SecurityData } from './ssl/security-data.ts'
import type { SslSocket } from './ssl/socket.ts'
import type { TimerBoard } from './hardware/timer-board.ts'

/** What the commands work on: the parts of one module. */
export interface ModuleParts {
  readonly profile: ModuleProfile
  readonly commands: ReadonlyMap<string, NamedCommand>
  readonly clock: Clock
  readonly clockChip: ClockChip
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly nvm: Nvm
  readonly network: MobileNetwork
  /** What goes over context 1: names and connections. */
  readonly ip: IpStack
  readonly registration: Registration
  /** By context number, 1 to 5. */
  readonly contexts: ReadonlyMap<number, PacketContext>
  /** `#SGACTCFG` of each. */
  readonly retries: ReadonlyMap<number, ContextRetry>
  readonly ssl: SslSocket
  readonly ftp: FtpSession
  readonly securityData: SecurityData
  readonly sim: SimReader
  readonly power: PowerSwitch
}

/** What commands may do to the module as a whole; both take effect once the result code has gone out. */
export interface PowerSwitch {
  shutDown(cause: number): void
  restart(cause: number): void
}

/** One command at work. */
export interface CommandContext {
  readonly module: ModuleParts
  readonly instance: AtInstance
  /** The command's event in the timeline: cause of what it brings about. */
  readonly cause: number
  /** Prints lines of information as one block. */
  print(...lines: string[]): void
  /** The same, where `shown` is what may be kept of the lines, character for character. */
  printShown(lines: readonly string[], shown: readonly string[]): void
}
