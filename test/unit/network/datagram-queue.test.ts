import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DatagramQueue } from '../../../src/main/module/network/datagram-queue.ts'

const from = { address: '192.0.2.7', port: 7 }

describe('the queue of datagrams that wait for the host', () => {
  it('gives one datagram at a time, and the rest of one that was read in part', () => {
    const queue = new DatagramQueue()
    queue.push(Buffer.from('first'), from, 1)
    queue.push(Buffer.from('second'), { ...from, port: 8 }, 2)
    expect(queue.next).toEqual({ from, bytes: 5, seq: 1 })
    const texts = [3, 100, 100, 100].map((limit) => {
      const read = queue.read(limit)
      return read && [Buffer.from(read.bytes).toString(), read.from.port, read.leftBytes]
    })
    expect(texts).toEqual([['fir', 7, 2], ['st', 7, 0], ['second', 8, 0], null])
    expect([queue.bytes, queue.count, queue.next]).toEqual([0, 0, null])
  })

  it('keeps an empty datagram in its place', () => {
    const queue = new DatagramQueue()
    queue.push(new Uint8Array(), from, 1)
    queue.push(Buffer.from('x'), from, 2)
    expect([queue.count, queue.read(10), queue.read(10)]).toMatchObject([2, { leftBytes: 0, seq: 1 }, { seq: 2 }])
  })

  it('never holds more than its limits, whatever comes and is read, and loses only what does not fit', () => {
    const step = fc.oneof(
      fc.record({ push: fc.nat({ max: 400 }) }),
      fc.record({ read: fc.integer({ min: 1, max: 300 }) })
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new DatagramQueue({ bytes: 1000, datagrams: 5 })
        let [kept, read] = [0, 0]
        for (const one of steps) {
          if ('read' in one) read += queue.read(one.read)?.bytes.length ?? 0
          else {
            const fits = queue.bytes + one.push <= 1000 && queue.count < 5
            expect(queue.push(new Uint8Array(one.push), from, 0)).toBe(fits)
            if (fits) kept += one.push
          }
          expect(queue.bytes).toBe(kept - read)
          expect(queue.bytes).toBeLessThanOrEqual(1000)
          expect(queue.count).toBeLessThanOrEqual(5)
        }
      })
    )
  })

  it('has its own copy, so that a sender may use its buffer again', () => {
    const queue = new DatagramQueue()
    const bytes = Buffer.from('aaa')
    queue.push(bytes, from, 1)
    bytes.fill('b')
    expect(Buffer.from(queue.read(3)!.bytes).toString()).toBe('aaa')
  })
})
