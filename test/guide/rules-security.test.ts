import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../src/main/state/memory-nvm-store.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5, RC4_SHA } from '../../src/shared/tls/suites.ts'
import { makeCertificate, testPki } from '../fixtures/pki.ts'
import { guideAddress, listen, listenForHello } from './far-ends.ts'
import { Host } from './host.ts'

// Chapters 2.2 and 3.1 to 3.3: the socket, its security settings and its data.

const ok = '\r\nOK\r\n'
const error = '\r\nERROR\r\n'
const refused = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const gsm = { product: 'GE865-QUAD' }
const umts = { product: 'HE910' }
const families = [gsm, umts]

describe('TLS (chapter 2.2)', () => {
  it.each(families)('$product speaks TLS 1.0 with RSA suites and no compression (G-2.2-1)', (product) => {
    const host = new Host(product).ready()
    const hellos = listenForHello(host.bench)
    host.type(`${dial}\r`)
    host.wait(10)
    expect(hellos).toEqual([expect.objectContaining({ recordVersion: '3.1', version: '3.1', compression: [0] })])
    const rsa = [RC4_MD5, RC4_SHA, AES128_SHA, AES256_SHA].map((suite) => suite.wireId)
    expect(hellos[0]!.suites.length).toBeGreaterThan(0)
    for (const suite of hellos[0]!.suites) expect(rsa).toContain(suite)
  })

  it.each([
    [gsm, [RC4_MD5, RC4_SHA, AES256_SHA], [RC4_MD5, RC4_SHA, AES256_SHA]],
    [umts, [AES128_SHA, RC4_SHA, RC4_MD5], [RC4_MD5, RC4_SHA, AES128_SHA, NULL_SHA]]
  ])(
    '$product proposes several suites for 0 and one alone for each other number (G-3.2-3, G-3.2-4, G-2.2-2, G-2.2-3)',
    (product, automatic, numbered) => {
      const proposed = (value: number): number[] => {
        const host = new Host(product).ready()
        const hellos = listenForHello(host.bench)
        host.at(`AT#SSLSECCFG=1,${value},0`)
        host.type(`${dial}\r`)
        host.wait(10)
        return hellos[0]!.suites
      }
      expect(proposed(0)).toEqual(automatic.map((suite) => suite.wireId))
      for (const [index, suite] of numbered.entries()) expect(proposed(index + 1)).toEqual([suite.wireId])
    }
  )

  it.each(families)('$product refuses a server that takes none of its suites (G-2.2-4)', (product) => {
    const host = new Host(product).ready()
    listen(host.bench, { suites: [product === gsm ? AES128_SHA : AES256_SHA] })
    expect(host.at(dial)).toBe(refused(839))
  })

  it.each(families)(
    '$product cannot authenticate a server whose certificate exceeds 2047 bytes, and does without authentication (G-2.2-5)',
    (product) => {
      const { ca } = testPki()
      const host = new Host(product).ready()
      for (const [comment, answer] of [
        [1100, ok],
        [1300, refused(839)]
      ] as const) {
        const large = makeCertificate({
          name: 'localhost',
          issuer: ca,
          keyBits: 2048,
          key: 'server',
          commentBytes: comment
        })
        expect(large.der.length > 2047).toBe(answer !== ok)
        listen(host.bench, { chain: [large] })
        host.at('AT#SSLSECCFG=1,0,1')
        host.store(1, ca.pem)
        expect(host.at(dial)).toBe(answer)
        host.at('AT#SSLH=1')
        host.at('AT#SSLSECCFG=1,0,0')
        expect(host.at(dial)).toBe(ok)
        host.at('AT#SSLH=1')
      }
    }
  )
})

