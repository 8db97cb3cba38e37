import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { TcpHost } from '../fixtures/tcp-host.ts'
import { TtyClient } from '../unit/ports/tty-client.ts'
import type { SoakedProgram } from './soaked-program.ts'

/** One kind of work that the program must sustain for hours. */
export interface Phase {
  readonly name: string
  /** The unit of `count`. */
  readonly unit: string
  /** Batches between two checks of the level at rest: some seconds of work on a slow machine. */
  readonly batchesALook: number
  /** Share of the time. A phase whose events fill the timeline slowly has more. */
  readonly shares: number
  /** Prepares what all batches share. Returns how to run one batch, and how to end. */
  begin(program: SoakedProgram): Promise<RunningPhase>
}

export interface RunningPhase {
  /** Does some of the work, in less than a second. Returns the amount. */
  batch(): Promise<number>
  /** Waits until the program has taken all input; absent where a batch does so. */
  rest?(): Promise<void>
  /** Leaves the program as it was. */
  end(): Promise<void>
}

export const phases: readonly Phase[] = [
  { name: 'dials', unit: 'dials', batchesALook: 25, shares: 3, begin: dials },
  { name: 'clients', unit: 'clients', batchesALook: 10, shares: 1, begin: clients },
  { name: 'online', unit: 'MB', batchesALook: 8, shares: 1, begin: online },
  { name: 'upgrades', unit: 'requests', batchesALook: 10, shares: 1, begin: upgrades },
  { name: 'letters', unit: 'MB', batchesALook: 8, shares: 1, begin: letters }
]

/** The lab's echo server at the guide's address, with a full handshake each time. */
const ECHO = '1,443,"123.124.125.126",0'

async function hostReadyToDial(program: SoakedProgram): Promise<TcpHost> {
  const host = await TcpHost.open(program.ready.tcp!)
  for (const line of ['AT#SSLEN=1,1', 'AT#SGACT=1,1', 'AT#SSLSECCFG=1,0,0']) await host.at(line)
  return host
}

/** Resets the module for the next phase or run. */
async function leave(host: TcpHost): Promise<void> {
  for (const line of ['AT#SSLEN=1,0', 'AT#SGACT=1,0']) await host.at(line)
  host.close()
  // The TCP port keeps the instance for half a second, for the answers of a host that only ended its own side.
  await pause(LEFT_MS)
}

/** Real TLS handshakes with the lab, each followed by a close. */
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

/** Host programs that open the pty, send AT, and close it. */
async function clients(program: SoakedProgram): Promise<RunningPhase> {
  const { link } = program.ready.ports[0]!
  return {
    batch: async () => {
      for (let at = 0; at < CLIENTS_A_BATCH; at += 1) {
        const client = new TtyClient(link)
        try {
          client.write('AT\r')
          await within(
            client.readUntil((received) => received.includes('OK\r\n')),
            'OK at the pty'
          )
        } finally {
          client.close()
        }
      }
      return CLIENTS_A_BATCH
    },
    end: async () => {}
  }
}

