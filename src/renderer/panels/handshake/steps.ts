import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'

/** A message that was not sent or received, drawn at the place where it would be. */
export interface MissingMessage {
  readonly direction: 'in' | 'out'
  readonly name: string
  /** Whether it may have arrived together with the message that broke the handshake, but was not read. */
  readonly unread: boolean
}

/** One row of a ladder. */
export type Rung =
  | { readonly kind: 'message'; readonly at: number; readonly message: HandshakeMessage }
  | { readonly kind: 'missing'; readonly missing: MissingMessage }
  /** The next message of a handshake that is still running. */
  | { readonly kind: 'awaited'; readonly missing: MissingMessage }
  | { readonly kind: 'data' }

type Step = Pick<MissingMessage, 'direction' | 'name'>

/** The messages of a full handshake (RFC 2246 7.3), seen from the module. `clientAuth`: only with client authentication. */
const fullHandshake: readonly (Step & { readonly clientAuth?: true })[] = [
  { direction: 'out', name: 'ClientHello' },
  { direction: 'in', name: 'ServerHello' },
  { direction: 'in', name: 'Certificate' },
  { direction: 'in', name: 'CertificateRequest', clientAuth: true },
  { direction: 'in', name: 'ServerHelloDone' },
  { direction: 'out', name: 'Certificate', clientAuth: true },
  { direction: 'out', name: 'ClientKeyExchange' },
  { direction: 'out', name: 'CertificateVerify', clientAuth: true },
  { direction: 'out', name: 'ChangeCipherSpec' },
  { direction: 'out', name: 'Finished' },
  { direction: 'in', name: 'ChangeCipherSpec' },
  { direction: 'in', name: 'Finished' }
]

/** The messages of an abbreviated handshake, in which the server resumes a kept TLS session. */
const resumedHandshake: readonly Step[] = [
  { direction: 'out', name: 'ClientHello' },
  { direction: 'in', name: 'ServerHello' },
  { direction: 'in', name: 'ChangeCipherSpec' },
  { direction: 'in', name: 'Finished' },
  { direction: 'out', name: 'ChangeCipherSpec' },
  { direction: 'out', name: 'Finished' }
]

/** Returns the rows of a ladder: the messages, those missing after a failure, the next one expected, and the application data. */
export function rungsOf(handshake: Pick<HandshakeSnapshot, 'outcome' | 'messages' | 'data'>): readonly Rung[] {
  const { messages, outcome, data } = handshake
  const rungs: Rung[] = messages.map((message, at) => ({ kind: 'message', at, message }))
  if (outcome === 'running') {
    const next = stepsLeft(messages)[0]
    return next && messages.length > 0 ? [...rungs, { kind: 'awaited', missing: { ...next, unread: false } }] : rungs
  }
  if (outcome === 'open') {
    const carried = data.sentRecords + data.receivedRecords > 0
    return carried ? rungs.toSpliced(endOfHandshake(messages), 0, { kind: 'data' }) : rungs
  }
  const missing = missingMessages(handshake)
  const { place } = missingPlace(messages)
  const before = missing.filter((one) => one.unread).map((one): Rung => ({ kind: 'missing', missing: one }))
  const after = missing.filter((one) => !one.unread).map((one): Rung => ({ kind: 'missing', missing: one }))
  return [...rungs.slice(0, place), ...before, ...rungs.slice(place), ...after]
}

/** Returns the messages that are missing after a failure; none while the handshake runs or if it succeeded. */
export function missingMessages({
  outcome,
  messages
}: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): readonly MissingMessage[] {
  if (outcome !== 'failed') return []
  const { cutsFlight } = missingPlace(messages)
  const left = stepsLeft(messages)
  // The rest of the server's flight was sent together with the message that broke the handshake.
  const flight = cutsFlight ? left.findIndex((step) => step.direction === 'out') : 0
  return left.map(({ direction, name }, at) => ({ direction, name, unread: at < flight }))
}

/**
 * Returns whether a TLS session was resumed: the server sends ChangeCipherSpec without a Certificate before it
 * (RFC 2246 7.3).
 */
export function isResumed({ messages }: Pick<HandshakeSnapshot, 'messages'>): boolean {
  const came = messages.filter((message) => message.direction === 'in').map((message) => message.name)
  const changed = came.indexOf('ChangeCipherSpec')
  return changed >= 0 && !came.slice(0, changed).includes('Certificate')
}

/**
 * Returns the index of the message that broke the handshake: the last one before the fatal alert that came from the
 * side that did not send the alert; -1 if there is none.
 */
export function brokenAt({ outcome, messages }: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): number {
  if (outcome !== 'failed') return -1
  const alert = messages.findIndex((message) => message.fatal)
  if (alert < 0) return -1
  const { direction } = messages[alert]!
  return messages.slice(0, alert).findLastIndex((message) => message.direction !== direction)
}

/** Returns the indexes of the messages of a full handshake that an abbreviated one omits. */
export function savedMessages(full: Pick<HandshakeSnapshot, 'messages'>): readonly number[] {
  const kept = new Set(resumedHandshake.map(stepKey))
  return full.messages
    .slice(0, endOfHandshake(full.messages))
    .flatMap((message, at) => (kept.has(stepKey(message)) ? [] : [at]))
}

/** Returns how many messages belong to the handshake itself: those up to the second Finished. */
export function endOfHandshake(messages: readonly HandshakeMessage[]): number {
  const last = messages.findLastIndex((message) => message.name === 'Finished')
  return last < 0 ? messages.length : last + 1
}

function stepsLeft(messages: readonly HandshakeMessage[]): readonly Step[] {
  const clientAuth = messages.some((message) => message.name === 'CertificateRequest')
  const steps = isResumed({ messages })
    ? resumedHandshake
    : fullHandshake.filter((step) => clientAuth || !step.clientAuth)
  let reached = 0
  for (const message of messages) {
    const at = steps.findIndex((step, index) => index >= reached && stepKey(step) === stepKey(message))
    if (at >= 0) reached = at + 1
  }
  return steps.slice(reached)
}

/**
 * Returns where the unread rest of the server's flight is drawn: before the module's alert. `cutsFlight`: whether there
 * may be such a rest.
 */
function missingPlace(messages: readonly HandshakeMessage[]): { readonly place: number; readonly cutsFlight: boolean } {
  const alert = messages.findIndex((message) => message.fatal && message.direction === 'out')
  const cutsFlight = alert > 0 && messages[alert - 1]!.direction === 'in'
  return { place: cutsFlight ? alert : messages.length, cutsFlight }
}

const stepKey = ({ direction, name }: Step): string => `${direction} ${name}`
