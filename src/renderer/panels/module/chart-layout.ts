/**
 * Where the states and arrows of a chart stand. The charts themselves are declared elsewhere; a test sees to it that
 * every state and every transition has its place here. Units are those of the drawing, some pixel each.
 */
export interface ChartLayout {
  readonly width: number
  readonly height: number
  /** By state path; a state with children is drawn as a frame around them. */
  readonly states: Readonly<Record<string, Box>>
  /** Names that stand in two lines, by state path, so that their state may be narrow. */
  readonly names?: Readonly<Record<string, readonly [string, string]>>
  /** By `state EVENT`. */
  readonly edges: Readonly<Record<string, Edge>>
}

/** x, y, width, height. */
export type Box = readonly [number, number, number, number]

export interface Edge {
  /** Corners of an orthogonal line, `x,y` each; the arrow is at the last. */
  readonly line: readonly (readonly [number, number])[]
  /** Where the event's words stand; several arrows that share a line name it once. */
  readonly label?: Label
  /** An arrow of every state alike (power lost): drawn thin and dashed, so that the others stay readable. */
  readonly common?: true
}

export interface Label {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** The event's words broken into lines, or shortened; the whole words are in the tooltip. */
  readonly lines?: readonly string[]
}
