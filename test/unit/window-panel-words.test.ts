import { describe, expect, it } from 'vitest'
import {
  dataWords,
  glossOf,
  handshakeWords,
  outcomeWords,
  tookWords
} from '../../src/renderer/panels/handshake/words.ts'
import { terminalWords } from '../../src/renderer/panels/terminal/words.ts'
import { timelineWords } from '../../src/renderer/panels/timeline/words.ts'
import { whyWords } from '../../src/renderer/panels/why/words.ts'
import type { HandshakeMessage } from '../../src/shared/calls/handshakes.ts'
import { scene } from '../fixtures/window-states.ts'

/** Sentences of the panels that are put together from values: one and several, and the choice between them. */
describe('the words of the panels', () => {
  it.each([
    [timelineWords.rows, '1 row', '2 rows'],
    [timelineWords.row.moreBytes, 'and 1 more byte', 'and 2 more bytes'],
    [
      timelineWords.list.dropped,
      '1 older event was removed: the timeline has reached its memory limit.',
      '2 older events were removed: the timeline has reached its memory limit.'
    ],
    [timelineWords.list.showAll, 'Show the only event', 'Show all 2 events'],
    [whyWords.remedies.more, '1 more way to fix it', '2 more ways to fix it'],
    [whyWords.remedies.copy, 'the command', 'the commands'],
    [handshakeWords.outcome.soFar, '1 message so far', '2 messages so far'],
    [handshakeWords.ladder.data.eachWay, 'data, 1 record each way', 'data, 2 records each way'],
    [(left: number) => terminalWords.paste.stopped('No', left), 'No. 1 line is left.', 'No. 2 lines are left.'],
    [
      (leftOut: number) => terminalWords.paste.offer(3, 'AT', leftOut),
      '3 lines: AT … (1 other line left out)',
      '3 lines: AT … (2 other lines left out)'
    ]
  ])('count in English: %#', (words, one, two) => {
    expect([words(1), words(2)]).toEqual([one, two])
  })

  it('group large numbers, and leave out what is not there', () => {
    expect(timelineWords.rows(16_000)).toBe('16\u202f000 rows')
    expect(timelineWords.list.fresh(0)).toBe('Newest')
    expect(timelineWords.filter.parts(0)).toBe('Filter by kind, source and cause')
    expect(timelineWords.filter.parts(2)).toBe('Filter by kind, source and cause, 2 set')
    expect(terminalWords.paste.offer(3, 'AT', 0)).toBe('3 lines: AT …')
    expect(terminalWords.paste.stopped('No', 0)).toBe('No. That was the last line.')
  })

  it('say how a handshake went', () => {
    const handshake = {
      ...scene('online').snapshot.handshake!,
      startedMs: 0,
      finishedMs: 148,
      outcome: 'open'
    } as const
    const message = (direction: 'in' | 'out', name: string): HandshakeMessage => ({
      ...handshake.messages[0]!,
      direction,
      name
    })
    const certificate = message('in', 'Certificate')
    const resumed = { ...handshake, messages: [message('in', 'ChangeCipherSpec')] }
    expect(outcomeWords({ ...handshake, messages: [certificate] })).toBe('full, 148 ms, 1 message')
    expect(outcomeWords({ ...handshake, messages: [certificate, message('in', 'CertificateRequest')] })).toBe(
      'mutual, 148 ms, 2 messages'
    )
    expect(outcomeWords(resumed)).toBe('resumed, 148 ms, 1 message')
    expect(tookWords(resumed)).toBe('148 ms, 1 message')
    expect(outcomeWords({ ...resumed, outcome: 'failed' })).toBe('failed after 148 ms')
    expect(outcomeWords({ ...resumed, outcome: 'running', finishedMs: null })).toBe('1 message so far')
  })

  it('say what a handshake came to', () => {
    const handshake = { ...scene('online').snapshot.handshake!, outcome: 'open' } as const
    const short = { ...handshake, messages: handshake.messages.filter(({ name }) => name === 'ServerHello') }
    const proof = { ...handshake.messages[0]!, name: 'CertificateVerify' }
    const { gloss } = handshakeWords
    expect(glossOf({ ...handshake, outcome: 'running' }, null)).toBe(gloss.running)
    expect(glossOf(handshake, null)).toBe(gloss.full)
    expect(glossOf({ ...handshake, messages: [...handshake.messages, proof] }, null)).toBe(gloss.clientAuth)
    expect(glossOf(short, handshake)).toMatch(
      /^The kept TLS session was resumed\. This saved 3 messages with \d+ bytes/
    )
    expect(dataWords({ ...handshake, data: { ...handshake.data, sentRecords: 1, receivedRecords: 2 } })).toBe(
      'data, 1 record out, 2 in'
    )
  })
})