/** Bytes through online mode and back from the lab's echo server. */
async function online(program: SoakedProgram): Promise<RunningPhase> {
  const host = await hostReadyToDial(program)
  await host.at('AT#SSLCFG=1,1,1500,0,100,0')
  host.close()
  const socket = await tcp(program.ready.tcp!)
  const counter = new Counter(socket)
  socket.write(`AT#SSLD=${ECHO},0\r`)
  await counter.text('CONNECT\r\n')
  // Whole packets, so that none waits for more. Base64 text contains no escape sequence.
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
      // The guard time of the escape sequence (S12) passes in module time.
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

/** Letters of a command without CR: those beyond the longest line are dropped. */
async function letters(program: SoakedProgram): Promise<RunningPhase> {
  const socket = await tcp(program.ready.tcp!)
  const counter = new Counter(socket)
  const answered = async (text: string, wanted: string): Promise<void> => {
    const answer = counter.text(wanted)
    socket.write(text)
    await answer
  }
  // A client gets the port by a command. Without echo, because an echo of the letters would show nothing.
  await answered('ATE0\r', 'OK\r\n')
  socket.write('AT+')
  const block = Buffer.alloc(LETTER_BYTES, 'x')
  return {
    batch: async () => {
      for (let at = 0; at < BLOCKS_A_BATCH; at += 1)
        if (!socket.write(block)) await within(once(socket, 'drain'), 'room for more letters')
      return (BLOCKS_A_BATCH * LETTER_BYTES) / 1e6
    },
    rest: async () => {
      await answered('\r', 'ERROR\r\n')
      socket.write('AT+')
    },
    end: async () => {
      await answered('\r', 'ERROR\r\n')
      await answered('AT\r', 'OK\r\n')
      socket.destroy()
    }
  }
}

/**
 * Refused requests for the control socket, by clients that do not close at once; and many incomplete requests, of which
 * the oldest are closed.
 */
async function upgrades(program: SoakedProgram): Promise<RunningPhase> {
  const { hostname, port } = new URL(program.ready.control!)
  const request = [
    'GET / HTTP/1.1',
    `Host: ${hostname}:${port}`,
    'Origin: http://evil.example',
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    '',
    ''
  ].join('\r\n')
  const visit = (): Visitor => new Visitor(connect(Number(port), hostname))
  return {
    batch: async () => {
      for (let at = 0; at < REFUSALS_A_BATCH; at += 1) {
        const visitor = visit()
        visitor.socket.write(request)
        await visitor.hears('HTTP/1.1 403')
        visitor.socket.end('ten bytes.')
        await visitor.gone
      }
      const crowd = Array.from({ length: CROWD }, visit)
      for (const { socket } of crowd) socket.write(request.slice(0, HALF_A_REQUEST))
      await crowd[0]!.gone
      if (crowd[0]!.heard !== '')
        throw new Error(`The oldest of a crowd was answered with ${JSON.stringify(crowd[0]!.heard)}.`)
      for (const { socket } of crowd) socket.destroy()
      await Promise.all(crowd.map(({ gone }) => gone))
      return REFUSALS_A_BATCH + CROWD
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
const REFUSALS_A_BATCH = 25
/** More connections than the control server accepts from one address. */
const CROWD = 40
const HALF_A_REQUEST = 20
/** Limit of a wait, after which the phase ends with a sentence. */
const ANSWER_LIMIT_MS = 40_000

async function within<T>(wanted: Promise<T>, what: string): Promise<T> {
  let limit: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    limit = setTimeout(
      () => reject(new Error(`${what} did not come within ${ANSWER_LIMIT_MS / 1000} s`)),
      ANSWER_LIMIT_MS
    )
  })
  try {
    return await Promise.race([wanted, late])
  } finally {
    clearTimeout(limit)
  }
}

async function tcp(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true)
  await once(socket, 'connect')
  return socket
}

/** A client of the control port that may be closed at any time. */
class Visitor {
  heard = ''
  readonly gone: Promise<unknown>
  #look = (): void => {}

  constructor(readonly socket: Socket) {
    // A reset is one way of being closed.
    socket.on('error', () => {})
    socket.on('data', (bytes: Buffer) => {
      this.heard = (this.heard + bytes.toString('latin1')).slice(0, 1000)
      this.#look()
    })
    this.gone = within(
      new Promise<void>((resolve) => socket.once('close', () => resolve())),
      'the end of a connection to the control port'
    )
    // The batch that waits for it reports it.
    this.gone.catch(() => {})
  }

  async hears(wanted: string): Promise<void> {
    const heard = new Promise<void>((resolve) => (this.#look = () => this.heard.startsWith(wanted) && resolve()))
    const left = this.gone.then(() => {
      throw new Error(
        `A connection to the control port ended after ${JSON.stringify(this.heard)} instead of ${wanted}.`
      )
    })
    left.catch(() => {})
    await Promise.race([heard, left])
  }
}

/** Waits for received data, without keeping it. */
class Counter {
  #look: (bytes: Buffer) => void = () => {}

  constructor(socket: Socket) {
    socket.on('data', (bytes: Buffer) => this.#look(bytes))
    socket.on('error', () => {})
  }

  bytes(count: number): Promise<void> {
    let missing = count
    const all = new Promise<void>((resolve) => {
      this.#look = (bytes) => {
        missing -= bytes.length
        if (missing <= 0) resolve()
      }
    })
    return within(all, `${count} bytes`)
  }

  text(wanted: string): Promise<void> {
    let end = ''
    const seen = new Promise<void>((resolve) => {
      this.#look = (bytes) => {
        end = (end + bytes.toString('latin1')).slice(-1000)
        if (end.includes(wanted)) resolve()
      }
    })
    return within(seen, JSON.stringify(wanted))
  }
}
/** More than a TCP port waits after a host has ended its side. */
const LEFT_MS = 1_000
