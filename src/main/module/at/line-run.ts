import { hostFailure } from '../../../shared/rules/errors.ts'
import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import { failed, ok, type Answer, type Blocked, type CallOff, type Outcome } from './answer.ts'
import { nextCommand, type ParsedCommand } from './command-parser.ts'
import { maskedFailure } from './masked-failure.ts'

/** Executes the commands of one line in order. The first failure ends the line (at-reference 1). */
export class LineRun {
  private at = 0
  private ended = false
  private finishBlocked: ((outcome: Outcome) => void) | null = null
  private callOff: CallOff | null = null
  private commandCause = 0
  /** The reason that the OK of the last command has, if any. */
  private because: EndReason | null = null
  /** What else led to the results so far, beside the commands. */
  private causes: number[] = []

  constructor(
    private readonly line: string,
    /** The line's version for the timeline, of the same length. */
    private readonly shown: string,
    private readonly lineCause: number,
    private readonly instance: number,
    private readonly host: LineRunHost
  ) {}

  /** Continues until the line ends or a command blocks. */
  next(): void {
    while (!this.ended) {
      const parsed = nextCommand(this.line, this.at)
      if (parsed === null) return this.end(this.because ? { kind: 'ok', because: this.because } : ok)
      if ('error' in parsed) {
        return this.end(
          failed(
            hostFailure(null, `${capital(parsed.error)}.`, { got: parsed.text, rule: 'D-22', finding: 'bad-syntax' })
          )
        )
      }
      const answer = this.execute(parsed.command, parsed.next)
      if (answer.kind === 'blocked') return this.block(answer.start)
      // CONNECT ends a line like a failure does: what follows on the port is data.
      if (answer.causes) this.causes.push(...answer.causes)
      if (answer.kind !== 'ok') return this.end(answer)
    }
  }

  /** Gives the outcome of the command that blocks. */
  finish(outcome: Outcome): void {
    this.finishBlocked?.(outcome)
  }

  /** Drops the line, because the module was powered off. */
  abandon(): void {
    this.ended = true
    this.finishBlocked = null
    this.callOff?.()
    this.callOff = null
  }

  private execute(command: ParsedCommand, next: number): Answer {
    const from = this.line.indexOf(command.text, this.at)
    const text = this.shown.slice(from, from + command.text.length)
    this.at = next
    // A secret that directly follows the name (AT+CPIN1234) is parsed as part of the name.
    const name =
      command.kind === 'register'
        ? 'S'
        : text === command.text
          ? command.name
          : (/^.[A-Za-z0-9*]*/.exec(text)?.[0].toUpperCase() ?? '')
    this.commandCause = this.host.timeline.report({ kind: 'command', name, text }, this.lineCause, this.instance)
    return this.host.execute(command, this.commandCause)
  }

  private block(start: Blocked['start']): void {
    this.host.blocks(this.commandCause)
    this.finishBlocked = (outcome) => {
      this.finishBlocked = null
      this.callOff = null
      if (this.ended) return
      if (outcome.causes) this.causes.push(...outcome.causes)
      if (outcome.kind === 'ok') {
        this.because = outcome.because ?? null
        this.next()
      } else this.end(outcome)
    }
    const finish = this.finishBlocked
    const callOff = start((outcome) => {
      if (this.finishBlocked === finish) finish(outcome)
    })
    if (this.finishBlocked === finish) this.callOff = callOff ?? null
  }

  private end(outcome: Outcome): void {
    this.ended = true
    const shown = outcome.kind === 'failed' ? failed(maskedFailure(outcome.failure, this.line, this.shown)) : outcome
    const ended = this.causes.length > 0 ? { ...shown, causes: this.causes } : shown
    this.host.ended(ended, this.commandCause || this.lineCause)
  }
}

export interface LineRunHost {
  /** Executes one command. `cause` is its timeline event. */
  execute(command: ParsedCommand, cause: number): Answer
  readonly timeline: TimelineReporter
  /** A command will give its outcome later. */
  blocks(cause: number): void
  ended(outcome: Outcome, cause: number): void
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)
