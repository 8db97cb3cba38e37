import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'
import { ftpBench, ftpOpen, secureFtp } from '../../fixtures/ftp-bench.ts'
import { makeCertificate } from '../../fixtures/pki.ts'

/** The content type of an alert (RFC 2246 6.2.1). */
const ALERT = 0x15

describe('a connection of the module, whoever uses it', () => {
  it('sends the alert about a certificate that a busy processor refused, with FTPS as with #SSLD (G-4.1-6)', () => {
    const identity = makeCertificate({ name: 'large', keyBits: 2048, key: 'server', commentBytes: 6000 })
    const { bench } = ftpBench({ identity, bench: { product: 'GC864-QUAD' } })
    secureFtp(bench)
    expect(bench.at(ftpOpen())).toBe('\r\n+CME ERROR: 839\r\n')
    const notes = bench.facts('note').map(({ sentence }) => sentence)
    expect(notes.filter((sentence) => sentence.startsWith('The processor works'))).toHaveLength(1)
    const sent = bench.facts('segment').filter(({ direction, end }) => direction === 'out' && end === null)
    expect(sent.at(-1)!.bytes[0]).toBe(ALERT)
  })

  it('ends the log of a handshake that FTP gave up', () => {
    const { bench, server } = ftpBench()
    server.on['AUTH'] = (session) => session.reply('234 Go on')
    secureFtp(bench)
    bench.at(ftpOpen())
    expect(bench.module.handshakes.newest!.outcome).toBe('running')
    expect(bench.pass(10_000).output()).toBe('\r\n+CME ERROR: 839\r\n')
    expect(bench.module.handshakes.newest).toMatchObject({ outcome: 'failed', failure: 'The handshake was given up.' })
  })

  it('ends the log of a handshake in which power was lost', () => {
    const bench = new Bench()
    bench.network.listen('123.124.125.126', 443, () => {})
    bench.readyToDial()
    bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
    expect(bench.module.handshakes.newest!.outcome).toBe('running')
    bench.module.unplug()
    expect(bench.module.handshakes.newest!.outcome).toBe('failed')
  })

  it('looks a name of four numbers up that is no address, with FTP as with #SSLD', () => {
    const { bench } = ftpBench()
    expect(bench.at('AT#FTPOPEN="999.1.1.1","user","secret",1')).toBe('\r\n+CME ERROR: 603\r\n')
    expect(bench.facts('dns').map(({ host }) => host)).toEqual(['999.1.1.1', '999.1.1.1'])
  })
})
