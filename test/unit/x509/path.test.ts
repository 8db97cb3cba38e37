import { describe, expect, it } from 'vitest'
import { readCertificate } from '../../../src/main/x509/certificate.ts'
import { checkServerPath, serverKeyUnchecked } from '../../../src/main/x509/path.ts'
import type { ServerCertificatePolicy } from '../../../src/shared/contracts/security.ts'
import { TlsFailure } from '../../../src/shared/tls/failure.ts'
import type { TlsFailureReason } from '../../../src/shared/tls/failure.ts'
import { makeCertificate } from '../../fixtures/pki.ts'
import type { TestCertificate } from '../../fixtures/pki.ts'

// The certificate checks of authentication modes 1 and 2, decision by decision (D-26, G-3.3-9, G-3.3-10, G-2.2-5).

const strict: ServerCertificatePolicy = {
  checkNotBefore: true,
  checkExpiry: true,
  acceptSha256Signatures: true,
  maxCertificateBytes: 2047
}
const now = Date.UTC(2013, 8, 13)

const root = makeCertificate({ name: 'Root', ca: true })
const other = makeCertificate({ name: 'Other root', ca: true })
const middle = makeCertificate({ name: 'Middle', issuer: root, ca: true })
const low = makeCertificate({ name: 'Low', issuer: middle, ca: true })
const direct = makeCertificate({ name: 'direct', issuer: root })
const leaf = makeCertificate({ name: 'leaf', issuer: middle })
const deep = makeCertificate({ name: 'deep', issuer: low })

describe('a path is found', () => {
  it.each<[string, TestCertificate, readonly TestCertificate[]]>([
    ['from a server signed by the root', root, [direct]],
    ['with the root sent along', root, [direct, root]],
    ['over an intermediate', root, [leaf, middle]],
    ['over an intermediate, root included', root, [leaf, middle, root]],
    ['over two', root, [deep, low, middle]],
    ['out of order', root, [deep, root, middle, low]],
    ['among certificates that have nothing to do with it', root, [leaf, other, direct, middle]],
    ['with the same certificate twice', root, [leaf, middle, middle, leaf]],
    ['to a stored intermediate, without its root', middle, [leaf]],
    ['to a stored intermediate that is sent along', middle, [leaf, middle, root]],
    ['to a stored certificate that is the server’s own', leaf, [leaf]],
    ['to a self-signed server that is stored', other, [other]]
  ])('%s', (_, anchor, chain) => {
    expect(check(chain, anchor)).toBeNull()
  })

  it('through a cross-signed authority, whichever of its certificates is sent', () => {
    // Both roots have certified the key of Middle: each client succeeds with the root that it has.
    const crossed = makeCertificate({ name: 'Middle', issuer: other, ca: true })
    for (const anchor of [root, other]) {
      expect(check([leaf, middle, crossed], anchor)).toBeNull()
      expect(check([leaf, crossed, middle], anchor)).toBeNull()
    }
  })

  it('round an expired certificate when another way is open', () => {
    const expired = makeCertificate({ name: 'Middle', issuer: root, ca: true, notAfter: '2012-01-01T00:00:00Z' })
    expect(check([leaf, expired, middle], root)).toBeNull()
    expect(check([leaf, expired], root)).toMatchObject({ alert: 'certificate_expired' })
  })

  it('among the first 16 certificates; of a longer chain the sentence says so', () => {
    let issuer = root
    const chain = Array.from({ length: 17 }, (_, index) => {
      issuer = makeCertificate({ name: `Level ${index}`, key: `level ${index % 2}`, issuer, ca: true })
      return issuer
    }).reverse()
    expect(check(chain.slice(1), root)).toBeNull()
    expect(check(chain, root)).toMatchObject({
      alert: 'unknown_ca',
      sentence: 'The chain has 17 certificates, of which the first 16 do not lead to the stored CA certificate.'
    })
  })

  it('past an intermediate of version 1, which has no CA flag', () => {
    const old = makeCertificate({ name: 'Old middle', issuer: root, version: 1 })
    const under = makeCertificate({ name: 'under', issuer: old, version: 1 })
    expect(check([under, old], root)).toBeNull()
  })

  it('to an anchor that is asked for nothing but its dates', () => {
    const noCa = makeCertificate({
      name: 'No authority',
      ca: false,
      extensions: [{ id: '1.2.3.4', critical: true, value: '\x05\x00' }]
    })
    const short = makeCertificate({ name: 'Short', issuer: other, ca: true, pathLength: 0, signature: 'pss' })
    const below = makeCertificate({ name: 'Below', issuer: short, ca: true })
    expect(check([makeCertificate({ name: 'child', issuer: noCa })], noCa)).toBeNull()
    expect(check([makeCertificate({ name: 'grandchild', issuer: below }), below], short)).toBeNull()
  })

  it.each(['md5', 'sha1', 'sha256', 'sha512'] as const)('with signatures of %s', (hash) => {
    expect(check([makeCertificate({ name: 'hashed', issuer: root, hash })], root)).toBeNull()
  })

  it('when a name is written with another kind of string or case', () => {
    const shouting = makeCertificate({ name: 'ROOT', key: 'Root', ca: true })
    expect(check([direct], shouting)).toBeNull()
  })

  it('beside certificates with EC keys that are not needed', () => {
    const elliptic = makeCertificate({ name: 'Elliptic', keyType: 'ec', ca: true })
    expect(check([leaf, elliptic, middle], root)).toBeNull()
  })

  it('beside something that is no certificate at all', () => {
    expect(checkDer([leaf.der, Buffer.from('garbage'), middle.der], root)).toBeNull()
  })
})

