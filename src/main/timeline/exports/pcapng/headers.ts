// IPv4 (RFC 791), TCP (RFC 793), UDP (RFC 768) and ICMP (RFC 792) headers around bytes, with their checksums.

export interface IpEnd {
  /** Dotted decimal. Anything else becomes 0.0.0.0. */
  readonly address: string
  readonly port: number
}

export interface TcpHeader {
  readonly from: IpEnd
  readonly to: IpEnd
  /** Modulo 2^32. */
  readonly sequence: number
  /** `null` when nothing is acknowledged. */
  readonly acknowledgement: number | null
  readonly syn?: boolean
  readonly fin?: boolean
  readonly rst?: boolean
}

/** Returns one IPv4 packet with a TCP segment. A SYN announces the largest segment, `MAX_SEGMENT_BYTES`. */
export function tcpPacket(header: TcpHeader, payload: Uint8Array, identification: number): Uint8Array {
  const { from, to, sequence, acknowledgement, syn = false, fin = false, rst = false } = header
  const headerBytes = syn ? TCP_HEADER_BYTES + 4 : TCP_HEADER_BYTES
  const tcp = Buffer.alloc(headerBytes + payload.length)
  tcp.writeUInt16BE(from.port, 0)
  tcp.writeUInt16BE(to.port, 2)
  tcp.writeUInt32BE(sequence % 2 ** 32, 4)
  tcp.writeUInt32BE((acknowledgement ?? 0) % 2 ** 32, 8)
  tcp[12] = (headerBytes / 4) << 4
  tcp[13] =
    (fin ? 1 : 0) | (syn ? 2 : 0) | (rst ? 4 : 0) | (payload.length > 0 ? 8 : 0) | (acknowledgement === null ? 0 : 16)
  tcp.writeUInt16BE(rst ? 0 : WINDOW_BYTES, 14)
  if (syn) {
    tcp.writeUInt16BE(0x0204, 20)
    tcp.writeUInt16BE(MAX_SEGMENT_BYTES, 22)
  }
  tcp.set(payload, headerBytes)
  tcp.writeUInt16BE(transportChecksum(from, to, TCP, tcp), 16)
  return ipPacket(from, to, TCP, tcp, identification)
}

/** Returns one IPv4 packet with a UDP datagram. */
export function udpPacket(from: IpEnd, to: IpEnd, payload: Uint8Array, identification: number): Uint8Array {
  const udp = Buffer.alloc(8 + payload.length)
  udp.writeUInt16BE(from.port, 0)
  udp.writeUInt16BE(to.port, 2)
  udp.writeUInt16BE(udp.length, 4)
  udp.set(payload, 8)
  // RFC 768: a checksum of 0 means that there is none.
  udp.writeUInt16BE(transportChecksum(from, to, UDP, udp) || 0xffff, 6)
  return ipPacket(from, to, UDP, udp, identification)
}

/** An ICMP echo request or reply (RFC 792). */
export interface EchoHeader {
  readonly from: string
  readonly to: string
  readonly reply: boolean
  /** Goes into identifier and sequence number, modulo 2^32. */
  readonly number: number
  readonly lengthBytes: number
  readonly timeToLive: number
}

/** Returns one IPv4 packet with an echo request or reply, with a payload of letters. */
export function echoPacket(header: EchoHeader, identification: number): Uint8Array {
  const { from, to, reply, number, lengthBytes, timeToLive } = header
  const icmp = Buffer.alloc(8 + lengthBytes)
  icmp[0] = reply ? 0 : 8
  icmp.writeUInt32BE(number % 2 ** 32, 4)
  for (let at = 0; at < lengthBytes; at++) icmp[8 + at] = FIRST_LETTER + (at % LETTERS)
  icmp.writeUInt16BE(internetChecksum(icmp), 2)
  return ipPacket({ address: from, port: 0 }, { address: to, port: 0 }, ICMP, icmp, identification, timeToLive)
}

export function addressBytes(address: string): Uint8Array {
  const numbers = address.split('.').map(Number)
  const isAddress = numbers.length === 4 && numbers.every((one) => Number.isInteger(one) && one >= 0 && one <= 255)
  return Uint8Array.from(isAddress ? numbers : [0, 0, 0, 0])
}

/** Returns the one's complement of the one's complement sum of the 16-bit words (RFC 1071). */
export function internetChecksum(bytes: Uint8Array, from = 0): number {
  let sum = from
  const even = bytes.length & ~1
  for (let at = 0; at < even; at += 2) sum += (bytes[at]! << 8) | bytes[at + 1]!
  if (even < bytes.length) sum += bytes[even]! << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}

function ipPacket(
  from: IpEnd,
  to: IpEnd,
  protocol: number,
  content: Uint8Array,
  identification: number,
  timeToLive = TIME_TO_LIVE
): Uint8Array {
  const packet = Buffer.alloc(IP_HEADER_BYTES + content.length)
  packet[0] = 0x45
  packet.writeUInt16BE(packet.length, 2)
  packet.writeUInt16BE(identification & 0xffff, 4)
  // Do not fragment.
  packet[6] = 0x40
  packet[8] = timeToLive
  packet[9] = protocol
  packet.set(addressBytes(from.address), 12)
  packet.set(addressBytes(to.address), 16)
  packet.writeUInt16BE(internetChecksum(packet.subarray(0, IP_HEADER_BYTES)), 10)
  packet.set(content, IP_HEADER_BYTES)
  return packet
}

/** Returns the checksum, which includes the pseudo header (RFC 793 3.1). */
function transportChecksum(from: IpEnd, to: IpEnd, protocol: number, content: Uint8Array): number {
  const pseudo = Buffer.alloc(12)
  pseudo.set(addressBytes(from.address), 0)
  pseudo.set(addressBytes(to.address), 4)
  pseudo[9] = protocol
  pseudo.writeUInt16BE(content.length, 10)
  return internetChecksum(content, ~internetChecksum(pseudo) & 0xffff)
}

/** The 1500 bytes of Ethernet without both headers and the tunnel of a mobile network. */
export const MAX_SEGMENT_BYTES = 1360
/** The largest window without scaling. The writer acknowledges before that many bytes are outstanding. */
export const WINDOW_BYTES = 65_535

const IP_HEADER_BYTES = 20
const TCP_HEADER_BYTES = 20
const ICMP = 1
const TCP = 6
const UDP = 17
const TIME_TO_LIVE = 64
const FIRST_LETTER = 0x61
const LETTERS = 26
