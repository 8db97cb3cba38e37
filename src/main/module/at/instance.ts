/** @module The AT line: bytes become lines, lines become commands, and result codes and URCs go out. */

import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { HardwareWarningId } from '../../../shared/hardware/hardware-warnings.ts'
import type { Settings } from '../settings.ts'
import { noCarrier, type Outcome } from './answer.ts'
import { CommandLine } from './command-line.ts'
import { CountedEntry, TextEntry, type EntryListener } from './entry.ts'
import { EscapeDetector, escapeOptions } from './escape.ts'
import { HostHold } from './host-hold.ts'
import { HostPace } from './host-pace.ts'
import { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import { LineFeedRule } from './line-feed-rule.ts'
import type { OnlineLink } from './online-link.ts'
import { PromptedEntry } from './prompted-entry.ts'
import { behindCtrlZ, behindLine, type Shown } from './redaction.ts'
import { ReportQueue, type Report } from './report-queue.ts'
import { TypeAhead } from './type-ahead.ts'
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
  private online: { link: OnlineLink; escape: EscapeDetector } | null = null
  private readonly typeAhead: TypeAhead
  private readonly reports: ReportQueue
  readonly uart: Uart
  private readonly pace: HostPace
  private readonly hold: HostHold
  private lastResult = Number.NEGATIVE_INFINITY
  private cause: number | null = null

  constructor(
    readonly index: number,
    private readonly parts: InstanceParts
  ) {
    this.lineFeeds = new LineFeedRule(parts.clock)
    const { profile, settings, timeline, redaction } = parts
    this.out = new InstanceOutput({
      instance: index,
      settings,
      timeline,
      redaction,
      toPort: (bytes) => parts.toPort(bytes)
    })
    this.typeAhead = new TypeAhead(profile.commandLineChars + 1)
    this.reports = new ReportQueue(index, timeline, settings, this.out.buffer)
    this.line = new CommandLine(index, parts, {
      echo: this.out,
      lineEnded: (terminator) => this.lineFeeds.lineEnded(terminator),
      blocks: (cause) => {
        parts.chart.send('BLOCK', cause)
        this.flush()
      },
      result: (outcome, cause) => this.result(outcome, cause)
    })
    this.entry = new PromptedEntry({
      chart: parts.chart,
      timers: parts.timers,
      out: this.out,
      lineFeeds: this.lineFeeds,
      cause: () => this.cause,
      flush: () => this.flush(),
      finish: (outcome) => this.line.finishCommand(outcome)
    })
    this.hold = new HostHold((reading) => parts.setReading(reading))
    this.pace = new HostPace(parts.clock, (warning) => this.warn(warning))
    this.uart = new Uart({
      clock: parts.clock,
      settings,
      mode: () => this.mode,
      drive: (uart) => parts.driveUart(uart),
      dtrDropped: (hangUp) => this.dtrDropped(hangUp)
    })
    parts.chart.onMove(() => this.uart.update())
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
    // Not its LF: what it leads to decides what these bytes are, and what of them may be kept.
    if (this.line.waits && bytes.length > 0 && bytes[0] !== LF) this.carryOut()
    // Piece by piece: what a line or an entry leads to decides what of the next may be kept.
    for (let at = 0; at < bytes.length;) {
      if (this.hold.outputFull) {
        this.lose(
          this.hold.keep(bytes.subarray(at)),
          'The host sent on although its port was held, and did not read its answers; the rest is lost.'
        )
        break
      }
      const piece = bytes.subarray(at, this.pieceEnd(bytes, at))
      const { bytes: shown, secrets } = this.shownOf(piece)
      const fact = {
        kind: 'bytes',
        direction: 'tx',
        bytes: shown,
        data: this.mode === 'online',
        ...(secrets.length > 0 ? { secrets } : {})
      } as const
      this.cause = this.parts.timeline.report(fact, null, this.index)
      const before = this.mode
      this.consume(piece, shown)
      at += piece.length
      // Behind a line in one write: sent before the prompt, or CONNECT, was there to be seen.
      if (before === 'command' && at < bytes.length && (this.mode === 'entry' || this.mode === 'online'))
        this.pace.cameEarly()
    }
    this.flush()
  }

  /** Behind the byte that may change the mode: the end of the line, of what is entered at a prompt, or of it all. */
  private pieceEnd(bytes: Uint8Array, from: number): number {
    if (this.line.waits) return from + 1
    if (this.mode === 'online' || this.mode === 'deaf') return bytes.length
    if (this.mode !== 'entry') return behindLine(bytes, from, this.settings.get('S3'))
    const missing = this.entry.missingBytes
    return missing === null ? behindCtrlZ(bytes, from) : Math.min(bytes.length, from + missing)
  }

  /** What the timeline may keep of bytes from the host. */
  private shownOf(piece: Uint8Array): Shown {
    const { redaction } = this.parts
    if (this.mode === 'online') return { bytes: redaction.data(piece, 'tx'), secrets: [] }
    if (!this.entry.isOpen) return redaction.typed(piece, this.settings.get('S3'), this.settings.get('S5'))
    const { secret, missingBytes } = this.entry
    return redaction.entered(piece, { secret, counted: missingBytes !== null, isLast: missingBytes === piece.length })
  }

  /** Another program has the port from here on: nothing of the last one's habits or half lines holds for it. */
  clientChanged(): void {
    if (this.line.waits) this.carryOut()
    this.parts.redaction.hostChanged()
    this.pace.forget()
    this.lineFeeds.forget()
    this.line.reset()
  }

  /** The port takes data again after `toHost` had answered false. */
  portDrained(): void {
    this.online?.link.hostDrained()
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
    this.online?.escape.stop()
    this.online = null
    this.typeAhead.clear()
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
  report(text: string, cause: number | null = null, because?: EndReason): void {
    this.tell({ kind: 'urc', text, cause, ...(because ? { because } : {}) })
  }

  /** A connection of command mode has ended: NO CARRIER is a result code, and looks as V and Q want it (D-7). */
  reportNoCarrier(detail: string, cause: number | null, because?: EndReason): void {
    this.tell({ kind: 'no-carrier', text: detail, cause, ...(because ? { because } : {}) })
  }

  /** The NO CARRIER that waits for the port to be free is news no more. */
  withdrawNoCarrier(): void {
    this.reports.withdrawNoCarrier()
  }

  private tell(report: Report): void {
    if (this.mode === 'deaf') return
    this.reports.add(report)
    this.printReports()
  }

  private printReports(): void {
    while (this.idle && this.reports.printNext()) this.flush()
  }

  /** Data for the host while online; false: hold back. */
  toHost(bytes: Uint8Array): boolean {
    this.flush()
    return this.out.data(bytes)
  }

  /** The connection ended under online mode: NO CARRIER, with `detail` after the word, then commands again (G-4.2-4). */
  carrierLost(cause: number | null, detail = '', because?: EndReason): void {
    if (!this.online) return
    this.online.escape.stop()
    this.online = null
    this.parts.chart.send('CARRIER_LOST', cause)
    this.parts.timeline.report(
      { kind: 'result', word: 'NO CARRIER', failure: null, ...(because ? { because } : {}) },
      cause,
      this.index
    )
    this.out.result('NO CARRIER', detail)
    this.pace.answered()
    this.commandModeAgain()
  }

  /** `shown`: what may be kept of each byte, for the echo. */
  private consume(bytes: Uint8Array, shown: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      const byte = bytes[at]!
      const passedOver = this.passesOver(byte)
      // Its LF has come, or what has come is none: either way it waits no longer.
      if (this.line.waits) this.carryOut()
      if (passedOver) {
        at += 1
        continue
      }
      switch (this.mode) {
        case 'online':
          this.fromHostOnline(bytes.subarray(at))
          return
        case 'blocking':
          this.keepForLater(bytes.subarray(at), shown.subarray(at))
          return
        case 'entry':
          this.entry.push(byte, shown[at]!)
          break
        case 'command':
          this.pace.typed(byte)
          if (this.line.push(byte, shown[at]!, this.cause) && at + 1 === bytes.length) this.lineComplete()
          break
        default:
          return
      }
      at += 1
    }
  }

  /** An LF behind a command's CR is no character of anything, and is echoed as it came (D-11). */
  private passesOver(byte: number): boolean {
    const { mode } = this
    const how = this.lineFeeds.passesOver(byte, mode)
    if (how === 'echoed' && mode !== 'online' && mode !== 'deaf') this.out.echo(byte, byte)
    return how !== 'no'
  }

  /** A line is complete with the last byte that has come: its LF may be on the way, and the echo of it stands before the answer. */
  private lineComplete(): void {
    if (!this.lineFeeds.expectsLineFeed) return this.carryOut()
    this.lineFeeds.wait(() => this.carryOut())
  }

  private carryOut(): void {
    this.lineFeeds.waitNoLonger()
    this.pace.lineCame()
    this.line.carryOut()
    this.flush()
  }

  private fromHostOnline(bytes: Uint8Array): void {
    const { link, escape } = this.online!
    const data = escape.feed(bytes)
    if (data.length > 0) link.fromHost(data)
  }

  private keepForLater(bytes: Uint8Array, shown: Uint8Array): void {
    this.pace.cameEarly()
    this.lose(
      this.typeAhead.keep(bytes, shown),
      'More than one line was typed while a command was busy; the rest is lost.'
    )
  }

  private lose(droppedBytes: number, sentence: string): void {
    if (droppedBytes > 0)
      this.parts.timeline.report({ kind: 'overrun', droppedBytes, sentence }, this.cause, this.index)
  }

  private result(outcome: Outcome, cause: number): void {
    const { timeline, chart } = this.parts
    const word =
      outcome.kind === 'connect'
        ? 'CONNECT'
        : outcome.kind === 'no-carrier'
          ? 'NO CARRIER'
          : outcome.kind === 'ok'
            ? 'OK'
            : 'ERROR'
    const failure = outcome.kind === 'failed' ? outcome.failure : null
    const because = outcome.kind === 'failed' ? undefined : outcome.because
    timeline.report({ kind: 'result', word, failure, ...(because ? { because } : {}) }, cause, this.index)
    this.lastResult = this.parts.clock.nowMs()
    this.pace.answered()
    if (failure) this.out.failure(failure)
    else this.out.result(word)
    if (outcome.kind === 'connect') return this.goOnline(outcome.begin, cause)
    if (this.mode === 'blocking') chart.send('RESULT', cause)
    this.commandModeAgain()
  }

  private goOnline(begin: () => void, cause: number): void {
    this.parts.chart.send('CONNECT', cause)
    this.parts.redaction.connected()
    this.lineFeeds.answered()
    this.flush()
    begin()
    this.replayTypeAhead()
  }

  /** Joins the port to `link`; called from within a CONNECT outcome's `begin`. */
  attach(link: OnlineLink): void {
    const { clock, timers } = this.parts
    const options = escapeOptions(this.settings, link.escapeEnds === true)
    const escape = new EscapeDetector(
      options,
      clock,
      timers,
      () => this.escaped(),
      () => this.warn('escape-without-guard')
    )
    this.online = { link, escape }
  }

  private escaped(): void {
    const link = this.online?.link
    this.online = null
    this.parts.chart.send('ESCAPED', this.cause)
    if (link?.escaped) {
      // NO CARRIER follows once the far end has said its last word; what is typed until then waits (D-23).
      this.parts.chart.send('BLOCK', this.cause)
      const cause = this.cause ?? 0
      return link.escaped(() => this.result(noCarrier, cause))
    }
    link?.suspend(this.cause)
    this.parts.timeline.report({ kind: 'result', word: 'OK', failure: null }, this.cause, this.index)
    this.out.result('OK')
    this.pace.answered()
    this.commandModeAgain()
  }

  /** AT&D1 does what +++ does, AT&D2 ends the connection as well (at-reference 2.1). */
  private dtrDropped(hangUp: boolean): void {
    if (!this.online) return
    const { link, escape } = this.online
    this.cause = this.parts.timeline.report(
      { kind: 'port', sentence: `DTR dropped: AT&D${hangUp ? '2 ends the connection' : '1 goes back to commands'}.` },
      null,
      this.index
    )
    escape.stop()
    if (hangUp && link.hangUp) link.hangUp(this.cause)
    else this.escaped()
  }

  /** A result has gone out: what was waiting for that happens now. */
  private commandModeAgain(): void {
    this.flush()
    // The answer itself still looked, and was paced, as before.
    this.uart.update()
    this.replayTypeAhead()
    this.printReports()
    this.flush()
  }

  private replayTypeAhead(): void {
    const typed = this.typeAhead.take()
    if (typed) this.pace.replay(() => this.consume(typed.bytes, typed.shown))
  }

  private warn(warning: HardwareWarningId): void {
    this.parts.timeline.report({ kind: 'warning', warning }, this.cause, this.index)
  }

  private flush(): void {
    if (!this.out.flush(this.cause)) this.hold.outputFilled()
  }
}

const LF = 0x0a
