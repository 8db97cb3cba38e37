import { describe, expect, it } from 'vitest'
import { products, profileOf } from '../../../src/shared/products/catalog.ts'
import { Bench, FarEnd } from '../../fixtures/bench.ts'
import { passesLuhn } from '../../fixtures/luhn.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'

const dialOnline = 'AT#SSLD=1,443,"123.124.125.126",0,0'
const dialCommand = 'AT#SSLD=1,443,"123.124.125.126",0,1'

describe('products (G-0-1, G-0-2, G-0-3, D-28)', () => {
  it('each have a name, an IMEI and a serial number of their own', () => {
    const profiles = products.map((one) => profileOf(one.name))
    for (const key of ['product', 'imei', 'serialNumber'] as const)
      expect(twice(profiles.map((one) => one[key])), key).toEqual([])
  })

  it.each(products)('$name has an IMEI of the test range with a valid check digit: $imei', ({ imei }) => {
    expect(imei).toMatch(/^00101010\d{7}$/)
    expect(passesLuhn(imei)).toBe(true)
  })

  it('an IMEI with one wrong digit or with two neighbours changed round does not pass', () => {
    expect(['001010100050234', '001010100050235', '001010100052034', ''].map(passesLuhn)).toEqual([
      true,
      false,
      false,
      false
    ])
  })

  // Transcripts contain these numbers, so a new product must not change them.
  it.each([
    ['GC864-QUAD', '001010100050010', '0001005001'],
    ['HE910', '001010100050234', '0001005023'],
    ['UE910-NAD', '001010100050358', '0001005035']
  ])('%s keeps the IMEI %s and the serial number %s', (name, imei, serialNumber) => {
    expect(profileOf(name)).toMatchObject({ imei, serialNumber })
  })

  it('have the features from the minimum version of the table on, and not below', () => {
    for (const { name, minimum, software } of products) {
      const versions = software.map((one) => one.name)
      expect(profileOf(name, minimum).hasSsl, name).toBe(true)
      expect(profileOf(name).hasSsl, name).toBe(true)
      for (const version of versions.slice(0, versions.indexOf(minimum))) {
        expect(profileOf(name, version).hasSsl, `${name} ${version}`).toBe(version === '10.00.xx5')
      }
    }
  })

  it('take names and versions in any case, by marketing name, without customer digits', () => {
    expect(profileOf('he910-dg').product).toBe('HE910')
    expect(profileOf('HE910-G').model).toBe('HE910')
    expect(profileOf('ge864-quad-v2').product).toBe('GE864-QUAD V2')
    expect(profileOf('HE910', '12.00.004').software).toBe('12.00.xx4')
    expect(() => profileOf('HE910', '10.00.xx7')).toThrow(/has no software version/)
  })

  it('below the minimum have no SSL commands, while the others stay (G-0-3)', () => {
    for (const [product, software] of [
      ['HE910', '12.00.xx3'],
      ['GE910-GNSS', '13.00.xx3'],
      ['GL865-QUAD V3', '16.00.xx2'],
      ['GE865-QUAD', '10.00.xx3']
    ] as const) {
      const bench = new Bench({ product, software })
      bench.at('AT+CMEE=1')
      expect(bench.at('AT#SSLEN=1,1'), product).toBe('\r\nERROR\r\n')
      expect(bench.at('AT#SSLS=1'), product).toBe('\r\nERROR\r\n')
      expect(bench.at('AT#SGACT=1,1'), product).toContain('OK')
    }
  })

  it('have lines of 80 characters before the newest version (D-20)', () => {
    const bench = new Bench({ software: '12.00.xx4' })
    bench.at('AT')
    expect(bench.at(`AT+CMEE=1${' '.repeat(72)}`)).toBe('\r\nERROR\r\n')
    expect(bench.at(`AT+CMEE=1${' '.repeat(71)}`)).toBe('\r\nOK\r\n')
  })

  it('store 1535 bytes in the first SSL software of line 10 (D-28)', () => {
    const bench = new Bench({ product: 'GE865-QUAD', software: '10.00.xx5' })
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLSECDATA=1,1,1,1536')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#SSLSECDATA=?')).toContain('(1-1535)')
  })
})

