import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timelineKinds } from '../../../src/shared/timeline/kinds.ts'
import { lineOf, LONGEST_LINE_CHARACTERS, rowOf } from '../../../src/shared/timeline/reading.ts'
import { spell } from '../../../src/shared/timeline/spelling.ts'
import { anyFact } from '../../fixtures/timeline-facts.ts'

describe('the line of an event', () => {
  it('says what the row says, without control characters', () => {
    fc.assert(
      fc.property(anyFact, (what) => {
        const line = lineOf(what)
        const row = rowOf({ seq: 0, moduleMs: 0, wallMs: 0, cause: null, instance: null, what })
        const bytes = row.bytes
          ? spell(row.bytes)
              .map(({ text }) => text)
              .join('')
          : undefined
        const parts = [row.word, row.strong, row.text, bytes, row.aside]
        // oxlint-disable-next-line no-control-regex
        const clean = (text: string): string => text.replace(/[\0-\x1f\x7f\u2028\u2029]/g, ' ')
        for (const part of parts) if (part) expect(line).toContain(clean(part))
        expect(line).toBe(clean(line))
      })
    )
  })

  it('is cut at a length that nobody reads', () => {
    expect(lineOf({ kind: 'note', sentence: 'x'.repeat(100_000) })).toHaveLength(LONGEST_LINE_CHARACTERS)
  })

  it('tells a fault that somebody made', () => {
    expect(lineOf({ kind: 'fault', sentence: 'The next handshake breaks off.' })).toBe(
      'INJ The next handshake breaks off.'
    )
    expect(timelineKinds).toContain('fault')
  })
})
