const ids = ['stat', 'on', 'reset', 'module', 'antenna', 'clock', 'nvm', 'sim', 'uart', 'supply'] as const

/** The parts of the board that can be pointed at, and that a failure can mark. */
export type PartId = (typeof ids)[number]

/**
 * The part of the board for something that a failure touched, in the board's own names or in those of an explanation
 * (`BoardPart`: `nvm:ca-certificate`, `registration`). Null for what is not drawn here: the far end, a timer, a chart.
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
