import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import type { TcpConnection, TcpEvents } from '../../../src/shared/contracts/bearer.ts'

/** Closes the connections of a test. */
const cleanUps: (() => void)[] = []

afterEach(() => {
  vi.useRealTimers()
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

const ignore = (): void => {}

/** Returns a server's side that does not read yet, and the connection to it. */
async function connected(): Promise<{ network: HostNetwork; far: Socket; near: TcpConnection }> {
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const accepted = once(server, 'connection') as Promise<[Socket]>
  const network = new HostNetwork(new VirtualClock(), [])
  let near!: TcpConnection
  await new Promise<void>((opened) => {
    const events: TcpEvents = { opened, data: ignore, drained: ignore, closed: ignore }
    near = network.connect('127.0.0.1', (server.address() as AddressInfo).port, events)
  })
  const [far] = await accepted
  far.on('error', ignore)
  cleanUps.push(() => {
    far.destroy()
    near.destroy()
    server.close()
  })
  return { network, far, near }
}

/** Writes until neither this process nor the kernel takes any more. Returns the number of bytes. */
async function fill(near: TcpConnection): Promise<number> {
  const piece = Buffer.alloc(65_536, 'file ')
  let sent = 0
  for (let refused = 0; refused < 100;) {
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
    // Nobody reads any more: a reset comes back.
    while (!far.destroyed) {
      far.write('still here')
      await nextTurn()
    }
  })
})

it.skipIf(process.platform !== 'linux')(
  'a connection that is awaited from the far end is not given to anybody else',
  async () => {
    const { network, near } = await connected()
    const got: string[] = []
    let arrived: () => void
    const accepted = new Promise<void>((resolve) => (arrived = resolve))
    const port = await new Promise<number>((ready) => {
      const waiting = network.awaitConnection(near, {
        ready: (_, at) => ready(at),
        failed: (sentence) => got.push(sentence),
        accepted: (take) => {
          const taken = take({
            opened: ignore,
            data: (bytes) => got.push(Buffer.from(bytes).toString()),
            drained: ignore,
            closed: () => arrived()
          })
          cleanUps.push(() => taken.destroy())
        }
      })
      cleanUps.push(() => waiting.cancel())
    })
    // Other systems have only one loopback address.
    const stranger = connect({ host: '127.0.0.1', port, localAddress: '127.0.0.2' }).on('error', ignore)
    stranger.write('a stranger')
    await once(stranger, 'close')
    connect({ host: '127.0.0.1', port }).end('the server')
    await accepted
    expect(got).toEqual(['the server'])
  }
)

describe.skipIf(process.platform !== 'linux')('a connection that is awaited', () => {
  const noEvents = (closed: () => void): TcpEvents => ({ opened: ignore, data: ignore, drained: ignore, closed })

  it('can be struck by a fault as one that the module opened', async () => {
    const { network, near } = await connected()
    const struck = await new Promise<number | null>((resolve) => {
      network.awaitConnection(near, {
        ready: (address, port) => {
          const far = connect(port, address)
          cleanUps.push(() => far.destroy())
        },
        failed: ignore,
        accepted: (take) => {
          const taken = take({ ...noEvents(ignore), broken: (report) => void report(7) })
          cleanUps.push(() => taken.destroy())
          network.breakInto((taken as unknown as { localPort: number }).localPort, (cause) => {
            resolve(cause)
            return 0
          })
        }
      })
    })
    expect(struck).toBe(7)
  })

  it('is closed when nobody takes it', async () => {
    const { network, near } = await connected()
    await new Promise<void>((closed) => {
      network.awaitConnection(near, {
        ready: (address, port) => {
          const far = connect(port, address)
          far.on('error', ignore)
          far.on('close', () => closed())
          cleanUps.push(() => far.destroy())
        },
        failed: ignore,
        accepted: ignore
      })
    })
  })
})
