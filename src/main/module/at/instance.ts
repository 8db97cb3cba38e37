import { hostFailure } from '../../../shared/errors.ts'
import type { Clock } from '../../../shared/clock.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Chart } from '../chart.ts'
import type { Settings } from '../settings.ts'
import type { TimerBoard } from '../timer-board.ts'
import type { Answer, Outcome } from './answer.ts'
import type { ParsedCommand } from './command-parser.ts'
import { TextEntry } from './entry.ts'
import { EscapeDetector } from './escape.ts'
import { failureText, promptText, resultText, unsolicitedText } from './framing.ts'
import { LineFeedRule } from './line-feed-rule.ts'
import { LineEditor, type LineEvent } from './line-editor.ts'
import { LineRun } from './line-run.ts'
import { bytesOf, OutputBuffer } from './output-buffer.ts'

/**
 * One AT instance: what its port receives becomes lines, commands and answers, or data while it is online. The data
 * mode's statechart decides which; nothing here knows what a command does.
 */
export class AtInstance {
  private readonly editor = new LineEditor()
  private readonly lineFeeds: LineFeedRule
  private readonly out: OutputBuffer
  private run: LineRun | null = null
  private lastLine: string | null = null
  private entry: { text: TextEntry; entered: (bytes: Uint8Array, surplusBytes: number) => void } | null = null
  private online: { link: OnlineLink; escape: EscapeDetector } | null = null
  /** What arrived while a command blocked (D-23). */
  private typeAhead: number[] = []
  private waitingReports: string[] = []
  private cause: number | null = null

  constructor(
    readonly index: number,
    private readonly parts: InstanceParts
  ) {
    this.lineFeeds = new LineFeedRule(parts.clock)
    this.out = new OutputBuffer((bytes) => parts.toPort(bytes))
  }

  get settings(): Settings {
    return this.parts.settings
  }

  get mode(): string {
    return this.parts.chart.state
  }

  /** Bytes from the port. */
  receive(bytes: Uint8Array): void {
    const online = this.mode === 'online'
    this.cause = this.parts.timeline.report({ kind: 'bytes', direction: 'tx', bytes, data: online }, null, this.index)
    this.consume(bytes)
    this.flush()
  }

  /** Another program has the port from here on: nothing of the last one's habits or half lines holds for it. */
  clientChanged(): void {
    this.lineFeeds.forget()
    this.editor.reset()
  }

  /** The port takes data again after `toHost` had answered false. */
  portDrained(): void {
    this.online?.link.hostDrained()
  }

  /** Holds the host back while the far end takes no more, and lets it go on. */
  setHostReading(reading: boolean): void {
    this.parts.setReading(reading)
  }

  /** The module came up: commands are heard. */
  powerUp(): void {
    this.parts.chart.send('POWERED')
  }

  /** The module went down: everything begun is forgotten, nothing more is said. */
  powerDown(cause: number | null): void {
    this.run?.abandon()
    this.run = null
    this.entry = null
    this.online?.escape.stop()
    this.online = null
    this.typeAhead = []
    this.waitingReports = []
    this.editor.reset()
    this.parts.timers.stop('command')
    this.out.discard()
    this.parts.chart.send('POWER_LOST', cause)
  }

  /** Information that a command prints, framed by the caller; it leaves with the result, in one write. */
  print(bytes: Uint8Array | string): void {
    this.out.add(bytes)
  }

  /** Shows the `>` prompt and gathers text for the command that runs. */
  prompt(maxBytes: number, entered: (bytes: Uint8Array, surplusBytes: number) => void): void {
    this.parts.chart.send('PROMPT', this.cause)
    this.entry = { text: new TextEntry(maxBytes), entered }
    this.out.add(promptText(this.settings))
    this.lineFeeds.answered('text')
    this.flush()
  }

  /** An unsolicited line: at once between commands, else when the port is free again. */
  report(text: string, cause: number | null = null): void {
    if (this.mode === 'deaf') return
    if (this.mode !== 'command' || this.run) {
      // A burst of reports during one command is a few lines; beyond this somebody floods, and the oldest go.
      if (this.waitingReports.length >= MAX_WAITING_REPORTS) this.waitingReports.shift()
      this.waitingReports.push(text)
      return
    }
    this.parts.timeline.report({ kind: 'urc', text }, cause, this.index)
    this.out.add(unsolicitedText(this.settings, text))
    this.flush()
  }

