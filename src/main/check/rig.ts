import { X509Certificate } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { networkAct, keyPress, simChange } from '../../shared/api.ts'
import { clockChange } from '../../shared/clock-change.ts'
import { nvmAct } from '../../shared/nvm-calls.ts'
import { networkChange } from '../../shared/network-conditions.ts'
import { supplyChange } from '../../shared/supply-change.ts'
import type { TcpConnection, TcpEvents } from '../../shared/bearer.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import { profileOf } from '../../shared/products/catalog.ts'
import type { TimelineEvent, TimelineReporter } from '../../shared/timeline/events.ts'
import * as v from 'valibot'
import { MemoryNetwork } from '../bearer/memory-network.ts'
import { makeNetworkAct, setNetwork } from '../bearer/network-acts.ts'
import { VirtualClock } from '../clock/virtual-clock.ts'
import { makeLabPki } from '../lab/authority.ts'
import { labFarEnds } from '../lab/far-ends.ts'
import { labNames } from '../lab/lab.ts'
import { publicTestKeys } from '../lab/public-test-keys.ts'
import { setClock } from '../module/clock-change.ts'
import { Module } from '../module/module.ts'
import { SlotChanges } from '../module/nvm-change.ts'
import { PowerSupply, setSupply } from '../module/power-supply.ts'
import { pressKey } from '../module/press-key.ts'
import { SimCard } from '../module/sim-card.ts'
import { setSim } from '../module/sim-change.ts'
import { secretDigest } from '../secret-digest.ts'
import { secureTransport } from '../secure-transport.ts'
import { seededRandom } from '../seeded-random.ts'
import { NvmShelf } from '../state/nvm-shelf.ts'
import type { TranscriptHead } from '../timeline/transcript/format.ts'
import { ofThisLab } from './authority-swap.ts'
import { MemorySocket, memoryLabNet } from './memory-lab-net.ts'

/**
 * A fresh module in virtual time, with the lab's far ends on a network in memory: same head and same seed, same session. It is
 * off at first; time passes when `clock` is moved.
 */
export class CheckRig {
  readonly clock: VirtualClock
  readonly network: MemoryNetwork
  /** The certificate of the lab's authority, DER. */
  readonly authority: Buffer
  /** Addresses that the module has dialled and that are not the lab's, `HOST:PORT`. */
  readonly unknownPlaces = new Set<string>()
  private readonly timeline: TimelineReporter
  private readonly card = new SimCard()
  private readonly supply = new PowerSupply()
  private readonly shelf = new NvmShelf(null)
  private module: Module
  private readonly reading: boolean[]
  private readonly slotChanges: SlotChanges
  private readonly seed: number
  private made = 0

  private constructor(readonly head: TranscriptHead, parts: RigParts) {
    this.clock = parts.clock
    this.network = parts.network
    this.authority = parts.authority
    this.timeline = parts.timeline
    this.slotChanges = new SlotChanges(parts.timeline)
    this.seed = parts.seed
    this.reading = Array.from({ length: head.instances }, () => true)
    parts.network.onUnknown = (place) => this.unknownPlaces.add(place)
    if (head.latency === 'real') this.network.change({ latency: 'real' })
    this.module = this.makeModule(profileOf(head.product, head.software))
  }

  /** `seed`: where all chance comes from; `heard` gets every event of the timeline. Throws an UnknownChoice. */
  static async make(head: TranscriptHead, seed: number, heard: (event: TimelineEvent) => void): Promise<CheckRig> {
    const clock = new VirtualClock(head.beganMs)
    const network = new LabNetwork(clock)
    const pki = await makeLabPki(labNames, { ...publicTestKeys, nowMs: head.beganMs })
    const world = { net: memoryLabNet(network, clock), random: seededRandom(seed, 'lab'), nowMs: () => clock.worldMs(), schedule: clock.schedule.bind(clock) }
    const farEnds = labFarEnds(pki.server, world)
    let nextAddress = FIRST_LAB_ADDRESS
    for (const { service, host, port } of head.lab) {
      const address = isIPv4(host) ? host : `198.18.0.${nextAddress++}`
      if (address !== host) network.name(host, address)
      network.listen(address, port, (far) => farEnds[service](new MemorySocket({ host: address, port }, false).join(far)))
    }
    let seq = 0
    const timeline: TimelineReporter = {
      report: (what, cause = null, instance = null) => {
        heard({ seq, moduleMs: clock.nowMs(), wallMs: clock.worldMs(), cause, instance, what })
        return seq++
      }
    }
    return new CheckRig(head, { clock, network, timeline, authority: new X509Certificate(pki.ca.certificatePem).raw, seed })
  }

