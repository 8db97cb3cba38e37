import { describe, expect, it } from 'vitest'
import { readCapture } from '../../../src/main/capture/read-capture.ts'
import { dispatch } from '../../../src/main/control/dispatch.ts'
import { captureApi } from '../../../src/main/simulator/api/capture.ts'
import type { SimulatorApi } from '../../../src/shared/api/api.ts'
import { MAX_KEY_LOG_BYTES, MAX_PART_BYTES, type CaptureCalls } from '../../../src/shared/calls/capture.ts'
import { ownCapture } from '../../fixtures/captures.ts'

const here = async (bytes: Uint8Array, keyLog: string | null) => readCapture(bytes, keyLog)

async function taken(api: CaptureCalls, file: Uint8Array): Promise<number> {
  const { captureId } = await api.beginCapture({ fileName: 'a.pcapng', bytes: file.length })
  for (let at = 0; at < file.length; at += 1000)
    await api.addToCapture({ captureId, of: 'capture', bytes: file.slice(at, at + 1000) })
  return captureId
}

describe('the calls that look into a capture', () => {
  it('take it in parts, read it, and give its messages and lines', async () => {
    const api = captureApi(here)
    const captureId = await taken(api, ownCapture().file)
    const { streams, lines } = await api.readCapture({ captureId })
    const { seq, bytes } = streams[0]!.handshake!.messages[0]!
    expect(await api.captureMessage({ captureId, seq })).toMatchObject({ name: 'ClientHello' })
    expect((await api.captureMessage({ captureId, seq })).bytes).toHaveLength(bytes)
    expect(await api.captureLines({ captureId, of: 'at', from: 0, limit: 500 })).toHaveLength(lines)
    expect(await api.captureLines({ captureId, of: 'at', from: lines, limit: 500 })).toEqual([])
    expect(await api.captureLines({ captureId, of: 1, from: 1, limit: 1 })).toHaveLength(1)
  })

  it('read it anew with a key log, and without it again', async () => {
    const api = captureApi(here)
    const { file, session } = ownCapture({ secrets: false })
    const captureId = await taken(api, file)
    const decrypted = async (): Promise<unknown> => (await api.readCapture({ captureId })).streams[0]!.decrypted
    expect(await decrypted()).toBe(false)
    await api.addToCapture({ captureId, of: 'key-log', bytes: Buffer.from(session.keyLog) })
    expect(await decrypted()).toBe(true)
    await api.forgetKeyLog({ captureId })
    expect(await decrypted()).toBe(false)
  })

  it('forget the oldest of three, and the one that is ended', async () => {
    const api = captureApi(here)
    const { file } = ownCapture()
    const first = await taken(api, file)
    const second = await taken(api, file)
    await taken(api, file)
    await expect(api.readCapture({ captureId: first })).rejects.toThrow(
      'Capture 1 was closed; 2 can be open at a time.'
    )
    await api.endCapture({ captureId: second })
    await api.endCapture({ captureId: second })
    await expect(api.readCapture({ captureId: second })).rejects.toThrow('Capture 2 was closed')
    await expect(api.readCapture({ captureId: 9 })).rejects.toThrow('Capture 9 was never begun.')
  })

  it('refuse what is not there yet, not there, or too much', async () => {
    const api = captureApi(here)
    const { file } = ownCapture()
    const { captureId } = await api.beginCapture({ fileName: 'a.pcapng', bytes: file.length })
    await expect(api.readCapture({ captureId })).rejects.toThrow(`a.pcapng has ${file.length} bytes, and only 0 came.`)
    await expect(api.captureLines({ captureId, of: 'at', from: 0, limit: 1 })).rejects.toThrow(
      'a.pcapng has not been read yet.'
    )
    await api.addToCapture({ captureId, of: 'capture', bytes: Uint8Array.from(file) })
    await api.readCapture({ captureId })
    await expect(api.captureMessage({ captureId, seq: 4000 })).rejects.toThrow('The capture has no message 4000.')
    await expect(api.captureLines({ captureId, of: 7, from: 0, limit: 1 })).rejects.toThrow(
      'The capture has no connection 7.'
    )
    const part = new Uint8Array(MAX_PART_BYTES)
    for (let bytes = 0; bytes < MAX_KEY_LOG_BYTES; bytes += part.length)
      await api.addToCapture({ captureId, of: 'key-log', bytes: part })
    await expect(api.addToCapture({ captureId, of: 'key-log', bytes: new Uint8Array(1) })).rejects.toThrow(
      'The key log has 1048577 bytes; 1 MiB is the most that can be looked into.'
    )
  })

  it('read one at a time, and a few wait, whoever asks without waiting', async () => {
    let underWay = 0
    const release: (() => void)[] = []
    const api = captureApi(async (bytes, keyLog) => {
      underWay += 1
      expect(underWay).toBe(1)
      await new Promise<void>((resolve) => release.push(resolve))
      underWay -= 1
      return readCapture(bytes, keyLog)
    })
    const captureId = await taken(api, ownCapture().file)
    const asked = Array.from({ length: 6 }, () =>
      api.readCapture({ captureId }).then(
        () => 'read',
        (error: Error) => error.message
      )
    )
    expect(await asked[4]).toBe('4 captures are being read already.')
    for (let read = 0; read < 4; read++) {
      await expect.poll(() => release.length).toBe(read + 1)
      release[read]!()
    }
    expect(await Promise.all(asked)).toEqual([
      'read',
      'read',
      'read',
      'read',
      ...Array.from({ length: 2 }, () => '4 captures are being read already.')
    ])
  })

  it.each([
    ['beginCapture', { fileName: '', bytes: 1 }],
    ['beginCapture', { fileName: 'a', bytes: -1 }],
    ['addToCapture', { captureId: 1, of: 'capture', bytes: new Uint8Array(MAX_PART_BYTES + 1) }],
    ['addToCapture', { captureId: 1, of: 'elsewhere', bytes: new Uint8Array(1) }],
    ['captureLines', { captureId: 1, of: '__proto__', from: 0, limit: 1 }],
    ['captureLines', { captureId: 1, of: 'at', from: 0, limit: 1e9 }],
    ['captureMessage', { captureId: 1, seq: -1 }],
    ['readCapture', { captureId: 1, path: '/etc/passwd' }]
  ])('never get %s with %j', async (call, argument) => {
    const api = captureApi(() => Promise.reject(new Error('It was asked.'))) as unknown as SimulatorApi
    await expect(dispatch(api, call, [argument])).rejects.toThrow(`The call ${call} was refused`)
  })
})
