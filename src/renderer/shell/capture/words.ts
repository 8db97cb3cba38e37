// The texts of the sheet of an opened capture.

import type { CapturedStream, CaptureReading } from '../../../shared/calls/capture.ts'
import type { Ends } from '../../panels/handshake/words.ts'
import { outcomeWords } from '../../panels/handshake/words.ts'
import { clockTime, grouped, groupedCount, isoDate } from '../../state/sentence/formats.ts'

export const captureWords = {
  name: (fileName: string | null) => (fileName === null ? 'Capture' : `Capture: ${fileName}`),
  reading: 'Reading the capture.',
  fromFile: 'From a file, read-only',
  fromFileTitle: 'The capture comes from a file. It changes nothing in the module, the timeline or the other panels.',
  addKeyLog: 'Add its key log…',
  addKeyLogTitle: 'Choose an NSS key log with CLIENT_RANDOM lines. You can also drop it here.',
  contents: 'Contents of the capture',
  nothing: 'The capture contains nothing that can be shown.',
  atLines: {
    heading: 'AT lines',
    count: (lines: number) => `${groupedCount(lines, 'line')} of the serial ports`,
    name: 'AT lines of the capture'
  },
  connections: {
    none: 'No TCP connection.',
    from: (client: string) => `from ${client}`,
    name: (server: string) => `Connection to ${server}`,
    sides: 'the connection',
    handshake: 'Handshake',
    data: 'Data',
    comments: 'Comments',
    dataName: 'Data of the connection',
    commentsName: 'Comments on its packets'
  },
  line: {
    encrypted: (bytes: number) => `${groupedCount(bytes, 'byte')}, encrypted`,
    missing: (bytes: number) => `${groupedCount(bytes, 'byte')} ${bytes === 1 ? 'is' : 'are'} not in the capture`,
    echo: 'echo',
    noData: 'The connection carried no data.',
    /** `kept`: how many bytes, from the first, can be shown. */
    size: (bytes: number, kept: number) =>
      kept < bytes
        ? `${groupedCount(bytes, 'byte')}, of which the first ${grouped(kept)} can be shown.`
        : `${groupedCount(bytes, 'byte')}.`
  }
} as const

/** Names of the two ends of a connection when it is not known which one is the module. */
export const clientEnds: Ends = { head: 'Client', near: 'the client', far: 'the server' }

/** Returns the facts about the file in one line. */
export function factsOf({ format, application, packets, beganMs, secrets }: CaptureReading): string {
  const sessions = secrets.inCapture + secrets.beside
  return [
    application ?? format,
    groupedCount(packets, 'packet'),
    ...(beganMs === null ? [] : [`from ${isoDate(beganMs)} ${clockTime(beganMs)}`]),
    sessions === 0
      ? 'no secrets of TLS sessions'
      : `secrets of ${groupedCount(sessions, 'TLS session')} ${secrets.beside > 0 ? 'from its key log' : 'in the capture'}`
  ].join(', ')
}

/** Returns a text such as `TLS, decrypted; full, 148 ms, 9 messages`. */
export function streamWords({ handshake, decrypted, sentBytes, receivedBytes }: CapturedStream): string {
  if (!handshake) return `plain, ${grouped(sentBytes)} B out, ${grouped(receivedBytes)} B in`
  const state = decrypted === null ? 'TLS' : decrypted ? 'TLS, decrypted' : 'TLS, encrypted'
  return `${state}; ${outcomeWords(handshake)}`
}

/** Returns the text below the ladder while no message is open. */
export function footOf({ decrypted, notes }: CapturedStream): string {
  if (notes.length > 0) return notes.join(' ')
  return decrypted
    ? 'The whole connection can be decrypted. Select a message to open it.'
    : 'Select a message to open it.'
}
