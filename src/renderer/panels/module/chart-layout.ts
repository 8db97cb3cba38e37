/**
 * The positions of a chart's states and arrows, in drawing units of a few pixels. The charts are declared in
 * src/shared/statecharts; a test checks that each state and transition has a position.
 */
export interface ChartLayout {
  readonly width: number
  readonly height: number
  /** By state path. A state with children is drawn as a frame around them. */
  readonly states: Readonly<Record<string, Box>>
  /** Names in two lines, by state path, so that the state can be narrow. */
  readonly names?: Readonly<Record<string, readonly [string, string]>>
  /** By transition, with keys of `edgeKey`. */
  readonly edges: Readonly<Record<string, Edge>>
}

/** x, y, width, height. */
export type Box = readonly [number, number, number, number]

export interface Edge {
  /** Corners of an orthogonal line, `x,y` each. The arrowhead is at the last one. */
  readonly line: readonly (readonly [number, number])[]
  /** Position of the event's label. Arrows that share a line have one label. */
  readonly label?: Label
  /** A transition that every state has (power lost): drawn thin and dashed, so that the others stay readable. */
  readonly common?: true
}

export interface Label {
  readonly x: number
  readonly y: number
  readonly anchor: 'start' | 'middle' | 'end'
  /** The label broken into lines, or shortened. The tooltip has the whole label. */
  readonly lines?: readonly string[]
}
