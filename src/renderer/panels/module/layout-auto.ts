import type { ElkExtendedEdge, ElkLabel, ElkNode } from 'elkjs/lib/elk-api.js'
import type { ChartDeclaration } from '../../../shared/statecharts/chart.ts'
import { eventLabel, statePaths, transitionsOf, type Transition } from './chart-facts.ts'
import type { Box, ChartLayout, Edge, Label } from './chart-layout.ts'

/** Whether a drawing by hand has a place for all that the machine has. */
export function isComplete(chart: ChartDeclaration, layout: ChartLayout): boolean {
  return statePaths(chart).every((path) => layout.states[path]) && transitionsOf(chart).every((one) => layout.edges[edgeKey(one)])
}

/** Places a chart that nobody has drawn by hand: layers from left to right, orthogonal arrows, the words beside them. */
export async function placeChart(chart: ChartDeclaration): Promise<ChartLayout> {
  // Some 1.4 MB that no chart of the program's own needs.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js')
  const placed = await new Elk().layout(graphOf(chart))
  const states: Record<string, Box> = {}
  const edges: Record<string, Edge> = {}
  gather(placed, states, edges)
  return { width: Math.ceil(placed.width ?? 0), height: Math.ceil(placed.height ?? 0), states, edges }
}

export const edgeKey = ({ from, event }: Pick<Transition, 'from' | 'event'>): string => `${from} ${event}`

const rootId = 'chart:'
/** Widths of the drawing's faces: 11 px for names, 11 px mono for events. */
const [nameCharPx, eventCharPx, eventLinePx] = [6.6, 6.7, 12]

const options = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'ORTHOGONAL',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.json.edgeCoords': 'ROOT',
  'elk.json.shapeCoords': 'ROOT',
  'elk.padding': '[top=14,left=14,bottom=14,right=14]',
  'elk.spacing.nodeNode': '26',
  'elk.spacing.edgeNode': '14',
  'elk.spacing.edgeEdge': '10',
  'elk.layered.spacing.nodeNodeBetweenLayers': '30',
  'elk.edgeLabels.placement': 'CENTER'
}

function graphOf(chart: ChartDeclaration): ElkNode {
  const nodes = new Map<string, ElkNode>([[rootId, { id: rootId, layoutOptions: options, children: [] }]])
  for (const path of statePaths(chart)) {
    const name = path.slice(path.lastIndexOf('.') + 1)
    const label = chart.states[path]?.label ?? name
    const node: ElkNode = { id: path, width: Math.max(64, label.length * nameCharPx + 34), height: 32, children: [] }
    nodes.set(path, node)
    const parent = nodes.get(path.includes('.') ? path.slice(0, path.lastIndexOf('.')) : rootId)!
    parent.children!.push(node)
    if (parent.id !== rootId) parent.layoutOptions = { 'elk.padding': '[top=30,left=12,bottom=14,right=12]' }
  }
  nodes.get(rootId)!.edges = transitionsOf(chart).map((one): ElkExtendedEdge => {
    const text = eventLabel(chart, one.event)
    return {
      id: edgeKey(one),
      sources: [one.from],
      targets: [one.to],
      labels: [{ id: `label ${edgeKey(one)}`, text, width: text.length * eventCharPx, height: eventLinePx }]
    }
  })
  return nodes.get(rootId)!
}

function gather(node: ElkNode, states: Record<string, Box>, edges: Record<string, Edge>): void {
  if (node.id !== rootId) states[node.id] = [node.x ?? 0, node.y ?? 0, node.width ?? 0, node.height ?? 0]
  for (const edge of node.edges ?? []) {
    const section = edge.sections?.[0]
    if (!section) continue
    const corners = [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]
    const [label] = edge.labels ?? []
    edges[edge.id] = {
      line: shortened(corners.map(({ x, y }) => [x, y] as const)),
      ...(label ? { label: besideEdge(label) } : {})
    }
  }
  for (const child of node.children ?? []) gather(child, states, edges)
}

function besideEdge({ x = 0, y = 0, width = 0 }: ElkLabel): Label {
  return { x: x + width / 2, y: y + eventLinePx - 2, anchor: 'middle' }
}

/** The head of an arrow stands before its state: the line ends as far from it as those drawn by hand. */
function shortened(line: readonly (readonly [number, number])[]): Edge['line'] {
  const [end, before] = [line.at(-1)!, line.at(-2)!]
  const back = 3
  return [...line.slice(0, -1), [end[0] - Math.sign(end[0] - before[0]) * back, end[1] - Math.sign(end[1] - before[1]) * back]]
}

