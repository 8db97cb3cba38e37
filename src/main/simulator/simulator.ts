/**
 * @module Puts the parts together: the board with its module, the table of acts, the snapshot and the batches for
 * the window.
 */

import { randomBytes } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulatorApi } from '../../shared/api/api.ts'
import type { Snapshot } from '../../shared/calls/snapshot.ts'
import { guideEchoAddress, labHosts, webAddress } from '../../shared/lab/lab.ts'
import { plainServers } from '../../shared/lab/plain.ts'
import type { TimelineEvent } from '../../shared/timeline/events.ts'
import { Forwards } from '../bearer/forwards.ts'
import { HostNetwork } from '../bearer/host-network.ts'
import type { Route } from '../bearer/route.ts'
import { RealClock } from '../clock/real-clock.ts'
import { startControlServer, type ControlServer } from '../control/control-server.ts'
import { ClosingSteps } from '../host/closing-steps.ts'
import { makeTemporaryFolder } from '../host/temporary-folder.ts'
import { ArmedFaults } from '../lab/armed-faults.ts'
import { startLab, type Lab, type LabFolder } from '../lab/lab.ts'
import type { Module } from '../module/module.ts'
import { openPortWarning } from '../options/listen-address.ts'
import { DEFAULT_STATE, type SimulatorOptions } from '../options/options.ts'
import { NvmShelf } from '../state/nvm-shelf.ts'
import { defaultStateFolder, StateFolder } from '../state/state-folder.ts'
import { Recording } from '../timeline/exports/recording.ts'
import { TimelineSearch } from '../timeline/search.ts'
import { TimelineStore } from '../timeline/store.ts'
import type { TranscriptHead } from '../timeline/transcript/format.ts'
import { labSnapshot, labThatIsOn } from './api/lab.ts'
import { AtHubs } from './at-hubs.ts'
import { openAtPorts, type AtPorts } from './at-ports.ts'
import { Batcher } from './batcher.ts'
import { Board, type Surroundings } from './board.ts'
import { notePreloadedCa, readPreloadedCa } from './preloaded-ca.ts'
import { readyFacts, type ReadyFacts } from './ready-facts.ts'
import { secureTransport } from './secure-transport.ts'
import { seededRandom } from './seeded-random.ts'
import { simulatorApi } from './simulator-api.ts'
import { moduleSnapshot } from './snapshot.ts'
import { transcriptHead } from './transcript-head.ts'
import { untilRegistered } from './until-registered.ts'

/** A running simulator: its API, its addresses, and how to end it. */
export interface Simulator {
  readonly api: SimulatorApi
  readonly ready: ReadyFacts
  /** Notices about the start, one sentence each: NVM that was set aside, a pty that is not available. */
  readonly notices: readonly string[]
  /**
   * Frees ports and folders and removes links; NVM is kept. Safe to call twice. Rejects with a CloseError when a part
   * did not close in time; the others are then closed.
   */
  close(): Promise<void>
  /** The names of the parts that are being closed or did not close. */
  readonly unclosed: readonly string[]
}

/**
 * Starts a simulator and waits until the module is registered and everything is usable. Rejects with an error of one
 * sentence (PortError, StateError, ControlError), and leaves nothing behind.
 */
export async function startSimulator(
  options: SimulatorOptions,
  host: SimulatorHost = { board: null }
): Promise<Simulator> {
  const simulator = new RunningSimulator(options)
  try {
    await simulator.start(host)
    return simulator
  } catch (error) {
    // Report why the start failed, not what followed from it.
    await simulator.close().catch(() => {})
    throw error
  }
}

/** What the surrounding program provides. */
export interface SimulatorHost {
  /** Folder of the built window for browsers, or `null` when the program has its own window. */
  readonly board: string | null
  /** Receives notices about a running simulator, one sentence each. */
  readonly notice?: (sentence: string) => void
  /** Resolves when the start is to be aborted: it no longer waits for registration. */
  readonly interrupted?: Promise<void>
}

class RunningSimulator implements Simulator {
  readonly api: SimulatorApi
  readonly notices: string[] = []
  private readonly clock: RealClock
  private readonly timeline: TimelineStore
  private readonly search: TimelineSearch
  private readonly recording: Recording
  private readonly batcher: Batcher
  private readonly hubs: AtHubs
  private folder: StateFolder | null = null
  private network!: HostNetwork
  private forwards: Forwards | null = null
  private readonly faults: ArmedFaults
  private lab: Lab | null = null
  private board!: Board
  private ports!: AtPorts
  private control: ControlServer | null = null
  private closing: Promise<void> | null = null
  private readonly steps = new ClosingSteps()
  private head: TranscriptHead | null = null

