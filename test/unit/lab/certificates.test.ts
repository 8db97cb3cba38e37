import { X509Certificate } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { makeLabPki, type LabPki } from '../../../src/main/lab/authority.ts'
import { LabCertificates } from '../../../src/main/lab/certificates.ts'
import { labCertificateIds } from '../../../src/shared/lab/lab.ts'

/** The certificates of the lab, as node:crypto reads them. */
describe('the certificates of the lab', () => {
  const nowMs = Date.now()
  let pki: LabPki
  let certificates: LabCertificates
  beforeAll(async () => {
    pki = await makeLabPki(['echo.lab.test'])
    certificates = new LabCertificates(pki, ['echo.lab.test', '127.0.0.1'], () => nowMs)
  })

  const chainOf = async (kind: Parameters<LabCertificates['identity']>[0]): Promise<X509Certificate[]> =>
    (await certificates.identity(kind)).chainDer.map((der) => new X509Certificate(Buffer.from(der)))
  const ca = (): X509Certificate => new X509Certificate(pki.ca.certificatePem)

  it.each(labCertificateIds)('%s is signed by what follows it, and its key is there', async (kind) => {
    const { privateKey } = await certificates.identity(kind)
    const chain = await chainOf(kind)
    expect(chain[0]!.checkPrivateKey(privateKey)).toBe(true)
    for (const [index, one] of chain.entries()) {
      const signer = chain[index + 1] ?? (one.issuer === ca().subject ? ca() : one)
      expect(one.verify(signer.publicKey)).toBe(true)
    }
  })

  it('are what they are called', async () => {
    const of = async (kind: Parameters<LabCertificates['identity']>[0]): Promise<X509Certificate> =>
      (await chainOf(kind))[0]!
    expect(Date.parse((await of('expired')).validTo)).toBeLessThan(nowMs)
    expect(Date.parse((await of('not-yet-valid')).validFrom)).toBeGreaterThan(nowMs)
    expect((await of('self-signed')).issuer).toBe((await of('self-signed')).subject)
    expect((await of('wrong-ca')).issuer).toContain('Another Root CA')
    expect((await of('over-2047')).raw.length).toBeGreaterThan(2047)
    expect(await chainOf('chain-of-four')).toHaveLength(4)
    expect((await of('rsa-4096')).publicKey.asymmetricKeyDetails?.modulusLength).toBe(4096)
    expect((await of('ec-key')).publicKey.asymmetricKeyType).toBe('ec')
    expect((await of('good')).subjectAltName).toBe('DNS:echo.lab.test')
    expect(await chainOf('none')).toEqual([])
    const { privateKey } = await certificates.identity('key-of-another')
    expect((await of('key-of-another')).checkPrivateKey(privateKey)).toBe(false)
  })

  it('are made once', async () => {
    expect(await certificates.identity('rsa-4096')).toBe(await certificates.identity('rsa-4096'))
  })

  it('gives a module a certificate of its own that fits the oldest slots (D-28)', async () => {
    const { certificatePem, keyPem } = await certificates.clientIdentity()
    expect(new X509Certificate(certificatePem).verify(ca().publicKey)).toBe(true)
    expect(Math.max(certificatePem.length, keyPem.length)).toBeLessThanOrEqual(1535)
    expect(keyPem).toMatch(/^-----BEGIN RSA PRIVATE KEY/)
  })
})