  /** Data for the host while online. False: the port is full, hold back. */
  toHost(bytes: Uint8Array): boolean {
    this.out.flush()
    this.parts.timeline.report({ kind: 'bytes', direction: 'rx', bytes, data: true }, null, this.index)
    return this.parts.toPort(bytes)
  }

  /** The connection ended under online mode: NO CARRIER, then commands again (G-4.2-4). */
  carrierLost(cause: number | null): void {
    if (!this.online) return
    this.online.escape.stop()
    this.online = null
    this.parts.chart.send('CARRIER_LOST', cause)
    this.parts.timeline.report({ kind: 'result', word: 'NO CARRIER', failure: null }, cause, this.index)
    this.out.add(resultText(this.settings, 'NO CARRIER'))
    this.commandModeAgain()
  }

  private consume(bytes: Uint8Array): void {
    let at = 0
    while (at < bytes.length) {
      const byte = bytes[at]!
      if (this.lineFeeds.swallows(byte, this.mode)) {
        at += 1
        continue
      }
      switch (this.mode) {
        case 'online':
          this.fromHostOnline(bytes.subarray(at))
          return
        case 'blocking':
          this.keepForLater(bytes.subarray(at))
          return
        case 'entry':
          this.pushToEntry(byte)
          break
        case 'command':
          this.pushToEditor(byte)
          break
        default:
          return
      }
      at += 1
    }
  }

  private fromHostOnline(bytes: Uint8Array): void {
    const { link, escape } = this.online!
    const data = escape.feed(bytes)
    if (data.length > 0) link.fromHost(data)
  }

  private keepForLater(bytes: Uint8Array): void {
    const room = this.parts.profile.commandLineChars + 1 - this.typeAhead.length
    for (const byte of bytes.subarray(0, Math.max(0, room))) this.typeAhead.push(byte)
    const droppedBytes = bytes.length - Math.max(0, room)
    if (droppedBytes <= 0) return
    const sentence = 'More than one line was typed while a command was busy; the rest is lost.'
    this.parts.timeline.report({ kind: 'overrun', droppedBytes, sentence }, this.cause, this.index)
  }

  private pushToEntry(byte: number): void {
    const { text, entered } = this.entry!
    const event = text.push(byte)
    this.echo(event === 'taken' ? byte : event === 'deleted' ? RUBOUT : null)
    if (event !== 'entered' && event !== 'abandoned') return
    this.entry = null
    this.lineFeeds.entryEnded()
    this.parts.chart.send('ENTERED', this.cause)
    this.flush()
    if (event === 'abandoned') return this.run?.finish({ kind: 'ok' })
    const { bytes, surplusBytes } = text.content()
    entered(bytes, surplusBytes)
  }

  private pushToEditor(byte: number): void {
    const terminator = this.settings.get('S3')
    const event = this.editor.push(byte, {
      terminator,
      editing: this.settings.get('S5'),
      maxChars: this.parts.profile.commandLineChars
    })
    this.echo(event?.kind === 'deleted' ? RUBOUT : byte)
    if (event && event.kind !== 'deleted') this.lineEnded(event, terminator)
  }

  private lineEnded(event: LineEvent, terminator: number): void {
    if (event.kind !== 'repeat') this.lineFeeds.lineEnded(terminator)
    if (event.kind === 'line') this.lastLine = event.text
    const text = event.kind === 'line' ? `AT${event.text}` : event.kind === 'repeat' ? 'A/' : 'a line that is too long'
    const cause = this.parts.timeline.report({ kind: 'line', text }, this.cause, this.index)
    if (event.kind === 'too-long') {
      const expected = `${event.maxChars} characters at most`
      this.result({ kind: 'failed', failure: hostFailure(null, 'The line is too long; nothing of it runs.', { expected, rule: 'D-20' }) }, cause)
      return
    }
    // A/ before any line is OK (at-reference 2).
    this.start(this.lastLine ?? '', cause)
  }

  private start(line: string, cause: number): void {
    const run = new LineRun(line, cause, this.index, {
      execute: (command, commandCause) => this.parts.execute(command, this, commandCause),
      timeline: this.parts.timeline,
      blocks: (commandCause) => {
        this.parts.chart.send('BLOCK', commandCause)
        this.flush()
      },
      ended: (outcome, resultCause) => this.runEnded(outcome, resultCause)
    })
    this.run = run
    run.next()
  }