describe('#SSLEN (chapter 3.1)', () => {
  const oneOfEachLine = [...families, { product: 'GE910-QUAD' }, { product: 'GL868-DUAL V3' }]
  it.each(oneOfEachLine)(
    '$product: without it every other SSL command fails but test forms and #SSLS (G-3.1-2)',
    ({ product }) => {
      const host = new Host({ product })
      host.lines('AT+CMEE=1', 'AT#SGACT=1,1')
      const ssl = [...commandsOf(profileOf(product)).values()].filter(
        (one) => one.name.startsWith('#SSL') && !['#SSLEN', '#SSLS'].includes(one.name)
      )
      expect(ssl.length).toBeGreaterThan(8)
      for (const { name, forms } of ssl) {
        if (forms.includes('read')) expect(host.at(`AT${name}?`), name).toBe(refused(836))
        expect(host.at(`AT${name}=1`), name).toBe(refused(836))
        expect(host.at(`AT${name}=?`), name).toContain(ok)
      }
      expect(host.at('AT#SSLS=1')).toContain('#SSLS: 1,0')
    }
  )

  it.each(families)('$product has one socket, number 1, on or off (G-3.1-1)', (product) => {
    const host = new Host(product)
    for (const args of ['0,1', '2,1', '1,2', '1', ',1', '']) expect(host.at(`AT#SSLEN=${args}`), args).toBe(error)
    expect(host.at('AT#SSLEN=1,1')).toBe(ok)
    expect(host.at('AT#SSLEN?')).toBe(`\r\n#SSLEN: 1,1\r\n${ok}`)
    expect(host.at('AT#SSLEN=1,0')).toBe(ok)
    expect(host.at('AT#SSLEN?')).toBe(`\r\n#SSLEN: 1,0\r\n${ok}`)
  })

  it.each(families)(
    '$product says 0 in #SSLS while it is off, 1 when on, 2 and the suite when open (D-13, D-31, G-4.5-6)',
    (product) => {
      const host = new Host(product)
      listen(host.bench)
      expect(host.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,0\r\n${ok}`)
      host.ready()
      expect(host.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
      host.at('AT#SSLSECCFG=1,2,0')
      host.at(dial)
      expect(host.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,2,2\r\n${ok}`)
    }
  )
})

describe('#SSLSECCFG (chapter 3.2)', () => {
  it('shows the certificate format once it was given, until power goes (G-3.2-6, D-25)', () => {
    const store = new MemoryNvmStore()
    const host = new Host({ ...umts, store }).ready()
    const shown = (): string => /#SSLSECCFG: ([\d,]+)/.exec(host.at('AT#SSLSECCFG?'))![1]!
    host.at('AT#SSLSECCFG=1,0,1')
    expect(shown()).toBe('1,0,1')
    host.at('AT#SSLSECCFG=1,0,1,0')
    expect(shown()).toBe('1,0,1,0')
    host.at('AT#SSLSECCFG=1,2,0')
    expect(shown()).toBe('1,2,0,0')
    host.at('AT#SSLSECCFG=1,2,0,1')
    expect(shown()).toBe('1,2,0,1')
    const again = new Host({ ...umts, store }).ready()
    expect(again.at('AT#SSLSECCFG?')).toBe(`\r\n#SSLSECCFG: 1,2,0\r\n${ok}`)
    // PEM applies: the entry ends with Ctrl-Z.
    again.at('AT#SSLSECDATA=1,1,1,100')
    expect(again.enter('abc\x1a')).toBe(ok)
  })
})