describe('keys of every size are taken', () => {
  it.each([512, 768, 1024, 2048, 4096, 8192] as const)('an authority and a server of %i bits', (keyBits) => {
    const authority = makeCertificate({ name: `Root ${keyBits}`, ca: true, keyBits })
    const served = makeCertificate({ name: `server ${keyBits}`, issuer: authority, keyBits })
    // The certificate of an 8192-bit key exceeds the size limit of the modules (G-2.2-5).
    expect(check([served], authority, { maxCertificateBytes: 4096 })).toBeNull()
  })
})

describe('a chain is refused', () => {
  it('that leads to another root', () => {
    expect(check([leaf, middle], other)).toMatchObject({
      blame: 'certificate',
      alert: 'unknown_ca',
      rule: 'G-3.3-9',
      sentence:
        'Certificate 2 of 2 (CN=Middle) was issued by CN=Root, ' +
        'which is neither the stored CA certificate (CN=Other root) nor was sent along.',
      got: 'issuer O=Telit simulator tests, CN=Root'
    })
    expect(check([leaf, middle, root], other)).toMatchObject({
      alert: 'unknown_ca',
      sentence:
        'The chain ends at certificate 3 of 3 (CN=Root), which signed itself and is not the stored CA certificate (CN=Other root).'
    })
  })

  it('that leaves an intermediate out', () => {
    expect(check([deep, middle], root)).toMatchObject({
      alert: 'unknown_ca',
      got: 'issuer O=Telit simulator tests, CN=Low'
    })
  })

  it('that is a self-signed server of a stranger', () => {
    expect(check([makeCertificate({ name: 'self' })], root)).toMatchObject({ alert: 'unknown_ca' })
  })

  it('whose root has the stored one’s name and another key', () => {
    const namesake = makeCertificate({ name: 'Root', key: 'Impostor', ca: true })
    expect(check([direct], namesake)).toMatchObject({
      alert: 'bad_certificate',
      rule: 'G-3.3-9',
      sentence:
        'The signature of certificate 1 of 1 (CN=direct) does not verify with the key of the stored CA certificate (CN=Root).'
    })
  })

  it('in which a byte was changed', () => {
    const changed = Buffer.from(direct.der)
    changed[changed.length - 1]! ^= 1
    expect(checkDer([changed], root)).toMatchObject({ alert: 'bad_certificate' })
  })

  it('whose server has a renewed certificate when the old one is stored', () => {
    expect(check([makeCertificate({ name: 'Other root', key: 'New key' })], other)).toMatchObject({
      alert: 'bad_certificate'
    })
    // The old key signed it, and the stored certificate has that key.
    expect(check([makeCertificate({ name: 'Other root' })], other)).toBeNull()
  })

  it.each<[string, TestCertificate, readonly TestCertificate[], string]>([
    [
      'the server',
      root,
      [makeCertificate({ name: 'late', issuer: root, notAfter: '2013-09-12T23:59:59Z' })],
      'Certificate 1 of 1 (CN=late)'
    ],
    [
      'an intermediate',
      root,
      [leaf, makeCertificate({ name: 'Middle', issuer: root, ca: true, notAfter: '2013-09-12T23:59:59Z' })],
      'Certificate 2 of 2 (CN=Middle)'
    ],
    [
      'the stored root',
      makeCertificate({ name: 'Root', ca: true, notAfter: '2013-09-12T23:59:59Z' }),
      [direct],
      'The stored CA certificate (CN=Root)'
    ]
  ])('in which %s has expired, unless the product ignores it (G-3.3-10)', (_, anchor, chain, name) => {
    expect(check(chain, anchor)).toMatchObject({
      alert: 'certificate_expired',
      rule: 'G-3.3-10',
      sentence: `${name} expired: its notAfter is 2013-09-12 23:59:59 UTC, the module's clock says 2013-09-13 00:00:00 UTC.`,
      expected: 'notAfter at or after 2013-09-13 00:00:00 UTC',
      got: 'notAfter 2013-09-12 23:59:59 UTC'
    })
    expect(check(chain, anchor, { checkExpiry: false })).toBeNull()
    // The workaround of the guide: set the clock back (G-3.3-11).
    expect(check(chain, anchor, {}, Date.UTC(2013, 8, 12))).toBeNull()
  })

  it('in which something is not valid yet, unless the product ignores it', () => {
    const early = makeCertificate({ name: 'early', issuer: root, notBefore: '2013-10-01T00:00:00Z' })
    expect(check([early], root)).toMatchObject({
      alert: 'certificate_expired',
      rule: 'D-26',
      got: 'notBefore 2013-10-01 00:00:00 UTC',
      sentence:
        'Certificate 1 of 1 (CN=early) is not valid yet: its notBefore is 2013-10-01 00:00:00 UTC, ' +
        "the module's clock says 2013-09-13 00:00:00 UTC."
    })
    expect(check([early], root, { checkNotBefore: false })).toBeNull()
  })

  it('with an intermediate of version 3 that is no authority', () => {
    for (const [ca, got] of [
      [false, 'CA FALSE'],
      [undefined, 'no basicConstraints']
    ] as const) {
      const impostor = makeCertificate({ name: 'Impostor', issuer: root, ...(ca === undefined ? {} : { ca }) })
      expect(check([makeCertificate({ name: 'victim', issuer: impostor }), impostor], root)).toMatchObject({
        alert: 'bad_certificate',
        expected: 'basicConstraints with CA TRUE',
        got,
        rule: 'D-26'
      })
    }
  })

  it('with more authorities below one than its path length allows', () => {
    const limited = makeCertificate({ name: 'Limited', issuer: root, ca: true, pathLength: 0 })
    const extra = makeCertificate({ name: 'Extra', issuer: limited, ca: true })
    expect(check([makeCertificate({ name: 'near', issuer: limited }), limited], root)).toBeNull()
    expect(check([makeCertificate({ name: 'far', issuer: extra }), extra, limited], root)).toMatchObject({
      alert: 'bad_certificate',
      expected: 'path length at most 0',
      got: '1'
    })
    // A renewal of an authority's own key does not count.
    const renewed = makeCertificate({ name: 'Limited', key: 'Limited renewed', issuer: limited, ca: true })
    expect(check([makeCertificate({ name: 'near', issuer: renewed }), renewed, limited], root)).toBeNull()
  })

  it('with a certificate over 2047 bytes of DER, needed or not (G-2.2-5)', () => {
    const big = makeCertificate({ name: 'big', issuer: root, commentBytes: 1800 })
    const reason = check([big], root)
    expect(reason).toMatchObject({
      alert: 'unsupported_certificate',
      rule: 'G-2.2-5',
      expected: 'at most 2047 bytes',
      got: `${big.der.length} bytes`
    })
    expect(check([direct, big], root)?.sentence).toMatch(/^Certificate 2 of 2 is \d+ bytes long/)
    expect(check([big], root, { maxCertificateBytes: big.der.length })).toBeNull()
  })

  it('with an unknown critical extension', () => {
    const odd = makeCertificate({
      name: 'odd',
      issuer: root,
      extensions: [{ id: '1.2.3.4', critical: true, value: '\x05\x00' }]
    })
    expect(check([odd], root)).toMatchObject({
      alert: 'unsupported_certificate',
      got: 'critical extension 1.2.3.4',
      rule: 'RFC 2459 4.2'
    })
  })

  it('with an unknown critical extension, unless the product takes it', () => {
    const extensions = [{ id: '1.2.3.4', critical: true, value: '\x05\x00' }]
    const oddMiddle = makeCertificate({ name: 'Odd middle', issuer: root, ca: true, extensions })
    const chain = [makeCertificate({ name: 'under odd', issuer: oddMiddle }), oddMiddle]
    expect(check(chain, root)).toMatchObject({ alert: 'unsupported_certificate', got: 'critical extension 1.2.3.4' })
    expect(check(chain, root, { refuseUnknownCritical: false })).toBeNull()
    // Extensions that are not critical do not matter.
    const plain = makeCertificate({ name: 'plain', issuer: root, extensions: [{ id: '1.2.3.4', value: '\x05\x00' }] })
    expect(check([plain], root)).toBeNull()
  })

  it('with an intermediate whose key usage does not allow it to sign certificates, unless the product ignores that', () => {
    const usage = (options: object): TestCertificate =>
      makeCertificate({
        name: 'Used',
        issuer: root,
        ca: true,
        extensions: [{ name: 'keyUsage', critical: true, ...options }]
      })
    const encrypts = usage({ keyEncipherment: true, digitalSignature: true })
    const child = makeCertificate({ name: 'child of used', issuer: encrypts })
    expect(check([child, encrypts], root)).toMatchObject({
      alert: 'bad_certificate',
      rule: 'RFC 2459 4.2.1.3',
      expected: 'keyUsage with keyCertSign',
      got: 'keyUsage digitalSignature, keyEncipherment',
      sentence:
        'Certificate 2 of 2 (CN=Used) signed certificate 1 of 2 (CN=child of used), which its key usage does not allow.'
    })
    expect(check([child, encrypts], root, { checkKeyUsage: false })).toBeNull()
    expect(check([child, usage({ keyCertSign: true })], root)).toBeNull()
    // Another certificate of the same authority may allow it; the anchor is not checked.
    expect(check([child, encrypts, usage({ keyCertSign: true })], root)).toBeNull()
    expect(check([child], encrypts)).toBeNull()
  })

  it('signed with SHA-256 where the product does not know it', () => {
    const modern = makeCertificate({ name: 'modern', issuer: root, hash: 'sha256' })
    expect(check([modern], root, { acceptSha256Signatures: false })).toMatchObject({
      alert: 'unsupported_certificate',
      expected: 'RSA with MD5 or SHA-1',
      got: 'RSA with SHA-256',
      rule: 'D-26'
    })
    // The anchor's own signature is not checked.
    const modernRoot = makeCertificate({ name: 'Root', ca: true, hash: 'sha256' })
    expect(check([direct], modernRoot, { acceptSha256Signatures: false })).toBeNull()
  })

  it('whose server has an EC key', () => {
    expect(check([makeCertificate({ name: 'elliptic server', keyType: 'ec', issuer: root })], root)).toMatchObject({
      alert: 'unsupported_certificate',
      expected: 'RSA',
      got: 'EC'
    })
  })

  it('that needs the signature of an EC authority, or one of RSA-PSS', () => {
    const elliptic = makeCertificate({ name: 'Elliptic authority', keyType: 'ec', ca: true })
    expect(check([makeCertificate({ name: 'child', issuer: elliptic })], elliptic)).toMatchObject({
      alert: 'unsupported_certificate',
      got: 'EC',
      sentence: expect.stringContaining('has a key that is not RSA but EC') as string
    })
    expect(check([makeCertificate({ name: 'pss child', issuer: root, signature: 'pss' })], root)).toMatchObject({
      alert: 'unsupported_certificate',
      got: 'RSA-PSS'
    })
  })

  it('whose first certificate cannot be read', () => {
    expect(checkDer([Buffer.from('garbage'), leaf.der], root)).toMatchObject({
      alert: 'bad_certificate',
      blame: 'certificate'
    })
  })

  it('whose needed intermediate cannot be read', () => {
    const broken = middle.der.subarray(0, middle.der.length - 1)
    expect(checkDer([leaf.der, broken], root)).toMatchObject({
      alert: 'bad_certificate',
      sentence: expect.stringContaining('is cut short') as string
    })
  })

  it('that is so entangled that a search would not end', () => {
    // Twelve authorities with one name and one key: each one signed every other.
    const knot = Array.from({ length: 12 }, (_, i) =>
      makeCertificate({ name: 'Knot', ca: true, notAfter: `20${20 + i}-01-01T00:00:00Z` })
    )
    const victim = makeCertificate({ name: 'victim', issuer: knot[0]! })
    expect(check([victim, ...knot], root)).toMatchObject({ alert: 'unknown_ca' })
  })
})

