export interface TcpSegment {
  /** Address and port, as `192.0.2.1:443` or `[::1]:443`. */
  readonly from: string
  readonly to: string
  readonly sequence: number
  readonly syn: boolean
  readonly ack: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly payload: Uint8Array
  /** Length of the payload that the capture has cut off. */
  readonly missingBytes: number
}

/** The link types that can be read, for the sentence that refuses others. */
export const READABLE_LINKS = 'Ethernet, loopback, Linux cooked and raw IP'

export function isReadableLink(linkType: number): boolean {
  return linkType in linkLayers
}

/**
 * Returns the TCP segment in a packet: link layer, IPv4 (RFC 791) or IPv6 (RFC 8200), TCP (RFC 793). `null` when the
 * packet is not TCP or is cut off within the headers.
 */
export function tcpSegmentOf(linkType: number, packet: Uint8Array, wireBytes: number): TcpSegment | null {
  const bytes = Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength)
  const ipAt = linkLayers[linkType]?.(bytes) ?? null
  if (ipAt === null || ipAt >= bytes.length) return null
  const version = bytes[ipAt]! >> 4
  const inner = version === 4 ? ipv4(bytes, ipAt) : version === 6 ? ipv6(bytes, ipAt) : null
  if (!inner) return null
  const { from, to, tcpAt } = inner
  // With segmentation offload the total length is 0: then the packet goes to the end of the frame.
  const end = inner.end > tcpAt ? inner.end : wireBytes
  if (bytes.length - tcpAt < TCP_HEADER_BYTES) return null
  const headerBytes = (bytes[tcpAt + 12]! >> 4) * 4
  if (headerBytes < TCP_HEADER_BYTES || tcpAt + headerBytes > end) return null
  const flags = bytes[tcpAt + 13]!
  const payload = bytes.subarray(tcpAt + headerBytes, end)
  return {
    from: `${from}:${bytes.readUInt16BE(tcpAt)}`,
    to: `${to}:${bytes.readUInt16BE(tcpAt + 2)}`,
    sequence: bytes.readUInt32BE(tcpAt + 4),
    syn: (flags & 2) !== 0,
    ack: (flags & 16) !== 0,
    fin: (flags & 1) !== 0,
    rst: (flags & 4) !== 0,
    payload,
    missingBytes: end - tcpAt - headerBytes - payload.length
  }
}

/** For each link type: returns where the IP packet begins, or `null` when there is none. */
const linkLayers: Readonly<Record<number, (bytes: Buffer) => number | null>> = {
  // BSD loopback: four bytes of address family.
  0: () => 4,
  108: () => 4,
  1: ethernet,
  101: () => 0,
  228: () => 0,
  229: () => 0,
  // Linux cooked capture, versions 1 and 2.
  113: (bytes) => (isIp(bytes, 14) ? 16 : null),
  276: (bytes) => (isIp(bytes, 0) ? 20 : null)
}

function ethernet(bytes: Buffer): number | null {
  let at = 12
  // At most two VLAN tags (IEEE 802.1Q).
  for (let tags = 0; tags < 2 && bytes.length >= at + 2 && bytes.readUInt16BE(at) === VLAN; tags++) at += 4
  return isIp(bytes, at) ? at + 2 : null
}

function isIp(bytes: Buffer, at: number): boolean {
  if (bytes.length < at + 2) return false
  const type = bytes.readUInt16BE(at)
  return type === ETHERTYPE_IPV4 || type === ETHERTYPE_IPV6
}

interface Inner {
  readonly from: string
  readonly to: string
  readonly tcpAt: number
  /** Where the IP packet ends, by its header. */
  readonly end: number
}

function ipv4(bytes: Buffer, at: number): Inner | null {
  if (bytes.length - at < 20 || bytes[at + 9] !== TCP) return null
  // A fragment (RFC 791 3.1) does not hold a whole segment.
  if ((bytes.readUInt16BE(at + 6) & 0x3fff) !== 0) return null
  const headerBytes = (bytes[at]! & 15) * 4
  if (headerBytes < 20) return null
  const address = (from: number): string => [...bytes.subarray(from, from + 4)].join('.')
  return { from: address(at + 12), to: address(at + 16), tcpAt: at + headerBytes, end: at + bytes.readUInt16BE(at + 2) }
}

function ipv6(bytes: Buffer, at: number): Inner | null {
  if (bytes.length - at < 40) return null
  let next = bytes[at + 6]!
  let tcpAt = at + 40
  for (let headers = 0; headers < MAX_EXTENSION_HEADERS && skippable.has(next); headers++) {
    if (bytes.length - tcpAt < 8) return null
    next = bytes[tcpAt]!
    tcpAt += (bytes[tcpAt + 1]! + 1) * 8
  }
  if (next !== TCP) return null
  const payloadBytes = bytes.readUInt16BE(at + 4)
  return {
    from: ipv6Address(bytes, at + 8),
    to: ipv6Address(bytes, at + 24),
    tcpAt,
    end: payloadBytes === 0 ? 0 : at + 40 + payloadBytes
  }
}

/** Formats an IPv6 address by RFC 5952: the longest run of zeros is left out. */
function ipv6Address(bytes: Buffer, at: number): string {
  const groups = Array.from({ length: 8 }, (_, group) => bytes.readUInt16BE(at + 2 * group).toString(16))
  const runs = groups
    .map((_, from) => groups.slice(from).findIndex((group) => group !== '0'))
    .map((run, from) => (run < 0 ? 8 - from : run))
  const longest = Math.max(...runs)
  if (longest < 2) return `[${groups.join(':')}]`
  const from = runs.indexOf(longest)
  return `[${groups.slice(0, from).join(':')}::${groups.slice(from + longest).join(':')}]`
}

const ETHERTYPE_IPV4 = 0x0800
const ETHERTYPE_IPV6 = 0x86dd
const VLAN = 0x8100
const TCP = 6
const TCP_HEADER_BYTES = 20
/** Extension headers that are skipped: hop-by-hop, routing and destination options (RFC 8200 4.1). */
const skippable: ReadonlySet<number> = new Set([0, 43, 60])
const MAX_EXTENSION_HEADERS = 8
