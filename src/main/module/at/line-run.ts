import { hostFailure } from '../../../shared/errors.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import { failed, ok, type Answer, type Outcome } from './answer.ts'
import { nextCommand, type ParsedCommand } from './command-parser.ts'

/** Carries one line out, command after command; the first failure ends it (at-reference 1). */
export class LineRun {
  private at = 0
  private ended = false
  private finishBlocked: ((outcome: Outcome) => void) | null = null
  private commandCause = 0

  constructor(
    private readonly line: string,
    private readonly lineCause: number,
    private readonly instance: number,
    private readonly host: LineRunHost
  ) {}

  /** Runs on from where the line stands, until it ends or a command blocks. */
  next(): void {
    while (!this.ended) {
      const parsed = nextCommand(this.line, this.at)
      if (parsed === null) return this.end(ok)
      if ('error' in parsed) {
        return this.end(failed(hostFailure(null, `${capital(parsed.error)}.`, { got: parsed.text, rule: 'D-22' })))
      }
      this.at = parsed.next
      const answer = this.execute(parsed.command)
      if (answer.kind === 'blocked') return this.block(answer.start)
      // CONNECT ends a line as a failure does: what follows on the port is data.
      if (answer.kind !== 'ok') return this.end(answer)
    }
  }

  /** Gives the outcome of the command that blocks. */
  finish(outcome: Outcome): void {
    this.finishBlocked?.(outcome)
  }

  /** Nothing of it counts any more: the module went down. */
  abandon(): void {
    this.ended = true
    this.finishBlocked = null
  }

  private execute(command: ParsedCommand): Answer {
    const name = command.kind === 'register' ? 'S' : command.name
    this.commandCause = this.host.timeline.report({ kind: 'command', name, text: command.text }, this.lineCause, this.instance)
    return this.host.execute(command, this.commandCause)
  }

  private block(start: (finish: (outcome: Outcome) => void) => void): void {
    this.host.blocks(this.commandCause)
    this.finishBlocked = (outcome) => {
      this.finishBlocked = null
      if (this.ended) return
      if (outcome.kind === 'ok') this.next()
      else this.end(outcome)
    }
    const finish = this.finishBlocked
    start((outcome) => {
      if (this.finishBlocked === finish) finish(outcome)
    })
  }

  private end(outcome: Outcome): void {
    this.ended = true
    this.host.ended(outcome, this.commandCause || this.lineCause)
  }
}

export interface LineRunHost {
  /** Carries out one command; `cause` is its event in the timeline. */
  execute(command: ParsedCommand, cause: number): Answer
  readonly timeline: TimelineReporter
  /** A command will give its outcome later. */
  blocks(cause: number): void
  ended(outcome: Outcome, cause: number): void
}

const capital = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1)
