import { afterEach, describe, expect, it } from 'vitest'
import { at, atPrints, escapeOnline, storeSecurityData, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { startGnutls, type GnutlsOptions, type GnutlsServer } from '../fixtures/far-end.ts'
import { havePeers } from '../fixtures/peers.ts'
import { testPki } from '../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

// The guide's examples, typed over the pty by python3-serial against gnutls-serv: independent programs on both sides,
// for both families and each of their suites.

const families = [
  { product: 'HE910', suites: ['RC4-MD5', 'RC4-SHA', 'AES128-SHA', 'NULL-SHA'] },
  { product: 'GE865-QUAD', suites: ['RC4-MD5', 'RC4-SHA', 'AES256-SHA'] }
] as const

let simulator: SimulatorProcess | null = null
let server: GnutlsServer | null = null

afterEach(async () => {
  await simulator?.stop()
  await server?.stop()
  simulator = null
  server = null
})

/** Starts a server, and a simulator with a route from the guide's address to it. */
async function bench(
  product: string,
  options: GnutlsOptions = {}
): Promise<(steps: readonly HostStep[]) => Promise<{ matches: readonly string[] }>> {
  server = await startGnutls(options)
  const routes = ['123.124.125.126:443', 'www.example.com:443'].flatMap((from) => [
    '--route',
    `${from}=127.0.0.1:${server!.port}`
  ])
  simulator = await startSimulatorProcess(['--product', product, ...routes])
  const { link } = simulator
  return (steps) => typeOverPort(link, steps)
}

const dial = (mode: 0 | 1, host = '123.124.125.126'): string => `AT#SSLD=1,443,"${host}",0,${mode}`

/** Chapters 2.1 and 3.1: context and socket, which every example assumes. */
const prepared: HostStep[] = [
  ...at('ATE0'),
  ...at('AT+CMEE=1'),
  ...at('AT+CGDCONT=1,IP,"internet"'),
  ...atPrints('AT#SGACT=1,1', '#SGACT: \\d+\\.\\d+\\.\\d+\\.\\d+'),
  ...at('AT#SSLEN=1,1')
]

/** What every secured connection must be able to do: send, receive, close. */
const exchange: HostStep[] = [
  { send: 'AT#SSLSEND=1\r' },
  { expect: '\\r\\n> ' },
  { send: 'through the secure socket\n\x1a' },
  { expect: '\\r\\nOK\\r\\n' },
  { send: 'AT#SSLRECV=1,100\r' },
  { expect: '#SSLRECV: 26\\r\\nthrough the secure socket\\n\\r\\n\\r\\nOK\\r\\n' },
  ...at('AT#SSLH=1')
]

/** Chapter 4.5, for online mode: the server chooses the suite, and typed bytes are sent after 0.2 s. */
const preparedForOnline: HostStep[] = [...prepared, ...at('AT#SSLSECCFG=1,0,0'), ...at('AT#SSLCFG=1,1,300,90,100,2')]

/** Goes online by `command`, sends a line that comes back, then +++. */
const online = (command: string, line: string): HostStep[] => [
  ...at(command, 'CONNECT'),
  { send: `${line}\n` },
  { expect: `${line}\\n` },
  ...escapeOnline
]

describe.skipIf(!havePeers('gnutls-serv', 'pyserial'))('the guide, over the pty against gnutls-serv', () => {
  for (const { product, suites } of families) {
    describe(product, () => {
      for (const [index, suite] of suites.entries()) {
        it(`3.5.1 verify none, with ${suite}`, async () => {
          const type = await bench(product, { suite })
          await type([
            ...prepared,
            ...at(`AT#SSLSECCFG=1,${index + 1},0`),
            ...at(dial(1)),
            ...atPrints('AT#SSLS=1', `#SSLS: 1,2,${index + 1}`),
            ...exchange,
            ...atPrints('AT#SSLS=1', '#SSLS: 1,1')
          ])
        })
      }

      it('3.5.1 verify none, the server choosing among the suites proposed', async () => {
        const type = await bench(product)
        await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,0,0'),
          ...at(dial(1)),
          ...atPrints('AT#SSLS=1', '#SSLS: 1,2,[123]'),
          ...exchange
        ])
      })

      it('3.5.2 server authentication, CA as PEM; another CA is refused with 839', async () => {
        const type = await bench(product, { suite: suites[0] })
        const { ca, otherCa } = testPki()
        await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,1,1'),
          ...at(dial(1), '\\+CME ERROR: 837'),
          ...storeSecurityData(1, otherCa.pem),
          ...at(dial(1), '\\+CME ERROR: 839'),
          ...storeSecurityData(1, ca.pem),
          ...atPrints('AT#SSLSECDATA?', '#SSLSECDATA: 1,0,1,0'),
          ...at(dial(1)),
          ...exchange
        ])
      })

      it("3.5.2 an expired certificate is detected by the module's clock, and setting the clock back helps (G-3.3-10, G-3.3-11)", async () => {
        const type = await bench(product)
        await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,0,1'),
          ...storeSecurityData(1, testPki().ca.pem),
          ...at('AT#NITZ=0'),
          ...at('AT+CCLK="55/01/01,00:00:00+00"'),
          ...at(dial(1), '\\+CME ERROR: 839'),
          ...at('AT+CCLK="26/11/23,00:00:00+00"'),
          ...at(dial(1)),
          ...exchange
        ])
      })

      it('3.5.3 server and client authentication, all three data as PEM', async () => {
        const type = await bench(product, { clientAuth: true })
        const { ca, client, otherClient } = testPki()
        await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,0,2'),
          ...storeSecurityData(1, ca.pem),
          ...at(dial(1), '\\+CME ERROR: 837'),
          ...storeSecurityData(0, otherClient.pem),
          ...storeSecurityData(2, client.keyPkcs1Pem),
          ...at(dial(1), '\\+CME ERROR: 839'),
          ...storeSecurityData(0, client.pem),
          ...atPrints('AT#SSLSECDATA?', '#SSLSECDATA: 1,1,1,1'),
          ...at(dial(1)),
          ...exchange
        ])
      })

      if (product === 'HE910') {
        it('3.5.2 server authentication, PEM named and DER by count (G-3.2-2, G-3.3-6)', async () => {
          const type = await bench(product)
          const { ca } = testPki()
          await type([
            ...prepared,
            ...at('AT#SSLSECCFG=1,0,1,1'),
            ...atPrints('AT#SSLSECCFG?', '#SSLSECCFG: 1,0,1,1'),
            ...storeSecurityData(1, ca.pem),
            ...at(dial(1)),
            ...exchange,
            ...at('AT#SSLSECDATA=1,0,1'),
            ...at('AT#SSLSECCFG=1,0,1,0'),
            { send: `AT#SSLSECDATA=1,1,1,${ca.der.length}\r` },
            { expect: '\\r\\n> ' },
            { send: ca.der.toString('latin1') },
            { expect: '\\r\\nOK\\r\\n' },
            ...at(dial(1)),
            ...exchange
          ])
        })
      } else {
        it('4.5.4 the session reopened by #SSLFASTD, online', async () => {
          const type = await bench(product)
          await type([
            ...preparedForOnline,
            ...online('AT#SSLD=1,443,"123.124.125.126",1,0', 'first'),
            ...at('AT#SSLH=1'),
            ...online('AT#SSLFASTD=1,0', 'again'),
            ...at('AT#SSLH=1,0'),
            ...at('AT#SSLFASTD=1,0', '\\+CME ERROR: 830')
          ])
        })
      }

      it('4.5.1 online mode, suspended with +++, restored with #SSLO', async () => {
        const type = await bench(product)
        await type([
          ...preparedForOnline,
          ...online(dial(0), 'bidirectional data'),
          ...atPrints('AT#SSLS=1', '#SSLS: 1,2,[123]'),
          ...online('AT#SSLO=1', 'once more'),
          ...at('AT#SSLH=1'),
          ...atPrints('AT#SSLS=1', '#SSLS: 1,1')
        ])
      })

      it('4.5.2 command mode: 15 bytes, then the rest', async () => {
        const type = await bench(product)
        await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,0,0'),
          ...at(dial(1)),
          ...atPrints('AT#SSLS=1', '#SSLS: 1,2,[123]'),
          ...atPrints('AT#SSLRECV=1,15,10', '#SSLRECV: 0\\r\\nTIMEOUT'),
          { send: 'AT#SSLSEND=1\r' },
          { expect: '\\r\\n> ' },
          { send: 'Response of the server!\n\x1a' },
          { expect: '\\r\\nOK\\r\\n' },
          ...atPrints('AT#SSLRECV=1,15', '#SSLRECV: 15\\r\\nResponse of the'),
          ...atPrints('AT#SSLRECV=1,15', '#SSLRECV: 9\\r\\n server!\\n'),
          ...at('AT#SSLH=1')
        ])
      })

      it('4.5.3 online first, then command mode on the same connection', async () => {
        const type = await bench(product)
        await type([
          ...preparedForOnline,
          ...online(dial(0), 'online'),
          ...atPrints('AT#SSLS=1', '#SSLS: 1,2,[123]'),
          // The server got the escape characters (D-18). It sends a line back once it is complete.
          { send: 'AT#SSLSEND=1\r' },
          { expect: '\\r\\n> ' },
          { send: 'Send data in command mode!\n\x1a' },
          { expect: '\\r\\nOK\\r\\n' },
          { send: 'AT#SSLRECV=1,100\r' },
          { expect: '#SSLRECV: \\d+\\r\\n(\\+\\+\\+)?Send data in command mode!\\n\\r\\n\\r\\nOK\\r\\n' },
          ...at('AT#SSLH=1')
        ])
      })

      it('4.5.5 a page over HTTPS with server authentication, by name; NO CARRIER when the server closes', async () => {
        const type = await bench(product, { mode: 'http' })
        const { matches } = await type([
          ...prepared,
          ...at('AT#SSLSECCFG=1,0,1'),
          ...storeSecurityData(1, testPki().ca.pem),
          ...at('AT#SSLCFG=1,1,300,90,100,2'),
          ...at(dial(0, 'www.example.com'), 'CONNECT'),
          { send: 'GET / HTTP/1.0\r\n\r\n' },
          { expect: 'HTTP/1\\.0 200 OK.*\\r\\nNO CARRIER\\r\\n' },
          ...atPrints('AT#SSLS=1', '#SSLS: 1,1')
        ])
        const page = matches.find((one) => one.startsWith('HTTP'))!
        expect(page).toContain('reported by the GnuTLS implementation')
        expect(page).toMatch(/<\/HTML>/i)
      })
    })
  }
})
