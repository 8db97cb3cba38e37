/** @module Sentences and figures of the window made from facts. */

import type { ChartSnapshot, Snapshot, TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import type { ChartId } from '../../../shared/statecharts/chart.ts'
import { charts } from '../../../shared/statecharts/index.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { isFailure } from '../../../shared/statecharts/words.ts'
import { dialCommand } from './dial.ts'
import { nowWords, stageWords } from './now-words.ts'
import { isOfSocket, type WhatMatters } from './what-matters.ts'

/** The line beside the path strip: what the module is doing, and what follows or what failed. */
export interface NowSentence {
  /** The fact, a whole sentence. */
  readonly head: string
  /** What follows from it, how to fix it, or the figures. */
  readonly rest: string
  /** How to fix it. It changes as the module does, so it is not read aloud. */
  readonly mends?: string
  readonly failed: boolean
}

export type StageMark = 'reached' | 'under-way' | 'not-reached' | 'failed'

/** One of the charts that must succeed one after the other before data can flow. */
export interface Stage {
  readonly chart: ChartId
  readonly name: string
  /** The label of the present state, in lower case. */
  readonly word: string
  readonly mark: StageMark
}

/** Returns the stages in the order in which they must succeed. */
export function stagesOf(snapshot: Snapshot, matters?: WhatMatters | null): readonly Stage[] {
  return stageOrder.map(([chart, name]) => {
    const state = stateOf(snapshot, chart)
    const label = charts[chart].states[state]?.label ?? state
    // For an inner state, use the label of the outer one, which is clearer on its own.
    const frame = state.split('.')[0]!
    const word = frame !== state ? (charts[chart].states[frame]?.label ?? label).toLowerCase() : label.toLowerCase()
    const mark = marks[chart][state] ?? 'not-reached'
    return { chart, name, word, mark: hasFailed(chart, mark, snapshot, matters) ? 'failed' : mark }
  })
}

/**
 * Returns the sentence for the path strip. `aheadMs`: module time since the snapshot, so that remaining times count
 * down between two snapshots. `matters`: the newest failure that is still true; `null` when there is none, left out
 * while it is not known.
 */
export function sentenceOf(snapshot: Snapshot, aheadMs = 0, matters?: WhatMatters | null): NowSentence {
  return (
    powerSentence(snapshot) ??
    (isUnderWay(snapshot) ? null : failureSentence(snapshot, matters)) ??
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
  ['power', stageWords.power],
  ['registration', stageWords.registration],
  ['pdp', stageWords.pdp],
  ['ssl', stageWords.ssl],
  ['data', stageWords.data],
  ['ftp', stageWords.ftp]
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
  if (state === 'off') return says(nowWords.power.off, nowWords.power.offRest)
  if (state === 'booting') return says(nowWords.power.booting, nowWords.power.bootingRest)
  return null
}

function sslFailed(snapshot: Snapshot): boolean {
  return snapshot.ssl.lastFailure !== null && stateOf(snapshot, 'ssl') === 'closed'
}

/** Returns whether a stage has failed and was not reached since. */
function hasFailed(
  chart: ChartId,
  mark: StageMark,
  snapshot: Snapshot,
  matters: WhatMatters | null | undefined
): boolean {
  if (chart === 'pdp' && contextFailed(snapshot)) return true
  if (matters === undefined) return chart === 'ssl' && sslFailed(snapshot)
  return mark === 'not-reached' && matters !== null && matters.parts.some((part) => part === chart)
}

/** Returns whether something is under way, which comes before an earlier failure: a new try, or an entry. */
function isUnderWay(snapshot: Snapshot): boolean {
  return (
    stateOf(snapshot, 'data') === 'entry' ||
    marks.ssl[stateOf(snapshot, 'ssl')] === 'under-way' ||
    marks.pdp[stateOf(snapshot, 'pdp')] === 'under-way' ||
    marks.ftp[stateOf(snapshot, 'ftp')] === 'under-way'
  )
}

/** Returns whether the module lost the network after the event `seq`. The network is then the problem. */
function networkMovedSince(snapshot: Snapshot, seq: number): boolean {
  const moved = chartOf(snapshot, 'registration')
  if (moved === undefined || marks.registration[moved.state] === 'reached') return false
  return (moved.last?.seq ?? -1) > seq
}

function failureSentence(snapshot: Snapshot, matters: WhatMatters | null | undefined): NowSentence | null {
  const lastMove = chartOf(snapshot, 'ssl')?.last
  const head = lastMove?.from.startsWith('open') === true ? nowWords.failure.connection : nowWords.failure.dial
  if (matters && !networkMovedSince(snapshot, matters.seq)) {
    const reason = nowWords.failure.because(matters.title)
    return {
      ...(sslFailed(snapshot) && isOfSocket(matters) ? says(head, reason, true) : says(reason, '', true)),
      mends: matters.remedy
    }
  }
  // Until there is an explanation, show the module's own words.
  if (matters === undefined && sslFailed(snapshot) && !networkMovedSince(snapshot, lastMove?.seq ?? -1))
    return says(head, snapshot.ssl.lastFailure ?? '', true)
  if (stateOf(snapshot, 'registration') === 'denied')
    return says(nowWords.failure.denied, nowWords.failure.deniedRest, true)
  return null
}

function portSentence(snapshot: Snapshot, aheadMs: number): NowSentence | null {
  if (stateOf(snapshot, 'data') === 'entry') return says(nowWords.port.entry, nowWords.port.entryRest)
  const command = timerOf(snapshot, 'command')
  if (
    !command?.running ||
    ['dialling', 'handshake', 'closing'].includes(stateOf(snapshot, 'ssl')) ||
    stateOf(snapshot, 'pdp') === 'activating'
  )
    return null
  return says(nowWords.port.busy, nowWords.port.busyRest(leftOf(command, aheadMs), command.consequence))
}

function socketSentence(snapshot: Snapshot, aheadMs: number): NowSentence | null {
  const { ssl } = snapshot
  switch (stateOf(snapshot, 'ssl')) {
    case 'dialling':
      return says(nowWords.socket.dialling(ssl.farEnd), nowWords.socket.diallingRest)
    case 'handshake':
      return says(nowWords.socket.handshake(ssl.farEnd), handshakeProgress(snapshot, aheadMs))
    case 'open.online':
      return says(nowWords.socket.online(ssl.farEnd), onlineProgress(snapshot, aheadMs))
    case 'open.draining':
      return says(nowWords.socket.draining, nowWords.socket.drainingRest(ssl.heldBytes))
    case 'open.command':
      return says(
        nowWords.socket.connected(ssl.farEnd),
        ssl.heldBytes > 0 ? nowWords.socket.heldRest(ssl.heldBytes) : nowWords.socket.connectedRest
      )
    case 'closing':
      return says(nowWords.socket.closing, nowWords.socket.closingRest)
    default:
      return null
  }
}

/** Returns the texts of the FTP chart. */
function ftpSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'ftp')
  const words = state === 'idle' ? undefined : charts.ftp.states[state]
  return words ? says(nowWords.ftp(words.label.toLowerCase()), words.about) : null
}

function networkSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'registration')
  if (state === 'searching') return says(nowWords.network.searching, nowWords.network.searchingRest)
  if (state === 'idle') return simSentence(snapshot) ?? says(nowWords.network.idle, nowWords.network.idleRest)
  return null
}

/** Returns why the module does not search: it needs its SIM. */
function simSentence({ sim }: Snapshot): NowSentence | null {
  switch (sim.state) {
    case 'absent':
      return sim.inserted ? null : says(nowWords.sim.absent, nowWords.sim.absentRest)
    case 'pinRequired':
      return says(nowWords.sim.pin, nowWords.sim.pinRest(sim.pin, sim.pinTriesLeft))
    case 'pukRequired':
      return says(nowWords.sim.puk, nowWords.sim.pukRest(sim.puk, sim.pukTriesLeft))
    case 'blocked':
      return says(nowWords.sim.blocked, nowWords.sim.blockedRest, true)
    default:
      return null
  }
}

function contextSentence(snapshot: Snapshot): NowSentence | null {
  const state = stateOf(snapshot, 'pdp')
  if (state === 'activating') return says(nowWords.context.activating, nowWords.context.activatingRest)
  if (contextFailed(snapshot)) {
    const refused = chartOf(snapshot, 'pdp')?.last?.event === 'REJECTED'
    const { context } = nowWords
    return refused ? says(context.refused, context.refusedRest, true) : says(context.dropped, context.droppedRest, true)
  }
  if (state === 'inactive')
    return says(nowWords.context.inactive(snapshot.network.operator), nowWords.context.inactiveRest)
  return null
}

/**
 * Returns whether PDP activation was refused or the context was lost. Not while the network is missing, which is then
 * the problem, and not when the module was switched off since.
 */
function contextFailed(snapshot: Snapshot): boolean {
  const pdp = chartOf(snapshot, 'pdp')
  if ((pdp?.last?.seq ?? -1) <= (chartOf(snapshot, 'power')?.last?.seq ?? -1)) return false
  const registered = marks.registration[stateOf(snapshot, 'registration')] === 'reached'
  return pdp?.state === 'inactive' && pdp.last !== null && isFailure(pdp.last.event) && registered
}

function readySentence(snapshot: Snapshot): NowSentence {
  if (stateOf(snapshot, 'ssl') === 'disabled')
    return says(nowWords.context.active(snapshot.context.address), nowWords.context.activeRest)
  return says(nowWords.ready, nowWords.readyRest(dialCommand(snapshot.lab), snapshot.lab.tls !== null))
}

function handshakeProgress(snapshot: Snapshot, aheadMs: number): string {
  const newest = snapshot.handshake?.messages.at(-1)
  const timer = timerOf(snapshot, 'handshake')
  return nowWords.handshake(newest ?? null, timer?.running ? leftOf(timer, aheadMs) : null)
}

function onlineProgress(snapshot: Snapshot, aheadMs: number): string {
  const [pktSize, txTo, escape] = [timerOf(snapshot, 'pktSize'), timerOf(snapshot, 'txTo'), timerOf(snapshot, 'escape')]
  if (escape?.running) return nowWords.online.escape(leftOf(escape, aheadMs))
  if (!pktSize || pktSize.value === 0) return nowWords.online.nothingWaits
  return nowWords.online.waits(pktSize.value, pktSize.limit, txTo?.running ? leftOf(txTo, aheadMs) : null)
}

function timerOf(snapshot: Snapshot, name: TimerSnapshot['name']): TimerSnapshot | undefined {
  return snapshot.timers.find((timer) => timer.name === name)
}

function leftOf(timer: TimerSnapshot, aheadMs: number): string {
  return `${(Math.max(0, timer.limit - timer.value - aheadMs) / 1000).toFixed(1)} s`
}

/** Returns the state of the data chart of one AT instance. A snapshot has one such chart for each, in their order. */
export function dataStateOf(snapshot: Snapshot, instance: number): string {
  return snapshot.charts.filter((chart) => chart.id === 'data')[instance]?.state ?? ''
}
