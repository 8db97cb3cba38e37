import { listOf } from '../../shared/english/list-of.ts'
import { CloseError } from './closing-steps.ts'

export interface EndingHost {
  /** Saves the window's place while there is a window. */
  keep(): void
  /** Closes the simulator, also one that is still starting. */
  close(): Promise<void>
  /** The names of the parts that have not closed so far. */
  unclosed(): readonly string[]
  say(sentence: string): void
  exit(status: number): void
  /**
   * Kills the process, whatever hangs in it. `process.exit` would wait for file and name look-ups, which may be what
   * hangs.
   */
  force(): void
  /** Returns one sentence for what was thrown. */
  sentenceOf(error: unknown): string
}

/** Closing waits for a start that is under way; registration takes some seconds. */
const CLOSE_LIMIT_MS = 10_000

/** Ends the program, desktop or headless: it closes the simulator first, once, and waits at most CLOSE_LIMIT_MS. */
export class Ending {
  #begun = false

  constructor(
    private readonly host: EndingHost,
    private readonly limitMs = CLOSE_LIMIT_MS
  ) {}

  get begun(): boolean {
    return this.#begun
  }

  /** Closes the simulator, then ends the program. Further calls have no effect. */
  async end(status = 0): Promise<void> {
    if (this.#begun) return
    this.#begun = true
    const { host } = this
    host.keep()
    const limit = setTimeout(() => {
      host.say(
        `The simulator was ended by force: ${listOf(host.unclosed())} did not close within ${this.limitMs / 1000} seconds.`
      )
      host.force()
    }, this.limitMs)
    let ended = status
    try {
      await host.close()
    } catch (error) {
      host.say(host.sentenceOf(error))
      if (error instanceof CloseError && error.hangs) return host.force()
      ended ||= 1
    }
    clearTimeout(limit)
    host.exit(ended)
  }
}

/** The `force` of both shells. The shell that started the program sees status 137. */
export function killThisProcess(): void {
  process.kill(process.pid, 'SIGKILL')
}
