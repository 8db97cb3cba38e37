import type { WireTime } from './wire-time.ts'

/** A serial line loses bytes group by group. One event for each group would flood the timeline. */
const GATHER_MS = 200

/** Collects losses of one kind for a moment and reports them together. */
export class LossReport {
  readonly #time: WireTime
  readonly #report: (droppedBytes: number, sentence: string) => void
  readonly #bySentence = new Map<string, number>()
  #timer: { cancel(): void } | null = null

  constructor(time: WireTime, report: (droppedBytes: number, sentence: string) => void) {
    this.#time = time
    this.#report = report
  }

  add(droppedBytes: number, sentence: string): void {
    this.#bySentence.set(sentence, (this.#bySentence.get(sentence) ?? 0) + droppedBytes)
    this.#timer ??= this.#time.after(GATHER_MS, () => this.#tell())
  }

  /** Reports what is left and ends. */
  stop(): void {
    this.#timer?.cancel()
    this.#tell()
  }

  #tell(): void {
    this.#timer = null
    const losses = [...this.#bySentence]
    this.#bySentence.clear()
    for (const [sentence, droppedBytes] of losses) this.#report(droppedBytes, sentence)
  }
}
