import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Batch, Catalog, EventPage, EventQuery, KeyPress, ProductChoice, SimulatorApi, Snapshot, TypedInput } from '../shared/api.ts'
import { products, profileOf } from '../shared/products/catalog.ts'
import type { NvmStore } from '../shared/nvm-store.ts'
import { AtPortHub } from './at-port-hub.ts'
import { Batcher } from './batcher.ts'
import { HostNetwork } from './bearer/host-network.ts'
import { defaultState, type SimulatorOptions } from './cli-options.ts'
import { RealClock } from './clock/real-clock.ts'
import { startControlServer, type ControlServer } from './control/control-server.ts'
import { guideEchoAddress, startLab, type Lab } from './lab/lab.ts'
import { Module } from './module/module.ts'
import { defaultLinkPath, openPtyPort, openTcpPort, openUartBridge, PortError, type PtyPort, type TcpPort } from './ports/index.ts'
import { secureTransport } from './secure-transport.ts'
import { moduleSnapshot } from './snapshot.ts'
import { FileNvmStore } from './state/file-nvm-store.ts'
import { MemoryNvmStore } from './state/memory-nvm-store.ts'
import { defaultStateFolder, StateFolder } from './state/state-folder.ts'
import { TimelineStore } from './timeline/store.ts'

/** A simulator that runs: what can be done with it, where it is found, and how it ends. */
export interface Simulator {
  readonly api: SimulatorApi
  readonly ready: ReadyFacts
  /** What the person should know of this start, a sentence each: NVM that was set aside, a pty that cannot be had. */
  readonly notices: readonly string[]
  /** Frees ports and folders, removes links; NVM is kept. Harmless when called twice. */
  close(): Promise<void>
}

/** The ready line (`--json`); null where something is not in use. */
export interface ReadyFacts {
  readonly event: 'ready'
  readonly ports: readonly { readonly instance: number; readonly path: string; readonly link: string }[]
  readonly tcp: number | null
  readonly rfc2217: null
  readonly ui: string | null
  readonly control: string | null
  readonly lab: { readonly tls: { readonly host: string; readonly port: number } | null; readonly https: null; readonly ftps: null; readonly ca: string | null }
  readonly product: string
  readonly software: string
}

/**
 * Puts the parts together and waits until the module has registered and everything can be used. Rejects with an error
 * of one sentence (PortError, StateError, ControlError) and leaves nothing behind.
 */
export async function startSimulator(options: SimulatorOptions, host: SimulatorHost = { board: null }): Promise<Simulator> {
  const simulator = new RunningSimulator(options)
  try {
    await simulator.start(host)
    return simulator
  } catch (error) {
    await simulator.close()
    throw error
  }
}

/** What the program around the simulator brings along. */
export interface SimulatorHost {
  /** Folder of the built window for browsers, or null where the host has a window of its own. */
  readonly board: string | null
}

class RunningSimulator implements Simulator {
  readonly api: SimulatorApi
  readonly notices: string[] = []
  private readonly clock: RealClock
  private readonly timeline: TimelineStore
  private readonly batcher: Batcher
  private readonly hub: AtPortHub
  private folder: StateFolder | null = null
  private store!: NvmStore & { readonly savedAtMs: number | null }
  private network!: HostNetwork
  private lab: Lab | null = null
  private module!: Module
  private pty: PtyPort | null = null
  private tcp: TcpPort | null = null
  private control: ControlServer | null = null
  private closing: Promise<void> | null = null

  constructor(private readonly options: SimulatorOptions) {
    this.clock = new RealClock(options.speed)
    this.timeline = new TimelineStore(this.clock)
    this.batcher = new Batcher(() => this.snapshot())
    this.timeline.subscribe((event) => this.batcher.event(event))
    this.hub = new AtPortHub(0, this.timeline, {
      receive: (bytes) => this.module.instances[0]!.receive(bytes),
      clientChanged: () => this.module.instances[0]!.clientChanged(),
      drained: () => this.module.instances[0]!.portDrained(),
      output: (bytes) => this.batcher.printed(0, bytes)
    })
    this.api = this.makeApi()
  }

  get ready(): ReadyFacts {
    const { profile } = this.module.parts
    return {
      event: 'ready',
      ports: this.pty ? [{ instance: 0, path: this.pty.path, link: this.pty.link }] : [],
      tcp: this.tcp?.port ?? null,
      rfc2217: null,
      ui: this.control?.uiUrl ?? null,
      control: this.control?.controlUrl ?? null,
      lab: { tls: this.lab?.tls ?? null, https: null, ftps: null, ca: this.lab?.caFile ?? null },
      product: profile.product,
      software: profile.software
    }
  }