  private runEnded(outcome: Outcome, cause: number): void {
    this.run = null
    this.result(outcome, cause)
  }

  private result(outcome: Outcome, cause: number): void {
    const { timeline, chart } = this.parts
    if (outcome.kind === 'silent') return
    const word = outcome.kind === 'connect' ? 'CONNECT' : outcome.kind === 'no-carrier' ? 'NO CARRIER' : outcome.kind === 'ok' ? 'OK' : 'ERROR'
    const failure = outcome.kind === 'failed' ? outcome.failure : null
    timeline.report({ kind: 'result', word, failure }, cause, this.index)
    this.out.add(failure ? failureText(this.settings, failure) : resultText(this.settings, word))
    if (outcome.kind === 'connect') return this.goOnline(outcome.begin, cause)
    if (this.mode === 'blocking') chart.send('RESULT', cause)
    this.commandModeAgain()
  }

  private goOnline(begin: () => void, cause: number): void {
    this.parts.chart.send('CONNECT', cause)
    this.lineFeeds.answered('data')
    this.flush()
    begin()
    this.replayTypeAhead()
  }

  /** Joins the port to `link`; called from within a CONNECT outcome's `begin`. */
  attach(link: OnlineLink): void {
    const escape = new EscapeDetector(
      {
        character: this.settings.get('S2'),
        guardMs: this.settings.get('S12') * GUARD_UNIT_MS,
        withhold: this.settings.get('#SKIPESC') === 1
      },
      this.parts.clock,
      this.parts.timers,
      () => this.escaped()
    )
    this.online = { link, escape }
  }

  private escaped(): void {
    const link = this.online?.link
    this.online = null
    this.parts.chart.send('ESCAPED', this.cause)
    link?.suspend(this.cause)
    this.parts.timeline.report({ kind: 'result', word: 'OK', failure: null }, this.cause, this.index)
    this.out.add(resultText(this.settings, 'OK'))
    this.commandModeAgain()
  }

  /** A result has gone out: what was waiting for that happens now. */
  private commandModeAgain(): void {
    this.flush()
    this.replayTypeAhead()
    while (this.waitingReports.length > 0 && this.mode === 'command' && !this.run) this.report(this.waitingReports.shift()!)
    this.flush()
  }

  private replayTypeAhead(): void {
    if (this.typeAhead.length === 0) return
    const bytes = Uint8Array.from(this.typeAhead)
    this.typeAhead = []
    this.consume(bytes)
  }

  private echo(what: number | Uint8Array | null): void {
    if (what === null || this.settings.get('E') === 0) return
    this.out.add(typeof what === 'number' ? Uint8Array.of(what) : what)
  }

  private flush(): void {
    const bytes = this.out.take()
    if (!bytes) return
    this.parts.timeline.report({ kind: 'bytes', direction: 'rx', bytes, data: false }, this.cause, this.index)
    this.parts.toPort(bytes)
  }
}

/** What an instance is made of; all of it handed in. */
export interface InstanceParts {
  readonly profile: ModuleProfile
  readonly clock: Clock
  readonly timers: TimerBoard
  readonly timeline: TimelineReporter
  readonly chart: Chart
  readonly settings: Settings
  /** Carries out one command; `cause` is its event in the timeline. */
  execute(command: ParsedCommand, instance: AtInstance, cause: number): Answer
  /** Bytes to the port; false when it is full. */
  toPort(bytes: Uint8Array): boolean
  /** Lets the host send, or holds it back (hardware flow control). */
  setReading(reading: boolean): void
}

/** What takes the bytes while a port is online. */
export interface OnlineLink {
  fromHost(bytes: Uint8Array): void
  /** +++ was seen: the connection stays (D-18). */
  suspend(cause: number | null): void
  /** The port can take data again. */
  hostDrained(): void
}

/** S12 counts fiftieths of a second. */
const GUARD_UNIT_MS = 20
/** Reports wait for one command; no module gives more than a few a minute. */
const MAX_WAITING_REPORTS = 32
/** Takes a character back on a terminal's screen. */
const RUBOUT = bytesOf('\b \b')
