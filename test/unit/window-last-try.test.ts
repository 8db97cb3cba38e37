import { describe, expect, it } from 'vitest'
import { lastTryOf } from '../../src/renderer/state/sentence/last-try.ts'
import { sentenceOf } from '../../src/renderer/state/sentence/sentence.ts'
import { testPki } from '../fixtures/pki.ts'
import { WhyBench } from '../fixtures/why-bench.ts'

const dial = 'AT#SSLD=1,443,"123.124.125.126",0,1'

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

function said(bench: WhyBench, lastTry: ReturnType<typeof lastTryOf>): string {
  const { head, rest, mends } = sentenceOf(bench.snapshot(), 0, lastTry)
  return [head, rest, mends].filter(Boolean).join(' ')
}

describe('why the socket is not open, in a line', () => {
  it('is the title of its explanation, then what mends it', async () => {
    const bench = expired()
    expect(said(bench, null)).toContain('notAfter')
    const told = lastTryOf(bench.snapshot(), await bench.why())
    expect(told?.title).toBe("The server's certificate has expired")
    expect(said(bench, told)).toMatch(
      /^The dial failed\. The server's certificate has expired\. Set the module's clock/
    )
    // The clock goes on; what is read aloud stays the same.
    expect(sentenceOf(bench.snapshot(), 0, told).rest).toBe("The server's certificate has expired.")
  })

  it('is not that of another failure, and none once it works', async () => {
    const bench = expired()
    const own = await bench.why()
    expect(lastTryOf(bench.snapshot(), own)).not.toBeNull()
    bench.at('AT#NOPE')
    expect(lastTryOf(bench.snapshot(), await bench.why())).toBeNull()
    expect(lastTryOf(bench.snapshot(), own)?.title).toBe(own.title)
    bench.at('AT#SSLSECCFG=1,0,0')
    bench.at(dial)
    expect(lastTryOf(bench.snapshot(), own)).toBeNull()
  })

  it('needs no word of SSL that is on already once the socket is open', async () => {
    const bench = ready()
    bench.at('AT#SSLEN=1,1')
    expect((await bench.lastFailure())?.error?.name).toBe('sslAlreadyActivated')
    bench.at(dial)
    expect(await bench.lastFailure()).toBeNull()
  })
})