describe('certificate format (G-3.2-2, G-3.2-6, G-3.3-6)', () => {
  it('is shown only once it was given, then the last one given', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    bench.at('AT#SSLSECCFG=1,0,1')
    expect(bench.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,0,1\r\n')
    bench.at('AT#SSLSECCFG=1,0,1,0')
    expect(bench.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,0,1,0\r\n')
    bench.at('AT#SSLSECCFG=1,2,0')
    expect(bench.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,2,0,0\r\n')
    bench.module.pressReset()
    bench.pass(500)
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,2,0\r\n')
  })

  it('does not exist on GSM', () => {
    const bench = new Bench({ product: 'GE865-QUAD' })
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLSECCFG=1,0,1,1')).toBe('\r\nERROR\r\n')
  })

  it('DER ends by itself at <size>, and no byte is a control character', () => {
    const bench = new Bench().echo().readyToDial()
    const der = testPki().ca.der
    bench.at('AT#SSLSECCFG=1,0,1,0')
    expect(bench.type(`AT#SSLSECDATA=1,1,1,${der.length}\r`)).toBe('\r\n> ')
    expect(bench.type(der.subarray(0, der.length - 1))).toBe('')
    expect(bench.type(der.subarray(der.length - 1))).toBe('\r\nOK\r\n')
    expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
    bench.at('AT#SSLH=1')
    const controls = Uint8Array.of(0x1a, 0x1b, 0x08, 0x0d, 0x0a)
    bench.type('AT#SSLSECDATA=1,1,0,5\r')
    expect(bench.type(controls)).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,0')).toBe('\r\n#SSLSECDATA: 1,0\r\n\x1a\x1b\b\r\n\r\nOK\r\n')
  })
})

describe('stored data by family', () => {
  const store = (bench: Bench, dataType: number, pem: string): void => {
    bench.type(`AT#SSLSECDATA=1,1,${dataType},${pem.length}\r`)
    expect(bench.type(`${pem}\x1a`)).toBe('\r\nOK\r\n')
  }

  it('on GSM a CR or a stray end-of-file spoils a PEM: stored, and 837 at the dial (G-3.3-5, D-12)', () => {
    for (const spoil of [
      (pem: string) => pem.replaceAll('\n', '\r\n'),
      (pem: string) => `${pem}\x04`,
      (pem: string) => `${pem}\0`,
      (pem: string) => `${pem}\xff`
    ]) {
      const bench = new Bench({ product: 'GE865-QUAD' }).echo().readyToDial()
      bench.at('AT#SSLSECCFG=1,0,1')
      store(bench, 1, spoil(testPki().ca.pem))
      expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
      bench.at('AT#SSLSECDATA=1,0,1')
      store(bench, 1, testPki().ca.pem)
      expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
    }
  })

  it('on HE/UE a CR does not matter, and the key is PKCS#1 only (G-3.3-7, D-32)', () => {
    const { ca, client } = testPki()
    const bench = new Bench().echo().readyToDial()
    bench.at('AT#SSLSECCFG=1,0,2')
    store(bench, 1, ca.pem.replaceAll('\n', '\r\n'))
    store(bench, 0, client.pem)
    store(bench, 2, client.keyPkcs8Pem)
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
    store(bench, 2, client.keyPkcs1Pem)
    expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
    const gsm = new Bench({ product: 'GE865-QUAD' }).echo().readyToDial()
    gsm.at('AT#SSLSECCFG=1,0,2')
    store(gsm, 1, ca.pem)
    store(gsm, 0, client.pem)
    store(gsm, 2, client.keyPkcs8Pem)
    expect(gsm.at(dialCommand)).toBe('\r\nOK\r\n')
  })

  it('a CA that came with the module serves while the slot is empty, on HE/UE (G-3.3-8)', () => {
    const preloadedCa = Uint8Array.from(Buffer.from(testPki().ca.pem))
    const bench = new Bench({ preloadedCa }).echo().readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
    const gsm = new Bench({ product: 'GE865-QUAD', preloadedCa }).echo().readyToDial()
    gsm.at('AT#SSLSECCFG=1,0,1')
    expect(gsm.at(dialCommand)).toBe('\r\n+CME ERROR: 837\r\n')
  })

  it('a server certificate over 2047 bytes cannot be authenticated (G-2.2-5)', () => {
    const { ca } = testPki()
    const large = makeCertificate({ name: 'large', issuer: ca, keyBits: 2048, key: 'server', commentBytes: 1400 })
    const bench = new Bench().echo(large).readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    store(bench, 1, ca.pem)
    expect(bench.at(dialCommand)).toBe('\r\n+CME ERROR: 839\r\n')
    bench.at('AT#SSLSECCFG=1,0,0')
    expect(bench.at(dialCommand)).toBe('\r\nOK\r\n')
  })
})

describe('records over 15800 bytes (G-4.0-1)', () => {
  const openOnline = (product: string): { bench: Bench; far: FarEnd } => {
    const bench = new Bench({ product })
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one)).readyToDial()
    bench.at(dialOnline)
    return { bench, far: far! }
  }

  it('end the connection on GSM, but not on the GE910 products nor on HE/UE', () => {
    for (const product of ['GE865-QUAD', 'GC864-QUAD', 'GL865-QUAD V3']) {
      const { bench, far } = openOnline(product)
      far.send(Buffer.alloc(15_800))
      expect(bench.pass(1).output(), product).toHaveLength(15_800)
      far.send(Buffer.alloc(15_801))
      expect(bench.pass(1).output(), product).toBe('\r\nNO CARRIER\r\n')
      expect(far.failure, product).toMatch(/record_overflow/)
    }
    for (const product of ['GE910-QUAD', 'GE910-GNSS', 'GE910-QUAD V3', 'HE910', 'UE910-EUR']) {
      const { bench, far } = openOnline(product)
      far.send(Buffer.alloc(16_384))
      expect(bench.pass(1).output(), product).toHaveLength(16_384)
    }
  })

  it('in command mode give 838 on the next command (D-27)', () => {
    const bench = new Bench({ product: 'GE865-QUAD' })
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one)).readyToDial()
    bench.at(dialCommand)
    far!.send(Buffer.alloc(16_000))
    expect(bench.pass(1).output()).toBe('')
    expect(bench.at('AT#SSLRECV=1,100')).toBe('\r\n+CME ERROR: 838\r\n')
    expect(bench.at('AT#SSLRECV=1,100')).toBe('\r\n+CME ERROR: 833\r\n')
  })
})

