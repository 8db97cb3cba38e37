import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/shared/explain/explain.ts'
import type { Explanation } from '../../../src/shared/explain/explanation.ts'
import { ftpOpen } from '../../fixtures/ftp-bench.ts'
import { FTP_ADDRESS, FtpFarEnd } from '../../fixtures/ftp-far-end.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// No sentence suggests a cause that the recorded facts exclude, and every remedy can be performed.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const happened = ({ happened: all }: Explanation): string => all.map(({ sentence }) => sentence).join('\n')
const commandsOf = ({ remedies }: Explanation): string => remedies.flatMap(({ commands }) => commands).join('\n')

describe('FTP', () => {
  function ftp(secure: boolean): { bench: WhyBench; server: FtpFarEnd } {
    const bench = new WhyBench()
    const server = new FtpFarEnd(bench)
    bench.at('AT#SGACT=1,1')
    if (secure) {
      bench.at('AT#FTPCFG=100,0,1')
      bench.at('AT#SSLSECCFG=1,0,0')
    }
    server.files.set('file.txt', Buffer.from('what is in it'))
    return { bench, server }
  }

  it.each(['USER', 'PASS'])(
    'W-6: %s refused while TLS is up: it is user and password, and TLS is no cause',
    async (asked) => {
      const { bench, server } = ftp(true)
      server.on[asked] = (session) => session.reply('530 no')
      expect(bench.at(ftpOpen())).toBe(error(606))
      const told = await bench.why()
      expect(happened(told)).toContain(asked === 'USER' ? 'It rejects this user.' : 'It rejects user and password.')
      expect(wordsOf(told)).not.toMatch(/requires TLS|Turn TLS on/)
    }
  )

  it('W-6: PASS refused in plain text: TLS may be what it wants', async () => {
    const { bench, server } = ftp(false)
    server.on['PASS'] = (session) => session.reply('530 no')
    bench.at(ftpOpen())
    expect(happened(await bench.why())).toContain('or it requires TLS before the login.')
  })

  it('W-6: whether TLS was up is told of then, not of what #FTPCFG says by now', async () => {
    const { bench, server } = ftp(false)
    server.on['PASS'] = (session) => session.reply('530 no')
    bench.at(ftpOpen())
    const { seq } = await bench.why()
    bench.at('AT#FTPCFG=100,0,1')
    expect(happened(await bench.why(seq))).toContain('or it requires TLS before the login.')
  })

  it('W-6: 421 at the login is no idling; 421 in a session may be', async () => {
    const { bench, server } = ftp(false)
    server.on['USER'] = (session) => session.reply('421 later')
    bench.at(ftpOpen())
    expect(happened(await bench.why())).not.toContain('idle')
    delete server.on['USER']
    bench.at(ftpOpen())
    server.on['PWD'] = (session) => session.reply('421 bye')
    bench.at('AT#FTPPWD')
    expect(happened(await bench.why())).toContain('idle for too long')
  })

  it('W-6: a handshake of FTPS that fails is mended by opening the session again, not by a dial of the SSL socket', async () => {
    const { bench } = ftp(true)
    bench.network.listen(FTP_ADDRESS, 21, (tcp) => {
      tcp.onData((bytes) => {
        const text = Buffer.from(bytes).toString('latin1')
        if (text.startsWith('AUTH')) tcp.write(Buffer.from('234 go on\r\n'))
        else tcp.end()
      })
      tcp.write(Buffer.from('220 ready\r\n'))
    })
    expect(bench.at(ftpOpen())).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('far-end-left')
    expect(commandsOf(told)).toContain(`AT#FTPOPEN="${FTP_ADDRESS}:21"`)
    expect(commandsOf(told)).not.toContain('#SSLD')
    // The server has answered AUTH TLS, so the port is right.
    expect(wordsOf(told)).not.toMatch(/ports that speak no TLS|whether this port speaks TLS/)
  })

  it('W-6: plain text where TLS was agreed on: no other port is offered', async () => {
    const { bench } = ftp(true)
    bench.network.listen(FTP_ADDRESS, 21, (tcp) => {
      tcp.onData((bytes) => {
        tcp.write(
          Buffer.from(
            Buffer.from(bytes).toString('latin1').startsWith('AUTH')
              ? '234 go on\r\n'
              : '500 what is this, plain text?\r\n'
          )
        )
      })
      tcp.write(Buffer.from('220 ready\r\n'))
    })
    bench.at(ftpOpen())
    const told = await bench.why()
    expect(told.id).toBe('not-tls')
    expect(wordsOf(told)).not.toContain('443')
  })

  it('W-6: a transfer that is under way is read where it is a download, and finished where it is an upload', async () => {
    for (const [begin, fits, other] of [
      ['AT#FTPPUT="up.txt",1', '#FTPAPPEXT', '#FTPRECV'],
      ['AT#FTPGETPKT="file.txt"', '#FTPRECV', '#FTPAPPEXT']
    ] as const) {
      const { bench, server } = ftp(false)
      server.files.set('file.txt', Buffer.alloc(100_000))
      bench.at(ftpOpen())
      bench.at(begin)
      expect(bench.at('AT#FTPPWD')).toBe(error(613))
      const told = await bench.why()
      expect(commandsOf(told)).toContain(fits)
      expect(commandsOf(told)).not.toContain(other)
    }
  })

  it('W-6: a server that refuses the file itself is not one behind a router', async () => {
    const { bench, server } = ftp(false)
    bench.at(ftpOpen())
    server.on['RETR'] = (session) => session.reply('550 no such file')
    bench.at('AT#FTPGET="gone.txt"')
    bench.pass(500)
    expect(wordsOf(await bench.why())).not.toContain('router')
  })
})

