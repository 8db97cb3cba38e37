import type { CaptureFile, CapturedPacket } from './captured-packet.ts'
import { MAX_COMMENT_BYTES, MAX_COMMENTS, MAX_INTERFACES, MAX_PACKETS } from './limits.ts'
import { CaptureRefused } from './refusal.ts'

/** Returns whether a file is pcapng (draft-ietf-opsawg-pcapng). */
export function isPcapng(file: Buffer): boolean {
  return file.length >= 4 && file.readUInt32LE(0) === SECTION_HEADER
}

/** Reads a pcapng file in either byte order. Unknown blocks are skipped, as section 3.1 of the draft requires. */
export function readPcapng(file: Buffer): CaptureFile {
  const reader = new PcapngReader(file)
  reader.read()
  return reader
}

interface Interface {
  readonly linkType: number
  readonly name: string
  /** Units of the interface's clock per second, and the offset to add, in seconds. */
  readonly unitsPerSecond: number
  readonly offsetSeconds: number
}

class PcapngReader implements CaptureFile {
  readonly format = 'pcapng'
  application: string | null = null
  readonly comments: string[] = []
  readonly packets: CapturedPacket[] = []
  readonly keyLogs: string[] = []
  readonly notes: string[] = []
  private little = true
  /** Interfaces of the present section. */
  private interfaces: Interface[] = []
  private interfacesBefore = 0

  constructor(private readonly file: Buffer) {}

  read(): void {
    const { file } = this
    let at = 0
    while (at < file.length) {
      const length = this.blockLength(at)
      if (length === null) {
        this.notes.push('The file is cut off within a block; what stands before it is shown.')
        return
      }
      if (this.packets.length >= MAX_PACKETS) {
        this.notes.push(`Only the first ${MAX_PACKETS} packets are shown.`)
        return
      }
      if (!this.block(this.uint32(file, at), file.subarray(at + HEAD_BYTES, at + length - FOOT_BYTES))) {
        this.notes.push(`The block at byte ${at} is malformed and was left out.`)
        if (this.notes.length >= MAX_COMMENTS) return
      }
      at += length
    }
  }

  /**
   * Returns the length of the block at `at` with head and foot (12 bytes or more), or `null` when the file ends within
   * it.
   */
  private blockLength(at: number): number | null {
    const { file } = this
    if (file.length - at < HEAD_BYTES + FOOT_BYTES) return this.refuseFirst(at)
    if (file.readUInt32LE(at) === SECTION_HEADER) {
      const isLittle = file.readUInt32LE(at + HEAD_BYTES) === BYTE_ORDER_MAGIC
      if (!isLittle && file.readUInt32BE(at + HEAD_BYTES) !== BYTE_ORDER_MAGIC) {
        throw new CaptureRefused(`The file is no capture: the section at byte ${at} has no byte order of pcapng.`)
      }
      this.little = isLittle
    }
    const length = this.uint32(file, at + 4)
    if (length < HEAD_BYTES + FOOT_BYTES || length % 4 !== 0)
      throw new CaptureRefused(`The capture is damaged: the block at byte ${at} says that it has ${length} bytes.`)
    return at + length > file.length ? this.refuseFirst(at) : length
  }

  /** Refuses a file that ends within its first block: there is nothing to show. */
  private refuseFirst(at: number): null {
    if (at === 0) throw new CaptureRefused('The file is cut off: it ends within the first block of a pcapng file.')
    return null
  }

  /** Reads one block. Returns false when it is malformed; blocks of no interest are skipped. */
  private block(type: number, body: Buffer): boolean {
    switch (type) {
      case SECTION_HEADER:
        return this.section(body)
      case INTERFACE_DESCRIPTION:
        return this.description(body)
      case ENHANCED_PACKET:
        return this.enhancedPacket(body)
      case SIMPLE_PACKET:
        return this.simplePacket(body)
      case DECRYPTION_SECRETS:
        return this.secrets(body)
      default:
        return true
    }
  }

  private section(body: Buffer): boolean {
    if (body.length < 16) return false
    this.interfacesBefore += this.interfaces.length
    this.interfaces = []
    for (const [code, value] of this.options(body.subarray(16))) {
      if (code === OPT_COMMENT) this.comment(this.comments, value)
      else if (code === SHB_USERAPPL) this.application ??= text(value)
    }
    return true
  }

