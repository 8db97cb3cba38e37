import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { startProftpd, type FtpServer } from '../../fixtures/ftp-servers.ts'
import { haveFtpServer, havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { TcpHost } from '../../fixtures/tcp-host.ts'
import { peerServers, type PeerServer } from '../../fixtures/tls-peer-servers.ts'
import { Tshark } from '../../fixtures/tshark.ts'

/** Every suite of the guide against gnutls-serv, decrypted by tshark with the secrets in the capture. */
describe.skipIf(!havePeers('tshark', 'gnutls-serv')).each(['HE910', 'GE865-QUAD'])('%s', (product) => {
  const { numbered } = profileOf(product, null).suites
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-suites-'))
  const file = join(folder, 'all.pcapng')
  let simulator: SimulatorProcess
  let server: PeerServer
  let tshark: Tshark
  beforeAll(async () => {
    server = await peerServers.find(({ name }) => name === 'gnutls-serv')!.start('any')
    simulator = await startSimulatorProcess([
      '--product',
      product,
      '--tcp',
      '0',
      '--lab',
      'off',
      '--capture',
      file,
      '--keylog',
      join(folder, 'keys')
    ])
    const host = await TcpHost.open(simulator.ready.tcp!)
    await host.at('AT#SGACT=1,1')
    await host.at('AT#SSLEN=1,1')
    for (const [index, suite] of numbered.entries()) {
      await host.at(`AT#SSLSECCFG=1,${index + 1},0`)
      expect(await host.at(`AT#SSLD=1,${server.port},"127.0.0.1",0,1`)).toMatch(/OK\r\n$/)
      await host.at('AT#SSLSEND=1')
      await host.enter(`sent under ${suite.shortName}\n\x1a`)
      expect(await host.at('AT#SSLRECV=1,1000')).toContain(`sent under ${suite.shortName}`)
      await host.at('AT#SSLH=1')
    }
    host.close()
    await simulator.stop()
    tshark = new Tshark(file)
  }, 90_000)
  afterAll(async () => {
    await simulator?.stop()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has no complaint of tshark', () => {
    expect(tshark.complaints()).toEqual([])
  })

  it.each(numbered.map((suite, stream) => ({ name: suite.shortName, suite, stream })))(
    '$name opens decrypted',
    ({ suite, stream }) => {
      expect(tshark.values(`tls.handshake.type==2 and tcp.stream==${stream}`, 'tls.handshake.ciphersuite')).toEqual([
        `0x${suite.wireId.toString(16).padStart(4, '0')}`
      ])
      expect(tshark.follow('tls', stream).toString('latin1')).toBe(`sent under ${suite.shortName}\n`.repeat(2))
    }
  )
})

describe.skipIf(!havePeers('tshark') || !haveFtpServer('proftpd'))('plain FTP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-ftp-'))
  const file = join(folder, 'ftp.pcapng')
  const content = Buffer.from(`${'all of this file is in the capture, line by line\n'.repeat(4000)}the end\n`)
  let server: FtpServer
  let simulator: SimulatorProcess
  let tshark: Tshark
  beforeAll(async () => {
    server = await startProftpd({ files: { 'file.txt': content } })
    simulator = await startSimulatorProcess(['--tcp', '0', '--lab', 'off', '--capture', file])
    const host = await TcpHost.open(simulator.ready.tcp!)
    await host.at('AT#SGACT=1,1')
    for (const mode of [1, 0]) {
      expect(
        await host.at(`AT#FTPOPEN="127.0.0.1:${server.port}","${server.user}","${server.password}",${mode}`)
      ).toMatch(/OK\r\n$/)
      expect(await host.at('AT#FTPGET="file.txt"')).toMatch(/CONNECT\r\n$/)
      await host.until(/the end\n\r\nNO CARRIER\r\n/)
      await host.at('AT#FTPCLOSE')
    }
    host.close()
    await simulator.stop()
    tshark = new Tshark(file, ['-d', `tcp.port==${server.port},ftp`])
  }, 90_000)
  afterAll(async () => {
    await simulator?.stop()
    await server?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('has user and password as stars of the same length, and says so', () => {
    const rows = tshark.fields(
      'ftp.request.command in {"USER","PASS"}',
      'ftp.request.command',
      'ftp.request.arg',
      'frame.comment'
    )
    expect(rows.map(([command, argument]) => [command, argument])).toEqual(
      [...Array(2)].flatMap(() => [
        ['USER', '*'.repeat(server.user.length)],
        ['PASS', '*'.repeat(server.password.length)]
      ])
    )
    for (const [, , comment] of rows) expect(comment).toContain('replaced by stars')
  })

  it('has the whole file, passive and active, without a complaint of tshark', () => {
    expect(tshark.complaints()).toEqual([])
    const streams = [...new Set(tshark.values('tcp.len>1000', 'tcp.stream'))].map(Number)
    expect(streams).toHaveLength(2)
    for (const stream of streams) expect(tshark.follow('tcp', stream).equals(content)).toBe(true)
    // In active mode the server opens the data connection.
    expect(tshark.values('tcp.flags.syn==1 and tcp.flags.ack==0 and ip.dst!=127.0.0.1', 'tcp.stream')).toHaveLength(0)
    expect(
      tshark.values(`tcp.flags.syn==1 and tcp.flags.ack==0 and tcp.stream==${streams[1]}`, 'tcp.dstport')[0]
    ).not.toBe(`${server.port}`)
  })
})
