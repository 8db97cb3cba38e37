/** @module The AT line: bytes become lines, lines become commands, and result codes and URCs go out. */

import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { HardwareWarningId } from '../../../shared/hardware/hardware-warnings.ts'
import type { ResultWord } from '../../../shared/rules/errors.ts'
import type { Settings } from '../settings.ts'
import type { Outcome } from './answer.ts'
import { CommandLine } from './command-line.ts'
import { CountedEntry, TextEntry, type EntryListener } from './entry.ts'
import { HostHold } from './host-hold.ts'
import { HostInput } from './host-input.ts'
import { HostPace } from './host-pace.ts'
import { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import { LineFeedRule } from './line-feed-rule.ts'
import type { OnlineLink } from './online-link.ts'
import { OnlineMode } from './online-mode.ts'
import { PromptedEntry } from './prompted-entry.ts'
import { ReportQueue, type Report } from './report-queue.ts'
import { Uart } from './uart.ts'

/**
 * One AT instance: what its port receives becomes lines, commands and answers, or data while it is online. The data
 * mode's statechart decides which; nothing here knows what a command does.
 */
export class AtInstance {
  private readonly lineFeeds: LineFeedRule
  private readonly out: InstanceOutput
  private readonly line: CommandLine
  private readonly entry: PromptedEntry
  private readonly online: OnlineMode
  private readonly input: HostInput
  private readonly reports: ReportQueue
  readonly uart: Uart
  private readonly pace: HostPace
  private readonly hold: HostHold
  private lastResult = Number.NEGATIVE_INFINITY

  constructor(
    readonly index: number,
    private readonly parts: InstanceParts
  ) {
    const { clock, chart, settings, timeline, timers, redaction } = parts
    this.lineFeeds = new LineFeedRule(clock)
    this.out = new InstanceOutput({
      instance: index,
      settings,
      timeline,
      redaction,
      toPort: (bytes) => parts.toPort(bytes)
    })
    this.reports = new ReportQueue(index, timeline, settings, this.out.buffer)
    this.line = new CommandLine(index, parts, {
      echo: this.out,
      lineEnded: (terminator) => this.lineFeeds.lineEnded(terminator),
      blocks: (cause) => {
        chart.send('BLOCK', cause)
        this.flush()
      },
      result: (outcome, cause) => this.result(outcome, cause)
    })
    this.entry = new PromptedEntry({
      chart,
      timers,
      out: this.out,
      lineFeeds: this.lineFeeds,
      cause: () => this.input.cause,
      flush: () => this.flush(),
      finish: (outcome) => this.line.finishCommand(outcome)
    })
    this.hold = new HostHold((reading) => parts.setReading(reading))
    this.pace = new HostPace(clock, (warning) => this.warn(warning))
    this.online = new OnlineMode({
      index,
      instance: parts,
      out: this.out,
      pace: this.pace,
      cause: () => this.input.cause,
      causedBy: (cause) => {
        this.input.cause = cause
      },
      unguarded: () => this.warn('escape-without-guard'),
      result: (outcome, cause) => this.result(outcome, cause),
      commandModeAgain: () => this.commandModeAgain()
    })
    this.input = new HostInput({
      index,
      instance: parts,
      lineFeeds: this.lineFeeds,
      line: this.line,
      entry: this.entry,
      online: this.online,
      out: this.out,
      hold: this.hold,
      pace: this.pace,
      flush: () => this.flush()
    })
    this.uart = new Uart({
      clock,
      settings,
      mode: () => this.mode,
      drive: (uart) => parts.driveUart(uart),
      dtrDropped: (hangUp) => this.online.dtrDropped(hangUp)
    })
    chart.onMove(() => this.uart.update())
  }

  get settings(): Settings {
    return this.parts.settings
  }

  /** Module time of the last result code, milliseconds: a burst of its own keeps a distance from it (D-2, D-7). */
  get lastResultMs(): number {
    return this.lastResult
  }

  /** Whether a report would go out now and not wait for a command. */
  get idle(): boolean {
    return this.mode === 'command' && !this.line.running
  }

  get mode(): string {
    return this.parts.chart.state
  }

  /** Bytes from the port. */
  receive(bytes: Uint8Array): void {
    this.input.receive(bytes)
  }

  /** Another program has the port from here on. */
  clientChanged(): void {
    this.input.clientChanged()
  }

  /** The port takes data again after `toHost` had answered false. */
  portDrained(): void {
    this.online.hostDrained()
    this.hold.outputDrained((kept) => this.receive(kept))
  }

  /** Holds the host back while the far end takes no more, and lets it go on. */
  setHostReading(reading: boolean): void {
    this.hold.farEndTakes(reading)
  }

  /** The module came up: commands are heard. */
  powerUp(): void {
    this.parts.chart.send('POWERED')
  }

  /** The module went down: everything begun is forgotten, nothing more is said. */
  powerDown(cause: number | null): void {
    this.line.abandon()
    this.lineFeeds.forget()
    this.pace.forget()
    this.entry.forget()
    this.online.forget()
    this.input.forget()
    this.hold.forget()
    this.reports.clear()
    this.line.reset()
    this.parts.timers.stop('command')
    this.out.discard()
    this.parts.chart.send('POWER_LOST', cause)
    this.uart.powerDown()
  }

  /** Information that a command prints, framed by the caller; it leaves with the result, in one write. */
  print(bytes: Uint8Array | string, shown?: Uint8Array): void {
    this.out.print(bytes, shown)
  }

  /** Prints data that a peer sent, in the frame that the caller prints around it. */
  printData(bytes: Uint8Array | string): void {
    this.out.printData(bytes)
  }

  /** Prints what must not be kept: the timeline gets stars, and its name. */
  printSecret(name: string, bytes: Uint8Array): void {
    this.out.printSecret(name, bytes)
  }

  /** Shows the `>` prompt and gathers text, until Ctrl-Z, for the command that runs. `secret`: its name, if it is one. */
  prompt(maxBytes: number, entered: EntryListener, secret: string | null = null): void {
    this.entry.begin(new TextEntry(maxBytes), entered, secret)
  }

  /** Shows the `>` prompt and gathers exactly `byteCount` bytes, whatever they are; ERROR where none comes for too long (D-39). */
  promptCounted(byteCount: number, entered: EntryListener, secret: string | null = null): void {
    this.entry.begin(new CountedEntry(byteCount), entered, secret)
  }

  /** An unsolicited line: at once between commands, else when the port is free again. */
  report(text: string, cause: number | null = null, because?: EndReason, causes: readonly number[] = []): void {
    this.tell({ kind: 'urc', text, cause, causes, ...(because ? { because } : {}) })
  }

  /** A connection of command mode has ended: NO CARRIER is a result code, and looks as V and Q want it (D-7). */
  reportNoCarrier(detail: string, cause: number | null, because?: EndReason): void {
    this.tell({ kind: 'no-carrier', text: detail, cause, causes: [], ...(because ? { because } : {}) })
  }

  /** The NO CARRIER that waits for the port to be free is news no more. */
  withdrawNoCarrier(): void {
    this.reports.withdrawNoCarrier()
  }

  /** Joins the port to `link`; called from within a CONNECT outcome's `begin`. */
  attach(link: OnlineLink): void {
    this.online.attach(link)
  }

  /** Sends data to the host while online, with the events that brought it. Returns false when the caller should wait. */
  toHost(bytes: Uint8Array, causes: readonly number[] = []): boolean {
    this.flush()
    return this.out.data(bytes, causes)
  }

  /** The connection ended under online mode: NO CARRIER, with `detail` after the word, then commands again (G-4.2-4). */
  carrierLost(cause: number | null, detail = '', because?: EndReason): void {
    this.online.carrierLost(cause, detail, because)
  }

  private tell(report: Report): void {
    if (this.mode === 'deaf') return
    this.reports.add(report)
    this.printReports()
  }

  private printReports(): void {
    while (this.idle && this.reports.printNext()) this.flush()
  }

  private result(outcome: Outcome, cause: number): void {
    const { timeline, chart, clock } = this.parts
    const failure = outcome.kind === 'failed' ? outcome.failure : null
    const because = outcome.kind === 'failed' ? undefined : outcome.because
    const word = RESULT_WORDS[outcome.kind]
    timeline.report(
      { kind: 'result', word, failure, ...(because ? { because } : {}) },
      cause,
      this.index,
      outcome.causes
    )
    this.lastResult = clock.nowMs()
    this.pace.answered()
    if (failure) this.out.failure(failure)
    else this.out.result(word)
    if (outcome.kind === 'connect') return this.goOnline(outcome.begin, cause)
    if (this.mode === 'blocking') chart.send('RESULT', cause)
    this.commandModeAgain()
  }

  private goOnline(begin: () => void, cause: number): void {
    this.online.connectedBy(cause)
    this.parts.chart.send('CONNECT', cause)
    this.parts.redaction.connected()
    this.lineFeeds.answered()
    this.flush()
    begin()
    this.input.replayTypeAhead()
  }

  /** A result has gone out: what was waiting for that happens now. */
  private commandModeAgain(): void {
    this.flush()
    // The answer itself still looked, and was paced, as before.
    this.uart.update()
    this.input.replayTypeAhead()
    this.printReports()
    this.flush()
  }

  private warn(warning: HardwareWarningId): void {
    this.parts.timeline.report({ kind: 'warning', warning }, this.input.cause, this.index)
  }

  private flush(): void {
    if (!this.out.flush(this.input.cause)) this.hold.outputFilled()
  }
}

const RESULT_WORDS = {
  ok: 'OK',
  connect: 'CONNECT',
  'no-carrier': 'NO CARRIER',
  failed: 'ERROR'
} as const satisfies Record<Outcome['kind'], ResultWord>
