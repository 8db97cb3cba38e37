import { memo, type KeyboardEvent, type ReactNode } from 'react'
import type { ChartSnapshot } from '../../../shared/calls/snapshot.ts'
import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import {
  edgeKey,
  eventLabel,
  isFailure,
  stateLabel,
  statePaths,
  transitionAt,
  transitionsOf,
  withParents
} from './chart-facts.ts'
import type { ChartLayout, Edge } from './chart-layout.ts'
import { moduleWords } from './words.ts'

interface ChartProps {
  readonly declaration: ChartDeclaration
  readonly layout: ChartLayout
  readonly present: ChartSnapshot | null
  /** The highlighted move: the last one, or the one selected in the timeline. */
  readonly move: ChartMove | null
  /** Path of the clicked state; `null` for none. */
  readonly asked: string | null
  readonly onAsk: (state: string | null) => void
}

/** A transition that a chart has made. */
export type ChartMove = Pick<NonNullable<ChartSnapshot['last']>, 'from' | 'to' | 'event'>

const chartWords = moduleWords.chart

/** Line height of labels with several lines. */
const LINE_STEP = 11

/** A drawn statechart: states and transitions, with the present state filled and the last move thick. */
export const Chart = memo(function Chart({
  declaration,
  layout,
  present,
  move: last,
  asked,
  onAsk
}: ChartProps): ReactNode {
  const { id, title } = declaration
  const lastMove = last ? transitionAt(declaration, last.from, last.event) : undefined
  const lastKey = lastMove ? edgeKey(lastMove) : ''
  const bad = last !== null && isFailure(last.event)
  const transitions = transitionsOf(declaration)
  const here = new Set(present ? withParents(present.state) : [])
  const cameFrom = last
    ? chartWords.lastMove(stateLabel(declaration, last.from), eventLabel(declaration, last.event))
    : ''
  const said = present ? chartWords.present(title, stateLabel(declaration, present.state)) + cameFrom : title

  const edges = transitions.flatMap((one) => {
    const key = edgeKey(one)
    const edge = layout.edges[key]
    const words = eventLabel(declaration, one.event)
    const about = chartWords.edge(stateLabel(declaration, one.from), stateLabel(declaration, one.to), words)
    return edge ? [{ key, edge, words, title: about, isLast: key === lastKey }] : []
  })
  // The last move is drawn on top: several arrows may share a segment.
  const lastEdge = layout.edges[lastKey]
  const lastLabel = lastEdge && (lastEdge.label ?? sharedLabel(lastEdge, layout.edges))
  const ordered = edges.toSorted((a, b) => Number(a.isLast) - Number(b.isLast))
  const boxes = statePaths(declaration).flatMap((path) =>
    layout.states[path] ? [[path, layout.states[path]] as const] : []
  )
  const isParent = (path: string): boolean => boxes.some(([other]) => other.startsWith(`${path}.`))

  return (
    <svg viewBox={`0 0 ${layout.width} ${layout.height}`} role="group" aria-label={chartWords.name(said)}>
      <defs>
        {['', 'last', 'fail'].map((tone) => (
          <marker
            key={tone}
            id={`arrow-${id}-${tone}`}
            className={`head ${tone}`}
            viewBox="0 0 8 8"
            refX="5"
            refY="4"
            markerWidth={tone === '' ? 8 : 10}
            markerHeight={tone === '' ? 8 : 10}
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            <path d="M0 .8 7.5 4 0 7.2z" />
          </marker>
        ))}
      </defs>
      {boxes
        .filter(([path]) => isParent(path))
        .map(([path, [x, y, width, height]]) => (
          <g key={path} className={`frame${here.has(path) ? ' present' : ''}`}>
            <rect x={x} y={y} width={width} height={height} rx="6" />
            <text className="nm" x={x + 10} y={y + 17}>
              {nameOf(declaration, path)}
              <tspan className="dg" dx="6">
                {declaration.states[path]?.ssls}
              </tspan>
            </text>
          </g>
        ))}
      {ordered.map(({ key, edge, title: words, isLast }) => (
        <path
          key={key}
          className={`edge${edge.common ? ' common' : ''}${isLast ? (bad ? ' fail' : ' last') : ''}`}
          d={pathOf(edge, isLast)}
          markerEnd={`url(#arrow-${id}-${isLast ? (bad ? 'fail' : 'last') : ''})`}
        >
          <title>{words}</title>
        </path>
      ))}
      {edges.map(({ key, edge, words, isLast }) => {
        const label = isLast ? lastLabel : edge.label
        // A label that the last move shares with another arrow is drawn once, in the colour of the last move.
        return (
          label &&
          (isLast || label !== lastLabel) && (
            <Words key={key} label={label} words={words} tone={isLast ? (bad ? 'fail' : 'last') : ''} />
          )
        )
      })}
      {boxes
        .filter(([path]) => !isParent(path))
        .map(([path, box]) => (
          <State
            key={path}
            box={box}
            path={path}
            declaration={declaration}
            lines={layout.names?.[path]}
            present={present?.state === path}
            asked={asked === path}
            left={last !== null && present?.state !== path && last.from === path}
            bad={bad}
            onAsk={() => {
              onAsk(asked === path ? null : path)
            }}
          />
        ))}
    </svg>
  )
})

