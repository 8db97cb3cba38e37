import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LinkState } from '../../src/renderer/state/carrier/connection.ts'
import { connectSocket } from '../../src/renderer/state/carrier/socket-carrier.ts'

/** A stand-in for the browser's socket. The tests check when the window reconnects, without a simulator. */
class PlayedSocket {
  static opened: PlayedSocket[] = []
  static readonly OPEN = 1
  readyState = 0
  onopen: (() => void) | null = null
  onclose: ((event: { readonly code: number }) => void) | null = null

  constructor(readonly url: string) {
    PlayedSocket.opened.push(this)
  }
}

describe('a window that lost its simulator', () => {
  let states: LinkState[]
  beforeEach(() => {
    vi.useFakeTimers()
    PlayedSocket.opened = []
    states = []
    vi.stubGlobal('window', globalThis)
    vi.stubGlobal('location', { host: '127.0.0.1:1' })
    vi.stubGlobal('WebSocket', PlayedSocket)
  })
  afterEach(() => {
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  function connect(): ReturnType<typeof connectSocket> {
    const connection = connectSocket('ws://127.0.0.1:1/api', 'a token')
    connection.watch((state) => {
      states.push(state)
    })
    return connection
  }

  it('tries again, in longer and longer steps', () => {
    connect()
    for (const waitMs of [500, 1000, 2000, 4000, 4000]) {
      const count = PlayedSocket.opened.length
      PlayedSocket.opened.at(-1)!.onclose!({ code: 1006 })
      vi.advanceTimersByTime(waitMs - 1)
      expect(PlayedSocket.opened).toHaveLength(count)
      vi.advanceTimersByTime(1)
      expect(PlayedSocket.opened).toHaveLength(count + 1)
    }
    expect(states.at(-1)).toMatchObject({ kind: 'gone', forGood: false })
  })

  it('does not try again with a token that was refused', () => {
    connect()
    PlayedSocket.opened[0]!.onopen!()
    PlayedSocket.opened[0]!.onclose!({ code: 1008 })
    vi.advanceTimersByTime(3_600_000)
    expect(PlayedSocket.opened).toHaveLength(1)
    expect(states.at(-1)).toMatchObject({
      kind: 'gone',
      forGood: true,
      sentence: expect.stringContaining('rejects the token of this window')
    })
  })
})
