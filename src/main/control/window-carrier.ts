import type { Batch, SimulatorApi } from '../../shared/api/api.ts'
import { BatchQueue } from '../../shared/carrier/batch-queue.ts'
import type { CallAnswer } from '../../shared/carrier/ipc-channels.ts'
import { dispatch, sentenceOf } from './dispatch.ts'

/**
 * Batches that were sent to the window and not yet acknowledged. Electron's queue has no limit, so further batches wait
 * here, joined into one, while the window hangs.
 */
export const MAX_BATCHES_UNDER_WAY = 4

/**
 * The carrier of SimulatorApi to one desktop window. Independent of Electron: the shell checks the sender and passes in
 * the function that sends.
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

  /** Runs a call. Never rejects: an error is part of the answer. */
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

  /** Ends the subscription and drops what waits. Also called when the window's page is unloaded. */
  unsubscribe(): void {
    this.#unsubscribe?.()
    this.#unsubscribe = null
    this.#batches.take()
    this.#underWay = 0
  }

  /** Notes that the window has received one batch. */
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
