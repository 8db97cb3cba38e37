import { describe, expect, it } from 'vitest'
import { Bench } from '../fixtures/bench.ts'
import { testPki } from '../fixtures/pki.ts'
import { expectToldForGood } from '../fixtures/told-past.ts'
import { WhyBench } from '../fixtures/why-bench.ts'
import { guideAddress, listen, type Connection } from './far-ends.ts'
import { Host } from './host.ts'

// Chapter 6: the errors, each caused by something that can happen to a user, in each of the three forms of +CMEE.

const ok = '\r\nOK\r\n'
const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`

/** Brings a host, with SSL enabled and an active context, to a state in which the returned line fails. */
type Provocation = (host: Host) => string

const ways: readonly (readonly [code: number, words: string, title: string, product: string, provoke: Provocation])[] =
  [
    [830, 'SSL generic error', 'a fast dial without a kept session', 'GE865-QUAD', () => 'AT#SSLFASTD=1,0'],
    [832, 'SSL socket error', 'nobody listens', 'HE910', () => dial],
    [833, 'SSL not connected', 'nothing is open', 'HE910', () => 'AT#SSLRECV=1,10'],
    [
      834,
      'SSL already connected',
      'a dial while the socket is open',
      'HE910',
      (host) => {
        listen(host.bench)
        host.at(dial)
        return dial
      }
    ],
    [835, 'SSL already activated', 'SSL is on already', 'HE910', () => 'AT#SSLEN=1,1'],
    [
      836,
      'SSL not activated',
      'SSL is off',
      'HE910',
      (host) => {
        host.at('AT#SSLEN=1,0')
        return 'AT#SSLCFG?'
      }
    ],
    [
      837,
      'SSL certs and keys wrong or not stored',
      'the CA certificate is missing',
      'GE865-QUAD',
      (host) => {
        host.at('AT#SSLSECCFG=1,0,1')
        return dial
      }
    ],
    [
      837,
      'SSL certs and keys wrong or not stored',
      'key and certificate do not match',
      'GE865-QUAD',
      (host) => {
        host.at('AT#SSLSECCFG=1,0,2')
        host.store(0, testPki().client.pem)
        host.store(1, testPki().ca.pem)
        host.store(2, testPki().server.keyPkcs1Pem)
        return dial
      }
    ],
    [
      838,
      'SSL error enc/dec data',
      'a record was changed on the way',
      'HE910',
      (host) => {
        const connections = listen(host.bench)
        host.at(dial)
        connections[0]!.sendDamaged('data')
        host.wait(10)
        return 'AT#SSLRECV=1,10'
      }
    ],
    [
      839,
      'SSL error during handshake',
      'the server is of another authority',
      'GE865-QUAD',
      (host) => {
        listen(host.bench)
        host.at('AT#SSLSECCFG=1,0,1')
        host.store(1, testPki().otherCa.pem)
        return dial
      }
    ],
    [
      840,
      'SSL disconnected',
      'sending after the far end has closed, data still unread',
      'HE910',
      (host) => {
        const connections = listen(host.bench)
        host.at(dial)
        connections[0]!.send('unread')
        connections[0]!.close()
        host.wait(10)
        return 'AT#SSLSEND=1'
      }
    ]
  ]

describe('the eleven SSL errors (G-6-2, D-27)', () => {
  for (const [code, words, title, product, provoke] of ways) {
    it(`${code}: ${title}, as ERROR, number and words (G-6-1)`, () => {
      for (const [mode, answer] of [
        [0, 'ERROR'],
        [1, `+CME ERROR: ${code}`],
        [2, `+CME ERROR: ${words}`]
      ] as const) {
        const host = new Host({ product }).ready()
        const line = provoke(host)
        host.at(`AT+CMEE=${mode}`)
        expect(host.at(line)).toBe(`\r\n${answer}\r\n`)
        expect(host.at('AT')).toBe(ok)
      }
    })
  }

  for (const [code, , title, product, provoke] of ways) {
    it(`W-8: what is told of ${code}, ${title}, stays as it was told`, async () => {
      const bench = new WhyBench({ product })
      const host = new Host({}, 0, bench).ready()
      expect(host.at(provoke(host))).toBe(`\r\n+CME ERROR: ${code}\r\n`)
      await expectToldForGood(bench, [await bench.why()])
    })
  }

  it('831: SSL is on at another AT instance, as ERROR, number and words (G-6-1, G-3.1-3)', () => {
    for (const [mode, answer] of [
      [0, 'ERROR'],
      [1, '+CME ERROR: 831'],
      [2, '+CME ERROR: SSL cannot activate']
    ] as const) {
      const bench = new Bench({ instances: 2 })
      expect(bench.type('ATE0;#SSLEN=1,1\r', 0)).toContain('OK')
      bench.type(`ATE0;+CMEE=${mode}\r`, 1)
      for (const command of ['#SSLEN=1,1', '#SSLEN=1,0', '#SSLSECCFG=1,0,0', '#SSLRECV=1,10', '#SSLH=1']) {
        expect(bench.type(`AT${command}\r`, 1), command).toBe(`\r\n${answer}\r\n`)
      }
      // Read and test forms and #SSLS work on any instance. What is read was set by the owner.
      expect(bench.type('AT#SSLS=1\r', 1)).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
      expect(bench.type('AT#SSLCFG=?\r', 1)).toContain(ok)
      for (const name of ['#SSLCFG', '#SSLSECCFG', '#SSLSECDATA', '#SSLEN']) {
        expect(bench.type(`AT${name}?\r`, 1)).toMatch(new RegExp(`^\\r\\n${name}: 1,[\\d,]+\\r\\n\\r\\nOK\\r\\n$`))
      }
      expect(bench.type('AT#SSLEN=1,0\r', 0)).toBe(ok)
      expect(bench.type('AT#SSLEN=1,1\r', 1)).toBe(ok)
    }
  })

  it('are all of them there are (G-6-2)', () => {
    expect([...new Set([...ways.map(([code]) => code), 831])].toSorted()).toEqual([
      830, 831, 832, 833, 834, 835, 836, 837, 838, 839, 840
    ])
  })
})

describe('failures in transfer (D-27)', () => {
  const online = `AT#SSLD=1,443,"${guideAddress}",0,0`

  it.each([
    ['a record that was changed', 'HE910', /bad_record_mac/, (far: Connection) => far.sendDamaged('data')],
    ['a record over the limit', 'GE865-QUAD', /record_overflow/, (far: Connection) => far.send('x'.repeat(15_801))]
  ])('%s: NO CARRIER online, 838 at the next command, and the alert', (_title, product, alert, harm) => {
    for (const line of [online, dial]) {
      const host = new Host({ product }).ready()
      const connections = listen(host.bench)
      host.at(line)
      harm(connections[0]!)
      expect(host.wait(10)).toBe(line === online ? '\r\nNO CARRIER\r\n' : '')
      expect(connections[0]!.failure).toMatch(alert)
      if (line === dial) expect(host.at('AT#SSLSEND=1')).toBe('\r\n+CME ERROR: 838\r\n')
      expect(host.at('AT#SSLS=1')).toBe(`\r\n#SSLS: 1,1\r\n${ok}`)
      expect(host.at(dial)).toBe(ok)
    }
  })
})

