import { createServer, type AddressInfo, type Socket } from 'node:net'
import { once } from 'node:events'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import type { TcpConnection, TcpEvents } from '../../../src/shared/bearer.ts'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'

/** The end of a connection of this machine. */
const cleanUps: (() => void)[] = []

afterEach(() => {
  vi.useRealTimers()
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

const ignore = (): void => {}

/** A far end that reads nothing yet, and a connection to it. */
async function connected(): Promise<{ far: Socket; near: TcpConnection; closed: () => boolean }> {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  let over = false
  let near!: TcpConnection
  await new Promise<void>((opened) => {
    const events: TcpEvents = { opened, data: ignore, drained: ignore, closed: () => (over = true) }
    near = new HostNetwork(new VirtualClock(), []).connect('127.0.0.1', (server.address() as AddressInfo).port, events)
  })
  const [far] = await accepted
  far.on('error', ignore)
  cleanUps.push(() => {
    far.destroy()
    near.destroy()
    server.close()
  })
  return { far, near, closed: () => over }
}

/** Until neither this process nor the kernel takes any more. */
async function fill(near: TcpConnection): Promise<number> {
  const piece = Buffer.alloc(65_536, 'file ')
  let sent = 0
  for (let refused = 0; refused < 100; ) {
    if (near.write(piece)) refused = 0
    else refused++
    sent += piece.length
    await nextTurn()
  }
  return sent
}

describe('a connection that is ended', () => {
  it('still carries what was sent, to a far end that takes its time over it', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { far, near } = await connected()
    const sent = await fill(near)
    near.end()
    vi.advanceTimersByTime(60_000)
    let taken = 0
    far.on('data', (bytes) => (taken += bytes.length))
    far.resume()
    await once(far, 'end')
    expect(taken).toBe(sent)
  })

  it('is dropped in the end when the far end never takes what was sent', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { far, near } = await connected()
    const sent = await fill(near)
    near.end()
    vi.advanceTimersByTime(3_600_000)
    let taken = 0
    far.on('data', (bytes) => (taken += bytes.length))
    far.resume()
    await once(far, 'end')
    expect(taken).toBeLessThan(sent)
  })

  it('is dropped when the far end goes on sending and never closes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { far, near } = await connected()
    near.write(Buffer.from('bye'))
    near.end()
    far.resume()
    await once(far, 'end')
    vi.advanceTimersByTime(10_000)
    // Nobody is there to read it: a reset comes back.
    while (!far.destroyed) {
      far.write('still here')
      await nextTurn()
    }
  })
})
