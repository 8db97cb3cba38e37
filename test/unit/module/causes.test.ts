import { describe, expect, it } from 'vitest'
import type { TimelineEvent, TimelineFact } from '../../../src/shared/timeline/events.ts'
import { lineOf } from '../../../src/shared/timeline/reading.ts'
import { causesOf } from '../../../src/shared/timeline/source.ts'
import { Bench, type FarEnd } from '../../fixtures/bench.ts'
import { escapeFtp, openFtp } from '../../fixtures/ftp-bench.ts'

/** Which events an event of the module names as its causes: docs/timeline.md has the table. */
describe('U-4: the causes of', () => {
  it('a line: all that was typed for it, the last bytes first', () => {
    const bench = new Bench()
    for (const key of 'ATI\r') bench.type(key)
    const line = newest(bench, 'line')
    expect(causesTold(bench, line)).toEqual(['TX CR', 'TX A', 'TX T', 'TX I'])
    // And of nothing that was typed before it.
    bench.type('AT\r')
    expect(causesTold(bench, newest(bench, 'line'))).toEqual(['TX ATCR'])
  })

  it('a record that txTo sends: the timer, and all bytes in it', () => {
    const { bench } = open(0)
    const dial = newest(bench, 'command')
    bench.type('he')
    bench.pass(3000).type('llo')
    bench.pass(6000)
    const record = recordOut(bench)
    expect(causesTold(bench, record)).toEqual(['txTo ran out', 'TX he', 'TX llo'])
    expect(bench.timeline.causes(record.seq).map(({ seq }) => seq)).not.toContain(dial.seq)
    // Both ways round.
    for (const cause of causesOf(record))
      expect(bench.timeline.effects(cause, 50).map(({ seq }) => seq)).toContain(record.seq)
  })

  it('records that are full: the bytes that filled them, and those that waited', () => {
    const { bench } = open(0)
    bench.type('ab')
    bench.type('x'.repeat(298 + 300 + 5))
    const [first, second] = bench.events().filter(isRecordOut).slice(-2)
    expect(causesTold(bench, first!).map((one) => one.slice(0, 6))).toEqual(['TX xxx', 'TX ab'])
    expect(causesTold(bench, second!).map((one) => one.slice(0, 6))).toEqual(['TX xxx'])
  })

  it('a record that +++ sends, and the OK after it: the bytes, and the end of the silence', () => {
    const { bench } = open(0)
    bench.type('bye')
    bench.pass(1100).type('+++')
    bench.pass(1100)
    expect(causesTold(bench, recordOut(bench))).toEqual(['TX +++', 'TX bye'])
    expect(causesTold(bench, newest(bench, 'result'))).toEqual(['TX +++', 'escape ran out'])
  })

  it('a record of #SSLSEND: the command, and what was entered', () => {
    const { bench } = open(1)
    bench.at('AT#SSLSEND=1')
    bench.type('one ')
    bench.type('two\x1a')
    expect(causesTold(bench, recordOut(bench))).toEqual(['#SSLSEND=1', 'TX one ', 'TX twoSUB'])
  })

  it('what comes: a record its segment, data and SSLSRING the record, #SSLRECV the records in its answer', () => {
    const online = open(0)
    online.far.send('hi')
    online.bench.pass(10)
    const data = online.bench.events().findLast(({ what }) => what.kind === 'bytes' && what.data)!
    expect(causesTold(online.bench, data)).toEqual([expect.stringMatching(/^record in/)])
    const record = online.bench.timeline.at(data.cause!)!
    expect(causesTold(online.bench, record)).toContainEqual(expect.stringMatching(/^segment in/))

    const { bench, far } = open(1)
    bench.at('AT#SSLCFG=1,1,300,90,100,50,1')
    far.send('one')
    bench.pass(100)
    expect(causesTold(bench, newest(bench, 'urc'))).toEqual([expect.stringMatching(/^record in/)])
    far.send('two')
    bench.pass(10)
    bench.at('AT#SSLRECV=1,100')
    expect(causesTold(bench, newest(bench, 'result'))).toEqual([
      '#SSLRECV=1,100',
      expect.stringMatching(/^record in/),
      expect.stringMatching(/^record in/)
    ])
  })

  it('a result: the command, and what made it so', () => {
    const nobody = new Bench().readyToDial()
    nobody.at('AT#SSLD=1,4444,"123.124.125.126",0,1')
    expect(causesTold(nobody, newest(nobody, 'result'))).toEqual([
      '#SSLD=1,4444,"123.124.125.126",0,1',
      expect.stringMatching(/^refused/)
    ])

    const nowhere = new Bench().readyToDial()
    nowhere.at('AT#SSLD=1,443,"no.such.name",0,1')
    nowhere.pass(200)
    expect(causesTold(nowhere, newest(nowhere, 'result'))).toEqual([
      '#SSLD=1,443,"no.such.name",0,1',
      expect.stringMatching(/^dns/)
    ])

    const { bench } = open(1)
    bench.at('AT#SSLRECV=1,100,10')
    bench.pass(2000)
    expect(causesTold(bench, newest(bench, 'result'))).toEqual(['#SSLRECV=1,100,10', 'command ran out'])
  })

  it('NO CARRIER: what ended the connection, and the command that went online', () => {
    const { bench, far } = open(0)
    far.close()
    bench.pass(10)
    expect(causesTold(bench, newest(bench, 'result'))).toEqual([
      expect.stringMatching(/^closed/),
      expect.stringMatching(/^#SSLD/)
    ])
  })

  it('the result of an FTP command: the command, and the answer of the server', () => {
    const { bench } = openFtp()
    bench.at('AT#FTPDELE="no-such-file"')
    expect(causesTold(bench, newest(bench, 'result'))).toEqual([
      expect.stringMatching(/^#FTPDELE/),
      expect.stringMatching(/^ftp in 5/)
    ])
    bench.at('AT#FTPPUT="up.txt",0')
    bench.type('some data')
    escapeFtp(bench)
    const sent = bench
      .events()
      .findLast(({ what }) => what.kind === 'segment' && what.direction === 'out' && what.bytes.length === 9)!
    expect(causesTold(bench, sent)).toEqual(['TX some data'])
  })
})

function open(online: 0 | 1): { bench: Bench; far: FarEnd } {
  const bench = new Bench()
  let far: FarEnd | null = null
  bench.farEnd((one) => (far = one)).readyToDial()
  bench.at(`AT#SSLD=1,443,"123.124.125.126",0,${online}`)
  return { bench, far: far! }
}

function newest(bench: Bench, kind: TimelineFact['kind']): TimelineEvent {
  return bench.events().findLast(({ what }) => what.kind === kind)!
}

const isRecordOut = ({ what }: TimelineEvent): boolean =>
  what.kind === 'tls' && what.trace.kind === 'record' && what.trace.direction === 'out'

const recordOut = (bench: Bench): TimelineEvent => bench.events().findLast(isRecordOut)!

/** The causes of an event in a few words, the first one first. */
function causesTold(bench: Bench, event: TimelineEvent): readonly string[] {
  return causesOf(event).map((seq) => told(bench.timeline.at(seq)!))
}

function told({ what }: TimelineEvent): string {
  switch (what.kind) {
    case 'bytes':
      return `${what.direction.toUpperCase()} ${lineOf(what).replace(/^[^ ]* /, '')}`
    case 'command':
      return what.text
    case 'timer':
      return `${what.name} ran out`
    case 'tcp':
      return `${what.what} ${what.sentence}`
    case 'segment':
      return `segment ${what.direction}`
    case 'ftp':
      return `ftp ${what.direction} ${what.text}`
    case 'dns':
      return `dns ${what.what}`
    case 'tls':
      return what.trace.kind === 'record' ? `record ${what.trace.direction}` : what.trace.kind
    default:
      return what.kind
  }
}