describe('errors besides the guide (D-21)', () => {
  it.each([
    ['AT#SGACT=1,1', ['AT#SGACT=1,1'], 553, 'context already activated'],
    ['AT#SGACT=2,1', [], 556, 'context not opened'],
    [dial, ['AT#SSLEN=1,1'], 556, 'context not opened'],
    ['AT#SSLD=1,443,"no.such.name",0,1', ['AT#SGACT=1,1', 'AT#SSLEN=1,1'], 558, 'cannot resolve DN'],
    ['AT#SSLRECV=1,1001', ['AT#SSLEN=1,1'], 4, 'operation not supported'],
    ['AT+CPIN=1234', [], 3, 'operation not allowed']
  ])('%s after %j answers %d, %s', (line, before, code, words) => {
    for (const [mode, answer] of [
      [0, 'ERROR'],
      [1, `+CME ERROR: ${code}`],
      [2, `+CME ERROR: ${words}`]
    ] as const) {
      const host = new Host()
      host.lines(...before, `AT+CMEE=${mode}`)
      expect(host.at(line)).toBe(`\r\n${answer}\r\n`)
    }
  })
})

describe('settings without an effect here (D-34)', () => {
  it.each(['&C', '&D', '&S', '&K', 'X', 'L', 'M'])('AT%s is kept and shown', (name) => {
    const host = new Host()
    expect(host.at(`AT${name}2`)).toBe(ok)
    expect(host.at('AT&V')).toMatch(new RegExp(`${name}2\\b`))
    expect(host.at(`AT${name}9`)).toBe('\r\nERROR\r\n')
  })

  it('ATS7, +IPR, +ICF and #SELINT are kept and read back', () => {
    const host = new Host()
    expect(host.lines('ATS7=30', 'AT+IPR=9600', 'AT+ICF=3', 'AT#SELINT=2')).toBe(ok.repeat(4))
    expect(host.lines('ATS7?', 'AT+IPR?', 'AT+ICF?', 'AT#SELINT?')).toMatch(
      /^\r\n030[^]*\+IPR: 9600[^]*\+ICF: 3[^]*#SELINT: 2/
    )
  })
})