interface StateProps {
  readonly box: readonly [number, number, number, number]
  readonly path: string
  readonly declaration: ChartDeclaration
  /** The name in two lines, if one line would be too wide. */
  readonly lines: readonly [string, string] | undefined
  readonly present: boolean
  readonly asked: boolean
  /** Whether the last move left this state. */
  readonly left: boolean
  readonly bad: boolean
  readonly onAsk: () => void
}

function State({
  box: [x, y, width, height],
  path,
  declaration,
  lines,
  present,
  asked,
  left,
  bad,
  onAsk
}: StateProps): ReactNode {
  const words = declaration.states[path]
  const digit = path.includes('.') ? undefined : words?.ssls
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== ' ') return
    event.preventDefault()
    onAsk()
  }
  return (
    <g
      className={`state${present ? ' present' : ''}${left ? ` left${bad ? ' bad' : ''}` : ''}${asked ? ' asked' : ''}`}
      tabIndex={0}
      role="button"
      aria-pressed={asked}
      aria-label={chartWords.state(stateLabel(declaration, path), present, words?.about ?? '')}
      onClick={onAsk}
      onKeyDown={press}
    >
      <title>{words?.about}</title>
      {present && <rect className="halo" x={x - 2.5} y={y - 2.5} width={width + 5} height={height + 5} rx="6" />}
      <rect className="box" x={x} y={y} width={width} height={height} rx="4" />
      {lines ? (
        <text className="nm" textAnchor="middle">
          {lines.map((line, at) => (
            <tspan key={line} x={x + width / 2} y={y + height / 2 - 2 + at * LINE_STEP}>
              {line}
            </tspan>
          ))}
        </text>
      ) : digit === undefined ? (
        <text className="nm" x={x + width / 2} y={y + height / 2 + 4} textAnchor="middle">
          {nameOf(declaration, path)}
        </text>
      ) : (
        <>
          <text className="nm" x={x + 8} y={y + height / 2 + 4}>
            {nameOf(declaration, path)}
          </text>
          <text className="dg" x={x + width - 6} y={y + height / 2 + 4} textAnchor="end">
            {digit}
          </text>
        </>
      )}
    </g>
  )
}

/** Returns the label of a state, or its name in the machine if it has none. */
function nameOf(declaration: ChartDeclaration, path: string): string {
  return declaration.states[path]?.label ?? path.slice(path.lastIndexOf('.') + 1)
}

function Words({
  label,
  words,
  tone
}: {
  readonly label: NonNullable<Edge['label']>
  readonly words: string
  readonly tone: string
}): ReactNode {
  return (
    <text className={`ev ${tone}`} textAnchor={label.anchor}>
      {(label.lines ?? [words]).map((line, at) => (
        <tspan key={line} x={label.x} y={label.y + at * LINE_STEP}>
          {line}
        </tspan>
      ))}
    </text>
  )
}

/** Returns the path of an arrow. A thick arrow has a longer head, so its line ends earlier: both tips then touch the state. */
function pathOf({ line }: Edge, isLast: boolean): string {
  const corners = line.map(([x, y]) => [x, y] as const)
  const [end, before] = [corners.at(-1)!, corners.at(-2)!]
  const back = isLast ? 1 : 0
  const tip = [end[0] - Math.sign(end[0] - before[0]) * back, end[1] - Math.sign(end[1] - before[1]) * back]
  return `M${[...corners.slice(0, -1), tip].map(([x, y]) => `${x} ${y}`).join('L')}`
}

/** Returns the label of another arrow that shares a corner of the line with this one. */
function sharedLabel(edge: Edge, all: Readonly<Record<string, Edge>>): Edge['label'] {
  return Object.values(all).find(
    (other) => other.label && other.line.some(([x, y]) => edge.line.some(([ox, oy]) => x === ox && y === oy))
  )?.label
}
