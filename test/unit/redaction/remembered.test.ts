import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { KeyPieces } from '../../../src/main/module/secrets/key-pieces.ts'
import { SecretMemory, SecretReader } from '../../../src/main/module/secrets/secret-memory.ts'
import { Bench } from '../../fixtures/bench.ts'
import { openFtp } from '../../fixtures/ftp-bench.ts'
import { openssl } from '../../fixtures/openssl-text.ts'

// A secret that was recognised once is masked wherever its bytes appear again.

const pair = generateKeyPairSync('rsa', { modulusLength: 1024 })
const other = generateKeyPairSync('rsa', { modulusLength: 1024 })
const pem = pair.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const otherPem = other.privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const der = pair.privateKey.export({ type: 'pkcs1', format: 'der' })
const base64Of = (text: string): string =>
  text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('-'))
    .join('')
/** The part after head and modulus, which are not secret. */
const slices = (text: string): string[] => base64Of(text).slice(200).match(/.{16}/g) ?? []

function kept(bench: Bench): string {
  bench.pass(60_000)
  const facts = bench
    .events()
    .map(({ what }) =>
      JSON.stringify(what, (_name, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
      )
    )
  const stream = (direction: 'tx' | 'rx'): string =>
    Buffer.concat(
      bench
        .facts('bytes')
        .filter((one) => one.direction === direction)
        .map(({ bytes }) => bytes)
    ).toString('latin1')
  return [...facts, stream('tx'), stream('rx')]
    .join('\n')
    .replaceAll('\\n', '\n')
    .replace(/[\r\n]/g, '')
}

function expectNone(bench: Bench, secrets: readonly string[]): void {
  const text = kept(bench)
  expect(secrets.length).toBeGreaterThan(10)
  expect(secrets.filter((one) => text.includes(one))).toEqual([])
}

describe('a key behind half a key', () => {
  const half = pem.slice(0, pem.length / 2)

  it('S-5: (a) is masked whole: the scanner starts over at each BEGIN', () => {
    const bench = new Bench()
    bench.type(`${half}\r${otherPem}\r`)
    expectNone(bench, [...slices(otherPem), ...slices(half)])
  })

  it('S-5: (a) is masked where #SSLSECDATA was refused between, and where a slot is read later', () => {
    for (const between of [`AT#SSLSECDATA=1,1,2,${otherPem.length}\r`, 'AT#SSLEN=1,1\rAT#SSLSECDATA=1,2,2\r']) {
      const bench = new Bench()
      bench.type(`${half}\r${between}${otherPem}\x1a\rAT+CSQ\r`)
      expectNone(bench, slices(otherPem))
    }
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    bench.type(`AT#SSLSECDATA=1,1,2,${otherPem.length}\r${otherPem}\x1a${half}\rAT#SSLSECDATA=1,2,2\rATE1\r`)
    bench.type('AT#SSLSECDATA=1,2,2\r')
    expectNone(bench, slices(otherPem))
  })
})

describe('a key that comes in pieces', () => {
  it.each([20, 33])('S-5: (c) read by #SSLRECV, %i bytes a time', (size) => {
    const bench = new Bench().farEnd((far) => far.onOpen(() => far.send(pem))).readyToDial()
    bench.at('AT#SSLSECCFG=1,0,0')
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
    for (let at = 0; at < pem.length; at += size) bench.at(`AT#SSLRECV=1,${size}`)
    const line = bench.at('AT+CSQ')
    expect(line).toContain('OK')
    const text = kept(bench)
    expect(
      slices(pem)
        .flatMap((one) => [one.slice(0, 8), one.slice(8)])
        .filter((one) => text.includes(one))
    ).toEqual([])
  })

  it('S-5: (e) as the name of a file, in the FTP event and the segments', () => {
    const { bench } = openFtp()
    bench.type(`AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1a\r`)
    bench.at(`AT#FTPDELE="${base64Of(pem).slice(0, 90)}"`)
    bench.at(`AT#FTPDELE="${base64Of(pem).slice(300, 390)}"`)
    bench.at(`AT#FTPCWD="${base64Of(otherPem).slice(0, 360)}"`)
    const text = kept(bench)
    expect(bench.facts('ftp').map((one) => one.text)).toContainEqual(expect.stringMatching(/^DELE \*{90}$/))
    for (const one of [...slices(base64Of(pem).slice(0, 390)), ...slices(base64Of(otherPem).slice(0, 360))])
      expect(text).not.toContain(one)
  })

  it('S-5: (e) as the name of a host, in the DNS event', () => {
    const bench = new Bench()
    bench.at('AT#SGACT=1,1')
    bench.type(`AT\r${pem}\r`)
    const part = base64Of(pem).slice(400, 460).replace(/[+/]/g, 'x')
    const shown = base64Of(pem)
      .slice(400, 460)
      .split(/[+/]/)
      .filter((one) => one.length >= 16)
    bench.at(`AT#QDNS="${part}"`)
    expect(bench.facts('dns').length).toBeGreaterThan(0)
    const text = kept(bench)
    for (const one of shown) expect(text).not.toContain(one)
  })
})

describe('a key in other spellings', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'as \\x30\\x82 text',
      der.toString('hex').replace(/../g, '\\x$&'),
      der.toString('hex').slice(320).replace(/../g, '\\x$&').match(/.{32}/g) ?? []
    ],
    [
      'as %30%82 text',
      der.toString('hex').replace(/../g, '%$&'),
      der.toString('hex').slice(320).replace(/../g, '%$&').match(/.{24}/g) ?? []
    ],
    [
      'as openssl rsa -text prints it',
      openssl(pem),
      openssl(pem)
        .slice(openssl(pem).indexOf('privateExponent:') + 30)
        .match(/(?:[\da-f]{2}:){8}/g) ?? []
    ]
  ])('S-5: %s', (_says, text, secrets) => {
    const bench = new Bench()
    bench.type(`${text.replaceAll('\n', '\r\n')}\r`)
    expectNone(bench, secrets)
  })
})

