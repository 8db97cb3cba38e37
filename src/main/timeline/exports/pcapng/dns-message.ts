import { addressBytes } from './headers.ts'

// DNS messages (RFC 1035 4) with one question for an IPv4 address, made from the look-up and its result.

/** Returns a query, or `null` when the text is not a domain name (RFC 1035 2.3.4). */
export function dnsQuery(id: number, host: string): Uint8Array | null {
  const question = questionOf(host)
  return question && Buffer.concat([header(id, RECURSION_DESIRED, 0), question])
}

/** Returns an answer. `address` is `null` when there is no such name (RCODE 3). */
export function dnsAnswer(id: number, host: string, address: string | null): Uint8Array | null {
  const question = questionOf(host)
  if (!question) return null
  const flags = RESPONSE | RECURSION_DESIRED | RECURSION_AVAILABLE
  if (address === null) return Buffer.concat([header(id, flags | NAME_ERROR, 0), question])
  const record = Buffer.alloc(16)
  // A pointer to the name in the question, which follows the header (4.1.4).
  record.writeUInt16BE(0xc000 | HEADER_BYTES, 0)
  record.writeUInt16BE(TYPE_A, 2)
  record.writeUInt16BE(CLASS_IN, 4)
  record.writeUInt16BE(4, 10)
  record.set(addressBytes(address), 12)
  return Buffer.concat([header(id, flags, 1), question, record])
}

function header(id: number, flags: number, answers: number): Buffer {
  const bytes = Buffer.alloc(HEADER_BYTES)
  bytes.writeUInt16BE(id & 0xffff, 0)
  bytes.writeUInt16BE(flags, 2)
  bytes.writeUInt16BE(1, 4)
  bytes.writeUInt16BE(answers, 6)
  return bytes
}

function questionOf(host: string): Buffer | null {
  // Before splitting: a host may type a line of nothing but dots.
  if (host.length > MAX_NAME_BYTES) return null
  const labels = host
    .replace(/\.$/, '')
    .split('.')
    .map((label) => Buffer.from(label, 'utf8'))
  if (labels.some((label) => label.length === 0 || label.length > MAX_LABEL_BYTES)) return null
  const name = Buffer.concat([...labels.flatMap((label) => [Buffer.from([label.length]), label]), Buffer.from([0])])
  if (name.length > MAX_NAME_BYTES) return null
  return Buffer.concat([name, Buffer.from([0, TYPE_A, 0, CLASS_IN])])
}

const HEADER_BYTES = 12
const TYPE_A = 1
const CLASS_IN = 1
const RESPONSE = 0x8000
const RECURSION_DESIRED = 0x0100
const RECURSION_AVAILABLE = 0x0080
const NAME_ERROR = 3
const MAX_LABEL_BYTES = 63
const MAX_NAME_BYTES = 255
