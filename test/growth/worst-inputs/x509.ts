import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { DerReader } from '../../../src/main/x509/der.ts'
import { X509Fault } from '../../../src/main/x509/fault.ts'
import { offerOf } from '../../../src/main/x509/slot-file.ts'
import type { SlotRules } from '../../../src/main/x509/slot-rules.ts'
import { describeStored } from '../../../src/main/x509/stored-data.ts'
import type { StoredDataPolicy } from '../../../src/shared/contracts/security.ts'
import { describeMessage } from '../../../src/shared/tls/fields.ts'
import { latin1, ofBytes, type PreparedInput, type WorstInput, type WorstInputs } from './worst-input.ts'

const [INTEGER, BITS, OCTETS, OID, PRINTABLE, UTC_TIME, SEQUENCE, SET] = [
  0x02, 0x03, 0x04, 0x06, 0x13, 0x17, 0x30, 0x31
]

/** Returns an element of DER. */
function der(tag: number, ...content: readonly Uint8Array[]): Buffer {
  const all = Buffer.concat(content)
  const length: number[] = []
  for (let rest = all.length; rest > 0; rest = Math.floor(rest / 256)) length.unshift(rest % 256)
  const head = all.length < 0x80 ? [tag, all.length] : [tag, 0x80 | length.length, ...length]
  return Buffer.concat([Buffer.from(head), all])
}

const oid = der(OID, Buffer.from([0x55, 4, 3]))
const sha1Rsa = der(SEQUENCE, der(OID, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 5])), der(5))
const time = der(UTC_TIME, latin1('260101000000Z'))
const key = der(
  SEQUENCE,
  der(SEQUENCE, der(OID, Buffer.from([0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1])), der(5)),
  der(BITS, Buffer.from([0, 1]))
)
const name = (text: Buffer): Buffer => der(SEQUENCE, der(SET, der(SEQUENCE, oid, der(PRINTABLE, text))))

function certificate({
  issuer = name(latin1('a')),
  extensions = []
}: {
  issuer?: Buffer
  extensions?: readonly Buffer[]
}): Buffer {
  const version = der(0xa0, der(INTEGER, Buffer.from([2])))
  const tbs = der(
    SEQUENCE,
    version,
    der(INTEGER, Buffer.from([1])),
    sha1Rsa,
    issuer,
    der(SEQUENCE, time, time),
    name(latin1('b')),
    key,
    der(0xa3, der(SEQUENCE, ...extensions))
  )
  return der(SEQUENCE, tbs, sha1Rsa, der(BITS, Buffer.from([0, 1])))
}

/** Returns an extension with its own identifier for each number. */
const extension = (at: number): Buffer =>
  der(
    SEQUENCE,
    der(OID, Buffer.from([0x2a, 0x80 | ((at >> 14) & 127) | 1, 0x80 | ((at >> 7) & 127), at & 127])),
    der(OCTETS, Buffer.of(0))
  )
const attribute = (): Buffer => der(SET, der(SEQUENCE, oid, der(PRINTABLE, latin1('x'))))

function faultsOnly(run: () => unknown): void {
  try {
    run()
  } catch (error) {
    if (!(error instanceof X509Fault)) throw error
  }
}

/** Runs the module's checks, and describes the certificate for the window. */
function read(bytes: Buffer): PreparedInput {
  const message = Buffer.concat([Buffer.from([11]), sized(Buffer.concat([sized(Buffer.concat([sized(bytes)]))]))])
  return ofBytes(bytes, () => {
    faultsOnly(() => readCertificate(bytes))
    describeMessage({ name: 'Certificate', raw: message })
  })
}

function sized(bytes: Buffer): Buffer {
  const length = Buffer.alloc(3)
  length.writeUIntBE(bytes.length % 2 ** 24, 0, 3)
  return Buffer.concat([length, bytes])
}

function nested(n: number): Buffer {
  // Built from the outside in: otherwise each level would copy it.
  const heads: Buffer[] = []
  for (let depth = 0, length = 0; depth < n; depth += 1) {
    const head =
      length < 0x80
        ? Buffer.from([SEQUENCE, length])
        : Buffer.from([SEQUENCE, 0x83, length >> 16, (length >> 8) & 255, length & 255])
    heads.push(head)
    length += head.length
  }
  return Buffer.concat(heads.toReversed())
}

/** Reads down to the innermost element, like every reader. */
function descend(bytes: Buffer): void {
  faultsOnly(() => {
    for (let reader = new DerReader(bytes); !reader.atEnd; reader = reader.enter('level', SEQUENCE))
      describeStored('ca-certificate', bytes.subarray(0, 64), policy)
  })
}

