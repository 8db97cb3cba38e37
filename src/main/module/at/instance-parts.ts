import type { Clock } from '../../../shared/contracts/clock.ts'
import type { ModuleUart } from '../../../shared/hardware/port-lines.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Chart } from '../chart.ts'
import type { Timers } from '../hardware/timer-board.ts'
import type { Settings } from '../settings.ts'
import type { Answer } from './answer.ts'
import type { ParsedCommand } from './command-parser.ts'
import type { Redaction } from './redaction.ts'

/** The parts of an AT instance. */
export interface InstanceParts {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timers: Timers
  readonly timeline: TimelineReporter
  readonly chart: Chart<'data'>
  readonly settings: Settings
  /** Executes one command. `cause` is its timeline event. */
  execute(command: ParsedCommand, cause: number): Answer
  /** Masks secrets in what the timeline keeps. */
  readonly redaction: Redaction
  /** Sends bytes to the port. Returns false when it is full. */
  toPort(bytes: Uint8Array): boolean
  /** Lets the host send, or holds it back (hardware flow control). */
  setReading(reading: boolean): void
  /** Called whenever the lines that the module drives, or its UART settings, change. */
  driveUart(uart: ModuleUart): void
}
