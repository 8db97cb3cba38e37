/**
 * Encodes many `seq`s in few bytes: runs of neighbours, each as two numbers of 7 bits a byte, low bits first: how many
 * are skipped before the run, and its length. A full million takes 4 bytes, every second one 1 MB.
 */
export class MatchWriter {
  private bytes = new Uint8Array(256)
  private used = 0
  private runStart: number
  private runEnd: number
  private written: number
  /** How many were added. */
  count = 0

  /** `fromSeq`: the lowest possible `seq`. */
  constructor(fromSeq: number) {
    this.runStart = this.runEnd = this.written = fromSeq
  }

  /** Adds a `seq`, which must be larger than the one before. */
  add(seq: number): void {
    this.count += 1
    if (seq !== this.runEnd) {
      this.flush()
      this.runStart = seq
    }
    this.runEnd = seq + 1
  }

  finish(): Uint8Array {
    this.flush()
    return this.bytes.slice(0, this.used)
  }

  private flush(): void {
    if (this.runEnd === this.runStart) return
    if (this.used + LONGEST_RUN_BYTES > this.bytes.length) {
      const larger = new Uint8Array(this.bytes.length * 2)
      larger.set(this.bytes)
      this.bytes = larger
    }
    this.put(this.runStart - this.written)
    this.put(this.runEnd - this.runStart)
    this.written = this.runEnd
  }

  private put(value: number): void {
    let rest = value
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) this.bytes[this.used++] = (rest % 0x80) | 0x80
    this.bytes[this.used++] = rest
  }
}

/**
 * Returns the `seq`s of `MatchWriter.finish` in ascending order, with the same `fromSeq`. Stops where the bytes are
 * truncated.
 */
export function decodeMatches(matches: Uint8Array, fromSeq: number, count: number): Float64Array {
  const seqs = new Float64Array(count)
  let filled = 0
  let at = 0
  const take = (): number => {
    let value = 0
    for (let scale = 1; at < matches.length; scale *= 0x80) {
      const byte = matches[at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) break
    }
    return value
  }
  let seq = fromSeq
  while (at < matches.length && filled < count) {
    seq += take()
    for (let left = Math.min(take(), count - filled); left > 0; left--) seqs[filled++] = seq++
  }
  return filled === count ? seqs : seqs.slice(0, filled)
}

/** Two numbers of 53 bits, 7 bits a byte. */
const LONGEST_RUN_BYTES = 16