describe('a password', () => {
  const PASSWORD = 'Xy7zQ.kq'

  it('S-5: that was typed once is masked where it shows up again, on any instance', () => {
    const bench = new Bench({ instances: 2 })
    bench.type(`AT#PASSW="${PASSWORD}"\r`)
    bench.type(`AT+FOO="${PASSWORD}"\r`, 1)
    bench.type(`ATE1 ${PASSWORD}\r`, 1)
    expect(kept(bench)).not.toContain(PASSWORD)
  })

  it.each(['anonymous', 'secret', '123456'])('S-5: %s is a word or number like others, and shown elsewhere', (word) => {
    const bench = new Bench()
    bench.type(`AT#FTPOPEN="host","anonymous","${word}",1\rAT+FOO="my ${word} here"\r`)
    bench.pass(1000)
    expect(bench.facts('line').at(-1)?.text).toContain(word)
  })
})

describe('what is remembered', () => {
  it("S-5: does not damage a certificate, which has the key's modulus in it", () => {
    const bench = new Bench()
    const publicPem = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string
    bench.at('AT#SSLEN=1,1')
    bench.type(`AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1a`)
    bench.type(`AT#SSLSECDATA=1,1,0,${publicPem.length}\r${publicPem}\x1a`)
    expect(Buffer.concat(bench.facts('bytes').map(({ bytes }) => bytes)).toString('latin1')).toContain(publicPem)
  })

  it('S-5: is limited: the newest sixteen words and eight keys', () => {
    const memory = new SecretMemory()
    for (let at = 0; at < 1000; at += 1) memory.rememberWord(Buffer.from(`Pass-word-${at}`))
    expect(memory.words).toHaveLength(16)
    for (let at = 0; at < 20; at += 1) memory.rememberKey(Buffer.from(`${at}${base64Of(pem)}`))
    expect(memory.keyCount).toBe(8)
  })

  it('S-5: is one key while it grows', () => {
    const memory = new SecretMemory()
    for (let at = 300; at < base64Of(pem).length; at += 16) memory.rememberKey(Buffer.from(base64Of(pem).slice(0, at)))
    expect(memory.keyCount).toBe(1)
    expect(memory.hidden(base64Of(pem).slice(500, 530))).toBe('*'.repeat(30))
  })

  it('S-5: is found across the pieces of a stream, and leaves other bytes alone', () => {
    const memory = new SecretMemory()
    memory.rememberWord(Buffer.from('Xy7zQ.kq'))
    const reader = new SecretReader(memory)
    expect(Buffer.from(reader.masked(Buffer.from('abc Xy7z'))).toString()).toBe('abc Xy7z')
    expect(Buffer.from(reader.masked(Buffer.from('Q.kq def'))).toString()).toBe('**** def')
    const untouched = Buffer.from('nothing here')
    expect(reader.masked(untouched)).toBe(untouched)
    expect(new KeyPieces().mark(untouched, new Uint8Array(untouched.length))).toBe(false)
  })
})
