import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'

// Private keys in all forms that tools write, on every way into the timeline, valid or not.

const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const ec = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const ed = generateKeyPairSync('ed25519').privateKey
const password = { cipher: 'aes-128-cbc', passphrase: 'abcd' }

const forms: Readonly<Record<string, { pem: string; der: Buffer }>> = {
  'PKCS#1': {
    pem: rsa.export({ type: 'pkcs1', format: 'pem' }) as string,
    der: rsa.export({ type: 'pkcs1', format: 'der' })
  },
  'PKCS#8': {
    pem: rsa.export({ type: 'pkcs8', format: 'pem' }) as string,
    der: rsa.export({ type: 'pkcs8', format: 'der' })
  },
  'PKCS#8 under a password': {
    pem: rsa.export({ type: 'pkcs8', format: 'pem', ...password }) as string,
    der: rsa.export({ type: 'pkcs8', format: 'der', ...password })
  },
  'an EC key': {
    pem: ec.export({ type: 'sec1', format: 'pem' }) as string,
    der: ec.export({ type: 'sec1', format: 'der' })
  },
  'an EC key in PKCS#8': {
    pem: ec.export({ type: 'pkcs8', format: 'pem' }) as string,
    der: ec.export({ type: 'pkcs8', format: 'der' })
  },
  'an Ed25519 key': {
    pem: ed.export({ type: 'pkcs8', format: 'pem' }) as string,
    der: ed.export({ type: 'pkcs8', format: 'der' })
  }
}
/** Its DER does not show what it is: only its headers do. */
const traditional = rsa.export({ type: 'pkcs1', format: 'pem', ...password }) as string

const base64Of = (pem: string): string[] => pem.split('\n').filter((line) => line !== '' && !/[-:]/.test(line))
/** Returns what follows the head by which a key was recognised. */
const pieces = (pem: string): string[] => base64Of(pem).join('').slice(32).match(/.{12}/g) ?? []
const derPieces = (der: Buffer): string[] =>
  der
    .subarray(26)
    .toString('latin1')
    .match(/[^]{10}/g) ?? []

const dial = (mode: 0 | 1): string => `AT#SSLD=1,443,"123.124.125.126",0,${mode}`
const connected = (mode: 0 | 1): Bench => {
  const bench = new Bench().echo().readyToDial()
  bench.at('AT#SSLSECCFG=1,0,0')
  bench.at(dial(mode))
  return bench
}

