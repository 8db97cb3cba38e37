import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RealClock } from '../../src/main/clock/real-clock.ts'

/** Module time whose speed changes while timers run. Host time is vitest's. */
describe('a clock that changes its speed', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('goes on from where it is', () => {
    const clock = new RealClock(1)
    vi.advanceTimersByTime(1000)
    clock.setSpeed(20)
    expect(clock.nowMs()).toBeCloseTo(1000)
    vi.advanceTimersByTime(100)
    expect(clock.nowMs()).toBeCloseTo(3000)
    clock.setSpeed(0.1)
    vi.advanceTimersByTime(1000)
    expect(clock.nowMs()).toBeCloseTo(3100)
  })

  it('lets what waits come due at its module time, sooner or later by the host', () => {
    const clock = new RealClock(1)
    const fired: [string, number][] = []
    for (const [name, delayMs] of [
      ['a', 1000],
      ['b', 5000],
      ['c', 90_000]
    ] as const)
      clock.schedule(delayMs, () => fired.push([name, Math.round(clock.nowMs())]))
    vi.advanceTimersByTime(500)
    clock.setSpeed(100)
    vi.advanceTimersByTime(45)
    expect(fired).toEqual([
      ['a', expect.closeTo(1000, -2)],
      ['b', expect.closeTo(5000, -2)]
    ])
    clock.setSpeed(1)
    vi.advanceTimersByTime(80_000)
    expect(fired).toHaveLength(2)
    vi.advanceTimersByTime(6000)
    expect(fired.at(-1)![0]).toBe('c')
  })

  it('forgets what was cancelled, also across a change', () => {
    const clock = new RealClock(1)
    const action = vi.fn()
    const timer = clock.schedule(1000, action)
    clock.setSpeed(2)
    timer.cancel()
    timer.cancel()
    clock.setSpeed(4)
    vi.advanceTimersByTime(10_000)
    expect(action).not.toHaveBeenCalled()
  })
})
