import type { Batch, SimulatorApi } from '../../../src/shared/api/api.ts'
import type { Snapshot } from '../../../src/shared/calls/snapshot.ts'
import { callsOver, type SimulatorCalls } from '../../../src/shared/carrier/calls-over.ts'
import { openConditions } from '../../../src/shared/hardware/network-conditions.ts'
import { noLab } from '../../../src/shared/lab/calls.ts'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { switchPositions } from '../../../src/shared/products/switches.ts'
import type { TimelineEvent } from '../../../src/shared/timeline/events.ts'

/** The simulator's side of a carrier: records the calls, and reports batches when the test says so. */
export interface RecordingApi extends SimulatorApi {
  readonly calls: readonly { readonly call: string; readonly args: readonly unknown[] }[]
  readonly listeners: ReadonlySet<(batch: Batch) => void>
  report(batch: Batch): void
}

export function recordingApi(): RecordingApi {
  const calls: { call: string; args: readonly unknown[] }[] = []
  const listeners = new Set<(batch: Batch) => void>()
  return {
    calls,
    listeners,
    report: (batch) => listeners.forEach((listener) => listener(batch)),
    ...callsOver(async (name, args) => {
      calls.push({ call: name, args })
      const answer = answers[name] as ((...given: readonly unknown[]) => Promise<unknown>) | undefined
      return await answer?.(...args)
    }),
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}

export function batchOf(moduleMs: number, parts: Partial<Batch> = {}): Batch {
  return { snapshot: snapshotAt(moduleMs), events: [], output: [], ...parts }
}

export function eventOf(seq: number, sentence = 'x'): TimelineEvent {
  return { seq, moduleMs: seq, wallMs: seq, cause: null, instance: 0, what: { kind: 'note', sentence } }
}

function snapshotAt(moduleMs: number): Snapshot {
  return {
    moduleMs,
    speed: 1,
    switches: { now: switchPositions(profileOf('HE910')), usual: switchPositions(profileOf('HE910')), set: [] },
    wallMs: 0,
    product: { family: 'HE910', name: 'HE910', software: '12.00.xx5', model: 'HE910', imei: '351579050000000' },
    charts: [],
    ports: [],
    network: {
      operator: '',
      operatorCode: '',
      signalQuality: 0,
      clockChip: '',
      clockSet: false,
      nitz: false,
      attached: false
    },
    conditions: openConditions,
    sim: {
      inserted: true,
      state: 'ready',
      pinEnabled: false,
      pinTriesLeft: 3,
      pukTriesLeft: 10,
      pin: '1234',
      puk: '12345678',
      imsi: '',
      iccid: ''
    },
    supply: { on: true },
    errorReport: 0,
    context: { id: 1, type: 'IP', apn: '', address: null },
    ssl: {
      status: 0,
      statusWord: '',
      farEnd: null,
      suite: null,
      authMode: 0,
      suiteSetting: 0,
      certificateFormat: null,
      closureType: 0,
      owner: null,
      sentBytes: 0,
      sentRecords: 0,
      receivedBytes: 0,
      receivedRecords: 0,
      heldBytes: 0,
      sessionKept: false,
      config: { pktSize: 0, maxToS: 0, defTo100ms: 0, txTo100ms: 0 },
      settings: { '#SSLCFG': {}, '#SSLSECCFG': {} },
      lastFailure: null
    },
    sockets: [],
    slots: [],
    timers: [],
    handshake: null,
    lab: noLab,
    nvm: { folder: null, savedAtMs: null, fault: null },
    timeline: { nextSeq: 0, dropped: 0 },
    keyLog: { on: false, sessions: 0, file: null },
    recording: { capture: null, keyLog: null, transcript: null }
  }
}

/** The results of calls; all others return nothing. */
const answers: Partial<SimulatorCalls> = {
  snapshot: async () => snapshotAt(1),
  catalog: async () => ({ families: [{ name: 'HE910', products: [{ name: 'HE910', software: ['12.00.xx5'] }] }] }),
  events: async (query) => ({ events: [eventOf(query.fromSeq)], firstSeq: 0, nextSeq: 9, dropped: 0 }),
  findEvents: async () => ({ firstSeq: 0, fromSeq: 0, scannedTo: 9, count: 0, matches: new Uint8Array() }),
  eventsAt: async (list) => list.seqs.map((seq) => eventOf(seq)),
  selectProduct: async (choice) => {
    throw new Error(`There is no product ${choice.product}.\n    at somewhere in the simulator`)
  },
  armFault: async () => ({ id: 1 }),
  labCommands: async () => [],
  handshakes: async () => [],
  why: async () => ({ failure: null, present: null }),
  offerFile: async () => ({
    asIs: null,
    mended: null,
    changes: [],
    refusal: null,
    warnings: [],
    certificates: [],
    pick: 0
  }),
  writeSlot: async () => ({ changeId: 1 }),
  deleteSlot: async () => ({ changeId: 1 }),
  readSlot: async () => ({ fileName: 'ca.pem', bytes: new Uint8Array() }),
  wouldItWork: async () => ({ farEnd: null, slots: [] }),
  beginChainFetch: async () => ({ fetchId: 1 }),
  chainFetch: async () => ({ state: 'running' }),
  beginCapture: async () => ({ captureId: 1 }),
  readCapture: async () => {
    throw new Error('The file is empty.')
  },
  captureMessage: async () => ({ name: 'Finished', bytes: new Uint8Array() }),
  captureLines: async () => [],
  openPort: async () => ({ id: 2, name: 'tcp 127.0.0.1:5000' }),
  listUarts: async () => [],
  examinePorts: async () => [],
  beginExport: async () => ({ exportId: 1, fileName: 'timeline.txt' }),
  readExport: async () => ({ bytes: new Uint8Array(), done: true, progress: 1 }),
  sessionSecrets: async () => ({ farEnd: '', wallMs: 0, secrets: [] })
}
