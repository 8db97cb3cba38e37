import type { Batch, SimulatorApi } from '../../shared/api/api.ts'
import type { CallAnswer } from '../../shared/carrier/ipc-channels.ts'
import { BatchQueue } from '../../shared/carrier/batch-queue.ts'
import { dispatch, sentenceOf } from './dispatch.ts'

/**
 * Batches sent to the window that it has not taken yet. Electron queues without limit for a window that hangs, so beyond
 * these few they wait here, joined into one.
 */
export const MAX_BATCHES_UNDER_WAY = 4

/**
 * The carrier of SimulatorApi to one desktop window. Knows nothing of Electron: the shell checks who sends, and hands in
 * how to send.
 */
export class WindowCarrier {
  readonly #api: SimulatorApi
  readonly #send: (batch: Batch) => void
  readonly #batches = new BatchQueue()
  #underWay = 0
  #unsubscribe: (() => void) | null = null

  constructor(api: SimulatorApi, send: (batch: Batch) => void) {
    this.#api = api
    this.#send = send
  }

  /** Never rejects: what went wrong is in the answer. */
  async call(call: unknown, args: unknown): Promise<CallAnswer> {
    try {
      return { result: await dispatch(this.#api, call, args) }
    } catch (error) {
      return { error: sentenceOf(error) }
    }
  }

  subscribe(): void {
    this.#unsubscribe ??= this.#api.subscribe((batch) => {
      this.#batches.add(batch)
      this.#push()
    })
  }

  /** Ends the subscription and forgets what waits. Also what to do when the window's page goes. */
  unsubscribe(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#batches.take()
    this.#underWay = 0
  }

  /** The window has taken one batch. */
  taken(): void {
    this.#underWay = Math.max(0, this.#underWay - 1)
    this.#push()
  }

  #push(): void {
    if (this.#underWay >= MAX_BATCHES_UNDER_WAY) return
    const batch = this.#batches.take()
    if (batch === null) return
    this.#underWay += 1
    this.#send(batch)
  }
}
