import type { Snapshot, TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'

/** Returns why a timer is idle, in two or three words. */
export function idleWords(name: TimerSnapshot['name'], snapshot: Snapshot): string {
  const online = stateOf(snapshot, 'ssl') === 'open.online'
  switch (name) {
    case 'pktSize':
      return online ? 'no bytes wait' : 'not online'
    case 'txTo':
      return online ? (snapshot.ssl.config.txTo100ms === 0 ? 'off: 0 never sends' : 'no bytes wait') : 'not online'
    case 'maxTo':
      return online && snapshot.ssl.config.maxToS === 0 ? 'off: 0 never closes' : 'not online'
    case 'command':
      return 'no command runs'
    case 'handshake':
      return 'no handshake'
    case 'escape':
      return online ? 'no +++ seen' : 'not online'
    case 'ftp':
      return 'no FTP command'
  }
}

/** Turns a consequence into a result: `so NO CARRIER` for `then NO CARRIER`. */
export function outcomeWords(consequence: string): string {
  return consequence.replace(/^then /, 'so ')
}

/** What each timer measures, and its source. The limit of #SSLD applies to each packet (D-4). */
export const timerTitles: Readonly<Record<TimerSnapshot['name'], string>> = {
  pktSize: 'Online: bytes that wait for a record; #SSLCFG sets how many fill one',
  txTo: 'Online: time since the first waiting byte (#SSLCFG)',
  maxTo: 'Online: time without data in either direction (#SSLCFG)',
  command: 'The running command: its own timeout, otherwise defTo of #SSLCFG',
  handshake: 'Time since the last packet of the handshake: the timeout of #SSLD, otherwise defTo of #SSLCFG',
  escape: 'Silence after +++ (S12)',
  ftp: 'Time until the FTP server answers (#FTPTO)'
}

/** The name in the row: the guide’s, if it has one. */
export const timerNames: Readonly<Record<TimerSnapshot['name'], string>> = {
  pktSize: 'pktSize',
  txTo: 'txTo',
  maxTo: 'maxTo',
  command: 'command',
  handshake: 'packet',
  escape: 'escape',
  ftp: 'ftp'
}
