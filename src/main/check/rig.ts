import { X509Certificate } from 'node:crypto'
import { isIPv4 } from 'node:net'
import type { TcpConnection, TcpEvents } from '../../shared/contracts/bearer.ts'
import { labHosts } from '../../shared/lab/lab.ts'
import { isPlainServer } from '../../shared/lab/plain.ts'
import type { TimelineEvent, TimelineReporter } from '../../shared/timeline/events.ts'
import { MemoryNetwork } from '../bearer/memory-network.ts'
import { VirtualClock } from '../clock/virtual-clock.ts'
import { ArmedFaults } from '../lab/armed-faults.ts'
import { makeLabPki } from '../lab/authority.ts'
import { LabCertificates } from '../lab/certificates.ts'
import { LabDesk } from '../lab/desk.ts'
import { labFarEnds } from '../lab/far-ends.ts'
import { labNames } from '../lab/lab.ts'
import { answerDatagram, plainHandler } from '../lab/plain/start.ts'
import { publicTestKeys } from '../lab/public-test-keys.ts'
import { performAct } from '../simulator/acts.ts'
import { Board, type Surroundings } from '../simulator/board.ts'
import { secureTransport } from '../simulator/secure-transport.ts'
import { seededRandom } from '../simulator/seeded-random.ts'
import { NvmShelf } from '../state/nvm-shelf.ts'
import { tidyCauses } from '../timeline/further-causes.ts'
import type { TranscriptHead } from '../timeline/transcript/format.ts'
import { ofThisLab } from './authority-swap.ts'
import { MemorySocket, memoryLabNet } from './memory-lab-net.ts'

/**
 * A fresh module in virtual time, with the lab servers on a network in memory. The same head and seed give the same
 * run. The module starts powered off; time passes only when `clock` is advanced.
 */
export class CheckRig {
  readonly clock: VirtualClock
  readonly network: MemoryNetwork
  /** The certificate of the lab's authority, DER. */
  readonly authority: Buffer
  /** Addresses that the module has dialled and at which nothing listens, as `HOST:PORT`. */
  readonly unknownPlaces = new Set<string>()
  private readonly board: Board
  /** For each AT instance: whether flow control lets the host send. */
  private readonly reading: boolean[]

  private constructor(
    readonly head: TranscriptHead,
    parts: RigParts
  ) {
    this.clock = parts.clock
    this.network = parts.network
    this.authority = parts.authority
    this.reading = Array.from({ length: head.instances }, () => true)
    parts.network.onUnknown = (place) => this.unknownPlaces.add(place)
    if (head.latency === 'real') this.network.change({ latency: 'real' })
    const { product, software, switches } = head
    this.board = new Board(this.surroundings(parts), { product, software, switches, preloadedCa: null })
  }

