import { describe, expect, it } from 'vitest'
import { pieceText, readPieces, TranscriptError } from '../../../src/main/timeline/transcript/format.ts'
import { parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import { TranscriptExporter } from '../../../src/main/timeline/transcript/writer.ts'
import type { TimelineFact } from '../../../src/shared/timeline/events.ts'
import { headOf } from '../../fixtures/transcripts.ts'

// The format of a transcript, what it tolerates, and the errors for a damaged one.

function written(facts: readonly TimelineFact[], stepMs = 100): string {
  const exporter = new TranscriptExporter(headOf())
  const parts = [exporter.begin()]
  for (const [seq, what] of facts.entries()) {
    const bytes = exporter.add({ seq, moduleMs: (seq + 1) * stepMs, wallMs: 0, cause: null, instance: 0, what })
    if (bytes) parts.push(bytes)
  }
  return Buffer.concat([...parts, exporter.end()]).toString('latin1')
}

const bytes = (
  direction: 'tx' | 'rx',
  text: string,
  more: Partial<Extract<TimelineFact, { kind: 'bytes' }>> = {}
): TimelineFact => ({ kind: 'bytes', direction, bytes: Buffer.from(text, 'latin1'), data: false, ...more })
const body = (text: string): string[] =>
  text
    .slice(text.indexOf('\n\n') + 2)
    .trimEnd()
    .split('\n')

describe('the format', () => {
  it('shows control characters, times, and who speaks', () => {
    const text = written([
      bytes('tx', 'AT#SSLS=1\r'),
      bytes('rx', '\r\n#SSLS: 1,1\r\n\r\nOK\r\n'),
      bytes('tx', 'a\\b<c\x1a\xff')
    ])
    expect(body(text)).toEqual([
      '      0.100 0 > AT#SSLS=1\\r',
      '      0.200 0 < \\r\\n#SSLS: 1,1\\r\\n\\r\\nOK\\r\\n',
      '      0.300 0 > a\\\\b<c\\x1a\\xff',
      'end: 3 lines'
    ])
  })

  it('every byte comes back', () => {
    const all = String.fromCharCode(...Array.from({ length: 256 }, (_, at) => at))
    const { entries } = parseTranscript(written([bytes('tx', all.repeat(3))]))
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({
      kind: 'host',
      instance: 0,
      atMs: 100,
      pieces: [{ kind: 'text', text: all.repeat(3) }]
    })
  })

  it('long text is wrapped, and no line is longer than a terminal', () => {
    const text = written([bytes('tx', `${'x'.repeat(70)}\n${'\x00'.repeat(300)}`)])
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120)
    expect(parseTranscript(text).entries[0]).toMatchObject({
      pieces: [{ text: `${'x'.repeat(70)}\n${'\x00'.repeat(300)}` }]
    })
  })

  it('much data from the module is its length and digest, however it came', () => {
    const data = Array.from({ length: 30 }, () => bytes('rx', 'x'.repeat(100), { data: true }))
    const whole = [bytes('rx', 'x'.repeat(3000), { data: true })]
    expect(body(written(data))).toEqual(body(written(whole)))
    expect(body(written(whole))[0]).toMatch(/^ {6}0\.100 0 < \\<data 3000 [0-9a-f]{16}>$/)
  })

  it('a secret in several writes is one placeholder, where it began', () => {
    const text = written([
      bytes('tx', 'AT+CPIN=**', { secrets: [{ offset: 8, length: 2, name: 'cpin-pin', end: null }] }),
      bytes('rx', 'AT+CPIN=**'),
      bytes('tx', '**\r', {
        secrets: [{ offset: 0, length: 2, name: 'cpin-pin', end: { lengthBytes: 4, digest: '03' } }]
      })
    ])
    expect(body(text)).toEqual([
      '      0.100 0 > AT+CPIN=\\<secret cpin-pin 4 03>',
      '      0.200 0 < AT+CPIN=**',
      '      0.300 0 > \\r',
      'end: 3 lines'
    ])
  })

  it('a secret whose end never came has no digest', () => {
    expect(
      body(
        written([bytes('tx', 'AT+CPIN=**', { secrets: [{ offset: 8, length: 2, name: 'cpin-pin', end: null }] })])
      )[0]
    ).toContain('\\<secret cpin-pin 2 ?>')
  })

  it('what was done to the board is a line', () => {
    expect(body(written([{ kind: 'note', sentence: 'x', act: { name: 'key', argument: { key: 'reset' } } }]))[0]).toBe(
      '      0.100 - ! key {"key":"reset","instance":0}'
    )
  })

  it('pieces read back as they were written', () => {
    for (const piece of [
      { kind: 'secret', name: 'private-key', lengthBytes: 887, digest: null },
      { kind: 'data', lengthBytes: 9, digest: 'ab' },
      { kind: 'text', text: '\\<secret a 1 ?>' }
    ] as const) {
      expect(readPieces(pieceText(piece))).toEqual([piece])
    }
  })
})

