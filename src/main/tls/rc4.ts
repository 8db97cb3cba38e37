/**
 * RC4 as in RFC 2246 6.2.3.1: one key stream for all records of a direction. Implemented here because OpenSSL 3 has RC4
 * only in its legacy provider.
 */
export class Rc4 {
  private readonly permutation = new Uint8Array(256)
  private i = 0
  private j = 0

  constructor(key: Uint8Array) {
    const s = this.permutation
    for (let i = 0; i < 256; i++) s[i] = i
    for (let i = 0, j = 0; i < 256; i++) {
      const si = s[i]!
      j = (j + si + key[i % key.length]!) & 255
      s[i] = s[j]!
      s[j] = si
    }
  }

  /**
   * Encrypts or decrypts `input` into `output` from `at` on. Both may share memory. The loop does four steps at a time,
   * which doubles its speed in V8.
   */
  apply(input: Uint8Array, output: Uint8Array, at = 0): void {
    const s = this.permutation
    let { i, j } = this
    const length = input.length
    const wholeTurns = length - (length & 3)
    let k = 0
    while (k < wholeTurns) {
      i = (i + 1) & 255
      let si = s[i]!
      j = (j + si) & 255
      let sj = s[j]!
      s[i] = sj
      s[j] = si
      output[at + k] = input[k]! ^ s[(si + sj) & 255]!
      i = (i + 1) & 255
      si = s[i]!
      j = (j + si) & 255
      sj = s[j]!
      s[i] = sj
      s[j] = si
      output[at + k + 1] = input[k + 1]! ^ s[(si + sj) & 255]!
      i = (i + 1) & 255
      si = s[i]!
      j = (j + si) & 255
      sj = s[j]!
      s[i] = sj
      s[j] = si
      output[at + k + 2] = input[k + 2]! ^ s[(si + sj) & 255]!
      i = (i + 1) & 255
      si = s[i]!
      j = (j + si) & 255
      sj = s[j]!
      s[i] = sj
      s[j] = si
      output[at + k + 3] = input[k + 3]! ^ s[(si + sj) & 255]!
      k += 4
    }
    for (; k < length; k++) {
      i = (i + 1) & 255
      const si = s[i]!
      j = (j + si) & 255
      const sj = s[j]!
      s[i] = sj
      s[j] = si
      output[at + k] = input[k]! ^ s[(si + sj) & 255]!
    }
    this.i = i
    this.j = j
  }
}
