import type {
  ChartSnapshot,
  SimSnapshot,
  SlotSnapshot,
  Snapshot,
  SocketSnapshot,
  SslSnapshot,
  TimerSnapshot
} from '../../shared/calls/snapshot.ts'
import { securitySlots } from '../../shared/hardware/security-slots.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { ErrorReport } from '../../shared/rules/errors.ts'
import { sslChart } from '../../shared/statecharts/ssl.ts'
import { suiteNumber } from '../../shared/tls/suites.ts'
import type { Module } from '../module/module.ts'
import { statusOf, type SocketFacts } from '../module/plain-sockets/facts.ts'
import { PEM, type DataType } from '../module/ssl/security-data.ts'

/** Returns what the window shows of the module. The simulator adds what is around the module. */
export function moduleSnapshot(
  module: Module
): Omit<
  Snapshot,
  'wallMs' | 'speed' | 'switches' | 'ports' | 'conditions' | 'lab' | 'nvm' | 'timeline' | 'keyLog' | 'recording'
> {
  const { profile, clock, clockChip, network, contexts, nvm, registration } = module.parts
  const context = contexts.get(1)!
  const definition = context.definition
  const settings = module.instances[0]!.settings
  return {
    moduleMs: clock.nowMs(),
    product: {
      family: profile.family,
      name: profile.product,
      software: profile.software,
      model: profile.model,
      imei: profile.imei
    },
    charts: module
      .chartsNow()
      .filter((chart) => !EXTRA_CONTEXT.test(chart.id))
      .map((chart): ChartSnapshot => ({ id: chart.id, state: chart.state, last: chart.last })),
    network: {
      operator: registration.registered ? network.operator.longName : '',
      operatorCode: registration.registered ? network.operator.numeric : '',
      signalQuality: registration.radioOn ? network.signalQuality : 99,
      clockChip: clockChip.text(),
      clockSet: clockChip.isSet,
      nitz: (settings.get('#NITZ.val') & 1) === 1,
      attached: registration.attached
    },
    sim: simSnapshot(module),
    supply: { on: module.supply.on },
    context: { id: 1, type: definition?.type ?? '', apn: definition?.apn ?? '', address: context.address },
    ssl: sslSnapshot(module),
    sockets: module.parts.sockets.all.map((socket) => socketSnapshot(socket.facts(), module)),
    errorReport: settings.get('+CMEE') as ErrorReport,
    slots: slotSnapshots(module),
    timers: timerSnapshots(module),
    handshake: module.handshakes.newest
  }

  function sslSnapshot({ parts: { ssl, securityData } }: Module): SslSnapshot {
    const facts = ssl.facts()
    // The name of the state that the digit stands for. What an open socket is open for is shown by the chart.
    const state =
      sslChart.states[
        module
          .chartsNow()
          .find((chart) => chart.id === 'ssl')!
          .state.split('.')[0]!
      ]!
    const { pktSize, maxTo, defTo, txTo } = nvm.contents.sslConfig
    return {
      status: state.ssls!,
      statusWord: state.label,
      farEnd: facts.farEnd,
      suite: facts.suite ? { number: suiteNumber(profile.suites, facts.suite), name: facts.suite.name } : null,
      authMode: nvm.contents.sslSecurity.authMode,
      suiteSetting: nvm.contents.sslSecurity.suite,
      certificateFormat: profile.hasCertificateFormat ? (securityData.format ?? PEM) : null,
      closureType: facts.closureType,
      owner: ssl.owner,
      ...facts.counters,
      heldBytes: facts.heldBytes,
      sessionKept: facts.sessionKept,
      settings: {
        // The PDP context is always 1 (G-3.4-1).
        '#SSLCFG': { cid: 1, ...nvm.contents.sslConfig },
        '#SSLSECCFG': {
          ...nvm.contents.sslSecurity,
          ...(profile.hasCertificateFormat ? { certFormat: securityData.format ?? PEM } : {})
        }
      },
      config: { pktSize, maxToS: maxTo, defTo100ms: defTo, txTo100ms: txTo },
      lastFailure: facts.lastFailure
    }
  }
}