describe('#SSLSENDEXT (D-9)', () => {
  it('sends exactly the bytes announced, whatever they are, and echoes them', () => {
    const bench = new Bench()
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one)).readyToDial()
    bench.at(dialCommand)
    const bytes = Uint8Array.of(0x0a, 0x1a, 0x1b, 0x08, 0x0d, 0xff, 0x00)
    bench.at('ATE1')
    bench.type('ATE1\r')
    bench.type('AT#SSLSENDEXT=1,7\r')
    expect(bench.type(bytes)).toBe('\n\x1a\x1b\b\r\xff\0\r\nOK\r\n')
    // A stray Ctrl-Z, CR and LF right after it are skipped.
    expect(bench.type('\x1a\r\nAT\r')).toBe('AT\r\r\nOK\r\n')
    bench.pass(1)
    expect(Buffer.concat(far!.received)).toEqual(Buffer.from(bytes))
  })

  it('exists in late software only', () => {
    const old = new Bench({ software: '12.00.xx4' }).echo().readyToDial()
    old.at(dialCommand)
    expect(old.at('AT#SSLSENDEXT=1,7')).toBe('\r\nERROR\r\n')
    const late = new Bench().readyToDial()
    expect(late.at('AT#SSLSENDEXT=1,7')).toBe('\r\n+CME ERROR: 833\r\n')
    expect(late.at('AT#SSLSENDEXT=1,1501')).toBe('\r\nERROR\r\n')
  })
})