export const certificates: WorstInputs = {
  parser: 'DER and certificates',
  inputs: [
    {
      shape: 'a name of many attributes',
      n: 4000,
      make: (n) => read(certificate({ issuer: der(SEQUENCE, ...Array.from({ length: n }, attribute)) }))
    },
    {
      shape: 'a name component of many attributes',
      n: 4000,
      make: (n) =>
        read(
          certificate({
            issuer: der(
              SEQUENCE,
              der(SET, ...Array.from({ length: n }, () => der(SEQUENCE, oid, der(PRINTABLE, latin1('x')))))
            )
          })
        )
    },
    {
      shape: 'a name that is all spaces',
      n: 200_000,
      make: (n) => read(certificate({ issuer: name(latin1(`a${' '.repeat(n)}b`)) }))
    },
    {
      shape: 'a name that is all control characters',
      n: 100_000,
      make: (n) => read(certificate({ issuer: name(Buffer.alloc(n, 1)) }))
    },
    {
      shape: 'a name that is all object identifiers',
      n: 100_000,
      make: (n) => read(certificate({ issuer: der(SEQUENCE, Buffer.alloc(n, OID)) }))
    },
    {
      shape: 'many extensions',
      n: 3000,
      make: (n) => read(certificate({ extensions: Array.from({ length: n }, (_, at) => extension(at)) }))
    },
    {
      shape: 'a key usage of many bits',
      n: 5000,
      make: (n) =>
        read(
          certificate({
            extensions: [
              der(
                SEQUENCE,
                der(OID, Buffer.from([0x55, 0x1d, 15])),
                der(OCTETS, der(BITS, Buffer.of(0), Buffer.alloc(n, 255)))
              )
            ]
          })
        )
    },
    {
      shape: 'sequences in sequences',
      isLimited: true,
      n: 500,
      make: (n) => ofBytes(nested(n), (bytes) => descend(Buffer.from(bytes)))
    }
  ]
}

const policy: StoredDataPolicy = { pemLineEnds: 'any', keyFormats: ['pkcs1'] }
const rules: SlotRules = { policy, capacityBytes: 2047, wants: 'PEM', readsDer: true }

/** Reads a text as the content of each slot, and as a person's file for it. */
function slotFile(text: string): PreparedInput {
  const bytes = latin1(text)
  return ofBytes(bytes, () => {
    for (const slot of ['ca-certificate', 'private-key'] as const) describeStored(slot, bytes, policy)
    describeStored('ca-certificate', bytes, { ...policy, pemLineEnds: 'lf-only' })
    for (const slot of [1, 2] as const) offerOf(slot, bytes, rules, { clientCertificate: bytes, privateKey: bytes })
  })
}

const BEGIN = '-----BEGIN CERTIFICATE-----\n'
const END = '-----END CERTIFICATE-----\n'
const pemInputs: readonly WorstInput[] = [
  { shape: 'empty lines', n: 50_000, make: (n) => slotFile(`${BEGIN}${'\n'.repeat(n)}${END}`) },
  { shape: 'lines of spaces', n: 20_000, make: (n) => slotFile(`${BEGIN}${'  \n'.repeat(n)}${END}`) },
  { shape: 'one line of spaces', n: 100_000, make: (n) => slotFile(`${BEGIN}${' '.repeat(n)}${END}`) },
  {
    shape: 'headers that are almost those of an encrypted key',
    n: 10_000,
    make: (n) => slotFile(`${BEGIN}${'Proc-Type: \n'.repeat(n)}${END}`)
  },
  {
    shape: 'a header with many spaces',
    n: 100_000,
    make: (n) => slotFile(`${BEGIN}Proc-Type:${' '.repeat(n)}5\n${END}`)
  },
  { shape: 'BEGIN lines without an END', n: 5000, make: (n) => slotFile(BEGIN.repeat(n)) },
  {
    shape: 'BEGIN lines of two labels in turn',
    n: 3000,
    make: (n) => slotFile(`-----BEGIN A-----\n-----BEGIN B-----\n`.repeat(n))
  },
  { shape: 'END lines without a BEGIN', n: 5000, make: (n) => slotFile(END.repeat(n)) },
  { shape: 'blocks with nothing in them', n: 3000, make: (n) => slotFile(`${BEGIN}${END}`.repeat(n)) },
  { shape: 'a label without end', n: 100_000, make: (n) => slotFile(`-----BEGIN ${'A----'.repeat(n)}`) },
  {
    shape: 'a long label, and a body like it',
    n: 10_000,
    make: (n) => slotFile(`-----BEGIN ${'a----'.repeat(n)}a-----\n${'a----'.repeat(n)}a-----`)
  },
  { shape: 'dashes', n: 100_000, make: (n) => slotFile('-'.repeat(n)) },
  { shape: 'dashes in a block', n: 100_000, make: (n) => slotFile(`${BEGIN}${'-'.repeat(n)}`) },
  { shape: 'lines of one character', n: 20_000, make: (n) => slotFile(`${BEGIN}${'A\n'.repeat(n)}${END}`) },
  { shape: 'equals signs', n: 100_000, make: (n) => slotFile(`${BEGIN}${'='.repeat(n)}\n${END}`) },
  { shape: 'bytes that do not belong', n: 50_000, make: (n) => slotFile(`${BEGIN}${'\x04'.repeat(n)}${END}`) },
  {
    shape: 'space behind the END line',
    n: 100_000,
    make: (n) => slotFile(`${BEGIN}AAAA\n-----END CERTIFICATE-----${' '.repeat(n)}x`)
  }
]

export const slotFiles: WorstInputs = { parser: 'PEM and slot files', inputs: pemInputs }
