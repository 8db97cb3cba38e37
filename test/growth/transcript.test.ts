import { describe, expect, it } from 'vitest'
import { withAuthority } from '../../src/main/check/authority-swap.ts'
import { playTranscript } from '../../src/main/check/player.ts'
import { SecretBook } from '../../src/main/check/secret-book.ts'
import { parseTranscript } from '../../src/main/timeline/transcript/parser.ts'
import { growthOf, MAX_RATIO } from './growth-of.ts'
import { worstTranscripts } from './worst-inputs/transcripts.ts'

describe('a transcript', () => {
  it.each(Object.entries(worstTranscripts))('S-11: costs no more than linear time to read and play: %s', async (_words, make) => {
    const texts = new Map<number, string>()
    const growth = await growthOf(async (n) => {
      const text = texts.get(n) ?? make(n)
      texts.set(n, text)
      await playTranscript(parseTranscript(text), { seed: 1, secrets: new SecretBook([]) })
    }, 800)
    expect(growth.ratio, JSON.stringify(growth)).toBeLessThan(MAX_RATIO)
  })

  // Playing costs more than reading, and would hide what grows faster there.
  it.each(Object.entries(worstTranscripts))('S-11: costs no more than linear time to read, and to put this lab\'s authority in: %s', async (_words, make) => {
    const texts = new Map<number, string>()
    const growth = await growthOf((n) => {
      const text = texts.get(n) ?? make(n)
      texts.set(n, text)
      const { head, entries } = parseTranscript(text)
      withAuthority(entries, head.authority, Buffer.alloc(786, 'y'), () => {})
    }, 16_000)
    expect(growth.ratio, JSON.stringify(growth)).toBeLessThan(MAX_RATIO)
  })
})
