import { describe, expect, test } from 'vitest'
import { MAX_BATCHES_UNDER_WAY, WindowCarrier } from '../../../src/main/control/window-carrier.ts'
import type { Batch } from '../../../src/shared/api/api.ts'
import { batchOf, eventOf, recordingApi } from './recording-api.ts'

function makeCarrier() {
  const api = recordingApi()
  const sent: Batch[] = []
  return { api, sent, carrier: new WindowCarrier(api, (batch) => sent.push(batch)) }
}

describe('the carrier to the desktop window', () => {
  test('answers with a result or with a sentence, and never rejects', async () => {
    const { carrier } = makeCarrier()
    expect(await carrier.call('pressKey', [{ key: 'on' }])).toEqual({ result: undefined })
    expect(await carrier.call('selectProduct', [{ product: 'X', software: null }])).toEqual({
      error: 'There is no product X.'
    })
    expect(await carrier.call('pressKey', 7)).toEqual({ error: 'The arguments of pressKey are not a list.' })
    expect(await carrier.call(undefined, undefined)).toEqual({ error: 'There is no call of type undefined.' })
  })

  test('sends batches only while they are wanted', () => {
    const { api, sent, carrier } = makeCarrier()
    api.report(batchOf(1))
    carrier.subscribe()
    carrier.subscribe()
    api.report(batchOf(2))
    carrier.unsubscribe()
    api.report(batchOf(3))
    expect(sent.map((batch) => batch.snapshot.moduleMs)).toEqual([2])
    expect(api.listeners.size).toBe(0)
  })

  test('sends no more to a window that hangs, and one joined batch once it goes on', () => {
    const { api, sent, carrier } = makeCarrier()
    carrier.subscribe()
    for (let seq = 0; seq < 50; seq += 1) api.report(batchOf(seq, { events: [eventOf(seq)] }))
    expect(sent).toHaveLength(MAX_BATCHES_UNDER_WAY)
    carrier.taken()
    expect(sent).toHaveLength(MAX_BATCHES_UNDER_WAY + 1)
    expect(sent.at(-1)!.snapshot.moduleMs).toBe(49)
    expect(sent.flatMap((batch) => batch.events.map((event) => event.seq))).toEqual(
      Array.from({ length: 50 }, (_, seq) => seq)
    )
  })

  test('a page loaded anew starts anew, whatever the one before owed', () => {
    const { api, sent, carrier } = makeCarrier()
    carrier.subscribe()
    for (let seq = 0; seq < 50; seq += 1) api.report(batchOf(seq))
    carrier.unsubscribe()
    carrier.subscribe()
    sent.length = 0
    api.report(batchOf(50))
    expect(sent.map((batch) => batch.snapshot.moduleMs)).toEqual([50])
  })

  test('a word too many that a batch was taken earns nothing', () => {
    const { api, sent, carrier } = makeCarrier()
    carrier.subscribe()
    for (let times = 0; times < 100; times += 1) carrier.taken()
    for (let seq = 0; seq < 50; seq += 1) api.report(batchOf(seq))
    expect(sent).toHaveLength(MAX_BATCHES_UNDER_WAY)
  })
})
