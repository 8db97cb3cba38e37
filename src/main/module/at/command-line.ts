import { hostFailure } from '../../../shared/rules/errors.ts'
import type { Outcome } from './answer.ts'
import type { InstanceParts } from './instance-parts.ts'
import { LineEditor, type LineEvent } from './line-editor.ts'
import { LineRun } from './line-run.ts'

/** What the command line needs from its AT instance. */
export interface CommandLineHost {
  readonly echo: { echo(byte: number, shown: number): void; echoDeletion(): void }
  /** Its terminator came. */
  lineEnded(terminator: number): void
  /** A command begins that will give its result later. */
  blocks(cause: number): void
  /** The line has its result: that of its last command, or of the line itself. */
  result(outcome: Outcome, cause: number): void
}

/** The command line of an AT instance. Edits and echoes bytes until the line ends, then runs its commands. */
export class CommandLine {
  private readonly editor = new LineEditor()
  private run: LineRun | null = null
  /** The line that A/ repeats. */
  private last = NO_LINE
  /** The events that brought the bytes of the line so far, the oldest first. */
  private typedBy: number[] = []
  /** A line that is complete and has not begun, with the events that brought it; `null` while there is none. */
  private complete: { readonly event: LineEvent; readonly typedBy: readonly number[] } | null = null

  constructor(
    private readonly instance: number,
    private readonly parts: InstanceParts,
    private readonly host: CommandLineHost
  ) {}

  /** Whether commands of a line are running or about to run. */
  get running(): boolean {
    return this.run !== null || this.complete !== null
  }

  /** Whether a complete line waits for `carryOut`. */
  get waits(): boolean {
    return this.complete !== null
  }

  /**
   * Takes a byte in command mode. `shown` is what may be kept of it. Returns whether it completed a line, which
   * `carryOut` then runs.
   */
  push(byte: number, shown: number, cause: number | null): boolean {
    const { settings, profile } = this.parts
    if (cause !== null) this.typed(cause)
    const terminator = settings.get('S3')
    const event = this.editor.push(
      byte,
      { terminator, editing: settings.get('S5'), maxChars: profile.commandLineChars },
      shown
    )
    if (event?.kind === 'deleted') {
      this.host.echo.echoDeletion()
      return false
    }
    this.host.echo.echo(byte, shown)
    if (!event) return false
    this.complete = { event, typedBy: this.typedBy }
    this.typedBy = []
    if (event.kind !== 'repeat') this.host.lineEnded(terminator)
    return true
  }

  /** Runs the complete line. */
  carryOut(): void {
    const { complete } = this
    this.complete = null
    if (complete) this.ended(complete.event, complete.typedBy)
  }

  /** Ends the command that is running. */
  finishCommand(outcome: Outcome): void {
    this.run?.finish(outcome)
  }

  /** The module is powered off: cancels the running command without output, and forgets the line for A/. */
  abandon(): void {
    this.run?.abandon()
    this.run = null
    this.complete = null
    this.typedBy = []
    this.last = NO_LINE
  }

  /** Forgets the incomplete line. */
  reset(): void {
    this.editor.reset()
    this.typedBy = []
  }

  private typed(cause: number): void {
    const { typedBy } = this
    if (typedBy.at(-1) === cause) return
    typedBy.push(cause)
    // A line without end: what brought its beginning is no news any more.
    if (typedBy.length > 2 * this.parts.profile.commandLineChars) typedBy.splice(0, this.parts.profile.commandLineChars)
  }

  private ended(event: LineEvent, typedBy: readonly number[]): void {
    if (event.kind === 'line') this.last = event
    const text = event.kind === 'line' ? `AT${event.shown}` : event.kind === 'repeat' ? 'A/' : 'a line that is too long'
    const cause = this.parts.timeline.report({ kind: 'line', text }, typedBy.at(-1) ?? null, this.instance, typedBy)
    if (event.kind === 'too-long') {
      const expected = `${event.maxChars} characters at most`
      const facts = [{ kind: 'size', label: 'line', gotBytes: event.chars, limitBytes: event.maxChars }] as const
      const about = {
        expected,
        got: `${event.chars} characters`,
        rule: 'D-20',
        finding: 'line-too-long',
        facts
      } as const
      this.host.result(
        { kind: 'failed', failure: hostFailure(null, 'The line is too long; no command in it runs.', about) },
        cause
      )
      return
    }
    // A/ before any line gives OK (at-reference 2).
    this.start(cause)
  }

  private start(cause: number): void {
    const { text, shown } = this.last
    const run = new LineRun(text, shown, cause, this.instance, {
      execute: (command, commandCause) => this.parts.execute(command, commandCause),
      timeline: this.parts.timeline,
      blocks: (commandCause) => this.host.blocks(commandCause),
      ended: (outcome, resultCause) => {
        this.run = null
        this.host.result(outcome, resultCause)
      }
    })
    this.run = run
    run.next()
  }
}

/** Before the first line since power-on, A/ gives OK (at-reference 2). */
const NO_LINE = { text: '', shown: '' }
