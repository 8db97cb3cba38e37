import { describe, expect, it } from 'vitest'
import { bytesOf, offerOf } from '../../../src/main/x509/slot-file.ts'
import type { SlotRules } from '../../../src/main/x509/slot-rules.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'

const pki = testPki()
const umts: SlotRules = {
  policy: { pemLineEnds: 'any', keyFormats: ['pkcs1'] },
  capacityBytes: 2047,
  wants: 'PEM',
  readsDer: true
}
const gsm: SlotRules = {
  policy: { pemLineEnds: 'lf-only', keyFormats: ['pkcs1', 'pkcs8'] },
  capacityBytes: 2047,
  wants: 'PEM',
  readsDer: false
}
const nothing = { clientCertificate: null, privateKey: null }
const file = (text: string): Buffer => Buffer.from(text, 'latin1')

describe('a file for a slot', () => {
  it('is taken as it is when the module can use it', () => {
    for (const rules of [umts, gsm]) {
      expect(offerOf(1, file(pki.ca.pem), rules, nothing)).toMatchObject({
        asIs: { fault: null, storedBytes: pki.ca.pem.length },
        mended: null,
        refusal: null,
        warnings: []
      })
    }
    expect(offerOf(1, pki.ca.der, umts, nothing)).toMatchObject({ asIs: { format: 'DER', fault: null }, mended: null })
  })

  it('is mended for a GSM family: CRs and end-of-file bytes out, DER as PEM', () => {
    const spoilt = file(`${pki.ca.pem.replaceAll('\n', '\r\n')}\x00`)
    const offer = offerOf(1, spoilt, gsm, nothing)
    expect(offer.asIs!.fault).toContain('CR (0x0D)')
    expect(offer.changes.join()).toMatch(/^\d+ CRs taken out,1 end-of-file byte taken out/)
    expect(Buffer.from(bytesOf(1, spoilt, 'mended', gsm)!).toString()).toBe(pki.ca.pem)
    expect(offerOf(1, pki.ca.der, gsm, nothing)).toMatchObject({
      mended: { format: 'PEM', fault: null },
      changes: ['written as PEM']
    })
  })

  it('gives up the certificate that the slot is for, where it holds several', () => {
    const bundle = file(pki.server.pem + pki.ca.pem)
    const forCa = offerOf(1, bundle, umts, nothing)
    expect([forCa.pick, forCa.certificates.map(({ isRoot }) => isRoot)]).toEqual([1, [false, true]])
    expect(Buffer.from(bytesOf(1, bundle, 'mended', umts)!).toString()).toBe(pki.ca.pem)
    expect(Buffer.from(bytesOf(1, bundle, 'mended', umts, 0)!).toString()).toBe(pki.server.pem)
    expect(offerOf(0, bundle, umts, nothing).pick).toBe(0)
  })

  it('is refused with what is wrong with it', () => {
    const ec = makeCertificate({ name: 'EC CA', keyType: 'ec', ca: true })
    const large = makeCertificate({
      name: 'Large CA',
      keyBits: 2048,
      ca: true,
      commentBytes: 1700,
      key: 'Test Root CA'
    })
    expect(offerOf(1, file(''), umts, nothing).refusal).toBe('The file is empty.')
    expect(offerOf(1, file('buy milk'), umts, nothing).refusal).toBe('The file is neither PEM nor DER.')
    expect(offerOf(1, file(pki.client.keyPkcs1Pem), umts, nothing).refusal).toBe(
      'The file holds no certificate but an RSA private key.'
    )
    expect(offerOf(1, file(ec.pem), umts, nothing).refusal).toContain('not RSA but EC')
    expect(offerOf(1, file(large.pem), gsm, nothing)).toMatchObject({
      asIs: null,
      refusal: `The certificate has ${large.pem.length} bytes as PEM; a slot takes 2047.`
    })
    expect(offerOf(1, file(pki.ca.pem.slice(0, 400)), umts, nothing).refusal).toBe(
      'The file holds a certificate that was cut short.'
    )
    expect(offerOf(2, file(pki.ca.pem), umts, nothing).refusal).toBe('The file holds no private key but a certificate.')
    for (const type of ['pkcs1', 'pkcs8'] as const) {
      const locked = pki.client.privateKey
        .export({ type, format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' })
        .toString()
      expect(offerOf(2, file(locked), umts, nothing).refusal).toContain('encrypted with a passphrase')
    }
  })

  it('is a key that is rewritten where the product needs it, and compared with the client certificate', () => {
    expect(offerOf(2, file(pki.client.keyPkcs8Pem), gsm, nothing)).toMatchObject({
      asIs: { fault: null },
      mended: null
    })
    const rewritten = bytesOf(2, file(pki.client.keyPkcs8Pem), 'mended', umts)
    expect(Buffer.from(rewritten!).toString()).toBe(pki.client.keyPkcs1Pem)
    const others = { clientCertificate: file(pki.client.pem), privateKey: null }
    expect(offerOf(2, file(pki.client.keyPkcs1Pem), umts, others).warnings).toEqual([])
    expect(offerOf(2, file(pki.server.keyPkcs1Pem), umts, others).warnings[0]).toContain('does not belong')
    expect(JSON.stringify(offerOf(2, file(pki.client.keyPkcs8Pem), umts, others))).not.toContain(
      pki.client.keyPkcs1Pem.split('\n')[2]
    )
  })
})
