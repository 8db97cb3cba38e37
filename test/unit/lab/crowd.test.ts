import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it, onTestFinished } from 'vitest'
import { listenOnLoopback } from '../../../src/main/lab/net.ts'

// What many connections, which any program on the machine can make, do to a server of the lab.

interface Lab {
  /** Returns a connection that the server has accepted. */
  come(from?: string): Promise<Socket>
}

/** A server that sends back what it receives, like the lab's echo server. */
async function lab(): Promise<Lab> {
  let accepted = 0
  const server = await listenOnLoopback((socket) => {
    accepted += 1
    socket.on('error', () => {})
    socket.on('data', (bytes) => socket.write(bytes))
  })
  onTestFinished(() => server.close())
  return {
    come: async (from = '127.0.0.1') => {
      const before = accepted
      const socket = connect({ port: server.port, host: server.host, localAddress: from }).on('error', () => {})
      onTestFinished(() => void socket.destroy())
      await expect.poll(() => accepted, { interval: 1 }).toBe(before + 1)
      return socket
    }
  }
}

/** Returns what the server sends back, or that it has closed the connection. */
async function answerTo(socket: Socket, text: string): Promise<string> {
  const over = new AbortController()
  const answer = once(socket, 'data', over).then(([bytes]) => String(bytes))
  const closed = once(socket, 'close', over).then(() => 'closed')
  socket.write(text)
  try {
    return await Promise.race([answer, closed])
  } finally {
    over.abort()
    await Promise.allSettled([answer, closed])
  }
}

const CROWD = 200

describe('a server of the lab', () => {
  it('S-1: serves the next one however many connections there are', async () => {
    const { come } = await lab()
    for (let count = 0; count < CROWD; count += 1) await come()
    expect(await answerTo(await come(), 'hello')).toBe('hello')
  })

  it('S-1: keeps a connection that has sent something, however many come from its address and send nothing', async () => {
    const { come } = await lab()
    const module = await come()
    await answerTo(module, 'hello')
    for (let count = 0; count < CROWD; count += 1) await come()
    expect(await answerTo(module, 'still here')).toBe('still here')
  })

  it.skipIf(process.platform !== 'linux')(
    'S-1: keeps a silent connection, however many come from another address and send something',
    async () => {
      const { come } = await lab()
      const module = await come()
      // On Linux, any address of 127.0.0.0/8 is this machine's.
      for (let count = 0; count < CROWD; count += 1) await answerTo(await come('127.0.0.2'), 'hello')
      expect(await answerTo(module, 'still here')).toBe('still here')
    }
  )

  it('S-1: keeps a connection that goes on sending, while a crowd from its address sends something once', async () => {
    const { come } = await lab()
    const module = await come()
    for (let count = 0; count < CROWD; count += 1) {
      await answerTo(module, 'hello')
      await answerTo(await come(), 'hello')
    }
    expect(await answerTo(module, 'still here')).toBe('still here')
  })
})
