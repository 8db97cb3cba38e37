import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { TcpHost } from '../fixtures/tcp-host.ts'
import { TtyClient } from '../unit/ports/tty-client.ts'
import type { SoakedProgram } from './soaked-program.ts'

/** One kind of work that the program is to bear for hours. */
export interface Phase {
  readonly name: string
  /** What `count` counts. */
  readonly unit: string
  /** Prepares what all batches share; returns how one batch is done, and how it ends. */
  begin(program: SoakedProgram): Promise<RunningPhase>
}

export interface RunningPhase {
  /** Some of the work, less than a second of it; returns how much. */
  batch(): Promise<number>
  /** Leaves the program as it was before. */
  end(): Promise<void>
}

export const phases: readonly Phase[] = [
  { name: 'dials', unit: 'dials', begin: dials },
  { name: 'clients', unit: 'clients', begin: clients },
  { name: 'online', unit: 'MB', begin: online },
  { name: 'upgrades', unit: 'requests', begin: upgrades },
  { name: 'letters', unit: 'MB', begin: letters }
]

/** The lab's echo, where the guide has one; with a full handshake each time. */
const ECHO = '1,443,"123.124.125.126",0'

async function hostReadyToDial(program: SoakedProgram): Promise<TcpHost> {
  const host = await TcpHost.open(program.ready.tcp!)
  for (const line of ['AT#SSLEN=1,1', 'AT#SGACT=1,1', 'AT#SSLSECCFG=1,0,0']) await host.at(line)
  return host
}

/** Another phase, or the next run of this one, begins with the same module. */
async function leave(host: TcpHost): Promise<void> {
  for (const line of ['AT#SSLEN=1,0', 'AT#SGACT=1,0']) await host.at(line)
  host.close()
}

/** Real TLS handshakes with the lab, each closed again. */
async function dials(program: SoakedProgram): Promise<RunningPhase> {
  const host = await hostReadyToDial(program)
  return {
    batch: async () => {
      for (let at = 0; at < DIALS_A_BATCH; at += 1) {
        const answer = await host.at(`AT#SSLD=${ECHO},1`)
        if (!answer.includes('OK')) throw new Error(`A dial was answered with ${JSON.stringify(answer)}.`)
        await host.at('AT#SSLH=1')
      }
      return DIALS_A_BATCH
    },
    end: () => leave(host)
  }
}

/** Host programs that open the pty, say AT, and close it. */
async function clients(program: SoakedProgram): Promise<RunningPhase> {
  const { link } = program.ready.ports[0]!
  return {
    batch: async () => {
      for (let at = 0; at < CLIENTS_A_BATCH; at += 1) {
        const client = new TtyClient(link)
        client.write('AT\r')
        await client.readUntil((received) => received.includes('OK\r\n'))
        client.close()
      }
      return CLIENTS_A_BATCH
    },
    end: async () => {}
  }
}

/** Bytes through online mode and back from the lab's echo. */
async function online(program: SoakedProgram): Promise<RunningPhase> {
  const host = await hostReadyToDial(program)
  await host.at('AT#SSLCFG=1,1,1500,0,100,0')
  host.close()
  const socket = await tcp(program.ready.tcp!)
  const counter = new Counter(socket)
  socket.write(`AT#SSLD=${ECHO},0\r`)
  await counter.text('CONNECT\r\n')
  // Whole packets, so that none waits for more. Letters: no escape sequence can be among them.
  const block = Buffer.alloc(PACKETS_A_BLOCK * 1500, randomBytes(999).toString('base64'))
  return {
    batch: async () => {
      for (let at = 0; at < BLOCKS_A_BATCH; at += 1) {
        const done = counter.bytes(block.length)
        socket.write(block)
        await done
      }
      return (BLOCKS_A_BATCH * block.length) / 1e6
    },
    end: async () => {
      // The guard time of the escape sequence (S12) passes in the module, which takes its own time.
      await pause(GUARD_MS)
      const suspended = counter.text('OK\r\n')
      socket.write('+++')
      await suspended
      socket.destroy()
      const again = await TcpHost.open(program.ready.tcp!)
      await again.at('AT#SSLH=1')
      await leave(again)
    }
  }
}

/** Letters in command mode that no CR ends. */
async function letters(program: SoakedProgram): Promise<RunningPhase> {
  const host = await TcpHost.open(program.ready.tcp!)
  host.close()
  const socket = await tcp(program.ready.tcp!)
  socket.resume()
  const block = Buffer.alloc(LETTER_BYTES, 'x')
  return {
    batch: async () => {
      for (let at = 0; at < BLOCKS_A_BATCH; at += 1) if (!socket.write(block)) await once(socket, 'drain')
      return (BLOCKS_A_BATCH * LETTER_BYTES) / 1e6
    },
    end: async () => {
      const counter = new Counter(socket)
      socket.write('\rAT\r')
      await counter.text('OK\r\n')
      socket.destroy()
    }
  }
}

/** Requests for the control socket that are refused, by a client that does not let go at once. */
async function upgrades(program: SoakedProgram): Promise<RunningPhase> {
  const { hostname, port } = new URL(program.ready.control!)
  const request = [
    'GET / HTTP/1.1', `Host: ${hostname}:${port}`, 'Origin: http://evil.example', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', '', ''
  ].join('\r\n')
  return {
    batch: async () => {
      for (let at = 0; at < REQUESTS_A_BATCH; at += 1) {
        const socket = connect(Number(port), hostname)
        // A crowd may be turned away before it is understood.
        const over = new Promise<void>((resolve) => socket.once('error', () => resolve()).once('data', () => resolve()).once('close', () => resolve()))
        socket.write(request)
        await over
        socket.end('ten bytes.')
        socket.destroySoon()
        if (!socket.closed) await once(socket, 'close')
      }
      return REQUESTS_A_BATCH
    },
    end: async () => {}
  }
}

const GUARD_MS = 1500
const DIALS_A_BATCH = 10
const CLIENTS_A_BATCH = 25
const BLOCKS_A_BATCH = 8
const PACKETS_A_BLOCK = 100
const LETTER_BYTES = 32_768
const REQUESTS_A_BATCH = 25

async function tcp(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  return socket
}

/** Waits for what a socket brings, without keeping it. */
class Counter {
  #look: (bytes: Buffer) => void = () => {}

  constructor(socket: Socket) {
    socket.on('data', (bytes: Buffer) => this.#look(bytes))
  }

  bytes(count: number): Promise<void> {
    let missing = count
    return new Promise((resolve) => {
      this.#look = (bytes) => {
        missing -= bytes.length
        if (missing <= 0) resolve()
      }
    })
  }

  text(wanted: string): Promise<void> {
    let end = ''
    return new Promise((resolve) => {
      this.#look = (bytes) => {
        end = (end + bytes.toString('latin1')).slice(-1000)
        if (end.includes(wanted)) resolve()
      }
    })
  }
}