describe('SSLSRING and the NO CARRIER mode (D-1, D-2)', () => {
  const ringing = (tail: string): { bench: Bench; far: FarEnd } => {
    const bench = new Bench()
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one)).readyToDial()
    expect(bench.at(`AT#SSLCFG=1,1,300,90,100,50,${tail}`)).toBe('\r\nOK\r\n')
    bench.at(dialCommand)
    return { bench, far: far! }
  }

  it('are off by default, and rings once data waits, 50 ms after a result at the least', () => {
    const { bench, far } = ringing('1')
    far.send('hello')
    expect(bench.pass(40).output()).toBe('')
    expect(bench.pass(100).output()).toBe('\r\nSSLSRING: 1,5\r\n')
    expect(bench.pass(10_000).output()).toBe('')
    bench.type('AT#SSLRECV=1,2\r')
    bench.output()
    expect(bench.pass(49).output()).toBe('')
    expect(bench.pass(20).output()).toBe('\r\nSSLSRING: 1,3\r\n')
    expect(bench.at('AT#SSLRECV=1,100')).toContain('#SSLRECV: 3\r\nllo')
    const silent = ringing('0')
    silent.far.send('hello')
    expect(silent.bench.pass(1000).output()).toBe('')
  })

  it('waits while a command runs', () => {
    const { bench, far } = ringing('1')
    bench.type('AT#QDNS="slow.example"\r')
    far.send('x')
    bench.pass(30)
    bench.output()
    expect(bench.pass(200).output()).toBe('\r\nSSLSRING: 1,1\r\n')
  })

  it('hands the data over with mode 2', () => {
    const { bench, far } = ringing('2')
    far.send('inline')
    expect(bench.pass(200).output()).toBe('\r\nSSLSRING: 1,6,inline\r\n')
    expect(bench.at('AT#SSLRECV=1,10,10')).toBe('')
  })

  it('names the socket in NO CARRIER with the 8th value 1', () => {
    const { bench, far } = ringing('0,1')
    far.close()
    expect(bench.pass(10).output()).toBe('\r\nNO CARRIER:SSL,1\r\n')
    bench.at('AT#SSLCFG=1,1,300,90,100,50,0,1,7,8,9,10')
    expect(bench.at('AT#SSLCFG?')).toContain('#SSLCFG: 1,1,300,90,100,50,0,1,7,8\r\n')
  })

  it('exist in late software only', () => {
    const bench = new Bench({ software: '12.00.xx4' }).readyToDial()
    expect(bench.at('AT#SSLCFG=1,1,300,90,100,50,1')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#SSLCFG=1,1,300,90,100,50,0,0,0,0')).toBe('\r\nOK\r\n')
  })
})

describe('#CPUMODE (G-4.1-6, D-33)', () => {
  /** A chain of 9 kB: the server certificate, and superfluous certificates. */
  const largeChain = (bench: Bench): Bench => {
    const { server } = testPki()
    const ballast = makeCertificate({ name: 'ballast', keyBits: 2048, key: 'server', commentBytes: 1300 })
    bench.network.listen(
      '123.124.125.126',
      443,
      (tcp) => void new FarEnd(tcp, server, undefined, [server.der, ballast.der, ballast.der, ballast.der, ballast.der])
    )
    return bench
  }

  it('is needed for a large chain on 10 and 16, and not there on 12 and 13', () => {
    for (const product of ['GE865-QUAD', 'GL865-QUAD V3']) {
      const bench = largeChain(new Bench({ product }).readyToDial())
      expect(bench.at('AT#CPUMODE?')).toContain('#CPUMODE: 0')
      bench.type(`${dialCommand}\r`)
      expect(bench.pass(10_200).output(), product).toBe('\r\n+CME ERROR: 839\r\n')
      for (const mode of [2, 4, 3]) {
        bench.at(`AT#CPUMODE=${mode}`)
        bench.type(`${dialCommand}\r`)
        expect(bench.pass(9_000).output(), `${product} ${mode}`).toBe('\r\nOK\r\n')
        bench.at('AT#SSLH=1')
      }
      expect(bench.at('AT#CPUMODE=5')).toBe('\r\nERROR\r\n')
    }
    for (const product of ['HE910', 'GE910-QUAD']) {
      const bench = largeChain(new Bench({ product }).readyToDial())
      expect(bench.at('AT#CPUMODE=2')).toBe('\r\nERROR\r\n')
      expect(bench.at(dialCommand), product).toBe('\r\nOK\r\n')
    }
  })

  it('costs an ordinary certificate nothing', () => {
    expect(new Bench({ product: 'GE865-QUAD' }).echo().readyToDial().at(dialCommand)).toBe('\r\nOK\r\n')
  })
})

