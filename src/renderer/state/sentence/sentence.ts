/** @module Sentences and figures of the window made from facts. */

import type { ChartSnapshot, Snapshot, TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { charts } from '../../../shared/statecharts/index.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { isFailure } from '../../../shared/statecharts/words.ts'
import { dialCommand } from './dial.ts'
import type { LastTry } from './last-try.ts'

/** What the module is doing, and what follows from it or what failed: the line beside the path strip. */
export interface NowSentence {
  /** The fact, a sentence of its own. */
  readonly head: string
  /** What follows, what mends it, or what the numbers are. */
  readonly rest: string
  /** What mends it; changes as the module does, so it is not read aloud. */
  readonly mends?: string
  readonly failed: boolean
}

export type StageMark = 'reached' | 'under-way' | 'not-reached' | 'failed'

/** One of the machines that must succeed one after the other before data can flow. */
export interface Stage {
  readonly chart: ChartId
  readonly name: string
  /** The present state in the window's words, in lower case. */
  readonly word: string
  readonly mark: StageMark
}

/** The stages in the order in which they have to succeed. */
export function stagesOf(snapshot: Snapshot): readonly Stage[] {
  return stageOrder.map(([chart, name]) => {
    const state = stateOf(snapshot, chart)
    const label = charts[chart].states[state]?.label ?? state
    // A frame's own word where the state within it says less on its own.
    const frame = state.split('.')[0]!
    const word = frame !== state ? (charts[chart].states[frame]?.label ?? label).toLowerCase() : label.toLowerCase()
    const failed = (chart === 'ssl' && sslFailed(snapshot)) || (chart === 'pdp' && contextFailed(snapshot))
    return { chart, name, word, mark: failed ? 'failed' : (marks[chart][state] ?? 'not-reached') }
  })
}

/**
 * `aheadMs`: module time gone since the snapshot was taken, so that what is left counts down between two snapshots. `lastTry`: why the
 * SSL socket failed, once that is explained.
 */
export function sentenceOf(snapshot: Snapshot, aheadMs = 0, lastTry: LastTry | null = null): NowSentence {
  return (
    powerSentence(snapshot) ??
    failureSentence(snapshot, lastTry) ??
    portSentence(snapshot, aheadMs) ??
    socketSentence(snapshot, aheadMs) ??
    ftpSentence(snapshot) ??
    networkSentence(snapshot) ??
    contextSentence(snapshot) ??
    readySentence(snapshot)
  )
}

export function chartOf(snapshot: Pick<Snapshot, 'charts'>, chart: ChartId): ChartSnapshot | undefined {
  return snapshot.charts.find((one) => one.id === chart)
}

export const stageOrder: readonly (readonly [ChartId, string])[] = [
  ['power', 'Power'],
  ['registration', 'Network'],
  ['pdp', 'Context'],
  ['ssl', 'SSL socket'],
  ['data', 'Data mode'],
  ['ftp', 'FTP']
]

const marks: Readonly<Record<ChartId, Readonly<Record<string, StageMark>>>> = {
  power: { booting: 'under-way', on: 'reached' },
  sim: { ready: 'reached', pinRequired: 'under-way', pukRequired: 'under-way', blocked: 'failed' },
  registration: { searching: 'under-way', home: 'reached', roaming: 'reached', denied: 'failed' },
  pdp: { activating: 'under-way', active: 'reached' },
  ssl: {
    dialling: 'under-way',
    handshake: 'under-way',
    closing: 'under-way',
    open: 'reached',
    'open.command': 'reached',
    'open.online': 'reached',
    'open.draining': 'under-way'
  },
  ftp: {
    connecting: 'under-way',
    securing: 'under-way',
    login: 'under-way',
    ready: 'reached',
    'transfer.online': 'reached',
    'transfer.command': 'reached',
    closing: 'under-way'
  },
  data: { command: 'reached', blocking: 'under-way', entry: 'under-way', online: 'reached' }
}

const says = (head: string, rest: string, failed = false): NowSentence => ({ head, rest, failed })

function powerSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'power')
  if (state === 'off') return says('The module is off.', 'It hears nothing; Power, the ON key, starts it.')
  if (state === 'booting') return says('The module starts.', 'Commands are heard once it is up.')
  return null
}