function socketSnapshot(facts: SocketFacts, { parts: { timers } }: Module): SocketSnapshot {
  const { connId, chart, settings, kind, direction, local, remote, listeningPort, forwardedFrom } = facts
  const { sentBytes, receivedBytes, heldBytes, waitingBytes, lastClosure, owner, closureType } = facts
  return {
    connId,
    chart: { id: chart.id, state: chart.state, last: chart.last },
    status: statusOf(facts),
    contextId: settings.cid,
    kind,
    direction,
    local,
    remote,
    listeningPort,
    forwardedFrom,
    sentBytes,
    receivedBytes,
    heldBytes,
    waitingBytes,
    lastClosure,
    owner,
    closureType,
    timers: timers.socketSnapshot(connId)
  }
}

/** Returns what decides which commands can reach a server at present. */
export function dialFacts(module: Module): {
  profile: ModuleProfile
  contextDefined: boolean
  contextActive: boolean
  sslEnabled: boolean
  sslOpen: boolean
  ftpOpen: boolean
} {
  const { profile, contexts } = module.parts
  const context = contexts.get(1)!
  const stateOf = (id: string): string =>
    module
      .chartsNow()
      .find((chart) => chart.id === id)!
      .state.split('.')[0]!
  const digit = sslChart.states[stateOf('ssl')]!.ssls
  return {
    profile,
    contextDefined: context.definition !== null,
    contextActive: context.address !== null,
    sslEnabled: digit !== 0,
    sslOpen: digit === 2,
    ftpOpen: stateOf('ftp') !== 'idle'
  }
}

function simSnapshot({ parts: { sim } }: Module): SimSnapshot {
  const { card } = sim
  const { inserted, pinEnabled, pinTriesLeft, pukTriesLeft, pin } = card
  const { puk, imsi, iccid } = card.facts
  return { inserted, state: sim.state, pinEnabled, pinTriesLeft, pukTriesLeft, pin, puk, imsi, iccid }
}

/** PDP contexts 2 to 5 have charts that the window does not draw. */
const EXTRA_CONTEXT = /^pdp[2-5]$/

function slotSnapshots({ parts: { securityData, profile } }: Module): SlotSnapshot[] {
  return securitySlots.map((slot, dataType) => {
    const held = securityData.describe(dataType as DataType)
    const summary = held?.summary
    return {
      slot,
      dataType: dataType as DataType,
      storedBytes: held?.storedBytes ?? 0,
      capacityBytes: profile.securityDataBytes,
      format: summary?.format ?? null,
      subject: summary?.subject ?? null,
      issuer: summary?.issuer ?? null,
      notBeforeMs: summary?.notBeforeMs ?? null,
      notAfterMs: summary?.notAfterMs ?? null,
      keyBits: summary?.keyBits ?? null,
      sha1Fingerprint: summary?.sha1Fingerprint ?? null,
      fault: summary?.fault ?? null,
      ...(dataType === 1 && profile.takesPreloadedCa ? { preload: { held: securityData.isPreloaded(dataType) } } : {})
    }
  })
}

function timerSnapshots({ parts: { ssl, nvm, timers }, instances }: Module): TimerSnapshot[] {
  const { waitingBytes, online } = ssl.facts()
  const packet: TimerSnapshot = {
    name: 'pktSize',
    running: online,
    unit: 'bytes',
    value: waitingBytes,
    limit: nvm.contents.sslConfig.pktSize || 300,
    consequence: 'then a record leaves'
  }
  const { txTo, maxTo, defTo } = nvm.contents.sslConfig
  const next: Partial<Record<TimerSnapshot['name'], number>> = {
    txTo: txTo * 100,
    maxTo: maxTo * 1000,
    command: defTo * 100,
    handshake: defTo * 100,
    escape: instances[0]!.settings.get('S12') * S12_UNIT_MS
  }
  return [
    packet,
    ...timers.snapshot().map((timer) => (timer.running ? timer : { ...timer, limit: next[timer.name] ?? 0 }))
  ]
}

/** The unit of S12 is 1/50 s. */
const S12_UNIT_MS = 20
