import { afterEach, describe, expect, it } from 'vitest'
import { explain } from '../../../src/shared/explain/explain.ts'
import type { Explanation } from '../../../src/shared/explain/explanation.ts'
import { lastFailure } from '../../../src/shared/explain/last-failure.ts'
import { HostBench } from '../../fixtures/host-bench.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { fileFolder, freePort, startServer, type Program } from '../../fixtures/tls-programs.ts'
import { snapshotOf, wordsOf } from '../../fixtures/why-bench.ts'

/** How a server of today refuses a module of 2013, explained from a real run on real sockets. */
describe.skipIf(!havePeers('openssl'))('OpenSSL refuses the module', () => {
  const cleanUp: (() => unknown)[] = []

  afterEach(async () => {
    for (const undo of cleanUp.splice(0).toReversed()) await undo()
  })

  it('as it comes, from TLS 1.2 on: the version is named, and the alert is shown', async () => {
    const { told, answer } = await dialled(['-tls1_2'])
    expect(answer).toContain('+CME ERROR: 839')
    expect(told).toMatchObject({
      id: 'version-refused',
      title: 'The server does not accept TLS 1.0',
      rule: { id: 'G-2.2-1' },
      error: { code: 839 }
    })
    expect(wordsOf(told)).toContain('protocol_version (70)')
  })

  it('with one suite that this family lacks: what was offered', async () => {
    const { told } = await dialled(['-tls1', '-cipher', 'AES256-SHA:@SECLEVEL=0'])
    expect(told).toMatchObject({
      id: 'no-common-suite',
      picture: { kind: 'suites', offered: ['AES128-SHA', 'RC4-SHA', 'RC4-MD5'], server: null }
    })
    expect(wordsOf(told)).toContain('handshake_failure (40)')
  })

  async function dialled(options: readonly string[]): Promise<{ told: Explanation; answer: string }> {
    const port = await freePort()
    const server: Program = await startServer('openssl', serverArguments(port, options), port)
    cleanUp.push(() => server.stop())
    const bench = await new HostBench().ready()
    cleanUp.push(() => bench.close())
    await bench.at('AT#SSLEN=1,1')
    const answer = await bench.at(`AT#SSLD=1,${port},"127.0.0.1",0,1`)
    const now = snapshotOf(bench.module, bench.timeline, Date.now())
    const seq = lastFailure(bench.timeline, now)
    return { told: explain(bench.timeline, seq!, now)!, answer }
  }

  function serverArguments(port: number, options: readonly string[]): string[] {
    // A certificate that a server of today accepts as its own.
    const server = makeCertificate({ name: 'modern server', issuer: testPki().ca, keyBits: 2048, hash: 'sha256' })
    const files = fileFolder({ 'srv.crt': server.pem, 'srv.key': server.keyPkcs8Pem })
    cleanUp.push(() => files.remove())
    return [
      's_server',
      '-accept',
      `127.0.0.1:${port}`,
      '-cert',
      files.path('srv.crt'),
      '-key',
      files.path('srv.key'),
      '-quiet',
      ...options
    ]
  }
})
