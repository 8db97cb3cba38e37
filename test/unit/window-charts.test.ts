import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { Chart } from '../../src/renderer/panels/module/Chart.tsx'
import {
  eventLabel,
  nextEvents,
  stateLabel,
  statePaths,
  transitionAt,
  transitionsOf
} from '../../src/renderer/panels/module/chart-facts.ts'
import type { Label } from '../../src/renderer/panels/module/chart-layout.ts'
import { layouts } from '../../src/renderer/panels/module/layouts.ts'
import { commandAsks, legalCommands } from '../../src/shared/commands/asks.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { movesFrom } from '../../src/shared/statecharts/ask.ts'
import type { ChartDeclaration } from '../../src/shared/statecharts/chart.ts'
import type { ChartId } from '../../src/shared/statecharts/chart.ts'
import { charts } from '../../src/shared/statecharts/index.ts'

describe.each(Object.values(charts))('chart $id', (chart) => {
  const layout = layouts[chart.id as ChartId]

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

/** Measures of the drawing: 11 px monospaced text is 6.6 wide, 8 above its line and 2.5 below it. */
describe.each(Object.values(charts))('words in the drawing of $id', (chart) => {
  const layout = layouts[chart.id as ChartId]
  const words = transitionsOf(chart).flatMap((one) => {
    const { label } = layout.edges[`${one.from} ${one.event}`]!
    return label
      ? [{ name: `${one.from} ${one.event}`, box: boxOf(label, label.lines ?? [eventLabel(chart, one.event)]) }]
      : []
  })
  const parents = Object.keys(layout.states).filter((path) =>
    Object.keys(layout.states).some((other) => other.startsWith(`${path}.`))
  )
  const leaves = Object.entries(layout.states).filter(([path]) => !parents.includes(path))
  /** Lines by their ends: arrows, and frames around states. */
  const lines = [
    ...Object.entries(layout.edges).flatMap(([name, { line }]) =>
      line.slice(1).map((end, at) => ({ name, ends: [line[at]!, end] as const }))
    ),
    ...parents.flatMap((path) => {
      const [x, y, width, height] = layout.states[path]!
      const corners = [
        [x, y],
        [x + width, y],
        [x + width, y + height],
        [x, y + height],
        [x, y]
      ] as const
      return corners.slice(1).map((end, at) => ({ name: path, ends: [corners[at]!, end] as const }))
    })
  ]

  it('stand inside it, clear of states and of what rings the present one', () => {
    for (const { name, box } of words) {
      expect(box.left >= 0 && box.top >= 0 && box.right <= layout.width && box.bottom <= layout.height, name).toBe(true)
      for (const [path, [x, y, width, height]] of leaves)
        expect(
          overlap(box, { left: x - 4, top: y - 4, right: x + width + 4, bottom: y + height + 4 }),
          `${name} and ${path}`
        ).toBe(false)
    }
  })

  it('stand clear of every line, their own too, and of each other', () => {
    for (const [at, { name, box }] of words.entries()) {
      for (const {
        name: other,
        ends: [[ax, ay], [bx, by]]
      } of lines) {
        const line = {
          left: Math.min(ax, bx) - 0.5,
          top: Math.min(ay, by) - 0.5,
          right: Math.max(ax, bx) + 0.5,
          bottom: Math.max(ay, by) + 0.5
        }
        expect(overlap(box, line), `${name} and the line of ${other}`).toBe(false)
      }
      for (const other of words.slice(at + 1)) expect(overlap(box, other.box), `${name} and ${other.name}`).toBe(false)
      for (const path of parents) {
        const [x, y] = layout.states[path]!
        const title = {
          left: x + 10,
          top: y + 7,
          right: x + 32 + (chart.states[path]?.label ?? path).length * 6.6,
          bottom: y + 20
        }
        expect(overlap(box, title), `${name} and the name of ${path}`).toBe(false)
      }
    }
  })

  it('belong to arrows that run through no state', () => {
    for (const {
      name,
      ends: [[ax, ay], [bx, by]]
    } of lines)
      for (const [path, [x, y, width, height]] of leaves) {
        const line = {
          left: Math.min(ax, bx),
          top: Math.min(ay, by),
          right: Math.max(ax, bx),
          bottom: Math.max(ay, by)
        }
        expect(
          overlap(line, { left: x, top: y, right: x + width, bottom: y + height }),
          `${name} through ${path}`
        ).toBe(false)
      }
  })
})

describe('facts of a chart', () => {
  it('finds the transition that a parent declares', () => {
    expect(transitionAt(charts.ssl, 'open.command', 'HANG_UP')).toEqual({
      from: 'open',
      event: 'HANG_UP',
      to: 'closing'
    })
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

describe('a chart that has changed', () => {
  const draw = (chart: ChartDeclaration): string =>
    renderToStaticMarkup(
      createElement(Chart, {
        declaration: chart,
        layout: layouts.ssl,
        present: null,
        move: { from: 'closed', to: 'asleep', event: 'NAP' },
        asked: null,
        onAsk: () => undefined
      })
    )

  it('is drawn without what the machine has lost', () => {
    const { closing: _gone, ...states } = charts.ssl.machine.states as Record<string, object>
    const { HANG_UP: _hangUp, ...open } = (states['open'] as { on: Record<string, string> }).on
    const online = { on: { ESCAPE: 'command' } }
    const less: ChartDeclaration = {
      ...charts.ssl,
      machine: {
        ...charts.ssl.machine,
        states: { ...states, open: { ...states['open'], on: open, states: { command: {}, draining: {}, online } } }
      } as ChartDeclaration['machine']
    }
    expect(draw(charts.ssl)).toContain('Closing')
    expect(draw(less)).not.toContain('Closing')
    expect(movesFrom(less, 'open.online').map(({ event }) => event)).not.toContain('HANG_UP')
  })
})

describe('what a state allows, asked from the machine', () => {
  const commands = commandsOf(profileOf('GE910-QUAD'))
  it('names the same moves as the drawing has arrows', () => {
    for (const chart of Object.values(charts))
      for (const path of statePaths(chart).filter(
        (one) => !statePaths(chart).some((other) => other.startsWith(`${one}.`))
      ))
        expect(new Set(movesFrom(chart, path).map(({ event, to }) => `${event} ${to.split('.')[0]}`)), path).toEqual(
          new Set(
            nextEvents(chart, path)
              .filter((one, at, all) => all.findIndex((other) => other.event === one.event) === at)
              .map(({ event, to }) => `${event} ${to.split('.')[0]}`)
          )
        )
  })

  it('asks only for events and commands that there are', () => {
    for (const [id, asks] of Object.entries(commandAsks))
      for (const { event, command } of asks) {
        expect(
          transitionsOf(charts[id as keyof typeof charts]).some((one) => one.event === event),
          `${id} ${event}`
        ).toBe(true)
        expect(commandsOf(profileOf('HE910')).has(command) || commands.has(command), command).toBe(true)
      }
  })

  it('lists the commands of a state', () => {
    expect(legalCommands(charts.ssl, 'disabled', commands)).toEqual({ asked: ['#SSLEN=1,1'], standing: [] })
    expect(legalCommands(charts.ssl, 'closed', commands).asked).toEqual(['#SSLEN=1,0', '#SSLD', '#SSLFASTD'])
    expect(legalCommands(charts.ssl, 'open.command', commands).asked).toEqual(
      expect.arrayContaining(['#SSLO', '#SSLSEND', '#SSLRECV', '#SSLH'])
    )
    expect(legalCommands(charts.ssl, 'closed', commandsOf(profileOf('HE910'))).asked).not.toContain('#SSLFASTD')
    expect(legalCommands(charts.power, 'off', commands).asked).toEqual([])
  })
})

/** Returns the distance from a point to the nearest side of a box; 0 on its outline. */
function distance(
  [x, y]: readonly [number, number],
  [bx, by, width, height]: readonly [number, number, number, number]
): number {
  const dx = Math.max(bx - x, 0, x - (bx + width))
  const dy = Math.max(by - y, 0, y - (by + height))
  return dx + dy
}

interface Area {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

function boxOf({ x, y, anchor }: Label, lines: readonly string[]): Area {
  const width = Math.max(...lines.map((line) => line.length)) * 6.6
  const left = anchor === 'start' ? x : anchor === 'end' ? x - width : x - width / 2
  return { left, top: y - 8, right: left + width, bottom: y + 2.5 + (lines.length - 1) * 11 }
}

function overlap(a: Area, b: Area): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}
