import { CloseError } from './closing-steps.ts'
import { listOf } from '../../shared/english/list-of.ts'

/** How a program around the simulator ends, desktop and headless alike: the module is closed first, once, and nothing waits for ever. */
export interface EndingHost {
  /** The window's place is kept, as long as there is a window. */
  keep(): void
  /** Closes the simulator, also one that is still starting. */
  close(): Promise<void>
  /** What has not closed so far, in words. */
  unclosed(): readonly string[]
  say(sentence: string): void
  exit(status: number): void
  /**
   * Ends the process whatever hangs in it. Not an exit: that waits for every file and name that the system is still looking up, which may
   * be what hangs.
   */
  force(): void
  /** One sentence of what was thrown. */
  sentenceOf(error: unknown): string
}

/** Closing waits for a start under way (registration takes some seconds); what takes longer than this hangs. */
const CLOSE_LIMIT_MS = 10_000

export class Ending {
  #begun = false

  constructor(
    private readonly host: EndingHost,
    private readonly limitMs = CLOSE_LIMIT_MS
  ) {}

  get begun(): boolean {
    return this.#begun
  }

  /** Closes the simulator, then the program. A second wish to end changes nothing. */
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
