import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/api.ts'

/** A message that did not come, drawn where it would have stood. */
export interface MissingMessage {
  readonly direction: 'in' | 'out'
  readonly name: string
}

/** Seen from the module: the messages of a full handshake without client authentication (RFC 2246 7.3). */
const full: readonly MissingMessage[] = [
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

/** What of a full handshake is still missing after it failed; nothing while it runs or when it succeeded. */
export function missingMessages(handshake: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): readonly MissingMessage[] {
  if (handshake.outcome !== 'failed') return []
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
