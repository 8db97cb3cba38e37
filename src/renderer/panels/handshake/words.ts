import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { counted } from '../../../shared/english/counted.ts'
import type { FtpConnectionName } from '../../../shared/lab/far-end-name.ts'
import { purposeOf } from '../../../shared/tls/purposes.ts'
import { isResumed, savedMessages } from './steps.ts'

/** The names of the two ends of a ladder: in its head, and in a sentence. */
export interface Ends {
  readonly head: string
  readonly near: string
  readonly far: string
}

export const moduleEnds: Ends = { head: 'Module', near: 'the module', far: 'the server' }

/** The handshake panel's texts: ladder, message detail, step mode and keys. */
export const handshakeWords = {
  panel: 'Handshake',
  step: { label: 'Step', title: 'Step through the handshake, one message at a time' },
  keys: { label: 'Keys', title: 'Show how the keys were derived' },
  choice: {
    label: 'Handshake',
    title: (id: number, server: string, count: number) =>
      `Handshake ${id} with ${server}. Choose from the newest ${count}.`,
    option: (id: number, outcome: string) => `${id}: ${outcome}`,
    otherOption: (id: number, outcome: string, server: string) => `${id}: ${outcome}, ${server}`
  },

  empty: {
    waiting: 'Waiting for the simulator',
    off: 'The module is powered off. Its handshakes appear here once it is on and opens a TLS connection.',
    none: 'No handshake yet. Its messages appear here once the module opens a TLS connection.',
    failedBefore: 'So no message was exchanged.',
    dialCommand: 'the dial command'
  },

  /** The state of a handshake, in a few words. */
  outcome: {
    soFar: (messages: number) => `${counted(messages, 'message')} so far`,
    failed: (ms: number) => `failed after ${ms} ms`,
    took: (ms: number, messages: number) => `${ms} ms, ${counted(messages, 'message')}`,
    full: (took: string) => `full, ${took}`,
    resumed: (took: string) => `resumed, ${took}`,
    clientAuth: (took: string) => `mutual, ${took}`
  },
  /** The result, in one or two sentences below the ladder. */
  gloss: {
    running: 'Module and server agree on a cipher suite and on keys. No data of the host is sent before Finished.',
    shortened: (messages: number, bytes: number) =>
      `The kept TLS session was resumed. This saved ${counted(messages, 'message')} with ${counted(bytes, 'byte')} in total, and one round trip.`,
    resumed:
      'The kept TLS session was resumed: no certificate and no key exchange. The keys come from its master secret.',
    clientAuth:
      'Module and server each sent a certificate and proved that they own its private key. Both Finished were correct.',
    full: 'Both Finished were correct, so both sides have the same keys. Select a message to open it.',
    note: 'Note'
  },

  ladder: {
    label: 'Messages of the handshake',
    fullLabel: 'Messages of the full handshake',
    resumedHeading: 'Resumed',
    fullHeading: 'Full',
    ms: 'ms',
    data: {
      eachWay: (records: number) => `data, ${counted(records, 'record')} each way`,
      ways: (out: number, back: number) => `data, ${counted(out, 'record')} out, ${back} in`,
      bytes: (out: number, back: number) => `${out} B out, ${back} B in`
    },
    ftp: {
      'control connection': 'FTP control',
      'data connection': 'FTP data'
    } satisfies Record<FtpConnectionName, string>
  },
  /** Why a message that is drawn is missing. */
  fates: { awaited: 'expected next', unread: 'not read', missing: 'not received', unsent: 'not sent' },
  fate: (name: string, fate: string) => `${name}: ${fate}`,

  message: {
    from: (end: string) => `from ${end}`,
    title: (name: string, end: string, summary: string, size: string) => `${name}, from ${end}: ${summary}. ${size}.`,
    size: (bytes: number) => counted(bytes, 'byte'),
    sizeInRecord: (bytes: number, record: number, recordBytes: number) =>
      `${counted(bytes, 'byte')}, in record ${record} of ${counted(recordBytes, 'byte')}`,
    record: (number: number, bytes: number) => `record ${number}, ${bytes} B`,
    alert: (description: string) => `Alert, ${description}`,
    encrypted: ', encrypted',
    fatal: ', fatal',
    broken: ', the handshake failed here',
    saved: ', omitted when the session is resumed'
  },

  detail: {
    lock: 'Sent encrypted, shown decrypted',
    facts: (end: string, bytes: number, decrypted: boolean, record: number | null) =>
      `from ${end}, ${bytes} B${decrypted ? ', decrypted' : ''}${record === null ? '' : `, record ${record}`}`,
    close: 'Close the message',
    closeTitle: 'Back to the ladder (Escape)',
    dropped: 'The bytes of this message are no longer in the timeline.',
    notRecorded: 'The bytes of this message were not recorded.',
    fields: 'Fields',
    field: (name: string, value: string, meaning: string | null) =>
      `${name}: ${value}${meaning === null ? '' : `, ${meaning}`}`,
    byteRange: (start: number, end: number) => (start === end ? `byte ${start}` : `bytes ${start} to ${end}`),
    bytes: (count: number) => `${counted(count, 'byte')}; arrow keys move from byte to byte`
  },
  /** The parts of a record. The keys are also the CSS class names. */
  record: {
    parts: { header: 'header', content: 'content', MAC: 'MAC', padding: 'padding' },
    part: (bytes: number, name: string) => `${bytes} ${name}`,
    label: (bytes: number, parts: string) => `Record of ${counted(bytes, 'byte')}: ${parts}`,
    title: (number: number, parts: string, bytes: number) => `Record ${number}: ${parts} = ${counted(bytes, 'byte')}`,
    sum: (parts: string, bytes: number) => `${parts} = ${bytes} B`
  },

  stepBar: {
    label: 'Step through the handshake',
    place: (at: number, count: number, name: string) => `${at} of ${count}, ${name}`,
    to: (end: string) => `to ${end}.`,
    back: 'Back',
    backTitle: 'Previous message (Left)',
    next: 'Next',
    nextTitle: 'Next message (Right)',
    done: 'Done',
    leave: 'Leave step mode',
    leaveTitle: 'Leave step mode (Escape)'
  },

  secrets: {
    prf: 'PRF, “master secret”',
    kept: 'kept from the resumed session',
    expansion: 'PRF, “key expansion”, with both randoms',
    cut: (suite: string) => `divided for ${suite}: → the module writes with it, ← the server`,
    noSuite: 'AES128-SHA (no suite chosen yet)',
    bytes: (count: number) => `${count} B`,
    notKnown: 'not known',
    hint: 'Point at a secret to mark what it is derived from. Select it to see its bytes.'
  },
  keyLog: {
    on: 'The key log is on: the secrets of every handshake are kept in memory. Bench only.',
    warning: 'Bench only:',
    off:
      'whoever has these secrets can read and forge everything in the session. The key log is off, so only what was sent in the clear is shown. ' +
      'When it is on, it keeps the secrets of all later handshakes.',
    turnOn: { label: 'Keep secrets', busy: 'Turning on' },
    turnOff: { label: 'Turn off and delete secrets', busy: 'Turning off' },
    doneOn: 'Key log on',
    doneOff: 'Key log off'
  },

  /** Items of the palette and of the list of keys. */
  actions: {
    none: 'There is no handshake yet.',
    step: {
      group: 'Go to',
      words: 'Step through the handshake',
      also: 'message by message tls lesson'
    },
    keys: {
      group: 'Go to',
      words: 'Show how the keys were derived',
      also: 'key derivation secrets master premaster handshake where the keys came from'
    },
    arrows: { group: 'In a panel', words: 'Handshake: next or previous message, in step mode' },
    close: { group: 'In a panel', words: 'Handshake: close the message, leave step mode or the keys' }
  }
} as const

