import { describe, expect, it } from 'vitest'
import { createMachine, transition, type AnyMachineSnapshot, type AnyStateMachine } from 'xstate'
import { canHappen, movesFrom } from '../../../src/shared/statecharts/ask.ts'
import { allCharts } from '../../../src/shared/statecharts/index.ts'
import { machineOf, type MachineDeclaration } from '../../../src/shared/statecharts/machine.ts'

// The interpreter against XState with the same data: every chart, every state, every event of any chart (D-101).

const everyEvent = [...new Set(Object.values(allCharts).flatMap((chart) => Object.keys(chart.events))), 'NO_SUCH_EVENT']

describe.each(Object.values(allCharts))('the $id chart', (chart) => {
  const theirs = createMachine(chart.machine as unknown as Parameters<typeof createMachine>[0])
  const ours = machineOf(chart.machine)
  const states = Object.keys(chart.states)

  it('begins where XState begins', () => {
    expect(ours.initial).toBe(pathOf(theirs.getInitialSnapshot({} as never).value))
  })

  it('names its events in the order of XState', () => {
    expect(ours.events).toEqual(theirs.events)
  })

  it('enters the innermost state that XState enters', () => {
    expect(states.map((state) => ours.enter(state))).toEqual(
      states.map((state) => pathOf(snapshotAt(theirs, state).value))
    )
  })

  it('takes and refuses every event in every state as XState does', () => {
    const compared = states.flatMap((state) =>
      everyEvent.map((event) => {
        const snapshot = snapshotAt(theirs, state)
        const takes = snapshot.can({ type: event })
        const to = pathOf(transition(theirs, snapshot, { type: event })[0].value)
        return {
          state,
          event,
          theirs: takes ? to : null,
          ours: ours.next(ours.enter(state), event),
          can: [takes, canHappen(chart, state, event)]
        }
      })
    )
    expect(compared.length).toBe(states.length * everyEvent.length)
    expect(compared.filter((one) => one.theirs !== one.ours || one.can[0] !== one.can[1])).toEqual([])
    // Makes sure that something was compared.
    expect(compared.some((one) => one.ours !== null)).toBe(true)
  })

  it('tells the ways on from each state as XState does', () => {
    for (const state of states) {
      const snapshot = snapshotAt(theirs, state)
      const moves = theirs.events
        .filter((event) => snapshot.can({ type: event }))
        .map((event) => ({ event, to: pathOf(transition(theirs, snapshot, { type: event })[0].value) }))
      expect(movesFrom(chart, state), state).toEqual(moves)
    }
  })

  it('has words for every state and event of its machine, and for no other', () => {
    expect(Object.keys(chart.states).toSorted()).toEqual(statePaths(chart.machine.states).toSorted())
    expect(Object.keys(chart.events).toSorted()).toEqual([...ours.events].toSorted())
  })
})

describe('a declaration that leads nowhere', () => {
  const withTarget = (target: string): MachineDeclaration => ({
    id: 'one',
    initial: 'a',
    states: { a: { on: { GO: target } }, b: { initial: 'c', states: { c: {} } } }
  })

  it('is refused when the machine is made, with the state that it names', () => {
    expect(() => machineOf(withTarget('nowhere'))).toThrow('Statechart one has no state nowhere.')
    expect(() => machineOf(withTarget('#other.b'))).toThrow('Statechart one has no state #other.b.')
    expect(() => machineOf({ id: 'one', initial: 'b', states: { b: { initial: 'gone', states: { c: {} } } } })).toThrow(
      'Statechart one has no state b.gone.'
    )
    expect(machineOf(withTarget('b')).next('a', 'GO')).toBe('b.c')
    expect(machineOf(withTarget('#one.b.c')).next('a', 'GO')).toBe('b.c')
  })
})

function snapshotAt(machine: AnyStateMachine, path: string): AnyMachineSnapshot {
  const value = path
    .split('.')
    .reduceRight<string | object>((inner, name) => (inner === '' ? name : { [name]: inner }), '')
  return machine.resolveState({ value } as Parameters<AnyStateMachine['resolveState']>[0])
}

function pathOf(value: unknown): string {
  if (typeof value === 'string') return value
  const [key, inner] = Object.entries(value as Record<string, unknown>)[0]!
  return `${key}.${pathOf(inner)}`
}

function statePaths(states: MachineDeclaration['states'], parent = ''): string[] {
  return Object.entries(states).flatMap(([name, node]) => [
    parent + name,
    ...statePaths(node.states ?? {}, `${parent}${name}.`)
  ])
}
