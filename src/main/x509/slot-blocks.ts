// The PEM blocks of a file.

/** Returns all PEM blocks, with any text around them and any line ends. Broken blocks are left out. */
export function blocksOf(file: Uint8Array): { label: string; der: Buffer; encrypted: boolean }[] {
  const text = Buffer.from(file).toString('latin1')
  const lines = [...text.matchAll(/-----(BEGIN|END) ([A-Z0-9 ]{1,64})(?=-----)/g)].map(
    ({ index, 0: { length }, 1: kind, 2: label }) => ({
      kind,
      label: label!,
      start: index,
      end: index + length + DASHES
    })
  )
  // Remaining END lines of each label, so that a BEGIN without an END does not search the rest of the file.
  const ends = new Map<string, number[]>()
  for (const { kind, label, start } of lines.toReversed()) {
    if (kind !== 'END') continue
    const starts = ends.get(label)
    if (starts) starts.push(start)
    else ends.set(label, [start])
  }
  const blocks: { label: string; der: Buffer; encrypted: boolean }[] = []
  let passed = 0
  for (const { kind, label, start, end } of lines) {
    const starts = ends.get(label)
    if (kind !== 'BEGIN' || start < passed || !starts) continue
    while (starts.length > 0 && starts.at(-1)! < end) starts.pop()
    const bodyEnd = starts.at(-1)
    if (bodyEnd === undefined) continue
    const body = text.slice(end, bodyEnd)
    blocks.push({
      label,
      encrypted: body.includes('ENCRYPTED'),
      der: Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64')
    })
    passed = bodyEnd + END_WORD.length + label.length + DASHES
  }
  return blocks
}

export function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0
}

const DASHES = 5

const END_WORD = '-----END '