  private description(body: Buffer): boolean {
    if (body.length < 8 || this.interfaces.length >= MAX_INTERFACES) return false
    let name = ''
    let unitsPerSecond = 1e6
    let offsetSeconds = 0
    for (const [code, value] of this.options(body.subarray(8))) {
      if (code === IF_NAME) name = text(value).slice(0, 40)
      else if (code === IF_TSRESOL && value.length === 1)
        unitsPerSecond = value[0]! & 0x80 ? 2 ** (value[0]! & 0x7f) : 10 ** value[0]!
      else if (code === IF_TSOFFSET && value.length === 8)
        offsetSeconds = Number(this.little ? value.readBigInt64LE(0) : value.readBigInt64BE(0))
    }
    this.interfaces.push({ linkType: this.uint16(body, 0), name, unitsPerSecond, offsetSeconds })
    return true
  }

  private enhancedPacket(body: Buffer): boolean {
    if (body.length < 20) return false
    const interfaceId = this.uint32(body, 0)
    const from = this.interfaces[interfaceId]
    const capturedBytes = this.uint32(body, 12)
    if (!from || capturedBytes > body.length - 20) return false
    const units = this.uint32(body, 4) * 2 ** 32 + this.uint32(body, 8)
    const atMs = (units / from.unitsPerSecond + from.offsetSeconds) * 1000
    const comments: string[] = []
    for (const [code, value] of this.options(body.subarray(20 + padded(capturedBytes))))
      if (code === OPT_COMMENT) this.comment(comments, value)
    this.packet(interfaceId, from, atMs, body.subarray(20, 20 + capturedBytes), this.uint32(body, 16), comments)
    return true
  }

  /** Reads a simple packet block, which has no time and belongs to the first interface. */
  private simplePacket(body: Buffer): boolean {
    const from = this.interfaces[0]
    if (body.length < 4 || !from) return false
    const wireBytes = this.uint32(body, 0)
    this.packet(0, from, 0, body.subarray(4, 4 + wireBytes), wireBytes, [])
    return true
  }

  private packet(
    interfaceId: number,
    { linkType, name }: Interface,
    atMs: number,
    bytes: Buffer,
    wireBytes: number,
    comments: readonly string[]
  ): void {
    this.packets.push({
      atMs: Number.isFinite(atMs) && Math.abs(atMs) <= MAX_DATE_MS ? atMs : 0,
      linkType,
      interfaceId: this.interfacesBefore + interfaceId,
      interfaceName: name,
      bytes,
      wireBytes: Math.max(wireBytes, bytes.length),
      comments
    })
  }

  private secrets(body: Buffer): boolean {
    if (body.length < 8) return false
    const length = this.uint32(body, 4)
    if (length > body.length - 8) return false
    if (this.uint32(body, 0) === TLS_KEY_LOG) this.keyLogs.push(body.toString('latin1', 8, 8 + length))
    return true
  }

  /** Yields options until their end mark or until one does not fit; each has at least 4 bytes. */
  private *options(bytes: Buffer): Iterable<[code: number, value: Buffer]> {
    let at = 0
    while (bytes.length - at >= 4) {
      const code = this.uint16(bytes, at)
      const length = this.uint16(bytes, at + 2)
      if (code === OPT_END || length > bytes.length - at - 4) return
      yield [code, bytes.subarray(at + 4, at + 4 + length)]
      at += 4 + padded(length)
    }
  }

  private comment(to: string[], value: Buffer): void {
    if (to.length < MAX_COMMENTS) to.push(text(value))
  }

  private uint16(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at)
  }

  private uint32(bytes: Buffer, at: number): number {
    return this.little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }
}

/** Returns text of an untrusted file, shortened and without control characters. */
function text(value: Buffer): string {
  return value
    .toString('utf8', 0, MAX_COMMENT_BYTES)
    .replace(/\p{Cc}+/gu, ' ')
    .trim()
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 4) * 4
}

const SECTION_HEADER = 0x0a0d0d0a
const BYTE_ORDER_MAGIC = 0x1a2b3c4d
const INTERFACE_DESCRIPTION = 1
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
const DECRYPTION_SECRETS = 10
const TLS_KEY_LOG = 0x544c534b

const OPT_END = 0
const OPT_COMMENT = 1
const SHB_USERAPPL = 4
const IF_NAME = 2
const IF_TSRESOL = 9
const IF_TSOFFSET = 14

/** Block type and length before the body; the length again behind it. */
const HEAD_BYTES = 8
const FOOT_BYTES = 4
/** The range of a Date (ECMA-262 21.4.1.1). */
const MAX_DATE_MS = 8.64e15
