/** @module The servers of the lab without TLS. */

import { createSocket, type Socket } from 'node:dgram'
import { plainServer, plainServerIds, type PlainServerId } from '../../../shared/lab/plain.ts'
import { hostWorld, type LabAddress, type LabSocket, type LabWorld } from '../net.ts'
import type { PlainDesk } from './desk.ts'
import { plainAnswers, plainConversations, plainFarEnd } from './server.ts'

/** The plain servers on this machine, each with TCP and UDP at the same port of loopback. */
export interface PlainServers {
  readonly addresses: Readonly<Record<PlainServerId, LabAddress>>
  close(): Promise<void>
}

/** Starts all of them on free ports. `worldMs`: the date of the mobile network. */
export async function startPlainServers(desk: PlainDesk, worldMs: () => number): Promise<PlainServers> {
  const started: Started[] = []
  /** The ports of these servers: none answers another one, which would never end. */
  const own = new Set<number>()
  const close = async (): Promise<void> => {
    await Promise.all(started.map((one) => one.close()))
  }
  try {
    for (const id of plainServerIds) {
      const one = await startOne(id, desk, (bytes, from, reply) => {
        if (!own.has(from)) answerDatagram(id, desk, bytes, worldMs, hostWorld, reply)
      })
      own.add(one.where.port)
      started.push(one)
    }
  } catch (error) {
    await close()
    throw error
  }
  const addresses = Object.fromEntries(plainServerIds.map((id, at) => [id, started[at]!.where]))
  return { addresses: addresses as Record<PlainServerId, LabAddress>, close }
}

/** Returns the connection handler of a server; `null` for one without TCP. */
export function plainHandler(
  id: PlainServerId,
  desk: PlainDesk,
  world: LabWorld
): ((socket: LabSocket) => void) | null {
  return id === 'ntp' ? null : plainFarEnd(desk.visits(id), plainConversations[id], world)
}

/** Answers one datagram after the delay of the settings. */
export function answerDatagram(
  id: PlainServerId,
  desk: PlainDesk,
  bytes: Uint8Array,
  worldMs: () => number,
  world: LabWorld,
  reply: (bytes: Uint8Array) => void
): void {
  if (id === 'http') return
  const { delayMs } = desk.datagram(id)
  const answer = (): void => {
    const text = plainAnswers[id](bytes, worldMs())
    if (text) reply(text)
  }
  if (delayMs === 0) answer()
  else world.schedule(delayMs, answer)
}

interface Started {
  readonly where: LabAddress
  close(): Promise<void>
}

type TakeDatagram = (bytes: Uint8Array, fromPort: number, reply: (bytes: Uint8Array) => void) => void

async function startOne(id: PlainServerId, desk: PlainDesk, take: TakeDatagram): Promise<Started> {
  const handler = plainHandler(id, desk, hostWorld)
  const hasUdp = plainServer(id).protocols.includes('udp')
  for (let tries = 1; ; tries++) {
    const tcp = handler ? await listenTcp(handler) : null
    if (!hasUdp) return tcp!
    try {
      const udp = await bindUdp(tcp?.where.port ?? 0, take)
      return { where: udp.where, close: async () => void (await Promise.all([tcp?.close(), udp.close()])) }
    } catch (error) {
      await tcp?.close()
      // Another program has the same port for UDP: the system gives another one.
      if (tries === MOST_TRIES) throw error
    }
  }
}

function listenTcp(accepted: (socket: LabSocket) => void): Promise<Started> {
  return new Promise((resolve, reject) => {
    const server = hostWorld.net.listen(
      { host: LOOPBACK, port: 0 },
      { accepted, listening: (where) => resolve({ where, close: () => server.destroy() }), failed: reject }
    )
  })
}

function bindUdp(port: number, take: TakeDatagram): Promise<Started> {
  return new Promise((resolve, reject) => {
    const socket: Socket = createSocket('udp4')
    let open = true
    socket.once('error', reject)
    socket.on('error', () => {})
    socket.on('message', (bytes, from) =>
      take(bytes, from.port, (answer) => {
        if (open && socket.getSendQueueSize() < MAX_UNSENT_BYTES) socket.send(answer, from.port, from.address, () => {})
      })
    )
    socket.bind(port, LOOPBACK, () => {
      const close = (): Promise<void> => {
        open = false
        return new Promise((closed) => socket.close(() => closed()))
      }
      resolve({ where: { host: LOOPBACK, port: socket.address().port }, close })
    })
  })
}

const LOOPBACK = '127.0.0.1'
const MOST_TRIES = 20
const MAX_UNSENT_BYTES = 262_144