function sslFailed(snapshot: Snapshot): boolean {
  return snapshot.ssl.lastFailure !== null && stateOf(snapshot, 'ssl') === 'closed'
}

/** Whether the module lost the network after that: then the network is what stands in the way now. */
function networkMovedSince(snapshot: Snapshot): boolean {
  const moved = chartOf(snapshot, 'registration')
  if (moved === undefined || marks.registration[moved.state] === 'reached') return false
  return (moved.last?.seq ?? -1) > (chartOf(snapshot, 'ssl')?.last?.seq ?? -1)
}

function failureSentence(snapshot: Snapshot, lastTry: LastTry | null): NowSentence | null {
  if (sslFailed(snapshot) && !networkMovedSince(snapshot) && stateOf(snapshot, 'data') !== 'entry') {
    const dialled = chartOf(snapshot, 'ssl')?.last?.from.startsWith('open') !== true
    const head = dialled ? 'The dial failed.' : 'The connection broke.'
    if (lastTry) return { ...says(head, `${lastTry.title}.`, true), mends: lastTry.remedy }
    return says(head, snapshot.ssl.lastFailure ?? '', true)
  }
  if (stateOf(snapshot, 'registration') === 'denied')
    return says('The network refuses the module.', 'Nothing can be dialled until it is let in.', true)
  return null
}

function portSentence(snapshot: Snapshot, aheadMs: number): NowSentence | null {
  if (stateOf(snapshot, 'data') === 'entry')
    return says('The module takes text after the > prompt.', 'Ctrl-Z ends it, ESC leaves without it.')
  const command = timerOf(snapshot, 'command')
  if (
    !command?.running ||
    ['dialling', 'handshake', 'closing'].includes(stateOf(snapshot, 'ssl')) ||
    stateOf(snapshot, 'pdp') === 'activating'
  )
    return null
  return says('A command is at work.', `What is typed waits; ${leftOf(command, aheadMs)} left, ${command.consequence}.`)
}

function socketSentence(snapshot: Snapshot, aheadMs: number): NowSentence | null {
  const { ssl } = snapshot
  const farEnd = ssl.farEnd ?? 'the far end'
  switch (stateOf(snapshot, 'ssl')) {
    case 'dialling':
      return says(`Dialling ${farEnd}.`, 'The name is looked up and TCP opened; then the handshake starts.')
    case 'handshake':
      return says(`Handshake with ${farEnd}.`, handshakeProgress(snapshot, aheadMs))
    case 'open.online':
      return says(`Online with ${farEnd}.`, onlineProgress(snapshot, aheadMs))
    case 'open.draining':
      return says('The connection has ended.', `${bytes(ssl.heldBytes)} can still be read with AT#SSLRECV.`)
    case 'open.command':
      return says(
        `Connected to ${farEnd}.`,
        ssl.heldBytes > 0
          ? `${bytes(ssl.heldBytes)} wait; AT#SSLRECV reads them.`
          : 'AT#SSLSEND sends, AT#SSLO goes online, AT#SSLH hangs up.'
      )
    case 'closing':
      return says('The socket closes.', 'close_notify is on its way.')
    default:
      return null
  }
}

/** In the chart's own words. */
function ftpSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'ftp')
  const words = state === 'idle' ? undefined : charts.ftp.states[state]
  return words ? says(`FTP session: ${words.label.toLowerCase()}.`, words.about) : null
}

function networkSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'registration')
  if (state === 'searching') return says('Searching for a network.', 'Once registered, AT#SGACT=1,1 gets an address.')
  if (state === 'idle')
    return (
      simSentence(snapshot) ?? says('Not registered.', 'The radio is off or told not to search; AT+COPS=0 searches.')
    )
  return null
}