  async start(host: SimulatorHost): Promise<void> {
    const { options } = this
    if (options.state !== null) {
      this.folder = StateFolder.claim(options.state === defaultState ? defaultStateFolder() : options.state)
    }
    // Keys for the lab's certificates take a while: made while the ports are opened.
    const lab = options.lab ? startLab(this.folder ? join(this.folder.path, 'lab') : null) : null
    lab?.catch(() => {})
    await this.openPorts()
    this.lab = await lab
    const guide = this.lab ? [{ from: guideEchoAddress, to: this.lab.tls }] : []
    this.network = new HostNetwork(this.clock, [...options.routes, ...guide])
    this.useProduct(options.product, options.software)
    if (host.board !== null) {
      this.control = await startControlServer({
        api: this.api,
        port: options.uiPort ?? 0,
        serveBoard: options.uiPort !== null,
        boardFolder: host.board
      })
    }
    await new Promise<void>((resolve) => this.whenRegistered(resolve))
    const { fault } = this.module.parts.nvm
    if (fault) this.notices.push(`${fault} The module starts with an empty NVM.`)
  }

  close(): Promise<void> {
    this.closing ??= this.closeAll()
    return this.closing
  }

  private async openPorts(): Promise<void> {
    const { link, tcpPort, serial } = this.options
    try {
      this.pty = await this.hub.plug((events) => openPtyPort({ link: link ?? defaultLinkPath(0) }, events))
    } catch (error) {
      // Without a pty the module is still there over TCP or a UART; alone, it would be deaf.
      if (!(error instanceof PortError) || error.code !== 'no-pty') throw error
      if (tcpPort === null && serial === null) throw new PortError(error.code, `${error.message} Without a pty, use --tcp PORT.`)
      this.notices.push(`${error.message} Going on without a pty.`)
    }
    if (tcpPort !== null) this.tcp = await this.hub.plug((events) => openTcpPort({ port: tcpPort }, events))
    if (serial !== null) await this.hub.plug((events) => openUartBridge(serial, events))
  }

  private useProduct(product: string, software: string | null): void {
    const profile = profileOf(product, software)
    this.store = this.folder ? new FileNvmStore(this.folder.path, profile.product) : new MemoryNvmStore(memoryImages.get(profile.product) ?? null)
    this.module = new Module({
      profile,
      clock: this.clock,
      timeline: this.timeline,
      store: this.store,
      network: this.network,
      transport: secureTransport({ random: { bytes: (length) => randomBytes(length) } }),
      ports: [{ write: (bytes) => this.hub.write(bytes), setReading: (reading) => this.hub.setReading(reading) }]
    })
    this.module.pressOn()
  }

  private whenRegistered(done: () => void): void {
    const { registration } = this.module.parts
    let told = false
    const check = (): void => {
      if (told || !registration.registered) return
      told = true
      done()
    }
    registration.onChange(check)
    check()
  }

  private makeApi(): SimulatorApi {
    return {
      snapshot: async () => this.snapshot(),
      catalog: async () => catalog(),
      events: async (query: EventQuery): Promise<EventPage> => this.timeline.query(query),
      selectProduct: async (choice: ProductChoice) => this.selectProduct(choice),
      type: async (input: TypedInput) => this.type(input),
      pressKey: async (press: KeyPress) => this.pressKey(press),
      subscribe: (listener: (batch: Batch) => void) => this.batcher.subscribe(listener)
    }
  }

  private selectProduct({ product, software }: ProductChoice): void {
    const profile = profileOf(product, software)
    const cause = this.timeline.report({ kind: 'note', sentence: `The module becomes ${profile.product} with software ${profile.software}.` })
    this.module.unplug(cause)
    if (this.store instanceof MemoryNvmStore) memoryImages.set(this.module.parts.profile.product, this.store.image)
    this.useProduct(product, software)
  }

  private type({ instance, bytes }: TypedInput): void {
    if (instance !== 0) throw new Error(`There is no AT instance ${instance}.`)
    const { occupant } = this.hub
    if (occupant !== null) throw new Error(`${occupant} has the port; what it types and what you type would mix.`)
    this.module.instances[0]!.receive(bytes)
  }

  private pressKey({ key }: KeyPress): void {
    const cause = this.timeline.report({ kind: 'note', sentence: `The ${key === 'on' ? 'ON' : 'RESET'} key was pressed.` })
    if (key === 'on') this.module.pressOn(cause)
    else this.module.pressReset(cause)
  }

  private snapshot(): Snapshot {
    return {
      ...moduleSnapshot(this.module),
      wallMs: Date.now(),
      ports: this.hub.snapshot(),
      lab: { tls: this.lab?.tls ?? null, caFile: this.lab?.caFile ?? null },
      nvm: { folder: this.folder?.path ?? null, savedAtMs: this.store.savedAtMs, fault: this.module.parts.nvm.fault },
      timeline: { nextSeq: this.timeline.nextSeq, dropped: this.timeline.dropped }
    }
  }

  private async closeAll(): Promise<void> {
    this.batcher.stop()
    await this.control?.close()
    this.module?.unplug(null)
    await this.hub.close()
    await this.lab?.close()
    this.folder?.release()
  }
}

/** NVM of the products of this run where nothing is kept on disk. */
const memoryImages = new Map<string, string | null>()

function catalog(): Catalog {
  const families = [...new Set(products.map((one) => one.family))]
  return {
    families: families.map((name) => ({
      name,
      products: products
        .filter((one) => one.family === name)
        .map((one) => ({ name: one.name, software: one.software.map((version) => version.name).toReversed() }))
    }))
  }
}