  constructor(private readonly options: SimulatorOptions) {
    this.clock = new RealClock(options.speed)
    this.timeline = new TimelineStore(this.clock)
    this.search = new TimelineSearch(this.timeline)
    this.faults = new ArmedFaults(this.timeline, () => this.clock.nowMs())
    this.recording = new Recording(
      options.recording,
      this.timeline,
      () => Date.now(),
      () => this.transcriptHead()
    )
    this.batcher = new Batcher(
      () => this.snapshot(),
      (listener) => this.watchTimeline(listener),
      () => this.timeline.flush()
    )
    this.hubs = new AtHubs(options, this.timeline, () => this.module, this.batcher)
    this.api = this.makeApi()
  }

  get ready(): ReadyFacts {
    const forwards = this.forwards?.all.map(({ address: host, ...rest }) => ({ host, ...rest })) ?? []
    return readyFacts(this.module.parts.profile, this.ports, this.control, this.lab, forwards)
  }

  private labFolder(): LabFolder {
    return this.folder
      ? { path: join(this.folder.path, 'lab'), temporary: false }
      : { path: makeTemporaryFolder(tmpdir()), temporary: true }
  }

  async start(host: SimulatorHost): Promise<void> {
    const { options } = this
    if (options.state !== null) {
      this.folder = StateFolder.claim(options.state === DEFAULT_STATE ? defaultStateFolder() : options.state)
      this.folder.onLost = (sentence) => {
        this.timeline.report({ kind: 'note', sentence })
        host.notice?.(sentence)
      }
    }
    const preloadedCa =
      options.preloadedCa === null ? (this.folder?.preloadedCa() ?? null) : readPreloadedCa(options.preloadedCa)
    if (options.lab)
      this.lab = await startLab(
        this.labFolder(),
        this.faults,
        (port, report) => this.network.breakInto(port, report),
        () => this.clock.worldMs()
      )
    const guide = this.lab
      ? [
          { from: guideEchoAddress, to: this.lab.tls },
          { from: webAddress, to: this.lab.https },
          ...plainRoutes(this.lab)
        ]
      : []
    this.network = new HostNetwork(this.clock, [...options.routes, ...guide])
    this.forwards = await Forwards.open(options.forwards)
    this.forwards.onDropped = (sentence) => void this.timeline.report({ kind: 'network', sentence })
    this.network.forwards = this.forwards
    if (this.lab) this.network.labHosts = labHosts()
    this.notices.push(...warningsOf(this.forwards))
    this.network.faultOnTheWay = () => this.faults.claimOnTheWay()
    this.network.faultOnDatagram = () => this.faults.claimDatagram()
    if (options.realLatency) this.network.change({ latency: 'real' })
    const { product, software, switches } = options
    this.board = new Board(this.surroundings(), { product, software, switches, preloadedCa })
    this.hubs.moduleChanged()
    // Now, while the NVM is as it was found.
    this.transcriptHead()
    await this.recording.start(host.notice ?? (() => {}))
    if (preloadedCa && this.module.parts.profile.takesPreloadedCa) notePreloadedCa(this.timeline, preloadedCa)
    // After everything else: whoever opens a new port finds a module behind it.
    this.ports = await openAtPorts(this.hubs.all, options)
    this.notices.push(...this.ports.notices)
    this.module.pressOn()
    if (host.board !== null) {
      this.control = await startControlServer({
        api: this.api,
        port: options.uiPort ?? 0,
        serveBoard: options.uiPort !== null,
        boardFolder: host.board
      })
    }
    const { registration, nvm } = this.module.parts
    const registered = untilRegistered(registration, this.clock)
    const unregistered = await (host.interrupted
      ? Promise.race([registered, host.interrupted.then(() => null)])
      : registered)
    if (unregistered !== null) this.notices.push(unregistered)
    const { fault } = nvm
    if (fault) this.notices.push(`${fault} The module starts with an empty NVM.`)
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll()
    return this.closing
  }

