import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { products, profileOf } from '../../src/shared/products/catalog.ts'
import { Bench } from '../fixtures/bench.ts'

// The test responses in `docs/commands.md`, against those of a module.

const document = readFileSync('docs/commands.md', 'utf8')

/** By command: the responses, each with the versions that it is for; `null` for all. */
const told = new Map(
  document
    .split('\n### AT')
    .slice(1)
    .map((section) => {
      const line = /^Test answer(?: of a fresh module)?: (.+)\.$/m.exec(section)?.[1] ?? ''
      const answers = [...line.matchAll(/`([^`]+)`(?: on ([^;]+))?/g)].map(([, text, versions]) => ({
        text: text!,
        versions: versions?.split(', ') ?? null
      }))
      return [section.slice(0, section.indexOf('\n')), answers] as const
    })
)

const choices = products.flatMap((product) =>
  product.software.map((version) => ({ product: product.name, software: version.name }))
)

describe.each(choices)('$product with $software', ({ product, software }) => {
  it('M-13: answers every test form as docs/commands.md has it', () => {
    const bench = new Bench({ product, software })
    for (const name of commandsOf(profileOf(product, software)).keys()) {
      if (!/^[+#]/.test(name)) continue
      const answer = bench.at(`AT${name}=?`)
      const lines = /^(?:\r\n([^]*?)\r\n)?\r\nOK\r\n$/.exec(answer)
      expect(lines, `AT${name}=? answers ${answer}`).not.toBeNull()
      const allowed = told
        .get(name)!
        .filter(({ versions }) => versions === null || versions.includes(software))
        .map(({ text }) => text)
      expect(allowed, `AT${name}=?`).toContain(lines![1] ?? 'OK')
    }
  })
})
