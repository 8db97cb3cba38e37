import { describe, expect, it } from 'vitest'
import { runSimulator } from '../../fixtures/simulator-process.ts'

/** Returns the output of `telit-sim products`, for people and for programs. */
async function printed(...args: string[]): Promise<string> {
  const run = runSimulator(['products', ...args])
  expect((await run.ended).status).toBe(0)
  expect(run.stderr()).toBe('')
  return run.stdout()
}

/** The guide's applicability table, copied from the guide and not from the catalog. */
const table = {
  GC: { 'GC864-QUAD': '10.00.xx7', 'GC864-QUAD V2': '10.00.xx7', 'GC864-DUAL V2': '10.00.xx7' },
  'GE/GL': {
    'GE864-QUAD': '10.00.xx7',
    'GE864-QUAD V2': '10.00.xx7',
    'GE864-QUAD Automotive V2': '10.00.xx7',
    'GE864-QUAD ATEX': '10.00.xx7',
    'GE864-DUAL V2': '10.00.xx7',
    'GE864-GPS': '10.00.xx7',
    'GE865-QUAD': '10.00.xx7',
    'GL865-DUAL': '10.00.xx7',
    'GL865-QUAD': '10.00.xx7',
    'GL868-DUAL': '10.00.xx7',
    'GE910-QUAD': '13.00.xx3',
    'GE910-GNSS': '13.00.xx4',
    'GL865-DUAL V3': '16.00.xx2',
    'GL868-DUAL V3': '16.00.xx2',
    'GL865-QUAD V3': '16.00.xx3',
    'GE910-QUAD V3': '16.00.xx3'
  },
  GT: { 'GT863-PY': '10.00.xx7', 'GT864-QUAD': '10.00.xx7', 'GT864-PY': '10.00.xx7' },
  HE910: Object.fromEntries(
    ['', '-GA', '-D', '-EUR', '-EUD', '-EUG', '-NAG', '-NAR', '-NAD'].map((suffix) => [`HE910${suffix}`, '12.00.xx4'])
  ),
  UE910: Object.fromEntries(['-EUR', '-EUD', '-NAR', '-NAD'].map((suffix) => [`UE910${suffix}`, '12.00.xx4']))
}

describe('telit-sim products', () => {
  it('lists every product of the applicability table with its minimum, for programs (G-0-1)', async () => {
    const text = await printed('--json')
    expect(text.trim().split('\n')).toHaveLength(1)
    const { families } = JSON.parse(text) as Listing
    expect(
      Object.fromEntries(
        families.map(({ name, products }) => [name, Object.fromEntries(products.map((one) => [one.name, one.minimum]))])
      )
    ).toEqual(table)
  })

  it('gives each version its capabilities and each product an IMEI of its own, with the HE910 names (G-0-2, D-28)', async () => {
    const { families } = JSON.parse(await printed('--json')) as Listing
    const all = families.flatMap((family) => family.products)
    expect(new Set(all.map((one) => one.imei)).size).toBe(all.length)
    const named = (name: string) => all.find((one) => one.name === name)!
    expect(named('HE910').aliases).toEqual(['HE910-G', 'HE910-DG'])
    expect(named('GE910-GNSS').software.map((one) => [one.name, one.capabilities.hasSsl])).toEqual([
      ['13.00.xx2', false],
      ['13.00.xx3', false],
      ['13.00.xx4', true],
      ['13.00.xx9', true]
    ])
    expect(named('HE910').software.at(-1)!.capabilities.suites).toEqual([
      'RC4-MD5',
      'RC4-SHA',
      'AES128-SHA',
      'NULL-SHA'
    ])
    expect(named('HE910').software.at(-1)!.capabilities.proposedSuites).toEqual(['AES128-SHA', 'RC4-SHA', 'RC4-MD5'])
  })

  it('says the same to a person, product by product', async () => {
    const text = await printed()
    for (const [family, products] of Object.entries(table)) {
      for (const [name, minimum] of Object.entries(products)) {
        const block = text
          .split('\n\n')
          .find((one) => one.startsWith(`${family}: `) && new RegExp(`[:,] ${name}( \\(|,|\n)`).test(one))
        expect(block, name).toContain(`  ${minimum}  SSL`)
      }
    }
    expect(text).toContain('HE910 (also sold as HE910-G, HE910-DG)')
  })

  it.each([
    [['products', '--xml'], /products takes --json and nothing else, not --xml/],
    [['products', 'HE910'], /products takes --json and nothing else, not HE910/],
    [['--json', 'products'], /products comes before its options/]
  ])('refuses %j in one sentence', async (args, sentence) => {
    const run = runSimulator(args)
    expect((await run.ended).status).toBe(2)
    expect(run.stdout()).toBe('')
    expect(run.stderr().trim().split('\n')).toEqual([expect.stringMatching(sentence)])
  })
})

interface Listing {
  readonly families: readonly {
    readonly name: string
    readonly products: readonly {
      readonly name: string
      readonly aliases: readonly string[]
      readonly minimum: string
      readonly imei: string
      readonly software: readonly {
        readonly name: string
        readonly capabilities: {
          readonly hasSsl: boolean
          readonly suites: readonly string[]
          readonly proposedSuites: readonly string[]
        }
      }[]
    }[]
  }[]
}
