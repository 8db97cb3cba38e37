import { misbehaved } from './failures.ts'
import type { HandshakeChannel } from './handshake-role.ts'
import { verifyData } from './key-schedule.ts'
import type { RecordSealer } from './record-cipher.ts'
import type { TranscriptHash } from './transcript-hash.ts'

/**
 * The end of a handshake, alike on both sides (RFC 2246 7.1 and 7.4.9). `transcript` is the hash of all messages so
 * far.
 */
export interface FinishedFacts {
  readonly sender: 'client' | 'server'
  readonly transcript: TranscriptHash
  readonly masterSecret: Buffer
}

/** Sends ChangeCipherSpec and the encrypted Finished. */
export function sendFinished(
  channel: HandshakeChannel,
  sealer: RecordSealer,
  { sender, transcript, masterSecret }: FinishedFacts
): void {
  channel.sendChangeCipherSpec(sealer)
  transcript.add(
    channel.sendMessage({ name: 'Finished', verifyData: verifyData(masterSecret, sender, transcript.current()) })
  )
}

/**
 * Checks the peer's Finished, which proves that both sides saw the same handshake, and adds it to the transcript.
 * Throws a TlsFailure when it is wrong.
 */
export function acceptFinished(
  received: Buffer,
  bytes: Buffer,
  { sender, transcript, masterSecret }: FinishedFacts
): void {
  const expected = verifyData(masterSecret, sender, transcript.current())
  if (!received.equals(expected)) {
    const peer = sender === 'server' ? 'the peer' : 'the client'
    throw misbehaved('decrypt_error', `Finished of ${peer} does not fit the handshake as it was seen here.`, {
      expected: `verify data ${expected.toString('hex')}`,
      got: received.toString('hex'),
      rule: 'RFC 2246 7.4.9',
      finding: 'finished-wrong'
    })
  }
  transcript.add(bytes)
}
