import { X509Certificate } from 'node:crypto'
import { isIPv4 } from 'node:net'
import { networkAct, keyPress, simChange } from '../../shared/api/api.ts'
import { clockChange } from '../../shared/hardware/clock-change.ts'
import { labFaultById } from '../../shared/lab/lab.ts'
import { faultOrder, labChange } from '../../shared/lab/calls.ts'
import { noHostLines, type HostLines } from '../../shared/hardware/port-lines.ts'
import { speedChoice } from '../../shared/hardware/speed.ts'
import { nvmAct } from '../../shared/calls/nvm.ts'
import { networkChange } from '../../shared/hardware/network-conditions.ts'
import { supplyChange } from '../../shared/hardware/supply-change.ts'
import type { TcpConnection, TcpEvents } from '../../shared/contracts/bearer.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import { switchChange } from '../../shared/products/switches.ts'
import { profileOf } from '../../shared/products/catalog.ts'
import type { TimelineEvent, TimelineReporter } from '../../shared/timeline/events.ts'
import * as v from 'valibot'
import { MemoryNetwork } from '../bearer/memory-network.ts'
import { makeNetworkAct, setNetwork } from '../bearer/network-acts.ts'
import { setSpeed } from '../clock/set-speed.ts'
import { VirtualClock } from '../clock/virtual-clock.ts'
import { ArmedFaults } from '../lab/armed-faults.ts'
import { makeLabPki } from '../lab/authority.ts'
import { LabCertificates } from '../lab/certificates.ts'
import { LabDesk } from '../lab/desk.ts'
import { labFarEnds } from '../lab/far-ends.ts'
import { labNames } from '../lab/lab.ts'
import { armFault, setLab } from '../lab/lab-acts.ts'
import { publicTestKeys } from '../lab/public-test-keys.ts'
import { setClock } from '../module/by-hand/clock-change.ts'
import { Module } from '../module/module.ts'
import { SlotChanges } from '../module/by-hand/nvm-change.ts'
import { PowerSupply, setSupply } from '../module/hardware/power-supply.ts'
import { pressKey } from '../module/by-hand/press-key.ts'
import { SimCard } from '../module/hardware/sim-card.ts'
import { setSim } from '../module/by-hand/sim-change.ts'
import { ProfileSwitches } from '../module/profile-switches.ts'
import { secretDigest } from '../simulator/secret-digest.ts'
import { secureTransport } from '../simulator/secure-transport.ts'
import { seededRandom } from '../simulator/seeded-random.ts'
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
  private readonly desk: LabDesk
  private readonly switches: ProfileSwitches
  private readonly faults: ArmedFaults
  private readonly pace: Pace
  /** As each instance's host has them. */
  private readonly lines: HostLines[]
  private made = 0
  private preloadedCa: Uint8Array | null = null

  private constructor(readonly head: TranscriptHead, parts: RigParts) {
    this.clock = parts.clock
    this.network = parts.network
    this.authority = parts.authority
    this.timeline = parts.timeline
    this.slotChanges = new SlotChanges(parts.timeline)
    this.seed = parts.seed
    this.desk = parts.desk
    this.faults = parts.faults
    this.pace = parts.pace
    this.lines = Array.from({ length: head.instances }, () => noHostLines)
    this.reading = Array.from({ length: head.instances }, () => true)
    parts.network.onUnknown = (place) => this.unknownPlaces.add(place)
    if (head.latency === 'real') this.network.change({ latency: 'real' })
    const profile = profileOf(head.product, head.software)
    this.switches = new ProfileSwitches(head.switches, profile)
    this.module = this.makeModule(profile)
  }

  /** `seed`: where all chance comes from; `heard` gets every event of the timeline. Throws an UnknownChoice. */
  static async make(head: TranscriptHead, seed: number, heard: (event: TimelineEvent) => void): Promise<CheckRig> {
    const clock = new VirtualClock(head.beganMs)
    const network = new LabNetwork(clock)
    const pki = await makeLabPki(labNames, { ...publicTestKeys, nowMs: head.beganMs })
    let seq = 0
    const timeline: TimelineReporter = {
      report: (what, cause = null, instance = null) => {
        heard({ seq, moduleMs: clock.nowMs(), wallMs: clock.worldMs(), cause, instance, what })
        return seq++
      }
    }
    const pace = new Pace(head.speed)
    const nowMs = (): number => clock.worldMs()
    // The lab's delays are of the host's time.
    const world = { net: memoryLabNet(network, clock), random: seededRandom(seed, 'lab'), nowMs, schedule: (delayMs: number, action: () => void) => clock.schedule(delayMs * pace.speed, action) }
    const faults = new ArmedFaults(timeline, () => clock.nowMs())
    network.faultOnTheWay = () => faults.claim('network')
    const certificates = new LabCertificates(pki, labNames, nowMs)
    const desk = new LabDesk({ certificates, faults, nowMs, breakInto: (number, report) => network.breakInto(number, report) })
    const farEnds = labFarEnds((farEnd) => desk.visits(farEnd), world)
    let nextAddress = FIRST_LAB_ADDRESS
    for (const { service, host, port } of head.lab) {
      const address = isIPv4(host) ? host : `198.18.0.${nextAddress++}`
      if (address !== host) network.name(host, address)
      network.listen(address, port, (far) => farEnds[service](new MemorySocket({ host: address, port }, false).join(far)))
    }
    return new CheckRig(head, { clock, network, timeline, desk, faults, pace, authority: new X509Certificate(pki.ca.certificatePem).raw, seed })
  }

  /** Whether the module lets the host send. */
  maySend(instance: number): boolean {
    return this.reading[instance] ?? false
  }

  type(instance: number, bytes: Uint8Array): void {
    this.module.instances[instance]!.receive(bytes)
  }

  /** Does to the board what was done to it, and to what is around it; answers why not, in one sentence. Module time stands still meanwhile. */
  async act(name: string, argument: Readonly<Record<string, unknown>>): Promise<string | null> {
    const { hidden, instance, ...given } = argument
    try {
      await this.perform(name, given, Number(instance ?? 0))
      return Array.isArray(hidden) ? `The act ${name} is done without ${hidden.join(', ')}, which is not in the transcript.` : null
    } catch (error) {
      return `The act ${name} cannot be done: ${error instanceof v.ValiError ? 'its argument is not that of such an act' : (error as Error).message.replace(/\.$/, '')}.`
    }
  }

  private perform(name: string, argument: Record<string, unknown>, instance: number): void | Promise<unknown> {
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
      case 'switch':
        return this.switches.set(v.parse(switchChange, argument), timeline)
      case 'clock':
        return setClock(this.module, v.parse(clockChange, argument), timeline)
      case 'nvm':
        return this.changeSlot(v.parse(nvmAct, argument))
      case 'speed':
        return setSpeed(this.pace, v.parse(speedChoice, argument), timeline)
      case 'lab':
        return setLab(this.desk, v.parse(labChange, argument), timeline)
      case 'fault':
        return armFault(this.faults, () => this.desk, v.parse(faultOrder, argument))
      case 'fault-cleared':
        return this.clearFault(v.parse(clearedFault, argument))
      case 'client':
        timeline.report({ kind: 'port', sentence: 'Another program has the port.', act: { name: 'client', argument: {} } }, null, instance)
        return this.module.instances[instance]?.clientChanged()
      case 'lines':
        return this.moveLines(instance, v.parse(hostLines, argument))
      case 'product': {
        const module = this.makeModule(profileOf(String(argument['product']), argument['software'] as string | null))
        const cause = timeline.report({ kind: 'note', sentence: `The module becomes ${module.parts.profile.product}.`, act: { name: 'product', argument } })
        this.module.unplug(cause)
        this.module = module
        for (const [at, lines] of this.lines.entries()) module.instances[at]!.uart.hostLines(lines)
        return module.pressOn(cause)
      }
      default:
        throw new Error('there is no such act')
    }
  }

  private clearFault({ fault, farEnd }: v.InferOutput<typeof clearedFault>): void {
    const armed = this.faults.present.find((one) => one.fault === fault && one.farEnd === (farEnd ?? null))
    if (!armed) throw new Error(`${labFaultById(fault)!.words} is not armed here`)
    this.faults.clear({ id: armed.id })
  }

  private moveLines(instance: number, lines: HostLines): void {
    if (!this.lines[instance]) throw new Error(`there is no AT instance ${instance}`)
    this.timeline.report({ kind: 'port', sentence: 'The host has moved its lines.', act: { name: 'lines', argument: { ...lines } } }, null, instance)
    this.lines[instance] = lines
    this.module.instances[instance]!.uart.hostLines(lines)
  }

  /** A key that was stored by hand is in no transcript: the slot stays as it is. */
  private changeSlot({ dataType, base64, preloaded }: v.InferOutput<typeof nvmAct>): void {
    if (base64 === undefined) return
    const bytes = base64 === null ? null : ofThisLab(Buffer.from(base64, 'base64'), this.head.authority, this.authority)
    if (!preloaded) return void this.slotChanges.change(this.module, dataType, bytes)
    this.slotChanges.preload(this.module, bytes, (kept) => {
      this.preloadedCa = kept
    })
  }

  private makeModule(own: ModuleProfile): Module {
    const profile = this.switches.profileFor(own)
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
      preloadedCa: this.preloadedCa,
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

/** How many times as fast as the host's time the module's ran. */
class Pace {
  constructor(public speed: number) {}

  setSpeed(speed: number): void {
    this.speed = speed
  }
}

const clearedFault = v.omit(faultOrder, ['times', 'parameter'])
const line = v.nullable(v.boolean())
const hostLines = v.strictObject({ rts: line, dtr: line })

interface RigParts {
  readonly clock: VirtualClock
  readonly network: LabNetwork
  readonly timeline: TimelineReporter
  readonly desk: LabDesk
  readonly faults: ArmedFaults
  readonly pace: Pace
  readonly authority: Buffer
  readonly seed: number
}

/** Of the block kept for benchmarks (RFC 2544), as the host network gives out for routed names. */
const FIRST_LAB_ADDRESS = 1
