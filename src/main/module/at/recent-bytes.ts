/**
 * The last bytes of a stream, and a quick check whether the head of a private key may end with the newest: every head
 * in DER has the byte 1 near its end, and every one in Base64 one of five short texts. Nearly all input fails this
 * check.
 */
export class RecentBytes {
  readonly #bytes = Buffer.alloc(ROOM_BYTES)
  #length = 0
  /** Bytes since the last byte 1, which a DER head has near its end. */
  #sinceDer = NEVER
  #sinceBase64 = NEVER

  push(byte: number): void {
    if (this.#length === ROOM_BYTES) {
      this.#bytes.copyWithin(0, ROOM_BYTES - KEPT_BYTES)
      this.#length = KEPT_BYTES
    }
    this.#bytes[this.#length++] = byte
    this.#sinceDer = byte === 1 ? 0 : this.#sinceDer + 1
    this.#sinceBase64 = this.#endsBase64Mark(byte) ? 0 : this.#sinceBase64 + 1
  }

  /** Adds the last bytes of a chunk that was examined as a whole. */
  pushAll(bytes: Uint8Array): void {
    for (const byte of bytes.subarray(-KEPT_BYTES)) this.push(byte)
  }

  clear(): void {
    this.#length = 0
    this.#sinceDer = this.#sinceBase64 = NEVER
  }

  get mayEndDerHead(): boolean {
    return this.#sinceDer < TAIL_BYTES
  }

  get mayEndBase64Head(): boolean {
    return this.#sinceBase64 < TAIL_BYTES
  }

  /** The last 96 bytes as Latin-1. */
  get text(): string {
    return this.#bytes.toString('latin1', Math.max(0, this.#length - KEPT_BYTES), this.#length)
  }

  /** Returns whether the last bytes are IBA, CAQ, BBQ, gE or QEF. */
  #endsBase64Mark(byte: number): boolean {
    const before = this.#bytes[this.#length - 2]
    switch (byte) {
      case UPPER_A:
        return before === UPPER_B && this.#bytes[this.#length - 3] === UPPER_I
      case UPPER_Q:
        return (
          (before === UPPER_A && this.#bytes[this.#length - 3] === UPPER_C) ||
          (before === UPPER_B && this.#bytes[this.#length - 3] === UPPER_B)
        )
      case UPPER_E:
        return before === LOWER_G
      case UPPER_F:
        return before === UPPER_E && this.#bytes[this.#length - 3] === UPPER_Q
      default:
        return false
    }
  }
}

/** Length of the longest head: 16 bytes, printed as an array in C. */
const KEPT_BYTES = 96
/** Several times KEPT_BYTES, so that bytes are rarely moved. */
const ROOM_BYTES = 1024
const TAIL_BYTES = 5
const NEVER = 1000
const UPPER_A = 0x41
const UPPER_B = 0x42
const UPPER_C = 0x43
const UPPER_E = 0x45
const UPPER_F = 0x46
const UPPER_I = 0x49
const UPPER_Q = 0x51
const LOWER_G = 0x67
