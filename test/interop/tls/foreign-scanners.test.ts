import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { usualSettings } from '../../../src/shared/lab/calls.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import { at, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

/** The lab's suites in its order of preference. */
const preferred = usualSettings.suites.map((name) => allSuites.find(({ shortName }) => shortName === name)!)

/**
 * What scanners report about the lab's TLS servers: sslscan and testssl.sh, run with their usual options against the
 * built program. They send thousands of bytes that no module would: hellos of every version, suites and extensions that
 * are not in TLS 1.0, renegotiation, Heartbleed, connections that end half-way.
 */
describe.skipIf(!havePeers('sslscan', 'testssl', 'pyserial'))('scanners of TLS servers', () => {
  let simulator: SimulatorProcess
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'scanners-'))
    simulator = await startSimulatorProcess()
  })

  afterAll(async () => {
    // It has survived all of it, without messages.
    expect(simulator.stderr()).toBe('')
    expect(await simulator.stop()).toBe(0)
    rmSync(folder, { recursive: true, force: true })
  })

  /** A scanner's status rates the server, and a TLS 1.0 server is rated badly on purpose. */
  const scan = (command: string, args: readonly string[]): Promise<void> =>
    new Promise((resolve, reject) => {
      const child = execFile(command, args, { cwd: folder, maxBuffer: 2 ** 24 }, (error) => {
        if (error && typeof error.code !== 'number') reject(error)
        else resolve()
      })
      child.stdin?.end()
    })

  /** Checks that the module can still connect to the same server. */
  async function dialled(port: number): Promise<void> {
    await typeOverPort(simulator.ready.ports[0]!.link, [
      ...at('AT+CMEE=1'),
      { send: 'AT#SGACT=1,1\r' },
      { expect: '\\r\\n(OK|\\+CME ERROR: 553)\\r\\n' },
      { send: 'AT#SSLEN=1,1\r' },
      { expect: '\\r\\n(OK|\\+CME ERROR: 835)\\r\\n' },
      ...at(`AT#SSLD=1,${port},"127.0.0.1",0,1`),
      ...at('AT#SSLH=1')
    ])
  }

  it('sslscan finds TLS 1.0 alone, the five suites in the order of the server, and the certificate', async () => {
    const { port } = simulator.ready.lab.tls!
    const file = join(folder, 'sslscan.xml')
    await scan('sslscan', ['--no-colour', `--xml=${file}`, `127.0.0.1:${port}`])
    const xml = readFileSync(file, 'utf8')
    const each = (element: string, ...names: readonly string[]): string[] =>
      [...xml.matchAll(new RegExp(`<${element} ([^>]*)/>`, 'g'))].map(([, text]) =>
        names.map((name) => new RegExp(`${name}="([^"]*)"`).exec(text!)?.[1]).join(' ')
      )
    expect(each('protocol', 'type', 'version', 'enabled').filter((one) => one.endsWith(' 1'))).toEqual(['tls 1.0 1'])
    expect(each('cipher', 'sslversion', 'id')).toHaveLength(preferred.length)
    expect(each('cipher', 'status', 'sslversion', 'id')[0]).toBe(`preferred TLSv1.0 ${hexId(preferred[0]!.wireId)}`)
    expect(each('cipher', 'id').toSorted()).toEqual(preferred.map(({ wireId }) => hexId(wireId)).toSorted())
    expect(each('heartbleed', 'vulnerable')).toEqual(['0'])
    expect(each('renegotiation', 'supported', 'secure')).toEqual(['1 1'])
    expect(each('pk', 'type', 'bits')).toEqual(['RSA 2048'])
    expect(xml).toContain('<signature-algorithm>sha1WithRSAEncryption</signature-algorithm>')
    expect(xml).toMatch(/<subject><!\[CDATA\[echo\.lab\.test\]\]>/)
    expect(xml).toMatch(/<issuer><!\[CDATA\[Lab Root CA\]\]>/)
    expect(xml).toContain('<expired>false</expired>')
    await dialled(port)
  })

  // On the web server, because testssl.sh waits for a service to identify itself.
  it('testssl.sh finds the same, and that the server decides', { timeout: 240_000 }, async () => {
    const { port } = simulator.ready.lab.https!
    // Protocols, preferences and certificate in parallel, because it mostly waits.
    const parts = await Promise.all(
      ['-p', '-P', '-S'].map(async (part) => {
        const file = join(folder, `testssl${part}.json`)
        await scan('testssl', [
          '--warnings',
          'off',
          '--color',
          '0',
          '--quiet',
          '--nodns',
          'none',
          part,
          '--jsonfile',
          file,
          `127.0.0.1:${port}`
        ])
        return JSON.parse(readFileSync(file, 'utf8')) as readonly { readonly id: string; readonly finding: string }[]
      })
    )
    const findings = new Map(parts.flat().map(({ id, finding }) => [id, finding]))
    const told = (...ids: readonly string[]): (string | undefined)[] => ids.map((id) => findings.get(id))
    expect(told('SSLv2', 'SSLv3', 'TLS1')).toEqual(['not offered', 'not offered', 'offered (deprecated)'])
    for (const version of ['TLS1_1', 'TLS1_2', 'TLS1_3'])
      expect(findings.get(version), version).toMatch(/not offered.* downgraded/)
    expect(told('cipher_order', 'cipherorder_TLSv1')).toEqual([
      'server',
      preferred.map(({ shortName }) => shortName).join(' ')
    ])
    expect(told('protocol_negotiated', 'cipher_negotiated')).toEqual([
      'Default protocol TLS1.0',
      expect.stringContaining(preferred[0]!.shortName)
    ])
    expect(told('SSL_sessionID_support', 'sessionresumption_ID', 'sessionresumption_ticket')).toEqual([
      'yes',
      'supported',
      'not supported'
    ])
    expect(told('TLS_extensions')).toEqual([expect.stringContaining('renegotiation info')])
    expect(told('cert_numbers', 'cert_signatureAlgorithm', 'cert_keySize')).toEqual([
      '1',
      expect.stringContaining('SHA1 with RSA'),
      expect.stringContaining('RSA 2048 bits')
    ])
    expect(told('cert_commonName', 'cert_trust')).toEqual(['echo.lab.test', expect.stringContaining('Ok via SAN')])
    expect([...findings.keys()]).not.toContain('scanProblem')
    await dialled(port)
  })
})

/** Formats a number as `0x002F`, like sslscan. */
function hexId(wireId: number): string {
  return `0x${wireId.toString(16).toUpperCase().padStart(4, '0')}`
}
