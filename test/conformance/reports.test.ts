import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import { nextCommand } from '../../src/main/module/at/command-parser.ts'
import { commands } from '../../src/shared/commands/index.ts'
import { notEmulated } from '../../src/shared/commands/not-emulated.ts'
import { ruleById, rules, ruleTables } from '../../src/shared/rules/rules.ts'

// The reports that are made from the sources and the tests.

const root = process.cwd()
const script = async (path: string): Promise<ReportModules> =>
  (await import(pathToFileURL(join(root, path)).href)) as ReportModules
const { citedIds, report } = await script('build/reports/conformance-report.mjs')
const { testFiles, textsIn, titlesIn } = await script('build/reports/test-titles.mjs')

const node = (...args: string[]) => spawnSync(process.execPath, args, { cwd: root, encoding: 'utf8' })

describe('docs/commands.md', () => {
  it('is what the declarations say now', () => {
    const { status, stderr } = node('build/generated-docs.mjs', '--check')
    expect(stderr).toBe('')
    expect(status).toBe(0)
  })
})

describe('declared commands', () => {
  it('are each typed by a test', () => {
    const lines = testFiles(root)
      .flatMap((file) => textsIn(file, readFileSync(file, 'utf8')))
      .flatMap((text) => text.split(/[\r\n]/))
      .filter((line) => /^AT/i.test(line))
    const typed = new Set(lines.flatMap(namesIn))
    expect(
      commands
        .map((one) => one.name)
        .filter((name) => !typed.has(name))
        .join(' ')
    ).toBe('')
  })

  it('are none of those that the matrix lists as not emulated', () => {
    const declared = new Set<string>(commands.map((one) => one.name))
    expect(notEmulated.flatMap((one) => one.names).filter((name) => declared.has(name))).toEqual([])
  })

  it('name sources that exist', () => {
    const unknown = commands
      .flatMap((one) => one.sources)
      .filter((source) => !/^at-reference \d+$/.test(source) && !ruleById(source))
    expect(unknown).toEqual([])
  })
})

describe('rules', () => {
  it('have one id each, and one sentence', () => {
    expect(new Set(rules.map((rule) => rule.id)).size).toBe(rules.length)
    for (const { id, sentence } of rules) expect(sentence, id).toMatch(/^\S.*[^.]\.$/)
  })
})

describe('the conformance report', () => {
  const rule = (id: string) => ({ id, sentence: '' })
  /** Not named `test`, because the report would count it as a test. */
  const titled = (title: string) => ({ file: 'a.test.ts', line: 1, title })

  it('reads ids and spans of ids in titles', () => {
    expect(citedIds('works (G-3.2-6, D-7)')).toEqual(['G-3.2-6', 'D-7'])
    expect(citedIds('the examples G-3.5-1..3 and D-1 to D-3')).toEqual([
      'G-3.5-1',
      'G-3.5-2',
      'G-3.5-3',
      'D-1',
      'D-2',
      'D-3'
    ])
    expect(citedIds('chapter G-2.1, UTF-8, D-DAY')).toEqual([])
    expect(citedIds('G-0-1, G-6-2')).toEqual(['G-0-1', 'G-6-2'])
    expect(citedIds('M-1: echoes the LF; M-2..3, UTM-5')).toEqual(['M-1', 'M-2', 'M-3'])
  })

  it('finds titles with those around them, but no comments and nothing that is skipped', () => {
    const source = `
      // it('in a comment (D-1)')
      describe('outer (D-2)', () => {
        it('inner (D-3)', () => {})
        it.skip('never (D-4)', () => {})
        it.todo('later (D-5)')
        it.each([1])(\`each \${1} (D-6)\`, () => {})
        describe.skipIf(false)('maybe (D-7)', () => test('t', () => {}))
      })
      describe.skip('off (D-8)', () => it('x (D-9)', () => {}))
      describe('empty (D-10)', () => {})`
    const titles = titlesIn('x.test.ts', source).map((one) => one.title)
    expect(titles).toEqual(['outer (D-2) › inner (D-3)', 'outer (D-2) › each … (D-6)', 'outer (D-2) › maybe (D-7) › t'])
  })

  it('names what no test shows, what is put off in vain, and what is cited and no rule', () => {
    const { missing, faults } = report(
      [rule('D-1'), rule('D-2'), rule('D-3')],
      [titled('a (D-1)'), titled('b (D-9)')],
      { 'D-2': 'later', 'D-1': 'later' }
    )
    expect(missing.map((one) => one.rule.id)).toEqual(['D-3'])
    expect(faults).toHaveLength(2)
    expect(faults[0]).toMatch(/D-9, which is no rule/)
    expect(faults[1]).toMatch(/D-1, which a\.test\.ts shows/)
  })

  it('asks for a test of each rule found from outside, and lets titles name findings that have no rule', () => {
    const { missing, faults } = report([rule('M-1'), rule('M-2')], [titled('M-1: a'), titled('M-9: b')], {})
    expect(missing.map((one) => one.rule.id)).toEqual(['M-2'])
    expect(faults).toEqual([])
  })

  it('prints each table under its heading (npm run conformance)', () => {
    const { stdout } = node('build/conformance.mjs')
    const headings = ruleTables.map(({ heading, rules: [first] }) => stdout.indexOf(`${heading}\n\n${first!.id} `))
    expect(headings.every((at) => at >= 0)).toBe(true)
    expect(headings).toEqual(headings.toSorted((a, b) => a - b))
  })

  it('finds no rule without a test (npm run conformance)', () => {
    const { status, stderr, stdout } = node('build/conformance.mjs')
    expect(stderr).toBe('')
    expect(stdout).toMatch(/ 0 missing\.\n$/)
    // The tests of the report itself show nothing of the module.
    expect(stdout).not.toContain('test/conformance/')
    expect(status).toBe(0)
  })
})

/** Returns the names of the commands in a line, up to a syntax error. */
function namesIn(line: string): string[] {
  const names: string[] = []
  for (let at = 2; ;) {
    const parsed = nextCommand(line, at)
    if (parsed === null || 'error' in parsed) return names
    if (parsed.command.kind !== 'register') names.push(parsed.command.name)
    at = parsed.next
  }
}

/** The parts of the report scripts (plain JavaScript) that these tests use. */
interface ReportModules {
  citedIds(text: string): string[]
  report(
    rules: readonly { id: string; sentence: string }[],
    tests: readonly Title[],
    putOff: Readonly<Record<string, string>>
  ): {
    missing: { rule: { id: string } }[]
    faults: string[]
  }
  testFiles(root: string): string[]
  textsIn(file: string, text: string): string[]
  titlesIn(file: string, text: string): Title[]
}

interface Title {
  readonly file: string
  readonly line: number
  readonly title: string
}
