import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { acceptServerPath } from '../../../src/main/x509/path.ts'
import type { ServerCertificatePolicy } from '../../../src/shared/contracts/security.ts'
import type { AlertName } from '../../../src/shared/tls/alerts.ts'
import { TlsFailure } from '../../../src/shared/tls/failure.ts'
import type { TlsFailureReason } from '../../../src/shared/tls/failure.ts'
import type { TlsRemark } from '../../../src/shared/tls/remark.ts'
import {
  basicConstraints,
  bits,
  der,
  derCertificate,
  extension,
  extensionOids,
  hexBytes,
  integer,
  name,
  nothing,
  nullValue,
  octets,
  oid,
  sequence,
  tagOf,
  validity
} from '../../fixtures/der-certificate.ts'
import type { DerCertificateOptions } from '../../fixtures/der-certificate.ts'

// Paths of the kinds in the public test suites for path validation (NIST's PKITS, x509-limbo), made anew, each with the
// result by D-26. Where the modules are less strict than RFC 5280, the case says so.

const usual: ServerCertificatePolicy = {
  checkNotBefore: true,
  checkExpiry: true,
  acceptSha256Signatures: true,
  maxCertificateBytes: 2047
}
const noon = Date.UTC(2013, 5, 1, 12)
const V1 = { version: nothing, extensions: null } as const
const V2 = { version: der(0xa0, integer('01')), extensions: null } as const

/** `of` is the subject, `by` the issuer. The key has the subject's name by default. */
function cert(of: string, by: string, changes: Partial<DerCertificateOptions> = {}): Buffer {
  return derCertificate({ subject: name(of), issuer: name(by), key: `case ${of}`, signedBy: `case ${by}`, ...changes })
}

const ca = (of: string, by: string, changes: Partial<DerCertificateOptions> = {}): Buffer =>
  cert(of, by, { extensions: [basicConstraints(true)], ...changes })

const root = ca('Root', 'Root')
const middle = ca('Middle', 'Root')
const leaf = cert('leaf', 'Middle')
const direct = cert('direct', 'Root')

const dates = (from: string, to: string): Partial<DerCertificateOptions> => ({ validity: validity(from, to) })
const caWith = (...extensions: readonly Buffer[]): Partial<DerCertificateOptions> => ({
  extensions: [basicConstraints(true), ...extensions]
})
const leafWith = (...extensions: readonly Buffer[]): Partial<DerCertificateOptions> => ({
  extensions: [basicConstraints(false), ...extensions]
})
const keyUsage = (hex: string): Buffer => extension(extensionOids.keyUsage, bits(hex), true)
const CERT_SIGN = '0204'
const ENCIPHER = '0520'
/** `nameConstraints` that permits only `.example.com`, and other restrictions with valid content. */
const limits: Readonly<Record<string, Buffer>> = {
  nameConstraints: sequence(der(0xa0, sequence(der(0x82, Buffer.from('.example.com'))))),
  certificatePolicies: sequence(sequence(oid('2a0304'))),
  policyMappings: sequence(sequence(oid('2a0304'), oid('2a0305'))),
  policyConstraints: sequence(der(0x80, hexBytes('00'))),
  extKeyUsage: sequence(oid('2b06010505070302')),
  inhibitAnyPolicy: integer('00')
}

interface PathCase {
  readonly chain: readonly Buffer[]
  /** `root` by default. */
  readonly anchor?: Buffer
  readonly policy?: Partial<ServerCertificatePolicy>
  readonly clockMs?: number
  /** Accepted by default. */
  readonly refused?: AlertName
  readonly sentence?: RegExp
}

const A = ca('A', 'B')
const B = ca('B', 'A')