  /** Returns this machine's time, network, files and ports. */
  private surroundings(): Surroundings {
    const { seed } = this.options
    const fresh = { bytes: (length: number) => randomBytes(length) }
    return {
      clock: this.clock,
      pace: this.clock,
      timeline: this.timeline,
      network: this.network,
      shelf: new NvmShelf(this.folder),
      faults: this.faults,
      desk: () => labThatIsOn(this.lab).desk,
      random: (moduleNumber) => (seed === null ? fresh : seededRandom(seed, `module ${moduleNumber}`)),
      latency: (random) => (this.options.realLatency ? random : null),
      transport: (random) => secureTransport({ random, secrets: this.recording.keyLog }),
      ports: this.hubs.ports,
      moduleChanged: () => this.hubs.moduleChanged(),
      keepPreloadedCa: (bytes) => this.folder?.keepPreloadedCa(bytes)
    }
  }

  private get module(): Module {
    return this.board.module
  }

  private makeApi(): SimulatorApi {
    const { hubs, faults, timeline, search } = this
    return simulatorApi({
      hubs: hubs.all,
      faults,
      timeline,
      search,
      links: this.options.links,
      board: () => this.board,
      lab: () => this.lab,
      routed: (asked) => this.network.routed(asked),
      snapshot: () => this.snapshot(),
      type: (input) => hubs.type(input),
      keyLog: this.recording.keyLog,
      transcriptHead: () => this.transcriptHead(),
      subscribe: (listener) => this.batcher.subscribe(listener)
    })
  }

  /** The head for the start of the simulator. Later changes are events. */
  private transcriptHead(): TranscriptHead {
    const { options, lab, clock } = this
    const { profile } = this.module.parts
    this.head ??= transcriptHead({
      options,
      product: profile.product,
      software: profile.software,
      kept: this.board.store.load().image !== null,
      beganMs: clock.worldMs() - clock.nowMs() / clock.speed,
      lab,
      aliases: [
        { service: 'tls', ...guideEchoAddress },
        { service: 'https', ...webAddress },
        ...plainServers.flatMap(({ id: service, host, port }) =>
          [host, guideEchoAddress.host].map((from) => ({ service, host: from, port }))
        )
      ]
    })
    return this.head
  }

  /** Subscribes to the timeline. A subscriber usually searches next, so the search index is built now. */
  private watchTimeline(listener: (events: readonly TimelineEvent[]) => void): () => void {
    this.search.wake()
    return this.timeline.subscribe(listener)
  }

  private snapshot(): Snapshot {
    return {
      ...moduleSnapshot(this.module),
      wallMs: Date.now(),
      speed: this.clock.speed,
      switches: this.board.switches.snapshot,
      ports: this.hubs.all.flatMap((hub) => hub.snapshot()),
      conditions: this.network.conditions,
      lab: labSnapshot(this.lab, this.faults),
      nvm: {
        folder: this.folder?.path ?? null,
        savedAtMs: this.board.store.savedAtMs,
        fault: this.module.parts.nvm.fault
      },
      timeline: { nextSeq: this.timeline.nextSeq, dropped: this.timeline.dropped },
      ...this.recording.snapshot
    }
  }

  get unclosed(): readonly string[] {
    return this.steps.unclosed
  }

  private async closeAll(): Promise<void> {
    const { steps } = this
    await steps.run('the search', () => {
      this.batcher.stop()
      this.search.close()
    })
    await steps.run('the control port', () => this.control?.close())
    await steps.run('the module', () => this.board?.module.unplug(null))
    await Promise.all(this.hubs.all.map((hub, instance) => steps.run(`AT${instance}`, () => hub.close())))
    await steps.run('the forwards', () => this.forwards?.close())
    await steps.run('the lab', () => this.lab?.close())
    // The recording must be complete, on a slow disk too.
    await steps.run('the recording', () => this.recording.close(), true)
    await steps.run('the state folder', () => this.folder?.release())
    steps.finish()
  }
}

function warningsOf(forwards: Forwards): readonly string[] {
  return forwards.all.flatMap(({ address: host, port, connId }) => {
    const warning = openPortWarning(`The forward to connection id ${connId}`, { host, port })
    return warning === null ? [] : [warning]
  })
}

/** Each plain server has a name of its own, and the guide's address at the same port (D-30). */
function plainRoutes({ plain }: Lab): readonly Route[] {
  return plainServers.flatMap(({ id, host, port }) =>
    [host, guideEchoAddress.host].map((from) => ({ from: { host: from, port }, to: plain[id] }))
  )
}
