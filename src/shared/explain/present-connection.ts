import type { Snapshot, TimerSnapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { PresentQuestion } from './explanation.ts'
import { hangUp } from './remedies.ts'
import { readRest } from './socket.ts'
import { compared } from './story.ts'
import { bytesText, secondsText } from './words.ts'

/**
 * Returns the question while a connection is being opened or is open: what waits for which limit (guide chapters 4.1 to
 * 4.3).
 */
export function questionOfConnection(snapshot: Snapshot): PresentQuestion | null {
  const state = stateOf(snapshot, 'ssl')
  switch (state) {
    case 'dialling':
    case 'handshake':
      return ofHandshake(snapshot, state)
    case 'open.online':
      return bytesWait(snapshot) ?? ofOnline(snapshot)
    case 'open.draining':
      return ofDraining(snapshot)
    case 'open.command':
      return ofBusyCommand(snapshot) ?? ofHeld(snapshot) ?? ofIdle(snapshot)
    default:
      return ofFtp(snapshot) ?? ofBusyCommand(snapshot)
  }
}

const timerOf = ({ timers }: Snapshot, name: TimerSnapshot['name']): TimerSnapshot | null =>
  timers.find((one) => one.name === name && one.running) ?? null

const leftMs = ({ limit, value }: TimerSnapshot): number => Math.max(0, limit - value)

/** Formats the time left as `3.2 s`, in tenths like txTo. */
const leftText = (timer: TimerSnapshot): string => secondsText(Math.round(leftMs(timer) / 100) * 100)

const timerPicture = (timer: TimerSnapshot): PresentQuestion['picture'] => ({
  kind: 'timer',
  name: timer.name,
  limitMs: timer.limit,
  elapsedMs: timer.value
})

function bytesWait(snapshot: Snapshot): PresentQuestion | null {
  const packet = timerOf(snapshot, 'pktSize')
  if (!packet || packet.value === 0) return null
  const txTo = timerOf(snapshot, 'txTo')
  const { maxToS, defTo100ms, txTo100ms } = snapshot.ssl.config
  const config = (pktSize: number, tx: number): string => `AT#SSLCFG=1,1,${pktSize},${maxToS},${defTo100ms},${tx}`
  return {
    id: 'bytes-wait',
    title: `Why ${packet.value === 1 ? 'is 1 byte' : `are ${packet.value} bytes`} waiting?`,
    answer: [
      `In online mode the module sends a record when it has pktSize bytes (${bytesText(packet.limit)}); ${packet.limit - packet.value} are missing.`,
      txTo
        ? `It sends the waiting bytes anyway when txTo (${secondsText(txTo.limit)}) expires: in ${leftText(txTo)}.`
        : 'txTo is 0, so only more bytes or +++ will send them.'
    ],
    values: [
      compared('pktSize', bytesText(packet.limit), bytesText(packet.value)),
      compared('txTo', txTo ? secondsText(txTo.limit) : null, txTo ? secondsText(txTo.value) : 'off')
    ],
    picture: { kind: 'size', label: 'packet', gotBytes: packet.value, limitBytes: packet.limit },
    remedies: [
      {
        sentence:
          'Send them now: +++ with a second of silence before and after it suspends the connection; #SSLO resumes it.',
        commands: [],
        entry: '+++'
      },
      {
        sentence: 'Set smaller packets and a shorter txTo, in command mode before the next dial.',
        commands: [config(packet.value, Math.max(1, Math.min(10, txTo100ms || 10)))]
      }
    ],
    parts: ['timer:pktSize', 'timer:txTo', 'ssl']
  }
}

function ofOnline(snapshot: Snapshot): PresentQuestion {
  const maxTo = timerOf(snapshot, 'maxTo')
  return {
    id: 'online',
    title: 'What ends online mode?',
    answer: [
      maxTo
        ? `Without data in either direction, the module closes the connection when maxTo (${secondsText(maxTo.limit)}) expires: in ${leftText(maxTo)}.`
        : 'maxTo is 0: the module never closes a silent connection.',
      'The server can close it at any time. +++ suspends it; until then, commands on this port are data.',
      ...remarksOf(snapshot)
    ],
    values: [
      compared(
        'maxTo',
        maxTo ? secondsText(maxTo.limit) : 'off',
        maxTo ? `${secondsText(maxTo.value)} without data` : null
      )
    ],
    picture: maxTo ? timerPicture(maxTo) : null,
    remedies: [{ sentence: 'Suspend it: a second of silence, +++, a second of silence.', commands: [], entry: '+++' }],
    parts: ['timer:maxTo', 'ssl']
  }
}

function ofHandshake(snapshot: Snapshot, state: string): PresentQuestion {
  const timer = timerOf(snapshot, 'handshake')
  const farEnd = snapshot.ssl.farEnd ?? 'the server'
  return {
    id: state === 'dialling' ? 'dialling' : 'handshake-runs',
    title: 'What is the dial waiting for?',
    answer: [
      state === 'dialling'
        ? `The TCP connection to ${farEnd} is not open yet: the module resolves the name, then connects.`
        : `It waits for the next packet from ${farEnd} in the handshake.`,
      ...(timer
        ? [
            `If no data arrives within ${leftText(timer)}, the dial fails. Each packet restarts the ${secondsText(timer.limit)}.`
          ]
        : [])
    ],
    values: timer
      ? [compared('next packet', `within ${secondsText(timer.limit)}`, `${secondsText(timer.value)} gone`)]
      : [],
    picture: timer ? timerPicture(timer) : null,
    remedies: [],
    parts: ['timer:handshake', 'far-end', 'ssl']
  }
}

/** Returns the remarks of the open connection, which are shown nowhere else (D-26). */
function remarksOf({ handshake }: Snapshot): string[] {
  return handshake?.outcome === 'open' ? handshake.remarks.map(({ sentence }) => sentence) : []
}

function ofDraining(snapshot: Snapshot): PresentQuestion {
  const { heldBytes } = snapshot.ssl
  return {
    id: 'closed-with-data',
    title: 'Why is the socket still open?',
    answer: [
      `The connection has ended, and ${bytesText(heldBytes)} received before ${heldBytes === 1 ? 'is' : 'are'} still unread.`,
      'When #SSLRECV or #SSLO has read everything, the module closes the socket and sends NO CARRIER. Sending now fails with 840.'
    ],
    values: [compared('held', '0 bytes', bytesText(heldBytes))],
    picture: null,
    remedies: [readRest(heldBytes), { ...hangUp, sentence: 'Or close the socket, and lose the data.' }],
    parts: ['ssl', 'far-end']
  }
}

function ofHeld(snapshot: Snapshot): PresentQuestion | null {
  const { heldBytes } = snapshot.ssl
  if (heldBytes === 0) return null
  return {
    id: 'data-held',
    title: `Where ${heldBytes === 1 ? 'is the received byte' : `are the ${heldBytes} received bytes`}?`,
    answer: [
      'In command mode the module holds received data until the host reads it. It announces the data only when SSLSRING is on.'
    ],
    values: [compared('held', '0 bytes', bytesText(heldBytes))],
    picture: null,
    remedies: [readRest(heldBytes)],
    parts: ['ssl']
  }
}

/** The socket is in command mode, and nothing waits in either direction. */
function ofIdle(snapshot: Snapshot): PresentQuestion {
  const { ssl } = snapshot
  return {
    id: 'open-idle',
    title: 'How is data sent and received?',
    answer: [
      `The connection to ${ssl.farEnd ?? 'the server'} is open in command mode: AT#SSLSEND prompts and sends, AT#SSLRECV reads.`,
      'In online mode every byte is data. maxTo closes a silent connection in online mode only.',
      ...remarksOf(snapshot)
    ],
    values: [],
    picture: null,
    remedies: [
      { sentence: 'Enter online mode.', commands: ['AT#SSLO=1'] },
      { sentence: 'Send from here; Ctrl-Z ends the entry.', commands: ['AT#SSLSEND=1'] },
      { ...hangUp, sentence: 'Close it.' }
    ],
    parts: ['ssl']
  }
}

function ofBusyCommand(snapshot: Snapshot): PresentQuestion | null {
  const timer = timerOf(snapshot, 'command')
  if (!timer) return null
  return {
    id: 'command-waits',
    title: 'Why is there no answer yet?',
    answer: [
      `The command blocks until its condition is met, for at most ${secondsText(timer.limit)}: ${leftText(timer)} are left.`,
      'One line typed meanwhile is kept and runs afterwards.'
    ],
    values: [compared('answer', `within ${secondsText(timer.limit)}`, `${secondsText(timer.value)} gone`)],
    picture: timerPicture(timer),
    remedies: [],
    parts: ['timer:command', 'at']
  }
}

function ofFtp(snapshot: Snapshot): PresentQuestion | null {
  const timer = timerOf(snapshot, 'ftp')
  if (!timer) return null
  return {
    id: 'ftp-waits',
    title: 'What is FTP waiting for?',
    answer: [
      `It waits for the server's next answer or byte, for at most ${secondsText(timer.limit)}: ${leftText(timer)} are left, ${timer.consequence}.`
    ],
    values: [compared('answer', `within ${secondsText(timer.limit)}`, `${secondsText(timer.value)} gone`)],
    picture: timerPicture(timer),
    remedies: [],
    parts: ['ftp', 'far-end']
  }
}