const cases: Readonly<Record<string, Readonly<Record<string, PathCase>>>> = {
  'T-2: validity ends with its last second': {
    'a second before notBefore': {
      chain: [cert('direct', 'Root', dates('130601120001Z', '140101000000Z'))],
      refused: 'certificate_expired'
    },
    'at notBefore': { chain: [cert('direct', 'Root', dates('130601120000Z', '140101000000Z'))] },
    'at notAfter': { chain: [cert('direct', 'Root', dates('130101000000Z', '130601120000Z'))] },
    'in the last millisecond of notAfter': {
      chain: [cert('direct', 'Root', dates('130101000000Z', '130601120000Z'))],
      clockMs: noon + 999
    },
    'a second after notAfter': {
      chain: [cert('direct', 'Root', dates('130101000000Z', '130601120000Z'))],
      clockMs: noon + 1000,
      refused: 'certificate_expired',
      sentence: /its notAfter is 2013-06-01 12:00:00 UTC, the module's clock says 2013-06-01 12:00:01 UTC\.$/
    },
    'an intermediate at notAfter': {
      chain: [leaf, ca('Middle', 'Root', dates('130101000000Z', '130601120000Z'))],
      clockMs: noon + 500
    },
    'the stored root at notAfter': {
      chain: [direct],
      anchor: ca('Root', 'Root', dates('130101000000Z', '130601120000Z')),
      clockMs: noon + 500
    },
    'the stored root a second later': {
      chain: [direct],
      anchor: ca('Root', 'Root', dates('130101000000Z', '130601120000Z')),
      clockMs: noon + 1000,
      refused: 'certificate_expired'
    },
    'notAfter in 2050 and beyond, as GeneralizedTime': {
      chain: [cert('direct', 'Root', dates('130101000000Z', '99991231235959Z'))]
    },
    'notAfter before notBefore': {
      chain: [cert('direct', 'Root', dates('130701000000Z', '130501000000Z'))],
      refused: 'certificate_expired'
    }
  },
  'the CA flag and version': {
    'an intermediate without basicConstraints': {
      chain: [leaf, cert('Middle', 'Root', { extensions: [keyUsage(CERT_SIGN)] })],
      refused: 'bad_certificate'
    },
    'an intermediate with CA FALSE': { chain: [leaf, cert('Middle', 'Root')], refused: 'bad_certificate' },
    'an intermediate of version 1, which has no flag': { chain: [leaf, cert('Middle', 'Root', V1)] },
    'an intermediate of version 2, which counts as 1': { chain: [leaf, cert('Middle', 'Root', V2)] },
    'a leaf with CA TRUE': { chain: [ca('direct', 'Root')] },
    'a leaf of version 1': { chain: [cert('direct', 'Root', V1)] },
    'a stored root without the flag': { chain: [direct], anchor: cert('Root', 'Root') },
    'a stored leaf that is the server’s own': { chain: [leaf], anchor: leaf }
  },
  'the path length': {
    '0 with a leaf below': { chain: [leaf, ca('Middle', 'Root', { extensions: [basicConstraints(true, 0)] })] },
    '0 with an authority below': {
      chain: [
        cert('deep', 'Low'),
        ca('Low', 'Middle'),
        ca('Middle', 'Root', { extensions: [basicConstraints(true, 0)] })
      ],
      refused: 'bad_certificate',
      sentence: /^Certificate 3 of 3 \(CN=Middle\) allows 0 authorities below it, the path has 1\.$/
    },
    '1 with two authorities below': {
      chain: [
        cert('deep', 'Lower'),
        ca('Lower', 'Low'),
        ca('Low', 'Middle'),
        ca('Middle', 'Root', { extensions: [basicConstraints(true, 1)] })
      ],
      refused: 'bad_certificate',
      sentence: /allows 1 authority below it, the path has 2\.$/
    },
    '0 with a self-issued authority below, which does not count': {
      chain: [
        leaf,
        ca('Middle', 'Middle', { key: 'case Middle', signedBy: 'case Middle old' }),
        ca('Middle', 'Root', { key: 'case Middle old', extensions: [basicConstraints(true, 0)] })
      ]
    },
    '0 of the stored root, which is not asked': {
      chain: [leaf, middle],
      anchor: ca('Root', 'Root', { extensions: [basicConstraints(true, 0)] })
    },
    'without a CA flag, on a leaf': {
      chain: [
        cert('direct', 'Root', { extensions: [extension(extensionOids.basicConstraints, sequence(integer('00')))] })
      ]
    }
  },
  'the key usage': {
    'keyCertSign on an intermediate': { chain: [leaf, ca('Middle', 'Root', caWith(keyUsage(CERT_SIGN)))] },
    'none on an intermediate': { chain: [leaf, middle] },
    'without keyCertSign on an intermediate': {
      chain: [leaf, ca('Middle', 'Root', caWith(keyUsage(ENCIPHER)))],
      refused: 'bad_certificate'
    },
    'without keyCertSign on the stored root, which is not asked': {
      chain: [direct],
      anchor: ca('Root', 'Root', caWith(keyUsage(ENCIPHER)))
    },
    'of any kind on a leaf (RFC 5280 would want keyEncipherment)': {
      chain: [cert('direct', 'Root', leafWith(keyUsage(CERT_SIGN)))]
    }
  },
  'names that chain': {
    'in another case': { chain: [cert('direct', 'ROOT', { signedBy: 'case Root' })] },
    'with other spaces': { chain: [cert('direct', ' Root  ', { signedBy: 'case Root' })] },
    'in another kind of string': { chain: [cert('direct', 'Root', { issuer: name('Root', tagOf.printable) })] },
    'to another name with the same key': {
      chain: [cert('direct', 'Rooot', { signedBy: 'case Root' })],
      refused: 'unknown_ca'
    },
    'to the same name with another key': {
      chain: [cert('direct', 'Root', { signedBy: 'case Impostor' })],
      refused: 'bad_certificate'
    },
    'by components in another order': {
      chain: [cert('direct', 'Root', { issuer: sequence(...nameParts('CN', 'O')), signedBy: 'case Root' })],
      anchor: ca('Root', 'Root', { subject: sequence(...nameParts('O', 'CN')) }),
      refused: 'unknown_ca'
    },
    'without an intermediate': {
      chain: [leaf],
      refused: 'unknown_ca',
      sentence: /was issued by CN=Middle, which is neither the stored CA certificate \(CN=Root\) nor was sent along\.$/
    },
    'out of order': { chain: [cert('deep', 'Low'), root, middle, ca('Low', 'Middle')] }
  },
  'signature algorithms': {
    'SHA-256 by default': { chain: [cert('direct', 'Root', { hash: 'sha256' })] },
    'SHA-256 where the product refuses it': {
      chain: [cert('direct', 'Root', { hash: 'sha256' })],
      policy: { acceptSha256Signatures: false },
      refused: 'unsupported_certificate'
    },
    'an unknown one': {
      chain: [cert('direct', 'Root', { algorithm: sequence(oid('2a0304'), nullValue()) })],
      refused: 'unsupported_certificate'
    },
    'another one inside than outside': {
      chain: [cert('direct', 'Root', { outerAlgorithm: sequence(oid('2a864886f70d01010b'), nullValue()) })],
      refused: 'bad_certificate'
    }
  },
  'serial numbers': {
    'of 20 bytes': { chain: [cert('direct', 'Root', { serial: integer(`7f${'ff'.repeat(19)}`) })] },
    'of 21 bytes (RFC 5280 would refuse it)': {
      chain: [cert('direct', 'Root', { serial: integer(`00${'ff'.repeat(20)}`) })]
    },
    'of 0 (RFC 5280 would refuse it)': { chain: [cert('direct', 'Root', { serial: integer('00') })] },
    'below 0 (RFC 5280 would refuse it)': { chain: [cert('direct', 'Root', { serial: integer('81') })] },
    'of no bytes': { chain: [cert('direct', 'Root', { serial: integer('') })], refused: 'bad_certificate' },
    padded: { chain: [cert('direct', 'Root', { serial: integer('0001') })], refused: 'bad_certificate' },
    'the same as another certificate’s of that issuer': { chain: [leaf, cert('other', 'Root'), middle] }
  },
  extensions: {
    'one twice': {
      chain: [cert('direct', 'Root', { extensions: [basicConstraints(false), basicConstraints(false)] })],
      refused: 'bad_certificate'
    },
    'an unknown one twice': {
      chain: [cert('direct', 'Root', leafWith(extension('2a0304', nullValue()), extension('2a0304', nullValue())))],
      refused: 'bad_certificate'
    },
    'an unknown critical one': {
      chain: [cert('direct', 'Root', leafWith(extension('2a0304', nullValue(), true)))],
      refused: 'unsupported_certificate'
    },
    'an unknown one that is not critical': {
      chain: [cert('direct', 'Root', leafWith(extension('2a0304', nullValue(), false)))]
    },
    'an unknown critical one of an intermediate': {
      chain: [leaf, ca('Middle', 'Root', caWith(extension('2a0304', nullValue(), true)))],
      refused: 'unsupported_certificate'
    },
    'an unknown critical one of the stored root': {
      chain: [direct],
      anchor: ca('Root', 'Root', caWith(extension('2a0304', nullValue(), true)))
    },
    'a critical subjectAltName, which limits nothing here': {
      chain: [
        cert(
          'direct',
          'Root',
          leafWith(extension(extensionOids.subjectAltName, sequence(der(0x82, Buffer.from('a.b'))), true))
        )
      ]
    },
    'basicConstraints that cannot be read': {
      chain: [cert('direct', 'Root', { extensions: [extension(extensionOids.basicConstraints, octets())] })],
      refused: 'bad_certificate'
    }
  },
  'W-7: chains that lead nowhere': {
    'in a circle of two above the leaf': {
      chain: [cert('leaf', 'A'), A, B],
      refused: 'unknown_ca',
      sentence:
        /^Certificate 3 of 3 \(CN=B\) was issued by certificate 2 of 3 \(CN=A\), which it leads to itself: the chain goes in a circle and never reaches the stored CA certificate \(CN=Root\)\.$/
    },
    'in a circle with the leaf in it': {
      chain: [ca('A', 'B'), ca('B', 'A')],
      refused: 'unknown_ca',
      sentence: /^Certificate 2 of 2 \(CN=B\) was issued by certificate 1 of 2 \(CN=A\), .* in a circle/
    },
    'in a circle beside a way that is open': { chain: [cert('leaf', 'A'), A, B, ca('B', 'Root')] },
    'in a circle, and on to an issuer that was not sent': {
      chain: [cert('leaf', 'A'), A, B, ca('B', 'Gone')],
      refused: 'unknown_ca'
    },
    'to a root that signed itself': {
      chain: [cert('leaf', 'Other'), ca('Other', 'Other')],
      refused: 'unknown_ca',
      sentence: /which signed itself and is not the stored CA certificate/
    },
    'to a root that names itself and did not sign itself': {
      chain: [cert('leaf', 'Other'), ca('Other', 'Other', { signedBy: 'case Impostor' })],
      refused: 'unknown_ca',
      sentence: /which names itself as its issuer and is not the stored CA certificate/
    },
    'to an issuer that was sent, with another key': {
      chain: [leaf, ca('Middle', 'Root', { key: 'case Impostor' })],
      refused: 'bad_certificate',
      sentence: /does not verify with the key of certificate 2 of 2/
    },
    'through more signatures than are checked': {
      chain: [
        cert('leaf', 'Knot'),
        ...Array.from({ length: 12 }, (_, number) =>
          ca('Knot', 'Knot', { serial: integer((number + 1).toString(16).padStart(2, '0')) })
        )
      ],
      refused: 'unknown_ca',
      sentence: /^The chain is so entangled that 64 signature checks found no path to the stored CA certificate/
    }
  },
  'cross-signed and self-issued': {
    'an authority certified by two roots, either first': { chain: [leaf, ca('Middle', 'Other'), middle] },
    'an authority certified by a root that nobody has': { chain: [leaf, ca('Middle', 'Other')], refused: 'unknown_ca' },
    'a root’s new key, certified by the old one': {
      chain: [cert('direct', 'Root', { signedBy: 'case Root new' }), ca('Root', 'Root', { key: 'case Root new' })]
    },
    'the stored root in the chain too': { chain: [leaf, middle, root] },
    'the leaf twice': { chain: [leaf, leaf, middle] }
  },
  ...Object.fromEntries(
    Object.entries(limits).map(([limit, value]) => [
      `T-4: a critical ${limit}`,
      {
        'of a leaf is ignored by default': {
          chain: [cert('direct', 'Root', leafWith(extension(extensionOids[limit as 'extKeyUsage'], value, true)))]
        },
        'of an intermediate is ignored by default': {
          chain: [leaf, ca('Middle', 'Root', caWith(extension(extensionOids[limit as 'extKeyUsage'], value, true)))]
        },
        'is refused where the switch says so': {
          chain: [leaf, ca('Middle', 'Root', caWith(extension(extensionOids[limit as 'extKeyUsage'], value, true)))],
          policy: { criticalExtensions: 'refused' },
          refused: 'unsupported_certificate',
          sentence: new RegExp(
            `^Certificate 2 of 2 \\(CN=Middle\\) has the critical extension ${limit}, which the module does not act upon\\.$`
          )
        },
        'that is not critical never matters': {
          chain: [leaf, ca('Middle', 'Root', caWith(extension(extensionOids[limit as 'extKeyUsage'], value, false)))],
          policy: { criticalExtensions: 'refused' }
        },
        'of the stored root never matters': {
          chain: [direct],
          anchor: ca('Root', 'Root', caWith(extension(extensionOids[limit as 'extKeyUsage'], value, true))),
          policy: { criticalExtensions: 'refused' }
        }
      } satisfies Record<string, PathCase>
    ])
  )
}

