import { describe, expect, it } from 'vitest'
import { clientRequest } from '../../../src/main/module/ssl/client-request.ts'
import { verdictsOf } from '../../../src/main/x509/would-work.ts'
import { makeCertificate, testPki, type TestCertificate } from '../../fixtures/pki.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'
import '../../fixtures/told-for-good.ts'
import { profileOf } from '../../../src/shared/products/catalog.ts'

// Refused certificates: each explained with its own values, and each remedy sent. The date on the bench is 23 Nov 2026,
// 12:00.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const ok = '\r\nOK\r\n'
const refused = '\r\n+CME ERROR: 839\r\n'

function verifying(chain: readonly TestCertificate[], caPem = testPki().ca.pem, product = 'HE910'): WhyBench {
  const bench = new WhyBench({ product })
  listen(bench, { chain })
  bench.readyToDial()
  bench.at('AT#SSLSECCFG=1,0,1')
  bench.enter(1, caPem)
  return bench
}

const { ca, otherCa } = testPki()

describe('dates', () => {
  const october = makeCertificate({
    name: 'echo.lab.test',
    issuer: ca,
    notBefore: '2026-05-01T00:00:00Z',
    notAfter: '2026-10-31T23:59:59Z'
  })

  it('an expired certificate: whose, both dates, the clock, the rule, the alert and the answer (G-3.3-10)', async () => {
    const bench = verifying([october])
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('certificate-expired')
    expect(told.title).toBe("The server's certificate has expired")
    expect(told.error).toEqual({
      name: 'sslHandshake',
      code: 839,
      text: 'SSL error during handshake',
      answer: '+CME ERROR: 839'
    })
    expect(told.asked.sentence).toContain(dial)
    const words = wordsOf(told)
    expect(words).toContain('CN=echo.lab.test')
    expect(words).toContain('31 Oct 2026, 23:59:59')
    expect(words).toMatch(/23 Nov 2026, 12:00:0\d/)
    expect(words).toContain('23 days later')
    expect(told.picture).toMatchObject({
      kind: 'validity',
      notBeforeMs: Date.UTC(2026, 4, 1),
      notAfterMs: Date.UTC(2026, 9, 31, 23, 59, 59)
    })
    // Sentences that the picture replaces are marked by a field, not by their words.
    expect(told.happened.filter(({ isPictured }) => isPictured).map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(/^It ended on 31 Oct 2026.*clock/)
    ])
    expect(told.asked.sentence.startsWith(told.asked.line!)).toBe(true)
    expect(told.asked.line).toBe(dial)
    expect(told.rule).toMatchObject({ id: 'G-3.3-10', where: 'Guide 3.3' })
    expect(told.parts).toContain('clock')
    // From the typed line to the result, with the certificate and the alert in between.
    const kinds = told.chain.map((seq) => bench.timeline.at(seq)!.what)
    expect(kinds[0]!.kind).toBe('bytes')
    expect(kinds.at(-1)!.kind).toBe('result')
    const messages = kinds.map((what) =>
      what.kind === 'tls' && what.trace.kind === 'message' ? what.trace.name : what.kind
    )
    expect(messages).toEqual(
      expect.arrayContaining(['line', 'command', 'ClientHello', 'Certificate', 'Alert', 'tls-failure'])
    )
  })

  it('the way round by the clock is marked as one for the bench, and works (G-3.3-11)', async () => {
    const bench = verifying([october])
    bench.at(dial)
    const { remedies } = await bench.why()
    const back = remedies.find(({ act }) => act === 'set-clock')!
    expect(back.warning).toMatch(/^Bench only/)
    expect(back.commands).toEqual(['AT#NITZ=0', 'AT+CCLK="26/10/30,23:59:59+00"'])
    expect(bench.mend(back)).toBe(ok)
    expect(bench.at(dial)).toBe(ok)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('a clock that runs ahead: setting it to what it is comes first, and mends it', async () => {
    const year = makeCertificate({
      name: 'year.lab.test',
      issuer: ca,
      notBefore: '2026-01-01T00:00:00Z',
      notAfter: '2026-12-31T00:00:00Z'
    })
    const bench = verifying([year])
    bench.at('AT+CCLK="31/01/01,00:00:00+00"')
    expect(bench.at(dial)).toBe(refused)
    const { remedies, title } = await bench.why()
    expect(title).toContain('expired')
    expect(remedies[0]!.sentence).toContain('23 Nov 2026, 12:00')
    expect(remedies[0]!.warning).toBeUndefined()
    bench.mend(remedies[0]!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('refused because the clock was never set: says so, and both ways of setting it work', async () => {
    for (const way of [0, 1]) {
      const bench = new WhyBench({ powered: false })
      listen(bench)
      bench.network.change({ registration: 'none' })
      bench.module.pressOn()
      bench.pass(200)
      bench.at('AT#NITZ=0')
      bench.network.change({ registration: 'home' })
      bench.pass(500)
      bench.at('AT+CMEE=1;#SGACT=1,1')
      bench.at('AT#SSLEN=1,1')
      bench.at('AT#SSLSECCFG=1,0,1')
      bench.enter(1, ca.pem)
      expect(bench.at(dial)).toBe(refused)
      const told = await bench.why()
      expect(told.title).toBe("The module's clock was never set")
      expect(wordsOf(told)).toMatch(/6 Jan 1980/)
      expect(wordsOf(told)).toContain('1 Jan 2010')
      expect(told.remedies[way]!.warning).toBeUndefined()
      bench.mend(told.remedies[way]!)
      bench.pass(1000)
      expect(bench.at(dial)).toBe(ok)
    }
  })

  it('the stored CA certificate itself: expired, and its slot is marked', async () => {
    const oldCa = makeCertificate({
      name: 'Old Root',
      notBefore: '2010-01-01T00:00:00Z',
      notAfter: '2020-01-01T00:00:00Z',
      ca: true
    })
    const bench = verifying([makeCertificate({ name: 'server of old', issuer: oldCa })], oldCa.pem)
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.title).toBe('The stored CA certificate has expired')
    expect(told.parts).toContain('nvm:ca-certificate')
    expect(wordsOf(told)).toContain('CN=Old Root')
    expect(wordsOf(told)).toContain('1 Jan 2020, 00:00:00')
  })
})

describe('trust', () => {
  it('another authority: both names, and storing its root mends it (G-3.3-9)', async () => {
    const server = makeCertificate({ name: 'elsewhere.test', issuer: otherCa })
    const bench = verifying([server])
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('chain-not-trusted')
    expect(wordsOf(told)).toContain(otherCa.subject[1]!.value as string)
    expect(wordsOf(told)).toContain(ca.subject[1]!.value as string)
    expect(told.picture).toMatchObject({ kind: 'chain' })
    expect(bench.mend(told.remedies[0]!, otherCa.pem)).toContain('OK')
    expect(bench.at(dial)).toBe(ok)
  })

  it('a certificate that signed itself: storing that one mends it', async () => {
    const self = makeCertificate({ name: 'self.test' })
    const bench = verifying([self])
    bench.at(dial)
    const told = await bench.why()
    expect(told.title).toBe("The server's certificate is self-signed")
    bench.mend(told.remedies[0]!, self.pem)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a root sent along that is another: the server did not certify itself', async () => {
    const server = makeCertificate({ name: 'elsewhere.test', issuer: otherCa })
    const bench = verifying([server, otherCa])
    bench.at(dial)
    const told = await bench.why()
    expect(told.title).toBe("The server's chain ends in a root other than the stored CA")
    expect(told.happened[0]!.sentence).toContain(
      'certificate 2 of the chain that the server sent, is signed with its own key'
    )
    bench.mend(told.remedies[0]!, otherCa.pem)
    expect(bench.at(dial)).toBe(ok)
  })

  it('an authority of the same name with another key: the signature is named', async () => {
    const twin = makeCertificate({ name: ca.subject[1]!.value as string, key: 'a twin of the authority', ca: true })
    const bench = verifying([makeCertificate({ name: 'twin.test', issuer: twin })])
    bench.at(dial)
    const told = await bench.why()
    expect(told.id).toBe('signature-wrong')
    expect(wordsOf(told)).toContain('twin.test')
  })
})

describe('what the module cannot take', () => {
  it('a certificate over 2047 bytes: both sizes (G-2.2-5)', async () => {
    const big = makeCertificate({ name: 'big.test', issuer: ca, commentBytes: 1800 })
    const bench = verifying([big])
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('certificate-too-large')
    expect(told.picture).toEqual({ kind: 'size', label: 'certificate', gotBytes: big.der.length, limitBytes: 2047 })
    expect(wordsOf(told)).toContain(`${big.der.length} bytes`)
    expect(wordsOf(told)).toContain('big.test')
    expect(told.rule?.id).toBe('G-2.2-5')
    const last = told.remedies.at(-1)!
    expect(last.warning).toMatch(/^Bench only/)
    bench.mend(last)
    expect(bench.at(dial)).toBe(ok)
  })

  it('SHA-256 refused by a product: the algorithm, and what it checks (D-26)', async () => {
    const profile = profileOf('HE910', null)
    const bench = new WhyBench()
    Object.assign(bench.module.parts.profile, { ...profile, acceptSha256Signatures: false })
    listen(bench, { chain: [makeCertificate({ name: 'modern.test', issuer: ca, hash: 'sha256' })] })
    bench.readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    bench.enter(1, ca.pem)
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('signature-refused')
    expect(wordsOf(told)).toMatch(/SHA-?256/i)
    expect(wordsOf(told)).toContain('RSA with MD5 or SHA-1')
    expect(wordsOf(told)).toContain('modern.test')
    bench.mend(told.remedies.at(-1)!)
    expect(bench.at(dial)).toBe(ok)
  })

  it('an EC key: RSA is what the suites need', async () => {
    const bench = verifying([makeCertificate({ name: 'ec.test', issuer: ca, keyType: 'ec' })])
    bench.at(dial)
    expect(await bench.why()).toMatchObject({ id: 'key-not-rsa', values: [{ label: 'key', expected: 'RSA' }] })
  })
})

describe('T-4, T-5: what was let pass is told', () => {
  const unread = { name: 'extKeyUsage', critical: true, clientAuth: true }
  const old = makeCertificate({ name: 'Old middle', issuer: ca, version: 1 })
  const chain = [makeCertificate({ name: 'echo.lab.test', issuer: old, extensions: [unread] }), old]

  it('in the trace, the handshake, the verdict of the slot and Why, in the same words', async () => {
    const bench = verifying(chain)
    expect(bench.at(dial)).toBe(ok)
    const sentences = [
      'Certificate 1 of 2 (CN=echo.lab.test) has the critical extension extKeyUsage, which this module does not act upon: it would not have noticed a breach of it.',
      'Certificate 2 of 2 (CN=Old middle) is of version 1, which has no CA flag, and issued certificate 1 of 2 (CN=echo.lab.test): ' +
        'whoever has its key can issue certificates for anybody, and this module takes them.'
    ]
    const traced = bench
      .events()
      .flatMap(({ seq, what }) =>
        what.kind === 'tls' && what.trace.kind === 'remark' ? [{ seq, ...what.trace.remark }] : []
      )
    expect(traced.map(({ sentence }) => sentence)).toEqual(sentences)
    const { handshake } = bench.snapshot()
    expect(handshake).toMatchObject({ outcome: 'open', remarks: traced })
    expect((await bench.present())!.answer).toEqual(expect.arrayContaining(sentences))
    const { stored, storedPolicy, serverPolicy, clockChipMs } = clientRequest(bench.module.parts, guideAddress, null)
    const asked = {
      stored,
      storedPolicy,
      serverPolicy,
      clockMs: clockChipMs(),
      chainDer: chain.map(({ der }) => der),
      farEnd: guideAddress
    }
    expect(verdictsOf(asked)[1]!.sentence).toBe(
      `The chain of ${guideAddress} leads to this certificate, and its signatures and dates are valid. ${sentences.join(' ')}`
    )
  })

  it('or refused where the switch says so, with the switch as the remedy', async () => {
    const bench = verifying(chain)
    Object.assign(bench.module.parts.profile, { criticalExtensions: 'refused' })
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'critical-extension-refused',
      title: 'A critical extension that the module does not act upon',
      rule: { id: 'D-26' }
    })
    expect(told.remedies[0]!.sentence).toContain('--switch criticalExtensions=ignored')
    expect(wordsOf(told)).toContain('critical extension extKeyUsage')
  })

  it('and nothing is told where nothing was', async () => {
    const bench = verifying([makeCertificate({ name: 'echo.lab.test', issuer: ca })])
    bench.at(dial)
    expect(bench.snapshot().handshake!.remarks).toEqual([])
    expect((await bench.present())!.answer).toHaveLength(2)
  })
})

it('W-7: a chain in a circle is told as one, with a remedy for it', async () => {
  const seed = makeCertificate({ name: 'B', key: 'circle B', ca: true })
  const a = makeCertificate({ name: 'A', key: 'circle A', issuer: seed, ca: true })
  const bench = verifying([
    makeCertificate({ name: 'leaf', issuer: a }),
    a,
    makeCertificate({ name: 'B', key: 'circle B', issuer: a, ca: true })
  ])
  expect(bench.at(dial)).toBe(refused)
  const told = await bench.why()
  expect(told).toMatchObject({
    id: 'chain-in-circle',
    title: "The server's chain is circular",
    rule: { id: 'G-3.3-9' }
  })
  expect(wordsOf(told)).toContain('was issued by certificate 2 of 3 (CN=A), which it leads to itself')
  expect(wordsOf(told)).not.toContain('nor was sent along')
  expect(told.remedies[0]).toMatchObject({ act: 'mend-far-end' })
})
