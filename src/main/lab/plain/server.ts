import type { PlainServerId, PlainSettings } from '../../../shared/lab/plain.ts'
import type { LabSocket, LabWorld } from '../net.ts'
import { outletOf } from '../outlet.ts'
import type { VisitFault } from '../visit.ts'
import { chargenLine, converseChargen } from './chargen.ts'
import type { ConversePlain, PlainConversation } from './conversation.ts'
import { plainInterruption } from './faults.ts'
import { converseHttp } from './http.ts'
import { answerNtp } from './ntp.ts'

/** Returns the answer to a datagram; `null` for none. */
export type AnswerDatagram = (bytes: Uint8Array, worldMs: number) => Uint8Array | null

/** The settings of a connection when it began, and the fault that is to strike it. */
export interface PlainVisit {
  readonly settings: PlainSettings
  readonly fault: VisitFault | null
}

export const plainConversations: Readonly<Record<Exclude<PlainServerId, 'ntp'>, ConversePlain>> = {
  echo: (line) => ({ data: (bytes) => void line.write(bytes) }),
  discard: () => ({ data: () => {} }),
  chargen: converseChargen,
  http: converseHttp
}

export const plainAnswers: Readonly<Record<Exclude<PlainServerId, 'http'>, AnswerDatagram>> = {
  echo: (bytes) => bytes,
  discard: () => null,
  chargen: () => chargenLine(0),
  ntp: answerNtp
}

/** Returns a plain server as a connection handler. */
export function plainFarEnd(
  visits: (socket: LabSocket) => PlainVisit,
  converse: ConversePlain,
  world: LabWorld
): (socket: LabSocket) => void {
  return (socket) => {
    const { settings, fault } = visits(socket)
    const interruption = plainInterruption(socket, fault)
    let conversation: PlainConversation | null = null
    const outlet = outletOf(socket, { fault, delayMs: settings.delayMs }, world, () => {
      socket.resume()
      conversation?.drained?.()
    })
    const write = (bytes: Uint8Array): boolean => {
      const taken = outlet.write(bytes)
      // Stop reading from a client that never reads, or the responses would pile up here.
      if (!taken) socket.pause()
      return taken
    }
    socket.on('error', () => socket.destroy())
    socket.on('close', () => conversation?.closed?.())
    if (interruption?.started()) {
      // Read and ignored, so that the peer's end is seen.
      socket.on('data', () => {})
      return void socket.on('end', () => socket.end())
    }
    conversation = converse({ settings, world, write, end: () => outlet.end() })
    socket.on('data', (bytes) => {
      if (!interruption?.received(bytes)) conversation?.data(bytes)
    })
    socket.on('end', () => {
      conversation?.closed?.()
      outlet.end()
    })
  }
}