describe.each(Object.entries(cases))('%s', (_, of) => {
  it.each(Object.entries(of))('%s', (_name, { refused, sentence, ...asked }) => {
    const { reason } = judge(asked)
    if (refused === undefined) return expect(reason).toBeNull()
    expect(reason).toMatchObject({ blame: 'certificate', alert: refused })
    if (sentence) expect(reason!.sentence).toMatch(sentence)
  })
})

describe('what a person is told of a path that was taken', () => {
  it('nothing where there is nothing to tell', () => {
    expect(judge({ chain: [leaf, middle, root] }).remarks).toEqual([])
  })

  it('T-4: a critical extension that the module would not have noticed, with whose it is', () => {
    const chain = [
      cert('leaf', 'Middle', leafWith(extension(extensionOids.extKeyUsage, limits['extKeyUsage']!, true))),
      ca('Middle', 'Root', caWith(extension(extensionOids.nameConstraints, limits['nameConstraints']!, true)))
    ]
    expect(judge({ chain }).remarks).toEqual([
      {
        id: 'critical-extension-ignored',
        rule: 'D-26',
        sentence:
          'Certificate 1 of 2 (CN=leaf) has the critical extension extKeyUsage, which this module does not act upon: it would not have noticed a breach of it.'
      },
      expect.objectContaining({
        sentence: expect.stringMatching(
          /^Certificate 2 of 2 \(CN=Middle\) has the critical extension nameConstraints/
        ) as string
      })
    ])
  })

  it.each([
    ['1', V1],
    ['2', V2]
  ])('T-5: an issuer of version %s, which can issue for anybody', (version, changes) => {
    expect(judge({ chain: [leaf, cert('Middle', 'Root', changes)] }).remarks).toEqual([
      {
        id: 'issuer-of-old-version',
        rule: 'D-26',
        sentence:
          `Certificate 2 of 2 (CN=Middle) is of version ${version}, which has no CA flag, and issued certificate 1 of 2 (CN=leaf): ` +
          'whoever has its key can issue certificates for anybody, and this module takes them.'
      }
    ])
  })

  it('T-5: nothing of a leaf or a stored root of version 1', () => {
    expect(judge({ chain: [cert('direct', 'Root', V1)], anchor: cert('Root', 'Root', V1) })).toEqual({
      reason: null,
      remarks: []
    })
  })
})

function judge({ chain, anchor = root, policy = {}, clockMs = noon }: Omit<PathCase, 'refused' | 'sentence'>): {
  reason: TlsFailureReason | null
  remarks: readonly TlsRemark[]
} {
  try {
    const { remarks } = acceptServerPath(chain, readCertificate(anchor), { ...usual, ...policy }, clockMs)
    return { reason: null, remarks }
  } catch (error) {
    if (error instanceof TlsFailure) return { reason: error.reason, remarks: [] }
    throw error
  }
}

/** Parts of a name: the organisation and the common name of `Root`. */
function nameParts(...types: readonly ('CN' | 'O')[]): Buffer[] {
  return types.map((type) =>
    der(
      0x31,
      sequence(oid(type === 'CN' ? '550403' : '55040a'), der(tagOf.utf8, Buffer.from(type === 'CN' ? 'Root' : 'Tests')))
    )
  )
}
