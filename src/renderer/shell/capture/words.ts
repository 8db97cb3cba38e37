import type { CapturedStream, CaptureReading } from '../../../shared/calls/capture.ts'
import type { Ends } from '../../panels/handshake/words.ts'
import { outcomeWords } from '../../panels/handshake/words.ts'
import { clockTime, grouped, isoDate } from '../../state/sentence/formats.ts'

/** What the file is, in one line. */
export function factsOf({ format, application, packets, beganMs, secrets }: CaptureReading): string {
  const known = secrets.inCapture + secrets.beside
  return [
    application ?? format,
    packets === 1 ? '1 packet' : `${grouped(packets)} packets`,
    ...(beganMs === null ? [] : [`from ${isoDate(beganMs)} ${clockTime(beganMs)}`]),
    known === 0
      ? 'no secrets of sessions'
      : `secrets of ${known === 1 ? '1 session' : `${known} sessions`}${secrets.beside > 0 ? ', from its key log' : ' in it'}`
  ].join(', ')
}

/** `TLS, decrypted; full, 148 ms, 9 messages`. */
export function streamWords({ handshake, decrypted, sentBytes, receivedBytes }: CapturedStream): string {
  if (!handshake) return `plain, ${grouped(sentBytes)} B out, ${grouped(receivedBytes)} B in`
  const state = decrypted === null ? 'TLS' : decrypted ? 'TLS, decrypted' : 'TLS, encrypted'
  return `${state}; ${outcomeWords(handshake)}`
}

export const clientEnds: Ends = { head: 'Client', near: 'the client', far: 'the server' }

/** What stands below the ladder while no message is open. */
export function footOf({ decrypted, notes }: CapturedStream): string {
  if (notes.length > 0) return notes.join(' ')
  return decrypted
    ? 'Everything in it decrypts with the secrets that are known. Select a message to open it.'
    : 'Select a message to open it.'
}
