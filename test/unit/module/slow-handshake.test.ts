import { describe, expect, it } from 'vitest'
import type { Bench } from '../../fixtures/bench.ts'
import { secureFtp, ftpOpen } from '../../fixtures/ftp-bench.ts'
import { FtpFarEnd } from '../../fixtures/ftp-far-end.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

// A server that sends just enough to look alive, and never finishes (D-4).

const refused = '\r\n+CME ERROR: 839\r\n'
const DRIP_MS = 900

/** The header of a handshake record of 512 bytes that is never completed. */
const header = [22, 3, 1, 2, 0]
/** A whole record with one byte of a handshake message of 255 bytes. */
const oneByteRecord = (index: number): number[] => [22, 3, 1, 0, 1, [2, 0, 0, 255][index] ?? 0]

type Drip = (index: number) => number[]
const drips: Record<'bytes' | 'records', Drip> = {
  bytes: (index) => [header[index] ?? 0],
  records: oneByteRecord
}

/** Sends one piece every 0.9 s after the ClientHello. */
function drip(bench: Bench, to: { write(bytes: Uint8Array): void }, piece: Drip): void {
  let index = 0
  const next = (): void => {
    to.write(Uint8Array.from(piece(index++)))
    bench.clock.schedule(DRIP_MS, next)
  }
  next()
}

function dripping(piece: Drip): WhyBench {
  const bench = new WhyBench()
  bench.readyToDial()
  bench.network.listen('123.124.125.126', 443, (tcp) => {
    let begun = false
    tcp.onData(() => {
      if (!begun) drip(bench, tcp, piece)
      begun = true
    })
  })
  return bench
}

describe('#SSLD to a server that drips', () => {
  it('T-8: a byte every 0.9 s does not hold a dial of 1 s: what counts is a whole record (D-4)', async () => {
    const bench = dripping(drips.bytes)
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0,1,10')).toBe('')
    expect(bench.pass(840).output()).toBe('')
    expect(bench.pass(50).output()).toBe(refused)
    expect(await bench.why()).toMatchObject({ id: 'handshake-silent' })
  })

  it('T-8: a record every 0.9 s holds it for ten times the timeout at the most (D-4)', async () => {
    const bench = dripping(drips.records)
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0,1,10')).toBe('')
    expect(bench.pass(9840).output()).toBe('')
    expect(bench.pass(50).output()).toBe(refused)
    expect(await bench.why()).toMatchObject({ id: 'handshake-slow', title: 'The handshake took longer than 10 s' })
  })

  it('T-8: by defTo of #SSLCFG where the dial names no timeout (D-4)', () => {
    const bench = dripping(drips.bytes)
    bench.at('AT#SSLCFG=1,1,300,90,30,50')
    expect(bench.at('AT#SSLD=1,443,"123.124.125.126",0')).toBe('')
    expect(bench.pass(2840).output()).toBe('')
    expect(bench.pass(50).output()).toBe(refused)
  })
})

describe('FTPS with a server that drips', () => {
  const opened = (piece: Drip, connection: 'control' | 'data'): WhyBench => {
    const bench = new WhyBench()
    bench.at('AT#SGACT=1,1')
    const server = new FtpFarEnd(bench)
    server.files.set('file.txt', Buffer.from('x'))
    secureFtp(bench)
    if (connection === 'control') {
      server.on['AUTH'] = (session) => {
        session.reply('234 Go on')
        session.control.onData(() => {})
        drip(bench, session.control, piece)
      }
    } else {
      server.on['RETR'] = (session) => {
        session.reply('150 Here it comes')
        // Without TLS here: the bytes are sent as they are.
        drip(bench, session.data!, piece)
      }
    }
    return bench
  }

  it.each([
    ['bytes', 10_000],
    ['records', 100_000]
  ] as const)('T-8: the control connection, %s: by tout of #FTPCFG (D-4)', (kind, limitMs) => {
    const bench = opened(drips[kind], 'control')
    const at = bench.at(ftpOpen())
    expect(at).toBe('')
    expect(bench.pass(limitMs - 300).output()).toBe('')
    expect(bench.pass(300).output()).toBe(refused)
  })

  it.each([
    ['bytes', 10_000],
    ['records', 100_000]
  ] as const)('T-8: the data connection, %s: by tout of #FTPCFG (D-4)', (kind, limitMs) => {
    const bench = opened(drips[kind], 'data')
    expect(bench.at(ftpOpen())).toBe('\r\nOK\r\n')
    const early = bench.at('AT#FTPGET="file.txt"') + bench.pass(limitMs - 300).output()
    expect(early).toBe('')
    // The reply that ends the transfer is also waited for, once.
    expect(bench.pass(10_400).output()).toMatch(/^\r\n(NO CARRIER|\+CME ERROR: \d+)\r\n$/)
  })
})
