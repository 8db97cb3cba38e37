import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { NewestOutput } from '../../src/main/simulator/newest-output.ts'

describe('the newest output', () => {
  const pieces = fc.array(fc.tuple(fc.nat(2), fc.uint8Array({ maxLength: 30 })), { maxLength: 80 })

  it('is what each port printed, in order, as long as there is room', () => {
    fc.assert(
      fc.property(pieces, (printed) => {
        const output = new NewestOutput(10_000)
        for (const [instance, bytes] of printed) output.add(instance, bytes)
        const { output: taken, skippedBytes } = output.take()
        expect(skippedBytes).toBe(0)
        for (const { instance, bytes } of taken)
          expect([...bytes]).toEqual(printed.filter(([one]) => one === instance).flatMap(([, one]) => [...one]))
        expect(new Set(taken.map(({ instance }) => instance))).toEqual(new Set(printed.map(([instance]) => instance)))
      })
    )
  })

  it('is never more than the limit, the end of what each port printed, and what is missing is counted', () => {
    fc.assert(
      fc.property(pieces, fc.integer({ min: 3, max: 200 }), (printed, limitBytes) => {
        const output = new NewestOutput(limitBytes)
        for (const [instance, bytes] of printed) output.add(instance, bytes)
        const { output: taken, skippedBytes } = output.take()
        const kept = taken.reduce((sum, { bytes }) => sum + bytes.length, 0)
        const all = printed.reduce((sum, [, bytes]) => sum + bytes.length, 0)
        expect(kept + skippedBytes).toBe(all)
        expect(kept).toBeLessThanOrEqual(limitBytes)
        for (const { instance, bytes } of taken) {
          const whole = printed.filter(([one]) => one === instance).flatMap(([, one]) => [...one])
          expect([...bytes]).toEqual(whole.slice(whole.length - bytes.length))
        }
      })
    )
  })

  it('leaves a quiet port what it printed, however much another one prints', () => {
    const output = new NewestOutput(1000)
    output.add(1, new TextEncoder().encode('RING'))
    for (let at = 0; at < 300; at++) output.add(0, new Uint8Array(100).fill(at))
    const { output: taken, skippedBytes } = output.take()
    expect(taken.map(({ instance, bytes }) => [instance, bytes.length, bytes.at(-1)])).toEqual([
      [1, 4, 71],
      [0, 996, 299 % 256]
    ])
    expect(skippedBytes).toBe(29_004)
  })

  it('begins anew once it is taken, and what was taken stays as it is', () => {
    const output = new NewestOutput(1000)
    output.add(0, Uint8Array.of(1, 2))
    const first = output.take().output
    output.add(0, Uint8Array.of(3))
    expect(first).toEqual([{ instance: 0, bytes: Uint8Array.of(1, 2) }])
    expect(output.take()).toEqual({ output: [{ instance: 0, bytes: Uint8Array.of(3) }], skippedBytes: 0 })
    expect(output.take()).toEqual({ output: [], skippedBytes: 0 })
  })
})