describe('#GPRS (D-35)', () => {
  it('is context 1 under its older name', () => {
    const bench = new Bench()
    expect(bench.at('AT#GPRS=1')).toBe('\r\n+IP: 10.64.18.7\r\n\r\nOK\r\n')
    expect(bench.at('AT#GPRS?;#SGACT?')).toContain('#GPRS: 1\r\n\r\n#SGACT: 1,1')
    expect(bench.at('AT#GPRS=0')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#GPRS?')).toContain('#GPRS: 0')
  })
})

describe('each of the eleven SSL errors (G-6-1, G-6-2)', () => {
  const broken = (bench: Bench): void => {
    let far: FarEnd | null = null
    bench.farEnd((one) => (far = one))
    bench.at(dialCommand)
    // A record that no key of this connection has made: bad MAC.
    far!.tcp.write(Uint8Array.of(23, 3, 1, 0, 32, ...new Uint8Array(32)))
    bench.pass(1)
  }
  const cases: readonly (readonly [number, string, (bench: Bench) => void, string])[] = [
    [830, 'SSL generic error', () => {}, 'AT#SSLFASTD=1,1'],
    [832, 'SSL socket error', () => {}, 'AT#SSLD=1,444,"123.124.125.126",0,1'],
    [833, 'SSL not connected', () => {}, 'AT#SSLH=1'],
    [834, 'SSL already connected', (bench) => void bench.at(dialCommand), dialCommand],
    [835, 'SSL already activated', () => {}, 'AT#SSLEN=1,1'],
    [836, 'SSL not activated', (bench) => void bench.at('AT#SSLEN=1,0'), 'AT#SSLCFG?'],
    [837, 'SSL certs and keys wrong or not stored', (bench) => void bench.at('AT#SSLSECCFG=1,0,1'), dialCommand],
    [838, 'SSL error enc/dec data', broken, 'AT#SSLRECV=1,10'],
    [
      839,
      'SSL error during handshake',
      (bench) => bench.network.listen('123.124.125.126', 443, (tcp) => tcp.onData(() => tcp.end())),
      dialCommand
    ],
    [
      840,
      'SSL disconnected',
      (bench) => {
        bench.farEnd((far) =>
          far.onOpen(() => {
            far.send('left over')
            far.close()
          })
        )
        bench.at(dialCommand)
      },
      'AT#SSLSEND=1'
    ]
  ]

  it.each(cases)('%i %s', (code, words, prepare, line) => {
    for (const [mode, text] of [
      [1, String(code)],
      [2, words]
    ] as const) {
      const bench = new Bench({ product: 'GE865-QUAD' }).echo().readyToDial()
      bench.at(`AT+CMEE=${mode}`)
      prepare(bench)
      expect(bench.at(line)).toBe(`\r\n+CME ERROR: ${text}\r\n`)
    }
  })

  it('831 SSL cannot activate, from another AT instance', () => {
    for (const [mode, text] of [
      [1, '831'],
      [2, 'SSL cannot activate']
    ] as const) {
      const bench = new Bench({ instances: 2 }).readyToDial()
      bench.type(`ATE0+CMEE=${mode}\r`, 1)
      expect(bench.type('AT#SSLEN=1,1\r', 1)).toBe(`\r\n+CME ERROR: ${text}\r\n`)
    }
  })
})

/** Returns the values that occur more than once. */
function twice(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index)
}
