/**
 * A list of ascending event numbers in four bytes each, such as matches of a filter. The numbers are stored relative to
 * the first one, so that a timeline of any age fits.
 */
export class SeqList {
  private numbers = new Uint32Array(64)
  private base = 0
  /** Index of the first number. Those before it were dropped. */
  private start = 0
  private end = 0

  get length(): number {
    return this.end - this.start
  }

  at(index: number): number {
    return this.base + this.numbers[this.start + index]!
  }

  /** Adds numbers. Each must be larger than all existing ones. */
  push(seqs: ArrayLike<number>): void {
    if (seqs.length === 0) return
    if (this.length === 0) this.clear(seqs[0]!)
    this.reserve(seqs.length)
    for (let at = 0; at < seqs.length; at++) this.numbers[this.end++] = seqs[at]! - this.base
  }

  /** Inserts a number in its place, unless it exists. */
  insert(seq: number): void {
    if (this.length === 0 || seq > this.at(this.length - 1)) {
      this.push([seq])
      return
    }
    const index = this.countBefore(seq)
    if (this.at(index) === seq) return
    if (seq < this.base) this.rebase(seq)
    this.reserve(1)
    const at = this.start + index
    this.numbers.copyWithin(at + 1, at, this.end++)
    this.numbers[at] = seq - this.base
  }

  /** Returns how many numbers are smaller. */
  countBefore(seq: number): number {
    return this.search((index) => this.at(index) < seq)
  }

  has(seq: number): boolean {
    const index = this.countBefore(seq)
    return index < this.length && this.at(index) === seq
  }

  /** Returns the first index for which `before` is false. `before` must be false for all later ones too. */
  search(before: (index: number) => boolean): number {
    let low = 0
    let high = this.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (before(middle)) low = middle + 1
      else high = middle
    }
    return low
  }

  dropBefore(seq: number): void {
    this.start += this.countBefore(seq)
  }

  clear(base = 0): void {
    this.base = base
    this.start = 0
    this.end = 0
  }

  private reserve(more: number): void {
    if (this.end + more <= this.numbers.length) return
    const room = Math.max(this.numbers.length, (this.length + more) * 2)
    const larger = new Uint32Array(room)
    larger.set(this.numbers.subarray(this.start, this.end))
    this.end -= this.start
    this.start = 0
    this.numbers = larger
  }

  private rebase(base: number): void {
    for (let at = this.start; at < this.end; at++) this.numbers[at]! += this.base - base
    this.base = base
  }
}
