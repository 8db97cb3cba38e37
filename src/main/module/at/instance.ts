/** @module The AT line: bytes become lines, lines become commands, and result codes and URCs go out. */

import type { HardwareWarningId } from '../../../shared/hardware/hardware-warnings.ts'
import type { ResultWord } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
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
 * One AT instance: bytes from its port become command lines with their responses, or data in online mode. The chart of
 * the data mode decides which. The commands themselves are elsewhere.
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

  /** Module time of the last result code, in milliseconds. URCs keep a distance from it (D-2, D-7). */
  get lastResultMs(): number {
    return this.lastResult
  }

  /** Whether a URC would be sent at once, without waiting for a command. */
  get idle(): boolean {
    return this.mode === 'command' && !this.line.running
  }

  get mode(): string {
    return this.parts.chart.state
  }

  /** Takes bytes from the port. */
  receive(bytes: Uint8Array): void {
    this.input.receive(bytes)
  }

  /** Another program has the port. */
  clientChanged(): void {
    this.input.clientChanged()
  }

  /** The port takes data again after `toHost` had returned false. */
  portDrained(): void {
    this.online.hostDrained()
    this.hold.outputDrained((kept) => this.receive(kept))
  }

  /** Holds the host back while the peer takes no more data, or lets it continue. */
  setHostReading(reading: boolean): void {
    this.hold.farEndTakes(reading)
  }

  /** The module was powered on: commands are accepted. */
  powerUp(): void {
    this.parts.chart.send('POWERED')
  }

  /** The module is powered off: everything under way is dropped without output. */
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

  /** Adds information of a command, framed by the caller. It is sent with the result code in one write. */
  print(bytes: Uint8Array | string, shown?: Uint8Array): void {
    this.out.print(bytes, shown)
  }

  /** Adds data from a peer, framed by the caller. */
  printData(bytes: Uint8Array | string): void {
    this.out.printData(bytes)
  }

  /** Adds a secret. The timeline gets asterisks and its name. */
  printSecret(name: string, bytes: Uint8Array): void {
    this.out.printSecret(name, bytes)
  }

  /**
   * Sends the `>` prompt and collects text up to Ctrl-Z for the running command. `secret` is the name of a secret, if
   * it is one.
   */
  prompt(maxBytes: number, entered: EntryListener, secret: string | null = null): void {
    this.entry.begin(new TextEntry(maxBytes), entered, secret)
  }

  /**
   * Sends the `>` prompt and collects exactly `byteCount` bytes. Gives ERROR when no byte comes for too long (D-39).
   */
  promptCounted(byteCount: number, entered: EntryListener, secret: string | null = null): void {
    this.entry.begin(new CountedEntry(byteCount), entered, secret)
  }

  /** Sends a URC: at once between commands, else when the port is free. */
  report(text: string, cause: number | null = null, because?: EndReason, causes: readonly number[] = []): void {
    this.tell({ kind: 'urc', text, cause, causes, ...(because ? { because } : {}) })
  }

  /** A connection in command mode has ended: sends NO CARRIER, a result code in the form of V and Q (D-7). */
  reportNoCarrier(detail: string, cause: number | null, because: EndReason, socket: string): void {
    this.tell({ kind: 'no-carrier', text: detail, cause, causes: [], because, socket })
  }

  /** Withdraws a NO CARRIER of a socket that still waits for the port. */
  withdrawNoCarrier(socket: string): void {
    this.reports.withdrawNoCarrier(socket)
  }

  /** Calls the listener for bytes that are typed while a command blocks; they are not kept then. `null`: no longer. */
  onTyped(listener: (() => void) | null): void {
    this.input.onTyped = listener
  }

  /** A caller is accepted without a command: CONNECT. Returns false, without effect, while a command runs. */
  connectByItself(cause: number, begin: () => void): boolean {
    if (!this.idle) return false
    this.result({ kind: 'connect', begin }, cause)
    return true
  }

  /** Connects the port with `link`. Called from `begin` of a CONNECT outcome. */
  attach(link: OnlineLink): void {
    this.online.attach(link)
  }

  /**
   * Sends data to the host in online mode, with the events that brought it. Returns false when the caller should wait.
   */
  toHost(bytes: Uint8Array, causes: readonly number[] = []): boolean {
    this.flush()
    return this.out.data(bytes, causes)
  }

  /**
   * The connection ended in online mode: sends NO CARRIER, with `detail` after the word, and returns to command mode
   * (G-4.2-4).
   */
  carrierLost(cause: number | null, detail = '', because?: EndReason): void {
    this.online.carrierLost(cause, detail, because)
  }

  private tell(report: Report): void {
    if (this.mode === 'off') return
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

  /** A result code was sent: starts what has waited for it. */
  private commandModeAgain(): void {
    this.flush()
    // The response itself was still sent with the earlier settings and rate.
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