/** Without its SIM the module does not search. */
function simSentence({ sim }: Snapshot): NowSentence | null {
  switch (sim.state) {
    case 'absent':
      return sim.inserted
        ? null
        : says('No SIM is in the holder.', 'The module registers once one is put in (tab Network).')
    case 'pinRequired':
      return says('The SIM asks for its PIN.', `AT+CPIN=${sim.pin} opens it; ${tries(sim.pinTriesLeft)}.`)
    case 'pukRequired':
      return says('The SIM asks for its PUK.', `AT+CPIN=${sim.puk},NEWPIN opens it; ${tries(sim.pukTriesLeft)}.`)
    case 'blocked':
      return says('The SIM is blocked for good.', 'A fresh one must be put in (tab Network).', true)
    default:
      return null
  }
}

function tries(left: number): string {
  return left === 1 ? '1 try is left' : `${left} tries are left`
}

function contextSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'pdp')
  if (state === 'activating')
    return says('Asking the network for an address.', 'OK follows, or an error if it refuses.')
  if (contextFailed(snapshot)) {
    const refused = chartOf(snapshot, 'pdp')?.last?.event === 'REJECTED'
    const head = refused ? 'The network gave no address.' : 'The network took the context away.'
    return says(head, `Why tells the reason; AT#SGACT=1,1 asks ${refused ? 'again' : 'for one anew'}.`, true)
  }
  if (state === 'inactive')
    return says(
      `Registered with ${snapshot.network.operator || 'a network'}.`,
      'No address yet; AT#SGACT=1,1 gets one.'
    )
  return null
}

/**
 * It was asked for and refused, or had and lost, and the module has its network: without one, that is what stands in the way. Not what
 * was lost by switching the module off: that is over once it is on again.
 */
function contextFailed(snapshot: Snapshot): boolean {
  const pdp = chartOf(snapshot, 'pdp')
  if ((pdp?.last?.seq ?? -1) <= (chartOf(snapshot, 'power')?.last?.seq ?? -1)) return false
  const registered = marks.registration[stateOf(snapshot, 'registration')] === 'reached'
  return pdp?.state === 'inactive' && pdp.last !== null && isFailure(pdp.last.event) && registered
}

function readySentence(snapshot: Snapshot): NowSentence {
  const address = snapshot.context.address ?? 'address given'
  if (stateOf(snapshot, 'ssl') === 'disabled')
    return says(`Context active, ${address}.`, 'SSL is off; AT#SSLEN=1,1 turns it on.')
  return says(
    'Ready to dial.',
    `${dialCommand(snapshot.lab)} ${snapshot.lab.tls ? 'reaches the lab’s far end' : 'opens a connection'}.`
  )
}

function handshakeProgress(snapshot: Snapshot, aheadMs: number): string {
  const newest = snapshot.handshake?.messages.at(-1)
  const timer = timerOf(snapshot, 'handshake')
  const far = newest ? `${newest.name} ${newest.direction === 'in' ? 'received' : 'sent'}` : 'Nothing sent yet'
  return timer?.running ? `${far}; ${leftOf(timer, aheadMs)} left for the next message.` : `${far}.`
}

function onlineProgress(snapshot: Snapshot, aheadMs: number): string {
  const [pktSize, txTo, escape] = [timerOf(snapshot, 'pktSize'), timerOf(snapshot, 'txTo'), timerOf(snapshot, 'escape')]
  if (escape?.running) return `+++ was seen; ${leftOf(escape, aheadMs)} of silence lead back to command mode.`
  if (!pktSize || pktSize.value === 0) return 'What is typed goes there; +++ alone leads back to command mode.'
  const waits = `${pktSize.value} of ${pktSize.limit} bytes wait`
  return txTo?.running
    ? `${waits}; they leave in ${leftOf(txTo, aheadMs)}.`
    : `${waits}; a record leaves when it is full.`
}

function timerOf(snapshot: Snapshot, name: TimerSnapshot['name']): TimerSnapshot | undefined {
  return snapshot.timers.find((timer) => timer.name === name)
}

function leftOf(timer: TimerSnapshot, aheadMs: number): string {
  return `${(Math.max(0, timer.limit - timer.value - aheadMs) / 1000).toFixed(1)} s`
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`
}

/** State of the data chart of one AT instance: the simulator tells one chart for each, in their order. */
export function dataStateOf(snapshot: Snapshot, instance: number): string {
  return snapshot.charts.filter((chart) => chart.id === 'data')[instance]?.state ?? ''
}
