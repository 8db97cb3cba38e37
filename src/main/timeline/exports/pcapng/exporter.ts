/** @module The timeline as a pcapng capture: AT lines, TCP streams, datagrams, echoes and DNS as packets. */

import type { TimelineEvent, TimelineFact } from '../../../../shared/timeline/events.ts'
import type { EventLookUp, Exporter } from '../../exporter.ts'
import { AtLine, type AtPacket } from './at-line.ts'
import { atPdu } from './at-pdu.ts'
import { decryptionSecrets, enhancedPacket, interfaceDescription, sectionHeader } from './blocks.ts'
import { datagramPacket, MASKED, pingPacket } from './datagrams.ts'
import { dnsAnswer, dnsQuery } from './dns-message.ts'
import { udpPacket, type IpEnd } from './headers.ts'
import { endsOf, TcpStream, type SegmentFact, type StreamPacket } from './tcp-stream.ts'

/**
 * Writes the timeline as a capture for Wireshark: traffic of the PDP contexts as IP packets, and each AT instance as an
 * interface of its own. `lookUp` finds the beginning of a connection that was opened before the first added event.
 */
export class PcapngExporter implements Exporter {
  private readonly streams = new Map<number, TcpStream | null>()
  private readonly lines = new Map<number, { interfaceId: number; line: AtLine }>()
  private pieces: Uint8Array[] = []
  private identification = 0
  private nextInterface = 1

  constructor(private readonly lookUp: EventLookUp) {}

  begin(): Uint8Array {
    return Buffer.concat([
      sectionHeader(APPLICATION, FILE_COMMENT),
      interfaceDescription(LINKTYPE_IPV4, 'PDP contexts', "The module's IP traffic; headers are made up")
    ])
  }

  addKeys(lines: readonly string[]): Uint8Array {
    return lines.length > 0 ? decryptionSecrets(lines) : new Uint8Array()
  }

  add(event: TimelineEvent): Uint8Array | null {
    const { what } = event
    if (event.instance !== null) this.atEvent(event, event.instance)
    if (what.kind === 'tcp') this.tcpEvent(event, what)
    else if (what.kind === 'segment') this.carried(event, what)
    else if (what.kind === 'datagram') this.packets(event, [datagramPacket(what, this.identification++)])
    else if (what.kind === 'ping') this.pinged(event, what)
    else if (what.kind === 'dns') this.lookedUp(event, what)
    return this.take()
  }

  end(): Uint8Array {
    for (const { interfaceId, line } of this.lines.values()) this.atPackets(interfaceId, line.end())
    return this.take() ?? new Uint8Array()
  }

  private tcpEvent(event: TimelineEvent, what: Extract<TimelineFact, { kind: 'tcp' }>): void {
    if (what.what === 'connecting') {
      const stream = this.streamOf(event)
      this.streams.set(event.seq, stream)
      const led = what.leadsTo ? [`The network leads this address elsewhere: it is reached at ${what.leadsTo}.`] : []
      if (stream) this.packets(event, stream.syn([what.sentence, MADE_UP, ...led]))
    } else if (what.what === 'opened' && what.connection != null) {
      const stream = this.stream(what.connection)
      if (stream) this.packets(event, stream.opened())
    }
  }

  private carried(event: TimelineEvent, what: SegmentFact): void {
    const stream = this.stream(what.connection)
    if (!stream) return
    this.packets(event, stream.carry(what, what.masked ? [MASKED] : []))
    if (stream.over) this.streams.delete(what.connection)
  }

  private pinged(event: TimelineEvent, what: Extract<TimelineFact, { kind: 'ping' }>): void {
    const packet = pingPacket(what, event.seq, this.identification++)
    if (packet) this.packets(event, [packet])
  }

  private lookedUp(event: TimelineEvent, what: Extract<TimelineFact, { kind: 'dns' }>): void {
    const isQuery = what.what === 'query'
    const id = isQuery ? event.seq : what.query
    const module: IpEnd = { address: what.local, port: FIRST_FREE_PORT + (id % FREE_PORTS) }
    const message = isQuery ? dnsQuery(id, what.host) : dnsAnswer(id, what.host, what.address)
    if (!message) return
    const bytes = isQuery
      ? udpPacket(module, NAME_SERVER, message, this.identification++)
      : udpPacket(NAME_SERVER, module, message, this.identification++)
    const comments = isQuery
      ? ['The name server and this packet are made up; the name was looked up by the machine that runs the simulator.']
      : [what.sentence]
    this.packets(event, [{ bytes, outbound: isQuery, comments }])
  }

  private stream(connection: number): TcpStream | null {
    const known = this.streams.get(connection)
    if (known !== undefined) return known
    const beginning = this.lookUp(connection)
    const stream = beginning ? this.streamOf(beginning) : null
    this.streams.set(connection, stream)
    return stream
  }

  private streamOf({ what }: TimelineEvent): TcpStream | null {
    const ends = what.kind === 'tcp' ? endsOf(what) : null
    return ends && new TcpStream(ends.local, ends.remote, ends.incoming, () => this.identification++)
  }

  private packets(event: TimelineEvent, packets: readonly StreamPacket[]): void {
    for (const { bytes, outbound, comments } of packets) {
      this.pieces.push(enhancedPacket({ interfaceId: 0, atMs: event.wallMs, bytes, outbound, comments }))
    }
  }

  private atEvent(event: TimelineEvent, instance: number): void {
    let known = this.lines.get(instance)
    if (!known) {
      known = { interfaceId: this.nextInterface++, line: new AtLine(instance) }
      this.lines.set(instance, known)
      this.pieces.push(
        interfaceDescription(LINKTYPE_UPPER_PDU, `AT${instance}`, `Serial port of AT instance ${instance}`)
      )
    }
    this.atPackets(known.interfaceId, known.line.add(event))
  }

  private atPackets(interfaceId: number, packets: readonly AtPacket[]): void {
    for (const { atMs, bytes, kind, fromHost, comments } of packets) {
      this.pieces.push(
        enhancedPacket({ interfaceId, atMs, bytes: atPdu(bytes, kind, fromHost), outbound: fromHost, comments })
      )
    }
  }

  private take(): Uint8Array | null {
    if (this.pieces.length === 0) return null
    const taken = Buffer.concat(this.pieces)
    this.pieces = []
    return taken
  }
}

const APPLICATION = 'Telit SSL Simulator'
const MADE_UP =
  'Addresses, server ports and payload are real; sequence numbers, acknowledgements and packet boundaries are synthetic.'
const FILE_COMMENT = `What the module exchanged with its network and its hosts. ${MADE_UP} AT interfaces: passwords, PINs and private keys are replaced by stars.`

/** https://www.tcpdump.org/linktypes.html */
const LINKTYPE_IPV4 = 228
const LINKTYPE_UPPER_PDU = 252

/** A private address of the operator, as PDP contexts have. */
const NAME_SERVER: IpEnd = { address: '10.64.18.1', port: 53 }
const FIRST_FREE_PORT = 49_152
const FREE_PORTS = 16_384
