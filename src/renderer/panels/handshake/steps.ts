import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'

/** A message that did not come, drawn where it would have stood. */
export interface MissingMessage {
  readonly direction: 'in' | 'out'
  readonly name: string
  /** It may have come with the others, and was not looked at any more. */
  readonly unread: boolean
}

/** One row of a ladder, in the order in which they stand. */
export type Rung =
  | { readonly kind: 'message'; readonly at: number; readonly message: HandshakeMessage }
  | { readonly kind: 'missing'; readonly missing: MissingMessage }
  /** The next one, while it is waited for. */
  | { readonly kind: 'awaited'; readonly missing: MissingMessage }
  | { readonly kind: 'data' }

type Step = Pick<MissingMessage, 'direction' | 'name'>

/** Seen from the module: the messages of a full handshake (RFC 2246 7.3); those marked come only with client authentication. */
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

/** The shorter one, in which the server resumes a kept session. */
const resumedHandshake: readonly Step[] = [
  { direction: 'out', name: 'ClientHello' },
  { direction: 'in', name: 'ServerHello' },
  { direction: 'in', name: 'ChangeCipherSpec' },
  { direction: 'in', name: 'Finished' },
  { direction: 'out', name: 'ChangeCipherSpec' },
  { direction: 'out', name: 'Finished' }
]

/** The rows of a ladder: what came, what never came after a failure, what is waited for, and the data that followed. */
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

/** What of the handshake is still missing after it failed; nothing while it runs or when it succeeded. */
export function missingMessages({
  outcome,
  messages
}: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): readonly MissingMessage[] {
  if (outcome !== 'failed') return []
  const { cutsFlight } = missingPlace(messages)
  const left = stepsLeft(messages)
  // What the server sends in one go with the message that broke the rule was on its way already.
  const flight = cutsFlight ? left.findIndex((step) => step.direction === 'out') : 0
  return left.map(({ direction, name }, at) => ({ direction, name, unread: at < flight }))
}

/** Whether a kept session was resumed: the server changes the cipher before it has shown a certificate (RFC 2246 7.3). */
export function isResumed({ messages }: Pick<HandshakeSnapshot, 'messages'>): boolean {
  const came = messages.filter((message) => message.direction === 'in').map((message) => message.name)
  const changed = came.indexOf('ChangeCipherSpec')
  return changed >= 0 && !came.slice(0, changed).includes('Certificate')
}

/** Index of the message on which the handshake broke: the last one before the alert, from the side that did not send it; -1 for none. */
export function brokenAt({ outcome, messages }: Pick<HandshakeSnapshot, 'outcome' | 'messages'>): number {
  if (outcome !== 'failed') return -1
  const alert = messages.findIndex((message) => message.fatal)
  if (alert < 0) return -1
  const { direction } = messages[alert]!
  return messages.slice(0, alert).findLastIndex((message) => message.direction !== direction)
}

/** The messages of a full handshake that a resumed one does without, by their index. */
export function savedMessages(full: Pick<HandshakeSnapshot, 'messages'>): readonly number[] {
  const kept = new Set(resumedHandshake.map(stepKey))
  return full.messages
    .slice(0, endOfHandshake(full.messages))
    .flatMap((message, at) => (kept.has(stepKey(message)) ? [] : [at]))
}

/** How many messages belong to the handshake itself: those up to the second Finished. */
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

/** Where the unread rest of the server's flight would have stood: before the module's alert. */
function missingPlace(messages: readonly HandshakeMessage[]): { readonly place: number; readonly cutsFlight: boolean } {
  const alert = messages.findIndex((message) => message.fatal && message.direction === 'out')
  const cutsFlight = alert > 0 && messages[alert - 1]!.direction === 'in'
  return { place: cutsFlight ? alert : messages.length, cutsFlight }
}

const stepKey = ({ direction, name }: Step): string => `${direction} ${name}`
