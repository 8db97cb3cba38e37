import { describe, expect, it } from 'vitest'
import { nextEvents, stateLabel, statePaths, transitionAt, transitionsOf } from '../../src/renderer/panels/module/chart-facts.ts'
import { layouts } from '../../src/renderer/panels/module/layout.ts'
import { charts } from '../../src/shared/statecharts/index.ts'

describe.each(Object.values(charts))('chart $id', (chart) => {
  const layout = layouts[chart.id]

  it('has a place for every state, and no other', () => {
    expect(Object.keys(layout.states).toSorted()).toEqual([...statePaths(chart)].toSorted())
  })

  it('has an arrow for every transition, and no other', () => {
    const declared = transitionsOf(chart).map(({ from, event }) => `${from} ${event}`)
    expect(Object.keys(layout.edges).toSorted()).toEqual(declared.toSorted())
  })

  it('has words for every state and every event', () => {
    expect(statePaths(chart).filter((path) => !chart.states[path])).toEqual([])
    expect(transitionsOf(chart).filter(({ event }) => !chart.events[event])).toEqual([])
  })

  it('keeps states inside the drawing and apart from each other', () => {
    const boxes = Object.entries(layout.states)
    for (const [path, [x, y, width, height]] of boxes) {
      expect(x >= 0 && y >= 0 && x + width <= layout.width && y + height <= layout.height, path).toBe(true)
      for (const [other, [ox, oy, ow, oh]] of boxes) {
        if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) continue
        expect(x + width <= ox || ox + ow <= x || y + height <= oy || oy + oh <= y, `${path} and ${other}`).toBe(true)
      }
    }
  })

  it('draws arrows that are orthogonal, leave their state and arrive at their target', () => {
    for (const { from, event, to } of transitionsOf(chart)) {
      const { line } = layout.edges[`${from} ${event}`]!
      const name = `${from} ${event}`
      for (const [at, [x, y]] of line.entries()) {
        const before = line[at - 1]
        if (before) expect(before[0] === x || before[1] === y, name).toBe(true)
      }
      expect(distance(line[0]!, layout.states[from]!), `${name} leaves`).toBe(0)
      expect(distance(line.at(-1)!, layout.states[to]!), `${name} arrives`).toBe(3)
    }
  })

  it('names every event at one arrow at least, or beside an arrow that shares its line', () => {
    for (const { from, event } of transitionsOf(chart)) {
      const edge = layout.edges[`${from} ${event}`]!
      const named =
        edge.label !== undefined ||
        Object.entries(layout.edges).some(
          ([, other]) => other.label && other.line.some(([x, y]) => edge.line.some(([ox, oy]) => x === ox && y === oy))
        )
      expect(named || edge.common, `${from} ${event}`).toBe(true)
    }
  })
})

describe('facts of a chart', () => {
  it('finds the transition that a parent declares', () => {
    expect(transitionAt(charts.ssl, 'open.command', 'HANG_UP')).toEqual({ from: 'open', event: 'HANG_UP', to: 'closing' })
    expect(transitionAt(charts.ssl, 'open.online', 'FAR_END_CLOSED')?.to).toBe('closed')
    expect(transitionAt(charts.ssl, 'open.command', 'FAR_END_CLOSED')?.to).toBe('open.draining')
    expect(transitionAt(charts.ssl, 'closed', 'HANG_UP')).toBeUndefined()
  })

  it('tells what may happen next, the own events first', () => {
    expect(nextEvents(charts.ssl, 'open.online').map((one) => one.event)).toEqual([
      'ESCAPE',
      'IDLE',
      'FAR_END_CLOSED',
      'HANG_UP',
      'BROKEN',
      'POWER_LOST'
    ])
  })

  it('names a nested state with its parent', () => {
    expect(stateLabel(charts.ssl, 'open.online')).toBe('Open, online')
    expect(stateLabel(charts.ssl, 'closed')).toBe('Closed')
  })
})

/** From a point to the nearest side of a box: 0 on its outline. */
function distance([x, y]: readonly [number, number], [bx, by, width, height]: readonly [number, number, number, number]): number {
  const dx = Math.max(bx - x, 0, x - (bx + width))
  const dy = Math.max(by - y, 0, y - (by + height))
  return dx + dy
}
