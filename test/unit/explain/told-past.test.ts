import { describe, expect, it } from 'vitest'
import { setNetwork } from '../../../src/main/bearer/network-acts.ts'
import { explain } from '../../../src/shared/explain/explain.ts'
import { byError, byFinding } from '../../../src/shared/explain/tables.ts'
import type { NetworkChange } from '../../../src/shared/hardware/network-conditions.ts'
import { hostFailure } from '../../../src/shared/rules/errors.ts'
import type { CmeErrorName } from '../../../src/shared/rules/errors.ts'
import type { Finding } from '../../../src/shared/rules/failure-facts.ts'
import { changeEverything, expectToldForGood, toldPast } from '../../fixtures/told-past.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import { guideAddress } from '../../guide/far-ends.ts'

// What is told about a past failure is the same whenever it is asked for.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`

describe('an APN that somebody made the network refuse', () => {
  function refusing(product = 'HE910'): WhyBench {
    const bench = new WhyBench({ product })
    setNetwork(bench.network, { apns: [] }, bench.timeline)
    bench.at('AT#SGACT=1,1')
    return bench
  }

  it('W-8: names the button and not the APN as the cause, with the event of the act', async () => {
    const bench = refusing()
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'apn-refused', title: 'The network refuses every APN', error: { code: 555 } })
    const last = told.happened.at(-1)!
    expect(last.sentence).toContain(
      'It was caused on purpose: the network was set to refuse every APN (button "Refuse"'
    )
    expect(bench.timeline.at(last.seq!)!.what).toMatchObject({
      kind: 'note',
      act: { name: 'network', argument: { apns: [] } }
    })
    expect(told.values).toEqual([{ label: 'APN', expected: 'none is accepted', got: '""' }])
  })

  it('W-8: the remedy lets every APN in again and activates the context; no APN is offered where none is accepted', async () => {
    const told = await refusing().why()
    expect(told.remedies).toEqual([
      {
        sentence: 'Make the network accept APNs again, then activate the context.',
        commands: ['AT#SGACT=1,1'],
        act: 'change-apns'
      }
    ])
  })

  it('W-8: once it is mended the past is told as before, and the remedy is to try again', async () => {
    const bench = refusing()
    const before = await bench.why()
    setNetwork(bench.network, { apns: 'any' }, bench.timeline)
    const after = await bench.why(before.seq)
    expect(toldPast(after)).toEqual(toldPast(before))
    expect(wordsOf(after)).not.toContain('any')
    expect(bench.mend(after.remedies[0]!)).toContain('#SGACT: ')
  })

  it('W-8: an APN that the network never had is not blamed on anybody', async () => {
    const bench = new WhyBench()
    bench.network.change({ apns: ['internet.lab'] })
    bench.at('AT+CGDCONT=1,"IP","wrong.apn"')
    bench.at('AT#SGACT=1,1')
    expect(wordsOf(await bench.why())).not.toContain('on purpose')
  })

  it.each([
    [{ packetService: 'refused' }, 'AT#SGACT=1,1', 'refuse packet service'],
    [{ credentials: { user: 'u', password: 'p' } }, 'AT#SGACT=1,1', 'require a user and a password'],
    [{ apns: ['one.apn'] }, 'AT#SGACT=1,1', 'accept only "one.apn"']
  ] satisfies [NetworkChange, string, string][])(
    'W-8: names the act behind %j as well',
    async (change, line, words) => {
      const bench = new WhyBench()
      bench.at('AT+CGDCONT=1,"IP","wrong.apn"')
      setNetwork(bench.network, change, bench.timeline)
      bench.pass(500)
      bench.at(line)
      const told = await bench.why()
      expect(wordsOf(told)).toContain(words)
      await expectToldForGood(bench, [told])
    }
  )

  it('W-8: names the loss of coverage that somebody made', async () => {
    const bench = new WhyBench()
    setNetwork(bench.network, { registration: 'none' }, bench.timeline)
    bench.pass(100)
    bench.at('AT#SGACT=1,1')
    bench.pass(151_000)
    const told = await bench.why()
    expect(told.error!.code).toBe(30)
    expect(wordsOf(told)).toContain('on purpose: the network was taken out of reach.')
    await expectToldForGood(bench, [told])
  })

  it('W-8: no user or password of the network is in the timeline, whatever was typed', async () => {
    const bench = new WhyBench()
    setNetwork(bench.network, { credentials: { user: 'mobile-user', password: 'network-secret' } }, bench.timeline)
    bench.at('AT#SGACTAUTH=1')
    bench.at('AT#SGACT=1,1,"other","typed-secret"')
    await bench.why()
    const kept = JSON.stringify(bench.events().map(({ what }) => what))
    for (const secret of ['mobile-user', 'network-secret', 'typed-secret']) expect(kept).not.toContain(secret)
  })
})

