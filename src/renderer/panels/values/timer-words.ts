import type { Snapshot, TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'

/** Why a timer is idle, in two or three words. */
export function idleWords(name: TimerSnapshot['name'], snapshot: Snapshot): string {
  const online = stateOf(snapshot, 'ssl') === 'open.online'
  switch (name) {
    case 'pktSize':
      return online ? 'nothing waits' : 'not online'
    case 'txTo':
      return online ? (snapshot.ssl.config.txTo100ms === 0 ? 'off: 0 never sends' : 'nothing waits') : 'not online'
    case 'maxTo':
      return online && snapshot.ssl.config.maxToS === 0 ? 'off: 0 never closes' : 'not online'
    case 'command':
      return 'nothing blocks'
    case 'handshake':
      return 'no handshake'
    case 'escape':
      return online ? 'no +++ seen' : 'not online'
    case 'ftp':
      return 'no FTP command'
  }
}

/** What came of it: `so NO CARRIER`, from `then NO CARRIER`. */
export function outcomeWords(consequence: string): string {
  return consequence.replace(/^then /, 'so ')
}

/** What a person knows it by; #SSLD's own limit is for each packet (D-4). */
export const timerTitles: Readonly<Record<TimerSnapshot['name'], string>> = {
  pktSize: 'Online: bytes waiting for a record; #SSLCFG sets how many make one',
  txTo: 'Online: since the first of the waiting bytes came (#SSLCFG)',
  maxTo: 'Online: without data either way (#SSLCFG)',
  command: 'The command that blocks: its own timeout, else defTo of #SSLCFG',
  handshake: 'Since the last packet of the handshake: the timeout of #SSLD, else defTo of #SSLCFG',
  escape: 'Silence after +++ (S12)',
  ftp: 'The FTP server’s answer (#FTPTO)'
}

/** What stands in the row; the guide’s name where it has one. */
export const timerNames: Readonly<Record<TimerSnapshot['name'], string>> = {
  pktSize: 'pktSize',
  txTo: 'txTo',
  maxTo: 'maxTo',
  command: 'command',
  handshake: 'packet',
  escape: 'escape',
  ftp: 'ftp'
}
