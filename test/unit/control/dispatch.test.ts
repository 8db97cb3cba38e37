import { describe, expect, test } from 'vitest'
import { CallRefused, dispatch, sentenceOf } from '../../../src/main/control/dispatch.ts'
import { recordingApi } from './recording-api.ts'

describe('a call from outside', () => {
  test('reaches the simulator with its arguments, bytes included', async () => {
    const api = recordingApi()
    await dispatch(api, 'type', [{ instance: 1, bytes: new Uint8Array([65, 84, 13, 255]) }])
    expect(api.calls).toEqual([{ call: 'type', args: [{ instance: 1, bytes: new Uint8Array([65, 84, 13, 255]) }] }])
  })

  test('answers what the simulator answers', async () => {
    expect(await dispatch(recordingApi(), 'catalog', [])).toEqual({
      families: [{ name: 'HE910', products: [{ name: 'HE910', software: ['12.00.xx5'] }] }]
    })
  })

  test.each([
    ['fire', [], 'There is no call "fire".'],
    ['constructor', [], 'There is no call "constructor".'],
    ['__proto__', [], 'There is no call "__proto__".'],
    ['subscribe', [() => {}], 'There is no call "subscribe".'],
    [7, [], 'There is no call of type number.'],
    ['snapshot', 'x', 'The arguments of snapshot are not a list.'],
    ['snapshot', [1], 'The call snapshot takes 0 argument(s), not 1.'],
    ['events', [], 'The call events takes 1 argument(s), not 0.'],
    [
      'events',
      [{ fromSeq: 0, limit: 5001 }],
      'The call events was refused: limit is wrong, expected <=5000, got 5001.'
    ],
    ['events', [null], 'The call events was refused: its argument is wrong, expected Object, got null.'],
    [
      'type',
      [{ instance: 0, bytes: 'AT' }],
      'The call type was refused: bytes is wrong, expected Uint8Array, got "AT".'
    ],
    [
      'type',
      [{ instance: 3, bytes: new Uint8Array(1) }],
      'The call type was refused: instance is wrong, expected <=2, got 3.'
    ],
    [
      'type',
      [{ instance: 0, bytes: new Uint8Array(65_537) }],
      'The call type was refused: bytes is wrong, expected <=65536, got 65537.'
    ],
    ['setSim', [{ pin: '12' }], 'The call setSim was refused: pin is wrong, expected 4 to 8 digits, got "12".'],
    [
      'setClock',
      [{ at: 'noon' }],
      'The call setClock was refused: at is wrong, expected a time such as 2026-10-01T09:00:00 or 2026-10-01T09:00:00+01:00, got "noon".'
    ],
    ['pressKey', [{ key: 'off' }], 'The call pressKey was refused: key is wrong, expected ("on" | "reset"), got "off".']
  ])('%s, case %#, is refused in one sentence', async (call, args, sentence) => {
    const api = recordingApi()
    await expect(dispatch(api, call, args)).rejects.toThrow(new CallRefused(sentence))
    expect(api.calls).toEqual([])
  })

  test('a wrong value is cut when it is long', async () => {
    const error = await dispatch(recordingApi(), 'pressKey', [{ key: 'x'.repeat(10_000) }]).catch(
      (reason: unknown) => reason
    )
    expect(sentenceOf(error).length).toBeLessThan(200)
  })

  test('a rejection becomes its first line, never a stack', async () => {
    const error = await dispatch(recordingApi(), 'selectProduct', [{ product: 'X', software: null }]).catch(
      (reason: unknown) => reason
    )
    expect(sentenceOf(error)).toBe('There is no product X.')
    expect(sentenceOf(new Error(''))).toBe('The simulator failed and gave no reason.')
    expect(sentenceOf('thrown')).toBe('The simulator failed and gave no reason.')
  })
})