describe('the way to the far end', () => {
  it('W-6: a connection that a fault refused: nothing else is suspected', async () => {
    const bench = new WhyBench().readyToDial() as WhyBench
    const command = bench.module.parts.timeline.report({ kind: 'command', name: '#SSLD', text: dial.slice(2) }, null, 0)
    bench.timeline.report({ kind: 'fault', sentence: 'The next connection is refused.' }, command)
    bench.at(dial)
    const failure = bench.facts('result').at(-1)!
    const seq = bench.timeline.report(failure, command, 0)
    const told = await bench.why(seq)
    expect(told.id).toBe('tcp-refused')
    expect(happened(told)).toContain('No handshake began.')
    expect(happened(told)).not.toContain('something on the way')
    expect(happened(told)).toContain('on purpose: The next connection is refused.')
    expect(told.remedies[0]!.sentence).toBe('Clear the fault if it is still armed.')
  })

  it('W-6: the built-in far end is no way round where it is the one that did not answer', async () => {
    const bench = new WhyBench().readyToDial() as WhyBench
    bench.at(dial)
    const { seq } = await bench.why()
    const lab = {
      tls: { host: guideAddress, port: 443 },
      farEnds: [{ host: '127.0.0.1', port: 4433, dial: { host: guideAddress, port: 443 } }]
    }
    const now = { ...bench.snapshot(), lab: lab as unknown as ReturnType<WhyBench['snapshot']>['lab'] }
    expect(explain(bench.timeline, seq, now)!.remedies.map(({ sentence }) => sentence)).not.toContain(
      'Try the built-in server.'
    )
  })

  it('W-6: the far end is named as it was dialled, whatever was dialled before or since', async () => {
    const bench = new WhyBench()
    listen(bench)
    bench.readyToDial()
    bench.at(dial)
    bench.at('AT#SSLH=1')
    bench.at('AT#SSLD=1,444,"9.8.7.6",0,1')
    expect((await bench.why()).title).toBe('9.8.7.6:444 refused the TCP connection')
  })
})

describe('certificates', () => {
  it('W-6: a signature by another key: the chain is complete, and no intermediate is asked for', async () => {
    const bench = new WhyBench()
    const imitation = makeCertificate({
      name: testPki().ca.subject[1]!.value as string,
      key: 'another authority of this name',
      ca: true
    })
    const server = makeCertificate({ name: 'elsewhere.test', issuer: imitation })
    listen(bench, { chain: [server] })
    bench.readyToDial()
    bench.at('AT#SSLSECCFG=1,0,1')
    bench.enter(1, testPki().ca.pem)
    bench.at(dial)
    const told = await bench.why()
    expect(told.id).toBe('signature-wrong')
    expect(wordsOf(told)).not.toContain('intermediate')
  })

  it('W-6: what fails although nothing was verified is not mended by verifying nothing', async () => {
    const bench = new WhyBench()
    bench.farEnd((far) => far.tcp.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')))
    bench.readyToDial()
    bench.at('AT#SSLSECCFG=1,0,0')
    bench.at(dial)
    const { seq } = await bench.why()
    const event = bench.timeline.at(seq)!
    if (event.what.kind !== 'result' || !event.what.failure) throw new Error('There is no failure.')
    const unusable = bench.module.parts.timeline.report(
      { ...event.what, failure: { ...event.what.failure, finding: 'certificate-unusable' } },
      event.cause,
      0
    )
    expect(wordsOf(await bench.why(unusable))).not.toContain('verify nothing')
  })
})

describe('a kept session', () => {
  const kept = `AT#SSLD=1,443,"${guideAddress}",1,1`

  function bench(): WhyBench {
    const made = new WhyBench({ product: 'GE865-QUAD' })
    listen(made)
    made.readyToDial()
    return made
  }

  it.each([
    ['nothing was dialled', [], 'Nothing was dialled before'],
    ['closure type 0 at the dial', [dial, 'AT#SSLH=1'], 'dialled with closure type 0'],
    ['closure type 0 at the closing', [kept, 'AT#SSLH=1,0'], 'closed with closure type 0'],
    ['SSL turned off', [kept, 'AT#SSLH=1,1', 'AT#SSLEN=1,0', 'AT#SSLEN=1,1'], 'SSL has been disabled since'],
    ['a server without session ids', [kept, 'AT#SSLH=1,1'], 'the server sent no session id']
  ])('W-6: is missing because of %s, and of nothing else', async (_why, lines, words) => {
    const made = bench()
    for (const line of lines) made.at(line)
    expect(made.at('AT#SSLFASTD=1,1')).toBe(error(830))
    const told = await made.why()
    expect(told.happened).toHaveLength(1)
    expect(happened(told)).toContain(words)
  })
})

describe('limits', () => {
  it('W-6: a read that waited as long as it can is not told to wait longer', async () => {
    const bench = new WhyBench()
    listen(bench)
    bench.readyToDial()
    bench.at(dial)
    bench.at('AT#SSLRECV=1,10,5000')
    bench.pass(501_000)
    const seq = bench
      .events()
      .findLast(({ what }) => what.kind === 'result' && what.because?.finding === 'read-timeout')!.seq
    const told = await bench.why(seq)
    expect(told.remedies[0]!.sentence).toBe('Read again.')
  })
})