describe('verifying nothing (auth mode 0)', () => {
  it('needs an RSA key in the first certificate and nothing else', () => {
    const dates = { notBefore: '1999-01-01T00:00:00Z', notAfter: '2000-01-01T00:00:00Z' }
    const expired = makeCertificate({ name: 'old', ...dates, signature: 'pss', commentBytes: 3000 })
    expect(serverKeyUnchecked([expired.der, Buffer.from('garbage')]).asymmetricKeyType).toBe('rsa')
  })

  it.each([
    ['an EC key', makeCertificate({ name: 'ec', keyType: 'ec' }).der, 'unsupported_certificate'],
    ['no certificate', Buffer.from('garbage'), 'bad_certificate']
  ])('refuses %s', (_, der, alert) => {
    expect(reasonOf(() => serverKeyUnchecked([der]))).toMatchObject({ blame: 'certificate', alert })
  })
})

function check(
  chain: readonly TestCertificate[],
  anchor: TestCertificate,
  changes: Partial<ServerCertificatePolicy> = {},
  clockMs = now
): TlsFailureReason | null {
  return checkDer(
    chain.map(({ der }) => der),
    anchor,
    changes,
    clockMs
  )
}

/** Returns `null` when the chain is accepted and the key is the server's own. */
function checkDer(
  chain: readonly Uint8Array[],
  anchor: TestCertificate,
  changes: Partial<ServerCertificatePolicy> = {},
  clockMs = now
): TlsFailureReason | null {
  return reasonOf(() => {
    const key = checkServerPath(chain, readCertificate(anchor.der), { ...strict, ...changes }, clockMs)
    expect(key.equals(serverKeyUnchecked(chain))).toBe(true)
  })
}

function reasonOf(action: () => unknown): TlsFailureReason | null {
  try {
    action()
    return null
  } catch (error) {
    if (error instanceof TlsFailure) return error.reason
    throw error
  }
}