describe('#SSLSECDATA (chapter 3.3)', () => {
  it.each(families)('$product deletes, writes and reads each of the three data (G-3.3-1, G-3.3-3, D-12)', (product) => {
    const host = new Host(product).ready()
    for (const [type, flags] of [
      [0, '1,0,0'],
      [1, '0,1,0'],
      [2, '0,0,1']
    ] as const) {
      expect(host.at(`AT#SSLSECDATA=1,2,${type}`)).toBe(`\r\n#SSLSECDATA: 1,${type}\r\nNo data stored\r\n${ok}`)
      expect(host.at(`AT#SSLSECDATA=1,1,${type},20`)).toBe('\r\n> ')
      expect(host.type('line one\nline two\n')).toBe('')
      expect(host.enter('\x1a')).toBe(ok)
      expect(host.at('AT#SSLSECDATA?')).toBe(`\r\n#SSLSECDATA: 1,${flags}\r\n${ok}`)
      expect(host.at(`AT#SSLSECDATA=1,2,${type}`)).toBe(`\r\n#SSLSECDATA: 1,${type}\r\nline one\nline two\n${ok}`)
      expect(host.at(`AT#SSLSECDATA=1,0,${type}`)).toBe(ok)
    }
    expect(host.at('AT#SSLSECDATA?')).toContain('1,0,0,0')
  })

  it.each(families)('$product obeys backspace and escape at once while PEM is entered (G-3.3-4, D-10)', (product) => {
    const host = new Host(product).ready()
    host.at('AT#SSLSECDATA=1,1,1,20')
    expect(host.enter('abX\bc\x1a')).toBe(ok)
    expect(host.at('AT#SSLSECDATA=1,2,1')).toContain('abc')
    host.at('AT#SSLSECDATA=1,1,1,20')
    expect(host.enter('never\x1b')).toBe(ok)
    expect(host.at('AT#SSLSECDATA=1,2,1')).toContain('abc')
  })

  it('GSM stores a PEM with CR or a stray end-of-file byte as it comes, and cannot use it (G-3.3-5, D-12)', () => {
    const { pem } = testPki().ca
    const spoilt = [pem.replaceAll('\n', '\r\n'), `${pem}\x04`, `${pem}\0`, `${pem}\xff`]
    for (const text of spoilt) {
      const host = new Host(gsm).ready()
      listen(host.bench)
      host.at('AT#SSLSECCFG=1,0,1')
      host.at(`AT#SSLSECDATA=1,1,1,${text.length}`)
      expect(host.enter(`${text}\x1a`)).toBe(ok)
      expect(host.at('AT#SSLSECDATA=1,2,1')).toContain(text)
      expect(host.at(dial)).toBe(refused(837))
    }
  })

  it('HE910 takes a PEM with CR LF (G-3.3-5)', () => {
    const host = new Host(umts).ready()
    listen(host.bench)
    host.at('AT#SSLSECCFG=1,0,1')
    expect(host.store(1, testPki().ca.pem.replaceAll('\n', '\r\n'))).toBe(ok)
    expect(host.at(dial)).toBe(ok)
  })

  it('takes DER by count: control characters are data, and it ends by itself (G-3.3-6)', () => {
    const host = new Host(umts).ready()
    host.at('AT#SSLSECCFG=1,0,1,0')
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
    host.at('AT#SSLSECDATA=1,1,1,256')
    expect(host.type(bytes.subarray(0, 255))).toBe('')
    expect(host.enter(bytes.subarray(255))).toBe(ok)
    expect(host.at('AT#SSLSECDATA=1,2,1')).toContain(Buffer.from(bytes).toString('latin1'))
    // A stray Ctrl-Z or CR of the host is not a command.
    expect(host.at('AT')).toBe(ok)
  })

  it('all three data work as DER (G-3.3-6, G-3.2-2)', () => {
    const { ca, client } = testPki()
    const host = new Host(umts).ready()
    const connections = listen(host.bench)
    host.at('AT#SSLSECCFG=1,0,2,0')
    const key = client.privateKey.export({ type: 'pkcs1', format: 'der' })
    for (const [type, der] of [
      [0, client.der],
      [1, ca.der],
      [2, key]
    ] as const) {
      host.at(`AT#SSLSECDATA=1,1,${type},${der.length}`)
      expect(host.enter(der)).toBe(ok)
    }
    expect(host.at(dial)).toBe(ok)
    expect(connections).toHaveLength(1)
  })

  it('HE910 and UE910 read keys in PKCS#1 only, GSM in PKCS#8 too (G-3.3-7, D-32)', () => {
    const { ca, client } = testPki()
    for (const [product, form, answer] of [
      ['HE910', 'keyPkcs1Pem', ok],
      ['HE910', 'keyPkcs8Pem', refused(837)],
      ['UE910-EUR', 'keyPkcs8Pem', refused(837)],
      ['GE865-QUAD', 'keyPkcs1Pem', ok],
      ['GE865-QUAD', 'keyPkcs8Pem', ok]
    ] as const) {
      const host = new Host({ product }).ready()
      listen(host.bench)
      host.at('AT#SSLSECCFG=1,0,2')
      host.store(0, client.pem)
      host.store(1, ca.pem)
      expect(host.store(2, client[form])).toBe(ok)
      expect(host.at(dial), `${product} ${form}`).toBe(answer)
    }
  })

  it('a CA certificate that is stored already need not be written again (G-3.3-8, G-3.3-2)', () => {
    const store = new MemoryNvmStore()
    new Host({ ...umts, store }).ready().store(1, testPki().ca.pem)
    const host = new Host({ ...umts, store }).ready()
    listen(host.bench)
    host.at('AT#SSLSECCFG=1,0,1')
    expect(host.at(dial)).toBe(ok)
  })

  it('the last certificate of the chain that a server sends authenticates it once it is stored (G-3.3-12)', () => {
    const { ca, server } = testPki()
    const chain = [server, ca]
    const host = new Host(gsm).ready()
    listen(host.bench, { chain })
    host.at('AT#SSLSECCFG=1,0,1')
    host.store(1, chain.at(-1)!.pem)
    expect(host.at(dial)).toBe(ok)
  })
})

