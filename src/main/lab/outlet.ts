import { drip } from '../tls/drip.ts'
import type { LabSocket, LabWorld } from './net.ts'
import type { Visit } from './visit.ts'

/** Sends what a lab server writes to a connection: at once, after a delay, or a byte at a time. */
export interface Outlet {
  /** Returns false when the caller should wait for `drained`. */
  write(bytes: Uint8Array): boolean
  /** Ends TCP once everything is sent. */
  end(): void
}

export function outletOf(
  socket: LabSocket,
  visit: Pick<Visit, 'fault' | 'delayMs'>,
  world: LabWorld,
  drained: () => void
): Outlet {
  socket.on('drain', drained)
  const { fault, delayMs } = visit
  const pace = fault?.fault.misbehaviour?.fault
  const write = (bytes: Uint8Array): boolean => !socket.writable || socket.write(bytes)
  if (pace?.kind === 'drip') {
    const slow = drip({ ...pace, intervalMs: fault?.parameter ?? pace.intervalMs }, world, {
      write: (piece) => void write(piece),
      drained
    })
    socket.on('close', () => slow.stop())
    return { write: (bytes) => slow.write(bytes), end: () => slow.end(() => socket.end()) }
  }
  if (delayMs === 0) return { write, end: () => socket.end() }
  let waitingBytes = 0
  return {
    write: (bytes) => {
      waitingBytes += bytes.length
      world.schedule(delayMs, () => {
        const wasFull = waitingBytes >= HIGH_WATER_BYTES
        waitingBytes -= bytes.length
        write(bytes)
        if (wasFull && waitingBytes < HIGH_WATER_BYTES) drained()
      })
      return waitingBytes < HIGH_WATER_BYTES
    },
    end: () => void world.schedule(delayMs, () => socket.end())
  }
}

/** Bytes that may wait before the server must stop writing: some records. */
const HIGH_WATER_BYTES = 65_536
