/**
 * The output of the module that has not been compared yet, Latin-1. Reading its beginning costs only the length of that
 * beginning.
 */
export class Said {
  #pieces: string[] = []
  /** Index of the first piece that has not been taken. */
  #first = 0
  #length = 0

  get length(): number {
    return this.#length
  }

  add(text: string): void {
    this.#pieces.push(text)
    this.#length += text.length
  }

  /** Returns at least the first `chars` characters, or all if there are fewer. */
  front(chars: number): string {
    let end = this.#first
    for (let have = 0; have < chars && end < this.#pieces.length; end += 1) have += this.#pieces[end]!.length
    if (end - this.#first > 1) {
      const joined = this.#pieces.slice(this.#first, end).join('')
      this.#first = end - 1
      this.#pieces[this.#first] = joined
      this.#forgetTaken()
    }
    return this.#pieces[this.#first] ?? ''
  }

  /** Removes the first `chars` characters. */
  take(chars: number): void {
    const rest = this.front(chars).slice(chars)
    this.#length -= Math.min(chars, this.#length)
    if (this.#first >= this.#pieces.length) return
    if (rest === '') this.#first += 1
    else this.#pieces[this.#first] = rest
    this.#forgetTaken()
  }

  /** Removes and returns all of it. */
  takeAll(): string {
    const all = this.front(this.#length)
    this.#pieces = []
    this.#first = 0
    this.#length = 0
    return all
  }

  #forgetTaken(): void {
    if (this.#first < MAX_TAKEN_PIECES || this.#first * 2 < this.#pieces.length) return
    this.#pieces.splice(0, this.#first)
    this.#first = 0
  }
}

const MAX_TAKEN_PIECES = 1024
