import { stateOf } from '../statecharts/present-state.ts'
import type { Snapshot, TimerSnapshot } from '../calls/snapshot.ts'
import type { PresentQuestion } from './explanation.ts'
import { hangUp } from './remedies.ts'
import { readRest } from './socket.ts'
import { compared } from './story.ts'
import { bytesText, secondsText } from './words.ts'

/** Questions while a connection is made or stands: what waits for which limit (guide chapters 4.1 to 4.3). */
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

/** `3.2 s`, in tenths as txTo counts. */
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
      `Online, a record leaves when pktSize (${bytesText(packet.limit)}) is reached; ${packet.limit - packet.value} are missing.`,
      txTo
        ? `What waits leaves anyway when txTo (${secondsText(txTo.limit)}) is over: in ${leftText(txTo)}.`
        : 'txTo is 0, so nothing else sends them but more bytes or +++.'
    ],
    values: [
      compared('pktSize', bytesText(packet.limit), bytesText(packet.value)),
      compared('txTo', txTo ? secondsText(txTo.limit) : null, txTo ? secondsText(txTo.value) : 'off')
    ],
    picture: { kind: 'size', label: 'packet', gotBytes: packet.value, limitBytes: packet.limit },
    remedies: [
      {
        sentence:
          'Send them now: +++ with a second of silence before and after suspends the connection; #SSLO goes on.',
        commands: [],
        entry: '+++'
      },
      {
        sentence: 'Smaller packets and a shorter txTo, in command mode before the next dial.',
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
        ? `Without data either way the module closes it when maxTo (${secondsText(maxTo.limit)}) is over: in ${leftText(maxTo)}.`
        : 'maxTo is 0: silence ends nothing.',
      'The server may close at any time. +++ suspends the connection; until then, commands on this port are data.',
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
  const farEnd = snapshot.ssl.farEnd ?? 'the far end'
  return {
    id: state === 'dialling' ? 'dialling' : 'handshake-runs',
    title: 'What is the dial waiting for?',
    answer: [
      state === 'dialling'
        ? `TCP to ${farEnd} is not open yet: the name is looked up, then the connection made.`
        : `The next packet of ${farEnd} in the handshake.`,
      ...(timer
        ? [
            `If nothing comes within ${leftText(timer)} the dial fails; each packet starts the ${secondsText(timer.limit)} anew.`
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

/** What was let pass when the connection that stands was made: nothing else will ever tell of it (D-26). */
function remarksOf({ handshake }: Snapshot): string[] {
  return handshake?.outcome === 'open' ? handshake.remarks.map(({ sentence }) => sentence) : []
}

function ofDraining(snapshot: Snapshot): PresentQuestion {
  const { heldBytes } = snapshot.ssl
  return {
    id: 'closed-with-data',
    title: 'Why is the socket still open?',
    answer: [
      `The connection has ended, and ${bytesText(heldBytes)} that came before ${heldBytes === 1 ? 'is' : 'are'} still unread.`,
      'When #SSLRECV or #SSLO has read everything, the module closes the socket and sends NO CARRIER. Sending now fails with 840.'
    ],
    values: [compared('held', '0 bytes', bytesText(heldBytes))],
    picture: null,
    remedies: [readRest(heldBytes), { ...hangUp, sentence: 'Or close, and lose them.' }],
    parts: ['ssl', 'far-end']
  }
}

function ofHeld(snapshot: Snapshot): PresentQuestion | null {
  const { heldBytes } = snapshot.ssl
  if (heldBytes === 0) return null
  return {
    id: 'data-held',
    title: `Where ${heldBytes === 1 ? 'is the byte' : `are the ${heldBytes} bytes`} that came?`,
    answer: [
      'In command mode the module holds what the far end sends until it is asked for; unless SSLSRING is on it does not say so.'
    ],
    values: [compared('held', '0 bytes', bytesText(heldBytes))],
    picture: null,
    remedies: [readRest(heldBytes)],
    parts: ['ssl']
  }
}

/** Command mode, and nothing waits on either side. */
function ofIdle(snapshot: Snapshot): PresentQuestion {
  const { ssl } = snapshot
  return {
    id: 'open-idle',
    title: 'How does data go over the connection?',
    answer: [
      `The connection to ${ssl.farEnd ?? 'the far end'} stands in command mode: AT#SSLSEND prompts and sends, AT#SSLRECV reads.`,
      'In online mode every byte is data. maxTo closes a silent connection in online mode only.',
      ...remarksOf(snapshot)
    ],
    values: [],
    picture: null,
    remedies: [
      { sentence: 'Go online.', commands: ['AT#SSLO=1'] },
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
      `The command blocks until it has what it waits for, at most ${secondsText(timer.limit)}: ${leftText(timer)} are left.`,
      'One line that is typed meanwhile is kept and runs afterwards.'
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
      `The server's next answer or byte, at most ${secondsText(timer.limit)}: ${leftText(timer)} are left, ${timer.consequence}.`
    ],
    values: [compared('answer', `within ${secondsText(timer.limit)}`, `${secondsText(timer.value)} gone`)],
    picture: timerPicture(timer),
    remedies: [],
    parts: ['ftp', 'far-end']
  }
}
