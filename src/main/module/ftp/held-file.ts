import { HeldBytes, type Held } from '../sockets/held-bytes.ts'
import type { FileRequest } from './session-types.ts'
import type { Transfer } from './transfer.ts'

/**
 * A download in command mode (`#FTPGETPKT`). Received data waits for `#FTPRECV`; too much of it stops reading from the
 * server.
 */
export class HeldFile {
  readonly name: string
  /** The view mode. */
  readonly hexadecimal: boolean
  /** Whether the whole file has arrived. */
  complete = false
  private readonly held = new HeldBytes()

  constructor(
    { name, hexadecimal = false }: FileRequest,
    private readonly transfer: Transfer
  ) {
    this.name = name
    this.hexadecimal = hexadecimal
  }

  get heldBytes(): number {
    return this.held.length
  }

  /** Whether all data was read and no more will come. */
  get exhausted(): boolean {
    return this.complete && this.held.length === 0
  }

  /** `cause`: the event that brought the bytes. */
  arrived(bytes: Uint8Array, cause: number | null): void {
    this.held.add(bytes, cause === null ? [] : [cause])
    if (this.held.full) this.transfer.setReading(false)
  }

  take(maxBytes: number): Held {
    const held = this.held.take(maxBytes)
    if (this.held.hasRoom) this.transfer.setReading(true)
    return held
  }
}