  /**
   * Makes a rig. `seed` is the seed of all random numbers; `heard` gets every timeline event. Throws an UnknownChoice.
   */
  static async make(head: TranscriptHead, seed: number, heard: (event: TimelineEvent) => void): Promise<CheckRig> {
    const clock = new VirtualClock(head.beganMs)
    const network = new LabNetwork(clock)
    const pki = await makeLabPki(labNames, { ...publicTestKeys, nowMs: head.beganMs })
    let seq = 0
    const timeline: TimelineReporter = {
      report: (what, cause = null, instance = null, further = []) => {
        const causes = tidyCauses(seq, cause, further)
        heard({
          seq,
          moduleMs: clock.nowMs(),
          wallMs: clock.worldMs(),
          cause: causes.cause,
          ...(causes.further.length > 0 ? { furtherCauses: causes.further } : {}),
          instance,
          what
        })
        return seq++
      }
    }
    const pace = new Pace(head.speed)
    const nowMs = (): number => clock.worldMs()
    // The lab's delays are in host time.
    const world = {
      net: memoryLabNet(network, clock),
      random: seededRandom(seed, 'lab'),
      nowMs,
      schedule: (delayMs: number, action: () => void) => clock.schedule(delayMs * pace.speed, action)
    }
    const faults = new ArmedFaults(timeline, () => clock.nowMs())
    if (head.lab.length > 0) network.labHosts = labHosts()
    network.faultOnTheWay = () => faults.claimOnTheWay()
    network.faultOnDatagram = () => faults.claimDatagram()
    const certificates = new LabCertificates(pki, labNames, nowMs)
    const desk = new LabDesk({
      certificates,
      faults,
      nowMs,
      breakInto: (number, report) => network.breakInto(number, report)
    })
    const farEnds = labFarEnds((farEnd) => desk.visits(farEnd), world)
    let nextAddress = FIRST_LAB_ADDRESS
    const known = new Map<string, string>()
    for (const { service, host, port } of head.lab) {
      const address = isIPv4(host) ? host : (known.get(host) ?? `198.18.0.${nextAddress++}`)
      known.set(host, address)
      if (address !== host) network.name(host, address)
      const handler = isPlainServer(service) ? plainHandler(service, desk.plain, world) : farEnds[service]
      if (handler)
        network.listen(address, port, (far) => handler(new MemorySocket({ host: address, port }, false).join(far)))
      if (isPlainServer(service))
        network.listenDatagrams(address, port, (bytes, _from, reply) =>
          answerDatagram(service, desk.plain, bytes, nowMs, world, reply)
        )
    }
    return new CheckRig(head, {
      clock,
      network,
      timeline,
      desk,
      faults,
      pace,
      authority: new X509Certificate(pki.ca.certificatePem).raw,
      seed
    })
  }

  /** Returns whether flow control lets the host send on this AT instance. */
  maySend(instance: number): boolean {
    return this.reading[instance] ?? false
  }

  type(instance: number, bytes: Uint8Array): void {
    this.board.module.instances[instance]!.receive(bytes)
  }

  /**
   * Repeats a recorded act on the board, the lab or the network. Returns why it was not possible, in one sentence, or
   * `null`. Module time stands still meanwhile.
   */
  async act(name: string, argument: Readonly<Record<string, unknown>>): Promise<string | null> {
    const { hidden, instance, ...given } = argument
    try {
      await performAct(this.board, name, this.translated(name, given), Number(instance ?? 0))
      return Array.isArray(hidden)
        ? `The act ${name} is done without ${hidden.join(', ')}, which is not in the transcript.`
        : null
    } catch (error) {
      return `The act ${name} cannot be done: ${(error as Error).message.replace(/\.$/, '')}.`
    }
  }

  private surroundings({ clock, pace, timeline, network, faults, desk, seed }: RigParts): Surroundings {
    return {
      clock,
      pace,
      timeline,
      network,
      shelf: new NvmShelf(null),
      faults,
      desk: () => desk,
      random: (moduleNumber) => seededRandom(seed, `module ${moduleNumber}`),
      latency: () => (this.head.latency === 'real' ? seededRandom(seed, 'latency') : null),
      transport: (random) => secureTransport({ random }),
      ports: this.reading.map((_, instance) => ({
        write: () => true,
        setReading: (reading) => {
          this.reading[instance] = reading
        }
      }))
    }
  }

  /** Replaces the authority of the recording by that of this rig where an act stores a certificate. */
  private translated(name: string, argument: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const { base64 } = argument
    if (name !== 'nvm' || typeof base64 !== 'string') return argument
    return {
      ...argument,
      base64: Buffer.from(ofThisLab(Buffer.from(base64, 'base64'), this.head.authority, this.authority)).toString(
        'base64'
      )
    }
  }
}

/** A memory network that reports addresses at which nothing listens. */
class LabNetwork extends MemoryNetwork {
  onUnknown: (place: string) => void = () => {}

  override resolveName(
    host: string,
    answer: Parameters<MemoryNetwork['resolveName']>[1]
  ): ReturnType<MemoryNetwork['resolveName']> {
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

/** The recorded speed: how many times as fast as host time module time ran. */
class Pace {
  constructor(public speed: number) {}

  setSpeed(speed: number): void {
    this.speed = speed
  }
}

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

/** From 198.18.0.0/15, the block for benchmarks (RFC 2544), as the addresses of the host network for routed names. */
const FIRST_LAB_ADDRESS = 1
