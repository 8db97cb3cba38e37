import { describe, expect, test } from 'vitest'
import { BatchQueue, MAX_PENDING_EVENTS, MAX_PENDING_OUTPUT_BYTES } from '../../../src/shared/carrier/batch-queue.ts'
import { batchOf, eventOf } from './recording-api.ts'

const bytesOf = (length: number, value: number): Uint8Array => new Uint8Array(length).fill(value)

describe('batches that wait for a slow window', () => {
  test('one goes through as it came', () => {
    const queue = new BatchQueue()
    const batch = batchOf(5, { events: [eventOf(1)], output: [{ instance: 0, bytes: bytesOf(3, 1) }] })
    queue.add(batch)
    expect(queue.take()).toStrictEqual(batch)
    expect(queue.take()).toBeNull()
  })

  test('several become one: the latest snapshot, all events and output in order', () => {
    const queue = new BatchQueue()
    queue.add(batchOf(1, { events: [eventOf(1)], output: [{ instance: 0, bytes: bytesOf(1, 1) }] }))
    queue.add(batchOf(2, { events: [eventOf(2)], output: [{ instance: 1, bytes: bytesOf(1, 2) }] }))
    const pending = queue.take()!
    expect(pending.snapshot.moduleMs).toBe(2)
    expect(pending.events.map((event) => event.seq)).toEqual([1, 2])
    expect(pending.output.map((part) => part.instance)).toEqual([0, 1])
  })

  test('the oldest events go first, and are counted', () => {
    const queue = new BatchQueue()
    for (let seq = 0; seq < MAX_PENDING_EVENTS + 30; seq += 10) {
      queue.add(batchOf(seq, { events: Array.from({ length: 10 }, (_, index) => eventOf(seq + index)) }))
    }
    const pending = queue.take()!
    expect(pending.events).toHaveLength(MAX_PENDING_EVENTS)
    expect(pending.events[0]!.seq).toBe(30)
    expect(pending.skipped).toEqual({ events: 30, outputBytes: 0 })
  })

  test('the oldest output goes first, to the byte, and is counted', () => {
    const queue = new BatchQueue()
    queue.add(
      batchOf(1, {
        output: [
          { instance: 0, bytes: bytesOf(100, 1) },
          { instance: 0, bytes: bytesOf(100, 2) }
        ]
      })
    )
    queue.add(batchOf(2, { output: [{ instance: 0, bytes: bytesOf(MAX_PENDING_OUTPUT_BYTES - 50, 3) }] }))
    const pending = queue.take()!
    expect(pending.output.map((part) => part.bytes.length)).toEqual([50, MAX_PENDING_OUTPUT_BYTES - 50])
    expect(pending.output[0]!.bytes[0]).toBe(2)
    expect(pending.skipped).toEqual({ events: 0, outputBytes: 150 })
  })

  test('counts start anew after each take', () => {
    const queue = new BatchQueue()
    queue.add(batchOf(1, { output: [{ instance: 0, bytes: bytesOf(MAX_PENDING_OUTPUT_BYTES + 1, 1) }] }))
    expect(queue.take()!.skipped!.outputBytes).toBe(1)
    queue.add(batchOf(2))
    expect(queue.take()).not.toHaveProperty('skipped')
  })
})
