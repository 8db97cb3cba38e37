import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { ServerSockets, type CrowdLimits } from '../../../src/main/host/server-sockets.ts'

interface Bench {
  readonly server: Server
  readonly sockets: ServerSockets
  readonly accepted: Socket[]
  /** Returns a client that was accepted. */
  client(from?: string): Promise<Socket>
  /** Sends a byte and waits until the socket at `accepted[at]` has read it. */
  says(client: Socket, at: number): Promise<void>
}

async function bench(limits: CrowdLimits | null = null): Promise<Bench> {
  // A server that neither reads nor closes: the worst case.
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true })
  const sockets = new ServerSockets(server, limits)
  const accepted: Socket[] = []
  server.on('connection', (socket) => accepted.push(socket.on('error', () => {})))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => sockets.close())
  const { port } = server.address() as AddressInfo
  return {
    server,
    sockets,
    accepted,
    client: async (from = '127.0.0.1') => {
      const before = accepted.length
      const socket = connect({ port, host: '127.0.0.1', localAddress: from, allowHalfOpen: true }).on('error', () => {})
      onTestFinished(() => void socket.destroy())
      await expect.poll(() => accepted.length, { interval: 1 }).toBe(before + 1)
      return socket
    },
    says: async (socket, at) => {
      const { bytesRead } = accepted[at]!.resume()
      socket.write('.')
      await expect.poll(() => accepted[at]!.bytesRead, { interval: 1 }).toBe(bytesRead + 1)
    }
  }
}

const alive = (sockets: readonly Socket[]): boolean[] => sockets.map((socket) => !socket.destroyed)

describe('the sockets of a server', () => {
  it('S-1: are gone when it is closed, with a client that has left unread bytes and closed its half', async () => {
    const { server, sockets, client } = await bench()
    const one = await client()
    one.end('0123456789')
    await once(one, 'finish')
    await client()
    expect(sockets.size).toBe(2)
    await sockets.close()
    expect([sockets.size, server.listening]).toEqual([0, false])
    await sockets.close()
  })

  it('S-1: the oldest unknown one of an address makes room for the next of that address, before it has said anything', async () => {
    const { sockets, accepted, client } = await bench({ perAddress: 2, all: 10, yields: 'oldest' })
    for (let count = 0; count < 4; count += 1) await client()
    expect([alive(accepted), sockets.size]).toEqual([[false, false, true, true], 2])
  })

  it('S-1: a known one makes room for nobody', async () => {
    const { sockets, accepted, client } = await bench({ perAddress: 2, all: 10, yields: 'oldest' })
    await client()
    sockets.know(accepted[0])
    for (let count = 0; count < 4; count += 1) await client()
    expect(alive(accepted)).toEqual([true, false, false, true, true])
  })

  it('S-1: beyond all of them the address with the largest crowd makes room, not the newcomer', async () => {
    const { accepted, client } = await bench({ perAddress: 3, all: 4, yields: 'oldest' })
    for (let count = 0; count < 3; count += 1) await client('127.0.0.2')
    await client('127.0.0.3')
    await client('127.0.0.1')
    expect(alive(accepted)).toEqual([false, true, true, true, true])
  })

  it('S-1: with known ones alone, the newcomer has to go', async () => {
    const { sockets, accepted, client } = await bench({ perAddress: 3, all: 1, yields: 'oldest' })
    await client()
    sockets.know(accepted[0])
    await client()
    expect(alive(accepted)).toEqual([true, false])
  })

  it('S-1: with one connection of each address, the oldest makes room', async () => {
    const { accepted, client } = await bench({ perAddress: 3, all: 2, yields: 'oldest' })
    for (const last of [2, 3, 4]) await client(`127.0.0.${last}`)
    expect(alive(accepted)).toEqual([false, true, true])
  })

  it('S-1: the quietest makes room: the oldest that has sent nothing, before any that has sent something', async () => {
    const { accepted, client, says } = await bench({ perAddress: 3, all: 10, yields: 'quietest' })
    await says(await client(), 0)
    for (let count = 0; count < 4; count += 1) await client()
    expect(alive(accepted)).toEqual([true, false, false, true, true])
  })

  it('S-1: where all have sent something, the one whose last bytes are the oldest makes room, and never the newcomer', async () => {
    const { accepted, client, says } = await bench({ perAddress: 3, all: 10, yields: 'quietest' })
    const first = await client()
    await says(first, 0)
    for (const at of [1, 2]) await says(await client(), at)
    // The server now notices what the three have sent.
    await client('127.0.0.2')
    await says(first, 0)
    await client()
    expect(alive(accepted)).toEqual([true, false, true, true, true])
  })
})
