const ids = ['stat', 'on', 'reset', 'module', 'antenna', 'clock', 'nvm', 'sim', 'uart', 'supply'] as const

/** The parts of the board that can be selected, and that a failure can mark. */
export type PartId = (typeof ids)[number]

/**
 * Returns the part of the board for what a failure touched, by its own name or that of an explanation (`BoardPart`:
 * `nvm:ca-certificate`, `registration`). `null` for what the board does not draw: the server, a timer, a chart.
 */
export function drawnPart(touched: string): PartId | null {
  const [name] = touched.split(':') as [string]
  const part = ids.find((id) => id === name)
  if (part) return part
  return Object.hasOwn(drawnAs, name) ? drawnAs[name]! : null
}

const drawnAs: Readonly<Record<string, PartId>> = {
  registration: 'antenna',
  network: 'antenna',
  power: 'supply',
  at: 'uart'
}
