import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

/** Returns a bench that sends SSLSRING because of a mode that an earlier run has left in NVM. */
function ringing(store: MemoryNvmStore, config: string): WhyBench {
  const bench = new WhyBench({ store })
  bench.farEnd((far) => far.onOpen(() => far.send('data'))).readyToDial()
  bench.at(`AT#SSLCFG=1,1,300,90,100,50${config}`)
  bench.at('AT#SSLD=1,443,"123.124.125.126",0,1')
  bench.pass(300)
  return bench
}

const urcOf = (bench: WhyBench) =>
  bench.events().findLast(({ what }) => what.kind === 'urc' && what.text.startsWith('SSLSRING'))!

describe('SSLSRING', () => {
  it('M-11: that no line of this run asked for is explained, and the remedy turns it off', async () => {
    const store = new MemoryNvmStore()
    ringing(store, ',1')
    const bench = ringing(store, '')
    const urc = urcOf(bench)
    const told = await bench.why(urc.seq)
    expect(told).toMatchObject({
      id: 'ring-kept',
      title: 'SSLSRING is still on from an earlier run',
      rule: { id: 'D-25' }
    })
    expect(bench.at(told.remedies[0]!.commands[0]!)).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLCFG?')).toContain('#SSLCFG: 1,1,300,90,100,50,0,0,0,0')
    // It is not a failure, so it does not become the last failure.
    expect((await bench.lastFailure())?.id).not.toBe('ring-kept')
  })

  it('M-11: that a line of this run asked for has nothing to explain', async () => {
    const bench = ringing(new MemoryNvmStore(), ',1')
    expect(urcOf(bench).what).not.toHaveProperty('because')
    await expect(bench.why(urcOf(bench).seq)).rejects.toThrow('nothing to explain')
  })
})