describe('the check of the server (chapter 3.3)', () => {
  const root = makeCertificate({ name: 'Guide root', keyBits: 1024, ca: true })
  const middle = makeCertificate({ name: 'Guide intermediate', issuer: root, ca: true })
  const leaf = makeCertificate({ name: 'Guide server', issuer: middle })

  function dialled(
    chain: Parameters<typeof listen>[1] & object,
    stored: { pem: string },
    product: { product: string },
    before: readonly string[] = []
  ): string {
    const host = new Host(product).ready()
    listen(host.bench, chain)
    host.at('AT#SSLSECCFG=1,0,1')
    host.store(1, stored.pem)
    host.lines(...before)
    return host.at(dial)
  }

  it.each(families)('$product verifies every signature up to the stored root (G-3.3-9, D-26)', (product) => {
    expect(dialled({ chain: [leaf, middle] }, root, product)).toBe(ok)
    expect(dialled({ chain: [leaf, middle, root] }, root, product)).toBe(ok)
    // An intermediate with the same name and key, signed by another authority.
    const forged = makeCertificate({
      name: 'Guide intermediate',
      issuer: makeCertificate({ name: 'Guide root', key: 'another root', ca: true }),
      ca: true
    })
    expect(dialled({ chain: [leaf, forged] }, root, product)).toBe(refused(839))
    const wrongLeaf = makeCertificate({
      name: 'Guide server',
      issuer: makeCertificate({ name: 'Guide intermediate', key: 'another intermediate', ca: true })
    })
    expect(dialled({ chain: [wrongLeaf, middle] }, root, product)).toBe(refused(839))
    expect(dialled({ chain: [leaf] }, root, product)).toBe(refused(839))
  })

  it.each(families)(
    '$product takes the stored certificate as it is, and a leaf that is identical to it (D-26)',
    (product) => {
      expect(dialled({ chain: [leaf, middle] }, middle, product)).toBe(ok)
      expect(dialled({ chain: [leaf] }, leaf, product)).toBe(ok)
      const plainRoot = makeCertificate({ name: 'Guide plain root', ca: false })
      expect(
        dialled(
          { chain: [makeCertificate({ name: 'Guide plain server', key: 'Guide server', issuer: plainRoot })] },
          plainRoot,
          product
        )
      ).toBe(ok)
      const plainMiddle = makeCertificate({
        name: 'Guide intermediate',
        key: 'Guide intermediate',
        issuer: root,
        ca: false
      })
      expect(dialled({ chain: [leaf, plainMiddle] }, root, product)).toBe(refused(839))
    }
  )

  it.each(families)(
    '$product detects dates by its own clock, the stored certificate included (G-3.3-10, G-3.3-11, D-26)',
    (product) => {
      const expired = { notBefore: '2000-01-01T00:00:00Z', notAfter: '2012-12-31T00:00:00Z' }
      const oldRoot = makeCertificate({ name: 'Guide old root', ca: true, ...expired })
      const oldServer = makeCertificate({ name: 'Guide old server', key: 'Guide server', issuer: root, ...expired })
      const underOldRoot = makeCertificate({ name: 'Guide server', issuer: oldRoot, notBefore: '2001-01-01T00:00:00Z' })
      const clockBack = ['AT#NITZ=0', 'AT+CCLK="12/06/01,12:00:00+00"']
      for (const [chain, stored] of [
        [[oldServer], root],
        [[underOldRoot], oldRoot]
      ] as const) {
        expect(dialled({ chain }, stored, product)).toBe(refused(839))
        expect(dialled({ chain }, stored, product, clockBack)).toBe(ok)
      }
      const future = makeCertificate({
        name: 'Guide future server',
        key: 'Guide server',
        issuer: root,
        notBefore: '2040-01-01T00:00:00Z'
      })
      expect(dialled({ chain: [future] }, root, product)).toBe(refused(839))
    }
  )

  it.each(families)('$product looks at no host name, and takes MD5, SHA-1 and SHA-256 (D-26)', (product) => {
    for (const hash of ['md5', 'sha1', 'sha256'] as const) {
      expect(
        dialled(
          { chain: [makeCertificate({ name: 'somebody.else.example', key: 'Guide server', issuer: root, hash })] },
          root,
          product
        ),
        hash
      ).toBe(ok)
    }
  })

  it.each(families)('$product asks for what its auth mode needs: nothing, the CA, all three (G-3.2-5)', (product) => {
    const { ca, client } = testPki()
    const host = new Host(product).ready()
    listen(host.bench)
    const answers = (mode: number): string => {
      host.at(`AT#SSLSECCFG=1,0,${mode}`)
      const answer = host.at(dial)
      host.at('AT#SSLH=1')
      return answer
    }
    expect([0, 1, 2].map(answers)).toEqual([ok, refused(837), refused(837)])
    host.store(1, ca.pem)
    expect([0, 1, 2].map(answers)).toEqual([ok, ok, refused(837)])
    host.store(0, client.pem)
    expect([0, 1, 2].map(answers)).toEqual([ok, ok, refused(837)])
    host.store(2, client.keyPkcs1Pem)
    expect([0, 1, 2].map(answers)).toEqual([ok, ok, ok])
  })
})
