import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/api.ts'

/** A message that did not come, drawn where it would have stood. */
export interface MissingMessage {
  readonly direction: 'in' | 'out'
  readonly name: string
}

/** Seen from the module: the messages of a full handshake without client authentication (RFC 2246 7.3). */
const fullHandshake: readonly MissingMessage[] = [
  { direction: 'out', name: 'ClientHello' },
  { direction: 'in', name: 'ServerHello' },
  { direction: 'in', name: 'Certificate' },
  { direction: 'in', name: 'ServerHelloDone' },
  { direction: 'out', name: 'ClientKeyExchange' },
  { direction: 'out', name: 'ChangeCipherSpec' },
  { direction: 'out', name: 'Finished' },
  { direction: 'in', name: 'ChangeCipherSpec' },
  { direction: 'in', name: 'Finished' }
]

/** The shorter one, in which the far end takes a kept session up again. */
const resumed: readonly MissingMessage[] = [
  { direction: 'out', name: 'ClientHello' },
  { direction: 'in', name: 'ServerHello' },
  { direction: 'in', name: 'ChangeCipherSpec' },
  { direction: 'in', name: 'Finished' },
  { direction: 'out', name: 'ChangeCipherSpec' },
  { direction: 'out', name: 'Finished' }
]

/** Whether a kept session was taken up again: the far end changes the cipher before it has shown a certificate (RFC 2246 7.3). */
export function isResumed({ messages }: Pick<HandshakeSnapshot, 'messages'>): boolean {
  const came = messages.filter((message) => message.direction === 'in').map((message) => message.name)
  const changed = came.indexOf('ChangeCipherSpec')
  return changed >= 0 && !came.slice(0, changed).includes('Certificate')
}

/** What of the handshake is still missing after it failed; nothing while it runs or when it succeeded. */
export function missingMessages(handshake: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): readonly MissingMessage[] {
  if (handshake.outcome !== 'failed') return []
  const full = isResumed(handshake) ? resumed : fullHandshake
  let reached = 0
  for (const message of handshake.messages) {
    const at = full.findIndex((step, index) => index >= reached && step.name === message.name && step.direction === message.direction)
    if (at >= 0) reached = at + 1
  }
  return full.slice(reached)
}

/** Whether the message is an alert: it has a place of its own, outside the order of the handshake. */
export function isAlert(message: HandshakeMessage): boolean {
  return message.name === 'Alert'
}
