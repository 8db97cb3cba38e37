/** @module Services of this machine that several rooms use: files, folders, processes, and how the program ends. */

import { listOf } from '../../shared/english/list-of.ts'

/** A part of the simulator did not close or failed while closing. The message is one sentence that names it. */
export class CloseError extends Error {
  override readonly name = 'CloseError'

  constructor(
    sentence: string,
    /** Whether something still hangs, so that `process.exit` may hang too. */
    readonly hangs: boolean
  ) {
    super(sentence)
  }
}

/** Parts close in milliseconds. One that takes longer hangs, and must not stop the others from closing. */
const STEP_LIMIT_MS = 2_000

/**
 * Closes the parts of something one after another. A part that hangs or fails does not stop the next ones, and is named
 * at the end.
 */
export class ClosingSteps {
  readonly #limitMs: number
  readonly #open = new Set<string>()
  readonly #failures: string[] = []

  constructor(limitMs = STEP_LIMIT_MS) {
    this.#limitMs = limitMs
  }

  /** The names of the parts that are being closed or did not close. */
  get unclosed(): readonly string[] {
    return [...this.#open]
  }

  /** Closes one part and waits at most the step limit, or without limit if `forAsLong`. Never rejects. */
  async run(name: string, close: () => Promise<void> | void, forAsLong = false): Promise<void> {
    this.#open.add(name)
    let limit: NodeJS.Timeout | undefined
    const patience = forAsLong ? [] : [new Promise<void>((resolve) => (limit = setTimeout(resolve, this.#limitMs)))]
    try {
      await Promise.race([Promise.resolve(close()).then(() => void this.#open.delete(name)), ...patience])
    } catch (error) {
      this.#open.delete(name)
      this.#failures.push(`${name} failed to close: ${error instanceof Error ? error.message : String(error)}`)
    } finally {
      clearTimeout(limit)
    }
  }

  /** Call this at the end. Throws a CloseError when a part is still open or failed. */
  finish(): void {
    const hanging =
      this.unclosed.length > 0 ? [`${listOf(this.unclosed)} did not close within ${this.#limitMs / 1000} seconds`] : []
    const reasons = [...hanging, ...this.#failures.map((failure) => failure.replace(/\.$/, ''))]
    if (reasons.length === 0) return
    const hangs = hanging.length > 0
    throw new CloseError(
      `The simulator ${hangs ? 'was ended by force' : 'did not close cleanly'}: ${reasons.join('; ')}.`,
      hangs
    )
  }
}
