import type { WireTime } from '../../../src/main/ports/wire-time.ts'

/** Time of a serial line that the test controls. Timers fire `lateMs` late, as on a busy machine. */
export class FakeTime implements WireTime {
  #nowMs = 1_000
  readonly #timers = new Set<{ readonly dueMs: number; readonly action: () => void }>()

  constructor(private readonly lateMs: (nth: number) => number = () => 0) {}

  #count = 0

  nowMs(): number {
    return this.#nowMs
  }

  after(delayMs: number, action: () => void): { cancel(): void } {
    const timer = { dueMs: this.#nowMs + delayMs + this.lateMs(this.#count++), action }
    this.#timers.add(timer)
    return { cancel: () => void this.#timers.delete(timer) }
  }

  pass(ms: number): void {
    const endMs = this.#nowMs + ms
    for (;;) {
      const due = [...this.#timers].filter((timer) => timer.dueMs <= endMs).toSorted((a, b) => a.dueMs - b.dueMs)[0]
      if (!due) break
      this.#timers.delete(due)
      this.#nowMs = Math.max(this.#nowMs, due.dueMs)
      due.action()
    }
    this.#nowMs = endMs
  }

  get waiting(): number {
    return this.#timers.size
  }
}
