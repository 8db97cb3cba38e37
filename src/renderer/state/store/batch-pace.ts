import type { Batch } from '../../../shared/api/api.ts'
import { BatchQueue } from '../../../shared/carrier/batch-queue.ts'

/** A page that draws, with its clock. */
export interface Page {
  nowMs(): number
  /** Calls back once the changes are on the screen. */
  afterDrawing(then: () => void): void
  later(then: () => void, ms: number): void
}

/**
 * Passes batches on no faster than the window draws them. After each, it leaves as much time for input as the drawing
 * took, and joins the batches that come meanwhile. A flood or a busy machine then makes figures change in larger steps,
 * but never blocks the window. A batch after a pause is passed on at once.
 */
export class BatchPace {
  private readonly waiting = new BatchQueue()
  private isDrawing = false

  constructor(
    private readonly page: Page,
    private readonly take: (batch: Batch) => void
  ) {}

  add(batch: Batch): void {
    this.waiting.add(batch)
    if (!this.isDrawing) this.handOn()
  }

  /** Passes on at once what waits, so that nothing can overtake it. */
  flush(): void {
    const batch = this.waiting.take()
    if (batch) this.take(batch)
  }

  private handOn(): void {
    const batch = this.waiting.take()
    if (!batch) return
    this.isDrawing = true
    const startMs = this.page.nowMs()
    this.take(batch)
    this.page.afterDrawing(() => {
      this.page.later(
        () => {
          this.isDrawing = false
          this.handOn()
        },
        Math.min(LONGEST_REST_MS, this.page.nowMs() - startMs)
      )
    })
  }
}

/** Longest pause after a slow drawing, so that the window is never much behind. */
const LONGEST_REST_MS = 500

/** A hidden page is not drawn. Batches are then passed on after this time. */
const UNSEEN_MS = 500

export const thisPage: Page = {
  nowMs: () => performance.now(),
  afterDrawing(then) {
    let done = false
    const once = (): void => {
      if (done) return
      done = true
      window.clearTimeout(unseen)
      then()
    }
    const unseen = window.setTimeout(once, UNSEEN_MS)
    requestAnimationFrame(() => {
      // Rendering comes after the callbacks of the frame, and messages come after rendering.
      const channel = new MessageChannel()
      channel.port1.onmessage = () => {
        channel.port1.close()
        once()
      }
      channel.port2.postMessage(null)
    })
  },
  later: (then, ms) => {
    window.setTimeout(then, ms)
  }
}

/** For tests and other places without a page: never waits. */
export const noPage: Page = {
  nowMs: () => 0,
  afterDrawing: (then) => {
    then()
  },
  later: (then) => {
    then()
  }
}
