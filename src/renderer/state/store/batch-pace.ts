import type { Batch } from '../../../shared/api/api.ts'
import { BatchQueue } from '../../../shared/carrier/batch-queue.ts'

/** How a page draws, and its time. */
export interface Page {
  nowMs(): number
  /** Calls back once what has changed is on the screen. */
  afterDrawing(then: () => void): void
  later(then: () => void, ms: number): void
}

/**
 * Hands batches on no faster than the window draws them: after each, as long as its drawing took is left for the person's own
 * input. What comes meanwhile is joined into one. So a flood, or a machine with other things to do, makes figures come in larger
 * steps and never stops the window. A batch after a rest is handed on at once.
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

  /** Hands on what waits without a rest: what comes next must not overtake it. */
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

/** However long a drawing takes: what is shown is never much older than this. */
const LONGEST_REST_MS = 500

/** A page that is not seen is not drawn, and goes on all the same. */
const UNSEEN_MS = 500

/** The page that this runs in. */
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
      // The frame's own work comes after its callbacks; what is posted comes after that.
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

/** Nothing is drawn, so nothing is waited for. */
export const noPage: Page = {
  nowMs: () => 0,
  afterDrawing: (then) => {
    then()
  },
  later: (then) => {
    then()
  }
}