  /** Whether the module lets the host send. */
  maySend(instance: number): boolean {
    return this.reading[instance] ?? false
  }

  type(instance: number, bytes: Uint8Array): void {
    this.module.instances[instance]!.receive(bytes)
  }

  /** Does to the board what was done to it; answers why not, in one sentence. */
  act(name: string, argument: Readonly<Record<string, unknown>>): string | null {
    const { hidden, instance, ...given } = argument
    try {
      this.perform(name, given, instance)
      return Array.isArray(hidden) ? `The act ${name} is done without ${hidden.join(', ')}, which is not in the transcript.` : null
    } catch (error) {
      return `The act ${name} cannot be done: ${error instanceof v.ValiError ? 'its argument is not that of such an act' : (error as Error).message.replace(/\.$/, '')}.`
    }
  }

  private perform(name: string, argument: Record<string, unknown>, instance: unknown): void {
    const { timeline, network } = this
    switch (name) {
      case 'key':
        return pressKey(this.module, v.parse(keyPress, argument), timeline)
      case 'network':
        return setNetwork(network, v.parse(networkChange, argument), timeline)
      case 'network-event':
        return makeNetworkAct(network, v.parse(networkAct, argument), timeline)
      case 'sim':
        return setSim(this.module.parts.sim, v.parse(simChange, argument), timeline)
      case 'supply':
        return setSupply(this.module, v.parse(supplyChange, argument), timeline)
      case 'clock':
        return setClock(this.module, v.parse(clockChange, argument), timeline)
      case 'nvm':
        return this.changeSlot(v.parse(nvmAct, argument))
      case 'client':
        return this.module.instances[Number(instance)]?.clientChanged()
      case 'product': {
        const module = this.makeModule(profileOf(String(argument['product']), argument['software'] as string | null))
        this.module.unplug(null)
        this.module = module
        return module.pressOn()
      }
      default:
        throw new Error('there is no such act')
    }
  }

  /** A key that was stored by hand is in no transcript: the slot stays as it is. */
  private changeSlot({ dataType, base64 }: v.InferOutput<typeof nvmAct>): void {
    if (base64 === undefined) return
    this.slotChanges.change(this.module, dataType, base64 === null ? null : ofThisLab(Buffer.from(base64, 'base64'), this.head.authority, this.authority))
  }

  private makeModule(profile: ModuleProfile): Module {
    const { clock, timeline, network, head } = this
    const random = seededRandom(this.seed, `module ${this.made++}`)
    return new Module({
      profile,
      clock,
      timeline,
      store: this.shelf.storeOf(profile.product),
      network,
      transport: secureTransport({ random }),
      latency: head.latency === 'real' ? seededRandom(this.seed, 'latency') : null,
      sim: this.card,
      supply: this.supply,
      digest: secretDigest,
      ports: this.reading.map((_, instance) => ({
        write: () => true,
        setReading: (reading) => {
          this.reading[instance] = reading
        }
      }))
    })
  }
}

/** A memory network that tells of the addresses where nobody is. */
class LabNetwork extends MemoryNetwork {
  onUnknown: (place: string) => void = () => {}

  override resolveName(host: string, answer: Parameters<MemoryNetwork['resolveName']>[1]): ReturnType<MemoryNetwork['resolveName']> {
    return super.resolveName(host, (result) => {
      if (result.kind === 'unknown') this.onUnknown(host)
      answer(result)
    })
  }

  override connect(address: string, port: number, events: TcpEvents): TcpConnection {
    const refused: TcpEvents = {
      ...events,
      closed: (error) => {
        if (error?.code === 'ECONNREFUSED') this.onUnknown(`${address}:${port}`)
        events.closed(error)
      }
    }
    return super.connect(address, port, refused)
  }
}

interface RigParts {
  readonly clock: VirtualClock
  readonly network: LabNetwork
  readonly timeline: TimelineReporter
  readonly authority: Buffer
  readonly seed: number
}

/** Of the block kept for benchmarks (RFC 2544), as the host network gives out for routed names. */
const FIRST_LAB_ADDRESS = 1
