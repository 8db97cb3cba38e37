import { describe, expect, it } from 'vitest'
import { sentenceOf, stagesOf } from '../../src/renderer/state/sentence/sentence.ts'
import { socketFailure, whatMatters } from '../../src/renderer/state/sentence/what-matters.ts'
import { FTP_ADDRESS, FtpFarEnd } from '../fixtures/ftp-far-end.ts'
import { testPki } from '../fixtures/pki.ts'
import { WhyBench } from '../fixtures/why-bench.ts'

const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'

/** What the strip, its stages and the socket's panel say, from the failure that Why would explain. */
async function told(
  bench: WhyBench
): Promise<{ line: string; failed: boolean; crosses: readonly string[]; socket: string | null; why: string | null }> {
  const newest = await bench.lastFailure()
  const matters = whatMatters(newest)
  const snapshot = bench.snapshot()
  const { head, rest, mends, failed } = sentenceOf(snapshot, 0, matters)
  return {
    line: [head, rest, mends].filter(Boolean).join(' '),
    failed,
    crosses: stagesOf(snapshot, matters)
      .filter(({ mark }) => mark === 'failed')
      .map(({ chart }) => chart),
    socket: socketFailure(snapshot, matters),
    why: newest?.title ?? null
  }
}

function ready(): WhyBench {
  const bench = new WhyBench()
  bench.echo()
  bench.readyToDial()
  return bench
}

function expired(): WhyBench {
  const bench = ready()
  bench.at('AT#SSLSECCFG=1,0,1,1')
  bench.enter(1, testPki().ca.pem)
  bench.at('AT+CCLK="58/01/01,12:00:00+00"')
  bench.at(dial)
  return bench
}

describe('U-1: what matters now, in a line', () => {
  it('is the module’s own words until the failure is explained, then its title and what fixes it', async () => {
    const bench = expired()
    expect(sentenceOf(bench.snapshot()).rest).toContain('notAfter')
    expect(await told(bench)).toMatchObject({
      line: expect.stringMatching(/^The dial failed\. The server's certificate has expired\. Set the module's clock/),
      failed: true,
      crosses: ['ssl'],
      socket: "The server's certificate has expired"
    })
  })

  it('is no old failure once what was missing is there, though nothing has been dialled since', async () => {
    const bench = new WhyBench()
    bench.echo()
    bench.at('AT#SSLEN=1,1')
    bench.at(dial)
    expect(await told(bench)).toMatchObject({ failed: true, why: 'PDP context 1 is not active', crosses: ['pdp'] })
    bench.at('AT#SGACT=1,1')
    expect(await told(bench)).toMatchObject({ failed: false, why: null, crosses: [], socket: null })
  })

  it('is the newest failure, whatever the socket said before', async () => {
    const bench = expired()
    bench.at('AT#SSLH=1')
    const server = new FtpFarEnd(bench)
    server.on['PASS'] = (session) => session.reply('530 Login incorrect')
    bench.at(`AT#FTPOPEN="${FTP_ADDRESS}:21","user","wrong",1`)
    const { line, why, crosses } = await told(bench)
    expect(line).not.toContain('expired')
    expect(line.startsWith(`${why}.`)).toBe(true)
    expect(crosses).toEqual(['ftp'])
  })

  it('is what goes on, while a new try is under way or text is entered', async () => {
    const bench = expired()
    bench.at(`AT#SSLSECDATA=1,1,1,100`)
    expect((await told(bench)).line).toContain('> prompt')
  })

  it('is told the same way by strip, stages and socket when it is settled by a connection', async () => {
    const bench = expired()
    bench.at('AT#SSLSECCFG=1,0,0')
    bench.at(dial)
    expect(await told(bench)).toMatchObject({ failed: false, crosses: [], socket: null, why: null })
  })

  it('needs no word of SSL that is on already once the socket is open', async () => {
    const bench = ready()
    bench.at('AT#SSLEN=1,1')
    expect((await bench.lastFailure())?.error?.name).toBe('sslAlreadyActivated')
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
  })
})
