import { describe, expect, it } from 'vitest'
import { Redaction } from '../../../src/main/module/at/redaction.ts'
import { harmlessLines, secretLines } from '../../fixtures/secret-spellings.ts'

/** Returns what the timeline keeps of a line. */
function kept(line: string, redaction = new Redaction()): string {
  return Buffer.from(redaction.typed(Buffer.from(`${line}\r`, 'latin1'), 13, 8).bytes)
    .toString('latin1')
    .slice(0, -1)
}

describe('spellings of lines with a secret', () => {
  it('S-5: of 200 spellings at least 195 are masked', () => {
    const shown = secretLines(200, 4711).filter(({ typed, secret }) => kept(typed).includes(secret))
    expect(shown.map(({ typed }) => typed)).toHaveLength(shown.length)
    expect(shown.length, JSON.stringify(shown, null, 1)).toBeLessThanOrEqual(5)
  })

  it('S-5: of 200 harmless neighbours none is masked', () => {
    expect(harmlessLines(200, 4711).filter((line) => kept(line) !== line)).toEqual([])
  })
})
