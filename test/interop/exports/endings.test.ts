import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from '../../fixtures/control-client.ts'
import { startVsftpd, type FtpServer } from '../../fixtures/ftp-servers.ts'
import { haveFtpServer, havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { TcpHost } from '../../fixtures/tcp-host.ts'
import { Tshark } from '../../fixtures/tshark.ts'

// How connections end, as tshark sees them: each stream complete, with the end of both sides, and nothing unusual.

const ways = [
  'command mode',
  'online',
  'far end with close_notify',
  'far end without',
  'reset in the handshake',
  'reset in transfer',
  'reset at once',
  'refused'
] as const
type Way = (typeof ways)[number]
const ftpWays = ['passive', 'active'] as const

describe.skipIf(!havePeers('tshark') || !haveFtpServer('vsftpd'))('the end of a connection in a capture', () => {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-ends-'))
  const file = join(folder, 'ends.pcapng')
  let simulator: SimulatorProcess
  let ftp: FtpServer
  let resets: Server
  let tshark: Tshark

  beforeAll(async () => {
    ftp = await startVsftpd({ files: { 'file.txt': Buffer.alloc(50_000, 'line\n') } })
    resets = createServer((socket: Socket) => void socket.resetAndDestroy())
    await new Promise<void>((resolve) => resets.listen(0, '127.0.0.1', resolve))
    simulator = await startSimulatorProcess(['--tcp', '0', '--capture', file])
    const host = await TcpHost.open(simulator.ready.tcp!)
    const board = await ControlClient.open(simulator.ready.control!)
    await host.at('AT+CMEE=1')
    await host.at('AT#SGACT=1,1')
    await host.at('AT#SSLEN=1,1')
    await host.at('AT#SSLSECCFG=1,0,0')
    const run: Record<Way, () => Promise<unknown>> = {
      'command mode': async () => {
        await host.at('AT#SSLD=1,443,"123.124.125.126",0,1')
        await host.at('AT#SSLSEND=1')
        await host.enter('a line\n\x1a')
        await host.at('AT#SSLRECV=1,100')
        await host.at('AT#SSLH=1')
      },
      online: async () => {
        await host.at('AT#SSLCFG=1,1,300,90,100,1')
        await host.at('AT#SSLD=1,443,"123.124.125.126",0,0')
        host.send('a line\n')
        await host.until(/a line\n/)
        await new Promise((resolve) => setTimeout(resolve, GUARD_MS))
        host.send('+++')
        await host.until(/\r\nOK\r\n/)
        await host.at('AT#SSLH=1')
      },
      'far end with close_notify': async () => {
        await host.at('AT#SSLD=1,443,"www.example.lab",0,0')
        host.send('GET /large HTTP/1.0\r\n\r\n')
        await host.until(/\r\nNO CARRIER\r\n/)
      },
      'far end without': async () => {
        await board.armFault({ fault: 'closes-in-transfer', times: 'next', farEnd: 'tls' })
        await host.at('AT#SSLD=1,443,"123.124.125.126",0,0')
        host.send('x\n')
        await host.until(/\r\nNO CARRIER\r\n/)
      },
      'reset in the handshake': async () => {
        await board.armFault({ fault: 'reset', times: 'next', farEnd: 'tls', parameter: 1 })
        await host.at('AT#SSLD=1,443,"123.124.125.126",0,1')
      },
      'reset in transfer': async () => {
        await board.armFault({ fault: 'reset', times: 'next', farEnd: 'tls', parameter: 600 })
        await host.at('AT#SSLD=1,443,"123.124.125.126",0,0')
        host.send('x'.repeat(2000))
        await host.until(/\r\nNO CARRIER\r\n/)
      },
      'reset at once': () =>
        host.at(`AT#FTPOPEN="127.0.0.1:${(resets.address() as AddressInfo).port}","user","password",1`),
      refused: () => host.at('AT#SSLD=1,1,"127.0.0.1",0,1')
    }
    for (const way of ways) await run[way]()
    for (const way of ftpWays) {
      await host.at(`AT#FTPOPEN="127.0.0.1:${ftp.port}","${ftp.user}","${ftp.password}",${way === 'passive' ? 1 : 0}`)
      await host.at('AT#FTPGET="file.txt"')
      await host.until(/\r\nNO CARRIER\r\n/)
      await host.at('AT#FTPPUT="up.txt",1')
      await host.at('AT#FTPAPPEXT=5,1')
      await host.enter('bytes')
      await host.at('AT#FTPCLOSE')
    }
    // The server's end comes after the module's, and nothing else reports it.
    const ended = async (): Promise<number> => {
      const { events } = await board.events(0)
      return events.filter(({ what }) => what.kind === 'segment' && what.end === 'fin').length
    }
    while ((await ended()) < ENDS) await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
    host.close()
    board.close()
    await simulator.stop()
    tshark = new Tshark(file, ['-d', `tcp.port==${ftp.port},ftp`])
  }, 90_000)
  afterAll(async () => {
    await simulator?.stop()
    await ftp?.stop()
    resets?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is nothing that tshark wonders about', () => {
    const resetFrames = tshark.values('tcp.flags.reset==1', 'frame.number')
    expect(tshark.complaints().filter((one) => !resetFrames.includes(one.split(' ')[0]!))).toEqual([])
    expect(tshark.values('tcp.analysis.flags', 'frame.number')).toEqual([])
  })

  it.each(ways.map((way, stream) => [way, stream] as const))('%s', (way, stream) => {
    const ends = tshark
      .fields(
        `tcp.stream==${stream} and (tcp.flags.fin==1 or tcp.flags.reset==1)`,
        'ip.src',
        'tcp.flags.fin',
        'tcp.flags.reset'
      )
      .map(([from, fin, reset]) =>
        [from === MODULE ? 'module' : 'far end', fin === '1' ? 'fin' : '', reset === '1' ? 'rst' : ''].join(' ').trim()
      )
    const expected: Record<Way, string[]> = {
      'command mode': ['module fin', 'far end fin'],
      online: ['module fin', 'far end fin'],
      // The module ends after TLS: the FIN follows close_notify.
      'far end with close_notify': ['module fin', 'far end fin'],
      'far end without': ['far end fin', 'module fin'],
      'reset in the handshake': ['far end  rst'],
      'reset in transfer': ['far end  rst'],
      'reset at once': ['far end  rst'],
      refused: ['far end  rst']
    }
    expect(ends).toEqual(expected[way])
  })

  it('of FTP: control and data connections have both ends', () => {
    const streams = [...new Set(tshark.values(`tcp.stream>=${ways.length}`, 'tcp.stream'))]
    // A control connection, a download and an upload, twice.
    expect(streams).toHaveLength(6)
    for (const stream of streams) {
      const from = tshark.values(`tcp.stream==${stream} and tcp.flags.fin==1`, 'tcp.srcport')
      expect([stream, from.length, new Set(from).size]).toEqual([stream, 2, 2])
    }
  })
})

const MODULE = '10.64.18.7'
/** A little longer than the guard time of +++. */
const GUARD_MS = 1_100
/** Four connections without a reset and six of FTP, with two ends each. */
const ENDS = 20
const LOOK_MS = 20