describe('whatever is changed later', () => {
  const findings = Object.keys(byFinding) as Finding[]
  const errors = Object.keys(byError) as CmeErrorName[]

  /** Reports a failure with this name and no values through the module, so that the state is recorded with it. */
  function reported(bench: WhyBench, failure: ReturnType<typeof hostFailure>): number {
    const command = bench.module.parts.timeline.report(
      { kind: 'command', name: '#SSLD', text: '#SSLD=1,1,"x",0,1' },
      null,
      0
    )
    return bench.module.parts.timeline.report({ kind: 'result', word: 'ERROR', failure }, command, 0)
  }

  it('W-8: every entry of both tables is told for good', async () => {
    const bench = new WhyBench().readyToDial() as WhyBench
    const facts = [
      { kind: 'timer', name: 'command', limitMs: 1000 },
      { kind: 'suites', offered: ['RC4-MD5'], server: null },
      { kind: 'version', offered: 'TLS 1.0', got: null },
      { kind: 'size', label: 'record', gotBytes: 20_000, limitBytes: 15_800 },
      { kind: 'slot', slot: 'ca-certificate', storedBytes: 100, strayBytes: 2 }
    ] as const
    const seqs = [
      ...findings.map((finding) => reported(bench, hostFailure(null, 'It failed.', { finding, facts }))),
      ...errors.map((error) => reported(bench, hostFailure(error, 'It failed.', { facts })))
    ]
    const before = seqs.map((seq) => explain(bench.timeline, seq, bench.snapshot())!)
    changeEverything(bench)
    for (const [at, seq] of seqs.entries()) {
      const told = before[at]!
      expect(toldPast(explain(bench.timeline, seq, bench.snapshot())!), told.id).toEqual(toldPast(told))
    }
    expect(seqs.length).toBe(findings.length + errors.length)
  })

  it('W-8: a failure of TLS is told the same before and after the host has learned of it', async () => {
    const bench = new WhyBench()
    bench.farEnd((far) => far.tcp.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n')))
    bench.readyToDial()
    bench.at(dial)
    const failure = bench.events().find(({ what }) => what.kind === 'tls-failure')!
    const now = bench.snapshot()
    // Explained when it was the newest event.
    const { error: _none, ...early } = toldPast(explain({ ...sourceUpTo(bench, failure.seq) }, failure.seq, now)!)
    const { error, ...late } = toldPast(explain(bench.timeline, failure.seq, now)!)
    expect(late).toEqual(early)
    expect(error).toMatchObject({ code: 839 })
  })

  function sourceUpTo({ timeline }: WhyBench, seq: number): Parameters<typeof explain>[0] {
    return {
      firstSeq: timeline.firstSeq,
      nextSeq: seq + 1,
      at: (one) => (one <= seq ? timeline.at(one) : null),
      range: (from, to) => timeline.range(from, Math.min(to, seq + 1)),
      backwards: (kinds, from, to) => timeline.backwards(kinds, from, Math.min(to, seq + 1)),
      causes: (one) => timeline.causes(one),
      effects: (one, limit) => timeline.effects(one, limit).filter((event) => event.seq <= seq)
    }
  }
})
