import { findTtyClient } from './pty-client.ts'
import { askMaster, type PtyPair } from './pty-pair.ts'

/**
 * Finds the program that has a pty open. That takes milliseconds, in which the program may write and leave: what the
 * master reports meanwhile is kept.
 */
export class ClientSearch {
  #bytes: Uint8Array | null = null
  #isGone = false

  /** Returns the name of the program that has the pty at `path` open, or `null`. `pair` returns the present pair. */
  nameOf(path: string, pair: () => PtyPair | null): string | null {
    return findTtyClient(path, () => this.#hasGone(pair()))
  }

  /** Whether anything happened during the searches since the last `takeMeanwhile`. */
  get hasNews(): boolean {
    return this.#isGone || this.#bytes !== null
  }

  /** Returns what happened during the searches since the last call: bytes first, then whether the client has left. */
  takeMeanwhile(): { readonly bytes: Uint8Array | null; readonly isGone: boolean } {
    const meanwhile = { bytes: this.#bytes, isGone: this.#isGone }
    this.#bytes = null
    this.#isGone = false
    return meanwhile
  }

  /** Asks the master whether the client has left. Bytes read by that are kept. */
  #hasGone(pair: PtyPair | null): boolean {
    if (!pair || pair.held !== null || !pair.stream.survivesHangUp || pair.stream.destroyed) return false
    const { bytes, someoneThere } = askMaster(pair.master)
    if (bytes) this.#bytes = this.#bytes ? Buffer.concat([this.#bytes, bytes]) : bytes
    else if (!someoneThere) this.#isGone = true
    return this.#isGone
  }
}
