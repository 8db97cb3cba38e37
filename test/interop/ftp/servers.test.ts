import { createHash, randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { at, atPrints, storeSecurityData, typeOverPort, type HostStep } from '../../fixtures/at-host.ts'
import {
  opensslSuites,
  startProftpd,
  startVsftpd,
  type FtpServer,
  type FtpServerOptions
} from '../../fixtures/ftp-servers.ts'
import { haveFtpServer, havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { suitesByNumber } from '../../fixtures/suites-by-number.ts'

// FTP and FTPS over the pty, typed by python3-serial, against vsftpd and proftpd: independent programs on both sides
// (guide chapter 5, at-reference 7).

const servers = [
  { name: 'vsftpd', start: startVsftpd },
  { name: 'proftpd', start: startProftpd }
] as const

const text = Buffer.from('Hello from the FTP server.\r\n')
/** Every byte value, and more data than any buffer holds. */
const big = randomBytes(150_000)
/** Fits one record that a GSM module can receive. These servers send the largest records (G-4.0-1). */
const small = big.subarray(0, 15_000)
const files = { 'file.txt': text, 'big.bin': big, 'small.bin': small }

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

for (const { name, start } of servers) {
  describe.skipIf(!haveFtpServer(name) || !havePeers('pyserial', 'openssl'))(name, () => {
    const simulators = new Map<string, SimulatorProcess>()
    let server: FtpServer | null = null

    beforeAll(async () => {
      for (const product of ['HE910', 'GE865-QUAD'])
        simulators.set(product, await startSimulatorProcess(['--product', product]))
    })

    afterAll(async () => {
      for (const simulator of simulators.values()) await simulator.stop()
    })

    afterEach(async () => {
      await server?.stop()
      server = null
    })

    const run = (product: string, steps: readonly HostStep[]): ReturnType<typeof typeOverPort> =>
      typeOverPort(simulators.get(product)!.link, steps)

    const prepared: HostStep[] = [
      ...at('ATE0'),
      ...at('AT+CMEE=1'),
      { send: 'AT#SGACT=1,1\r' },
      { expect: '\\r\\n(OK|\\+CME ERROR: 553)\\r\\n' }
    ]

    const begin = async (options: FtpServerOptions): Promise<FtpServer> => (server = await start({ files, ...options }))

    const open = (mode: 0 | 1 | null, answer = 'OK'): HostStep[] =>
      at(
        `AT#FTPOPEN="127.0.0.1:${server!.port}","${server!.user}","${server!.password}"${mode === null ? '' : `,${mode}`}`,
        answer
      )

    const got = (file: string): HostStep[] => [
      { send: `AT#FTPGET="${file}"\r` },
      { expect: '\\r\\nCONNECT\\r\\n' },
      { expect: '\\A.*?\\r\\nNO CARRIER\\r\\n' }
    ]

    /** What a session must be able to do, in one mode. */
    const everything = (product = 'HE910'): HostStep[] => [
      ...got('file.txt'),
      ...got(product === 'HE910' ? 'big.bin' : 'small.bin'),
      ...atPrints('AT#FTPFSIZE="big.bin"', `#FTPFSIZE: ${big.length}`),
      { send: 'AT#FTPLIST\r' },
      { expect: '\\r\\nCONNECT\\r\\n.*file\\.txt.*\\r\\nNO CARRIER\\r\\n' },
      { send: 'AT#FTPPWD\r' },
      { expect: '#FTPPWD: 257 "/.*\\r\\n\\r\\nOK\\r\\n' },
      ...at('AT#FTPCWD="in"'),
      { send: 'AT#FTPPUT="online.bin"\r' },
      { expect: '\\r\\nCONNECT\\r\\n' },
      { send: big.toString('latin1') },
      { file: server!.uploadPath('online.bin'), bytes: big.length },
      { pause: 1.1 },
      { send: '+++' },
      { expect: '\\r\\nNO CARRIER\\r\\n' },
      ...at('AT#FTPPUT="command.bin",1'),
      { send: 'AT#FTPAPPEXT=1500\r' },
      { expect: '\\r\\n> ' },
      { send: big.subarray(0, 1500).toString('latin1') },
      { expect: '#FTPAPPEXT: 1500\\r\\n\\r\\nOK\\r\\n' },
      { send: 'AT#FTPAPPEXT=8,1\r' },
      { expect: '\\r\\n> ' },
      { send: '\x1a\x1b\x08\x00+++\r' },
      { expect: '#FTPAPPEXT: 8\\r\\n\\r\\nOK\\r\\n' },
      ...at('AT#FTPREST=1500'),
      ...at('AT#FTPGETPKT="command.bin"'),
      { ask: 'AT#FTPGETPKT?\r', until: '#FTPGETPKT: command\\.bin,0,1\r\n' },
      { send: 'AT#FTPRECV=3000\r' },
      { expect: '\\r\\n#FTPRECV: 8\\r\\n\x1a\x1b\x08\\x00\\+\\+\\+\\r\\r\\n\\r\\nOK\\r\\n' },
      ...at('AT#FTPRECV=1', '\\+CME ERROR: 614'),
      ...at('AT#FTPDELE="command.bin"'),
      ...at('AT#FTPDELE="command.bin"', '\\+CME ERROR: 606'),
      { send: 'AT#FTPMSG\r' },
      { expect: '#FTPMSG: 550.*\\r\\n\\r\\nOK\\r\\n' },
      ...at('AT#FTPGET="nothing"', '\\+CME ERROR: 606'),
      ...at('AT#FTPCLOSE')
    ]

    const check = ({ matches }: { matches: readonly string[] }, product = 'HE910'): void => {
      const contents = matches
        .filter((one) => one.endsWith('\r\nNO CARRIER\r\n') && one.length > 20)
        .map((one) => Buffer.from(one.slice(0, -14), 'latin1'))
      expect(contents.some((one) => one.equals(text))).toBe(true)
      expect(contents.map(digest)).toContain(digest(product === 'HE910' ? big : small))
      expect(digest(server!.uploaded('online.bin')!)).toBe(digest(big))
      expect(server!.uploaded('command.bin')).toBeNull()
    }

    it.each([1, 0] as const)('plain FTP, mode %i (0 active, 1 passive)', async (mode) => {
      await begin({})
      check(await run('HE910', [...prepared, ...at('AT#FTPCFG=100,0,0'), ...open(mode), ...everything()]))
    })

    const ftps = (authMode: number, suite = 0): HostStep[] => [
      ...prepared,
      ...at('AT#FTPCFG=100,0,1'),
      ...at(`AT#SSLSECCFG=1,${suite},${authMode}`),
      ...storeSecurityData(1, testPki().ca.pem)
    ]

    for (const product of ['HE910', 'GE865-QUAD']) {
      for (const [index, suite] of suitesByNumber(product).entries()) {
        if (!(opensslSuites as readonly string[]).includes(suite)) {
          it.skip(`G-5-5 ${product} with ${suite}: OpenSSL 3, which ${name} is built on, has no RC4`, () => {})
          continue
        }
        it(`G-5-3, G-5-4, G-5-5 FTPS: ${product} with ${suite}, server authentication, passive`, async () => {
          await begin({ tls: true, suite })
          check(await run(product, [...ftps(1, index + 1), ...open(1), ...everything(product)]), product)
        })
      }

      it(`G-5-5 FTPS: ${product}, server and client authentication; without the client certificate it fails`, async () => {
        await begin({ tls: true, clientAuth: true })
        const { client } = testPki()
        check(
          await run(product, [
            ...ftps(1),
            ...open(1, '\\+CME ERROR: (839|606)'),
            ...at('AT#SSLSECCFG=1,0,2'),
            ...storeSecurityData(0, client.pem),
            ...storeSecurityData(2, client.keyPkcs1Pem),
            ...open(1),
            ...everything(product)
          ]),
          product
        )
      })

      it(`G-5-6 the example of chapter 5 as printed, ${product}`, async () => {
        await begin({ tls: true })
        for (const mode of [null, 1] as const) {
          const { matches } = await run(product, [...ftps(1), ...open(mode), ...got('file.txt'), ...at('AT#FTPCLOSE')])
          expect(matches).toContain(`${text.toString()}\r\nNO CARRIER\r\n`)
        }
      })
    }

    it('G-4.0-1 a record of the largest size is too much for a GSM module: NO CARRIER in mid-file, the session goes on', async () => {
      await begin({ tls: true })
      const { matches } = await run('GE865-QUAD', [
        ...ftps(1),
        ...open(1),
        ...got('big.bin'),
        { send: 'AT#FTPPWD\r' },
        { expect: '#FTPPWD: 257|ERROR: 607' }
      ])
      expect(matches.find((one) => one.endsWith('NO CARRIER\r\n'))!.length).toBeLessThan(big.length)
    })

    it('FTPS in active mode', async () => {
      await begin({ tls: true })
      check(await run('HE910', [...ftps(1), ...open(0), ...everything()]))
    })

    it('a CA that did not sign the server: 839, and the password is not sent', async () => {
      await begin({ tls: true })
      await run('HE910', [
        ...ftps(1),
        ...storeSecurityData(1, testPki().otherCa.pem),
        ...open(1, '\\+CME ERROR: 839'),
        ...storeSecurityData(1, testPki().ca.pem),
        ...open(1),
        ...at('AT#FTPCLOSE')
      ])
    })

    it('a server that wants user and password under TLS only: 606 without FTPS', async () => {
      await begin({ tls: true })
      await run('HE910', [
        ...prepared,
        ...at('AT#FTPCFG=100,0,0'),
        ...open(1, '\\+CME ERROR: 606'),
        { send: 'AT#FTPMSG\r' },
        { expect: '#FTPMSG: 5\\d\\d.*\\r\\n\\r\\nOK\\r\\n' }
      ])
    })

    it('G-5-4 a server that demands the session of the control connection: the file does not come, the module lives', async () => {
      await begin({ tls: true, sessionReuse: true })
      const { received } = await run('HE910', [
        ...ftps(1),
        ...open(1),
        { send: 'AT#FTPGET="file.txt"\r' },
        { expect: '\\r\\nNO CARRIER\\r\\n', limit: 25 },
        { send: 'AT#FTPMSG\r' },
        { expect: '#FTPMSG: (425|450|522).*\\r\\n\\r\\nOK\\r\\n' },
        // vsftpd ends the session with it.
        ...at('AT#FTPCLOSE', '(OK|\\+CME ERROR: 607)')
      ])
      expect(received).not.toContain(text.toString())
    })
  })
}
