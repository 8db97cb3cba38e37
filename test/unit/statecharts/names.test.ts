import { describe, expect, it } from 'vitest'
import { Chart } from '../../../src/main/module/chart.ts'
import { declareChart } from '../../../src/shared/statecharts/chart.ts'
import { charts } from '../../../src/shared/statecharts/index.ts'
import { machineOf } from '../../../src/shared/statecharts/machine.ts'

/**
 * The compiler knows the names of states and events: each `@ts-expect-error` fails the type check if the line below it
 * compiles.
 */
describe('a mistyped name in a statechart', () => {
  it('is a compile error where the module asks a chart, and no way on when it runs all the same', () => {
    const chart = new Chart<'ssl'>(charts.ssl, { nowMs: () => 0 } as never, { report: () => 0 })
    expect(chart.send('ENABLE')).toBe(true)
    // @ts-expect-error no such event
    expect(chart.send('DAIL')).toBe(false)
    // @ts-expect-error an event of another chart
    expect(chart.can('PIN_RIGHT')).toBe(false)
    // @ts-expect-error no such state
    expect(chart.within('opened')).toBe(false)
    // @ts-expect-error no state that it can be in: one within it is
    expect(chart.state === 'open').toBe(false)
    chart.onMove((move) => {
      // @ts-expect-error no such event
      expect(move.event === 'DAIL').toBe(false)
    })
    expect(chart.send('DIAL')).toBe(true)
    expect(chart.state).toBe('dialling')
  })

  it('is a compile error in a declaration: a target, an initial state, the words of a state, those of an event', () => {
    const words = { label: '', about: '' }
    const good = declareChart({
      id: 'pdp',
      title: '',
      machine: {
        id: 'm',
        initial: 'a',
        states: { a: { on: { GO: 'b' } }, b: { initial: 'c', states: { c: { on: { BACK: '#m.a' } } } } }
      },
      states: { a: words, b: words, 'b.c': words },
      events: { GO: '', BACK: '' }
    })
    expect(machineOf(good.machine).next('b.c', 'BACK')).toBe('a')
    declareChart({
      id: 'pdp',
      title: '',
      // @ts-expect-error no state is called bb
      machine: { id: 'm', initial: 'a', states: { a: { on: { GO: 'bb' } }, b: {} } },
      states: { a: words, b: words },
      events: { GO: '' }
    })
    declareChart({
      id: 'pdp',
      title: '',
      // @ts-expect-error it begins in no state
      machine: { id: 'm', initial: 'aa', states: { a: { on: { GO: 'b' } }, b: {} } },
      states: { a: words, b: words },
      events: { GO: '' }
    })
    declareChart({
      id: 'pdp',
      title: '',
      machine: { id: 'm', initial: 'a', states: { a: { on: { GO: 'b' } }, b: {} } },
      // @ts-expect-error no words for b
      states: { a: words },
      events: { GO: '' }
    })
    declareChart({
      id: 'pdp',
      title: '',
      machine: { id: 'm', initial: 'a', states: { a: { on: { GO: 'b' } }, b: {} } },
      states: { a: words, b: words },
      // @ts-expect-error no words for GO
      events: {}
    })
  })
})