describe('a damaged transcript', () => {
  const good = written([bytes('tx', 'AT\r'), bytes('rx', '\r\nOK\r\n')])
  const refusal = (text: string): string => {
    try {
      parseTranscript(text)
      return ''
    } catch (error) {
      expect(error).toBeInstanceOf(TranscriptError)
      return (error as Error).message
    }
  }

  it('line ends of another editor are none', () => {
    expect(parseTranscript(good.replaceAll('\n', '\r\n'))).toEqual(parseTranscript(good))
  })

  it('torn at any byte is one sentence', () => {
    for (let length = 0; length < good.length - 1; length += 1)
      expect(refusal(good.slice(0, length)), String(length)).toMatch(/^is [^\n]+\.$/)
  })

  it.each([
    ['nothing', '', /^is no transcript/],
    ['binary junk', '\x7fELF\x02\x01\x01\x00\n\n\xff', /^is no transcript/],
    [
      'another version',
      good.replace('transcript 1', 'transcript 2'),
      /^is a transcript of version 2, and this program reads version 1\.$/
    ],
    [
      'a time that is none',
      good.replace('0.100', '0,100'),
      /^is damaged in line 14: "SECONDS INSTANCE > TEXT" was expected\.$/
    ],
    [
      'a line longer than any AT port hands over',
      good.replace('AT\\r', `${'x'.repeat(2 ** 20 + 1)}\\r`),
      /^is damaged in line 14: no more than 1 MiB in one line was expected\.$/
    ],
    ['an escape that is none', good.replace('AT\\r', 'AT\\q'), /^is damaged in line 14: text with escapes/],
    ['a line that is missing', good.replace(/.*AT\\r\n/, ''), /^is torn: line 15 says 2 lines, and there are 1\.$/],
    ['a head without product', good.replace(/product.*\n/, ''), /its head has no usable line "product: …"/],
    [
      'a date that is none',
      good.replace(/began: .*/, 'began: 2026-99-23T12:00:00.000Z'),
      /^is damaged: the date in its line "began: …" is none\.$/
    ],
    ['a speed that is none', good.replace(/speed: .*/, 'speed: ...'), /its head has no usable line "speed: …"/],
    [
      'a port that is none',
      good.replace('speed:', 'lab tls: 1.2.3.4:99999\nspeed:'),
      /^is damaged: "lab tls: 1\.2\.3\.4:99999" is no HOST:PORT\.$/
    ],
    [
      'a secret without end',
      good.replace('AT\\r', '\\<secret cpin-pin 99999999 ab>'),
      /^is damaged in line 14: text with escapes/
    ],
    ['something behind the end', `${good}more\n`, /^is damaged: text follows its end/]
  ])('%s', (_name, text, sentence) => {
    expect(refusal(text)).toMatch(sentence)
  })
})