function expectNone(bench: Bench, secrets: readonly string[]): void {
  expect(secrets.length).toBeGreaterThan(1)
  bench.pass(60_000)
  const facts = bench
    .events()
    .map(({ what }) =>
      JSON.stringify(what, (_name, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
      )
    )
  const blob = (direction: 'tx' | 'rx'): string =>
    Buffer.concat(
      bench
        .facts('bytes')
        .filter((one) => one.direction === direction)
        .map(({ bytes }) => bytes)
    ).toString('latin1')
  const text = [...facts, blob('tx'), blob('rx')].join('\n')
  expect(secrets.filter((one) => text.includes(one))).toEqual([])
}

const ways: Readonly<Record<string, (pem: string) => Bench>> = {
  'typed where commands are': (pem) => typed(new Bench(), [pem]),
  'without its first and last line': (pem) => typed(new Bench(), [base64Of(pem).join('\r\n'), '\r\n']),
  'under a first line that is misspelt': (pem) => typed(new Bench(), [pem.replaceAll('PRIVATE', 'PRIVAT')]),
  'under a first line that was corrected': (pem) => typed(new Bench(), [pem.replace('PRIVATE', 'PRIVX\bATE')]),
  'sent in command mode': (pem) => typed(connected(1), ['AT#SSLSEND=1\r', pem, '\x1a']),
  'sent in online mode, cut in two': (pem) => typed(connected(0), [pem.slice(0, 34), pem.slice(34)]),
  'by a script that opens the port for each line': (pem) => {
    const bench = new Bench()
    for (const line of pem.split(/(?<=\n)/)) {
      bench.module.instances[0]!.clientChanged()
      bench.type(line)
    }
    return bench
  }
}

function typed(bench: Bench, writes: readonly string[]): Bench {
  for (const write of writes) bench.type(write)
  return bench
}

describe.each(Object.entries(forms))('%s', (_name, { pem, der }) => {
  it.each(Object.entries(ways))('%s', (_way, play) => expectNone(play(pem), pieces(pem)))

  it('in DER, typed where commands are', () => {
    const bench = new Bench()
    bench.type(der)
    expectNone(bench, derPieces(der))
  })

  it.each([7, 30])('in DER, sent in online mode, cut after %i bytes', (at) => {
    const bench = connected(0)
    bench.type(der.subarray(0, at))
    bench.type(der.subarray(at))
    expectNone(bench, derPieces(der))
  })
})

/** Bytes as printed by `xxd -p`, `xxd`, `openssl` and `xxd -i`. */
const inHex: Readonly<Record<string, (der: Buffer) => string>> = {
  'plain digits': (der) =>
    der
      .toString('hex')
      .match(/.{1,60}/g)!
      .join('\r\n'),
  'pairs with spaces, in capitals': (der) => der.toString('hex').toUpperCase().match(/../g)!.join(' '),
  'with colons': (der) => der.toString('hex').match(/../g)!.join(':'),
  'as an array of C': (der) =>
    der
      .toString('hex')
      .match(/../g)!
      .map((two) => `0x${two}`)
      .join(', ')
}

describe.each(Object.entries(inHex))('hexadecimal digits, %s', (_way, written) => {
  it.each(Object.entries(forms))('%s', (_name, { der }) => {
    // The end of the key: before it are numbers of the format, which occur in the head too.
    const body = written(der).slice(written(der.subarray(0, der.length - Math.min(64, der.length - 30))).length)
    const secrets = body.match(/[^\r\n]{16}/g) ?? []
    expectNone(typed(new Bench(), [`key: ${written(der)}\r`]), secrets)
    const online = connected(0)
    online.type(`${written(der)}\nbehind`)
    expectNone(online, secrets)
    expect(
      Buffer.concat(
        online
          .facts('bytes')
          .filter((one) => one.data && one.direction === 'tx')
          .map(({ bytes }) => bytes)
      ).toString('latin1')
    ).toMatch(/\nbehind$/)
  })
})

it('a public key in hexadecimal digits is shown', () => {
  const text = createPublicKey(rsa).export({ type: 'spki', format: 'der' }).toString('hex')
  const bench = connected(0)
  bench.type(text)
  expect(
    Buffer.concat(
      bench
        .facts('bytes')
        .filter((one) => one.data && one.direction === 'tx')
        .map(({ bytes }) => bytes)
    ).toString('latin1')
  ).toBe(text)
})

it.each(Object.entries(ways).filter(([way]) => !way.startsWith('without')))(
  'a key under a password, as RFC 1421 has it, %s',
  (_way, play) => {
    expectNone(play(traditional), pieces(traditional))
  }
)

describe('what is no key', () => {
  const data = (bench: Bench): string =>
    Buffer.concat(
      bench
        .facts('bytes')
        .filter((one) => one.data && one.direction === 'tx')
        .map(({ bytes }) => bytes)
    ).toString('latin1')

  it('data behind a key is shown, to the byte', () => {
    for (const { pem, der } of Object.values(forms)) {
      for (const key of [pem, base64Of(pem).join('\n'), der.toString('latin1')]) {
        const bench = connected(0)
        bench.type(`before ${key}\nbehind`)
        expect(data(bench)).toMatch(/^before [^]*\*{40}[^]*\nbehind$/)
      }
    }
  })

  it('a command of the next host is shown once there is something in it that no key has', () => {
    const bench = new Bench()
    bench.type(`${traditional.split('\n').slice(0, 5).join('\r')}\r`)
    bench.module.instances[0]!.clientChanged()
    bench.type('AT#SSLS=1\rAT+CGMM\r')
    expect(bench.facts('line').at(-1)!.text).toBe('AT+CGMM')
  })

  it('a message of SNMP, which begins nearly as a key does, is shown', () => {
    const message = '\x30\x26\x02\x01\x01\x04\x06public\xa0\x19\x02\x04 and so on'
    const bench = connected(0)
    bench.type(message)
    expect(data(bench)).toBe(message)
  })
})
