import type { Clock } from '../../../shared/contracts/clock.ts'
import type { ModuleUart } from '../../../shared/hardware/port-lines.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Chart } from '../chart.ts'
import type { Settings } from '../settings.ts'
import type { Timers } from '../hardware/timer-board.ts'
import type { Answer } from './answer.ts'
import type { ParsedCommand } from './command-parser.ts'
import type { Redaction } from './redaction.ts'

/** What an instance is made of; all of it handed in. */
export interface InstanceParts {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timers: Timers
  readonly timeline: TimelineReporter
  readonly chart: Chart<'data'>
  readonly settings: Settings
  /** Carries out one command; `cause` is its event in the timeline. */
  execute(command: ParsedCommand, cause: number): Answer
  /** What of the port's bytes the timeline may keep. */
  readonly redaction: Redaction
  /** Bytes to the port; false when it is full. */
  toPort(bytes: Uint8Array): boolean
  /** Lets the host send, or holds it back (hardware flow control). */
  setReading(reading: boolean): void
  /** What the module's UART drives and how it is set, whenever that changes. */
  driveUart(uart: ModuleUart): void
}
