import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { purposeOf } from '../../../shared/tls/purposes.ts'
import { isResumed, savedMessages } from './steps.ts'

/** What the two ends of a ladder are called: in its head, and in a sentence. */
export interface Ends {
  readonly head: string
  readonly near: string
  readonly far: string
}

export const moduleEnds: Ends = { head: 'Module', near: 'the module', far: 'the far end' }

/** How long it took and how it ended, in a few words: `full, 148 ms, 9 messages`. */
export function outcomeWords(handshake: HandshakeSnapshot): string {
  const { outcome, startedMs, finishedMs, messages } = handshake
  const kind = isResumed(handshake)
    ? 'resumed'
    : messages.some((message) => message.name === 'CertificateRequest')
      ? 'both sides'
      : 'full'
  const count = messages.length === 1 ? '1 message' : `${messages.length} messages`
  if (outcome === 'running' || finishedMs === null) return `${count} so far`
  const ms = Math.round(finishedMs - startedMs)
  return outcome === 'failed' ? `failed after ${ms} ms` : `${kind}, ${ms} ms, ${count}`
}

/** What the handshake came to, in one sentence. */
export function glossOf(handshake: HandshakeSnapshot, full: HandshakeSnapshot | null): string {
  if (handshake.outcome === 'running')
    return 'The two sides agree on a suite and on keys; nothing of the host is sent before Finished.'
  if (full) {
    const saved = savedMessages(full).map((at) => full.messages[at]!)
    const bytes = saved.reduce((sum, message) => sum + message.bytes, 0)
    const left = `${saved.length} messages of ${bytes} bytes and one wait for the far end were left out`
    return `A kept session was taken up: ${left}; the kept secret made the keys.`
  }
  if (isResumed(handshake))
    return 'A kept session was taken up again: no certificate, no key exchange, the keys come from the kept secret.'
  if (handshake.messages.some((message) => message.name === 'CertificateVerify'))
    return 'Both sides have shown a certificate and proved that its key is theirs; both Finished were right.'
  return 'Both Finished were right: the keys agree. Select a message to open it.'
}

/** `3 records each way` or `3 records out, 5 in`. */
export function dataWords({ data }: HandshakeSnapshot): string {
  const { sentRecords, receivedRecords } = data
  const records = (count: number): string => (count === 1 ? '1 record' : `${count} records`)
  if (sentRecords === receivedRecords) return `data, ${records(sentRecords)} each way`
  return `data, ${records(sentRecords)} out, ${receivedRecords} in`
}

/** What the message is for, in plain words. */
export function purposeAt(handshake: HandshakeSnapshot, at: number): string {
  return purposeOf(handshake.messages[at]!, isResumed(handshake))
}