const words = handshakeWords

/** Returns the kind of handshake, its duration and its number of messages: `full, 148 ms, 9 messages`. */
export function outcomeWords(handshake: HandshakeSnapshot): string {
  const { outcome, finishedMs, messages } = handshake
  const took = tookWords(handshake)
  if (outcome !== 'open' || finishedMs === null) return took
  if (isResumed(handshake)) return words.outcome.resumed(took)
  const isMutual = messages.some((message) => message.name === 'CertificateRequest')
  return isMutual ? words.outcome.clientAuth(took) : words.outcome.full(took)
}

/** Returns the same without the kind of handshake: `148 ms, 9 messages`. */
export function tookWords({ outcome, startedMs, finishedMs, messages }: HandshakeSnapshot): string {
  if (outcome === 'running' || finishedMs === null) return words.outcome.soFar(messages.length)
  const ms = Math.round(finishedMs - startedMs)
  return outcome === 'failed' ? words.outcome.failed(ms) : words.outcome.took(ms, messages.length)
}

/** Returns the result of a handshake in one or two sentences. `full`: the handshake whose TLS session it resumes, if known. */
export function glossOf(handshake: HandshakeSnapshot, full: HandshakeSnapshot | null): string {
  const { gloss } = words
  if (handshake.outcome === 'running') return gloss.running
  if (full) {
    const saved = savedMessages(full).map((at) => full.messages[at]!)
    const bytes = saved.reduce((sum, message) => sum + message.bytes, 0)
    return gloss.shortened(saved.length, bytes)
  }
  if (isResumed(handshake)) return gloss.resumed
  const proved = handshake.messages.some((message) => message.name === 'CertificateVerify')
  return proved ? gloss.clientAuth : gloss.full
}

/** Returns the count of data records: `data, 3 records each way` or `data, 3 records out, 5 in`. */
export function dataWords({ data }: HandshakeSnapshot): string {
  const { sentRecords, receivedRecords } = data
  return sentRecords === receivedRecords
    ? words.ladder.data.eachWay(sentRecords)
    : words.ladder.data.ways(sentRecords, receivedRecords)
}

/** Returns what the message is for, in plain words. */
export function purposeAt(handshake: HandshakeSnapshot, at: number): string {
  return purposeOf(handshake.messages[at]!, isResumed(handshake))
}
