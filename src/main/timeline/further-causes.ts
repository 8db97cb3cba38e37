/**
 * One further cause of an event. They are encoded after the event's fact: for each, the distance back to the cause, and
 * the distance back to the previous event with the same further cause (0: none). So each cause has a list of such
 * effects, newest first, and written bytes never change. Distances are whole numbers of 7 bits a byte.
 */
export interface FurtherCause {
  readonly cause: number
  /** The previous event with the same further cause; `null` when there is none. */
  readonly olderEffect: number | null
}

/**
 * Returns the valid further causes: known, older than the event, each once, oldest first. Without a first cause, the
 * newest of them becomes the first.
 */
export function tidyCauses(
  seq: number,
  cause: number | null,
  further: readonly number[]
): { readonly cause: number | null; readonly further: readonly number[] } {
  const first = knownCause(seq, cause)
  const others = [...new Set(further)]
    .filter((one) => knownCause(seq, one) !== null && one !== first)
    .toSorted((a, b) => a - b)
  return first === null
    ? { cause: others.at(-1) ?? null, further: others.slice(0, -1) }
    : { cause: first, further: others }
}

/** Returns the cause if it is older than its effect, else `null`. Otherwise walks along causes would not end. */
export function knownCause(seq: number, cause: number | null): number | null {
  return cause !== null && cause >= 0 && cause < seq ? cause : null
}

export function writeFurtherCauses(causes: readonly FurtherCause[], seq: number): Uint8Array {
  const bytes: number[] = []
  const distance = (to: number | null): void => {
    let left = to === null ? 0 : seq - to
    for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) | 0x80)
    bytes.push(left)
  }
  for (const { cause, olderEffect } of causes) {
    distance(cause)
    distance(olderEffect)
  }
  return Uint8Array.from(bytes)
}

export function readFurtherCauses(bytes: Uint8Array, seq: number): readonly FurtherCause[] {
  const causes: FurtherCause[] = []
  let at = 0
  const distance = (): number => {
    let value = 0
    for (let scale = 1; ; scale *= 0x80) {
      const byte = bytes[at++]!
      value += (byte & 0x7f) * scale
      if (byte < 0x80) return value
    }
  }
  while (at < bytes.length) {
    const cause = seq - distance()
    const back = distance()
    causes.push({ cause, olderEffect: back === 0 ? null : seq - back })
  }
  return causes
}
