import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { walk, type Node } from '../fixtures/import-graph.ts'

// What errors say, from the whole program: refusals of calls, of the command line, and what the program tells itself.

/** Words that docs/glossary.md has other words for. */
const NOT_OURS = /\bfar ends?\b|\bother side\b|\bpeers?\b|\boutside program\b|\bdeaf\b|\bdesk\b|\btold\b|\bmends?\b/i

/** The most words of a sentence, as in the window. */
const MOST_WORDS = 25

/** Errors whose text goes on from a subject that their user puts before it: `The transcript x is torn: ….` */
const PREDICATES = ['TranscriptError']

/** The same, where the user also ends the sentence: `The CA certificate has no BEGIN line.` */
const OPEN_PREDICATES = ['X509Fault']

/** Files whose errors are the reason within a longer sentence, and begin without a capital and end without a stop. */
const REASONS = ['src/main/simulator/acts.ts', 'src/main/simulator/board.ts', 'src/main/ports/uart-bridge.ts']

const root = resolve(import.meta.dirname, '../..')
const thrown = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/')
  )
  .flatMap((path) => errorsIn(path, readFileSync(join(root, path), 'utf8')))

describe('what errors say', () => {
  it('is found', () => {
    expect(thrown.length).toBeGreaterThan(150)
    for (const path of REASONS) expect(thrown.some((one) => one.path === path)).toBe(true)
    for (const kind of [...PREDICATES, ...OPEN_PREDICATES]) expect(thrown.some((one) => one.kind === kind)).toBe(true)
  })

  it.each([
    ['is one whole sentence', isNoSentence],
    [`has at most ${MOST_WORDS} words`, ({ text }: Thrown) => wordsIn(text) > MOST_WORDS],
    ['has the words of the glossary', ({ text }: Thrown) => NOT_OURS.test(text)]
  ])('%s', (_rule, isWrong) => {
    expect(thrown.filter(isWrong).map(({ path, line, text }) => `${path}:${line}: ${text}`)).toEqual([])
  })
})

describe('the checker itself', () => {
  const plant = (text: string): readonly Thrown[] => errorsIn('src/planted.ts', text)

  it.each([
    ['a text', "throw new Error('It is off.')", ['It is off.']],
    ['a template', 'throw new PortError("no-pty", `The port ${name} is gone.`)', ['The port … is gone.']],
    ['both ways of a choice', "new UsageError(a ? 'It is on.' : 'It is off.')", ['It is on.', 'It is off.']],
    ['a sum', "new Error('It is ' + what + '.')", ['It is ….']],
    ['nothing in an id or another class', "new PortError('no-pty', sentence); new Map('a b')", []]
  ])('reads %s', (_what, source, texts) => {
    expect(plant(source).map(({ text }) => text)).toEqual(texts)
  })

  it.each([
    ['no end', 'The port is gone', true],
    ['no capital', 'the port is gone.', true],
    ['two sentences', 'The port is gone. Open it again.', true],
    ['a sentence', 'The port AT1 is gone; open it again.', false],
    ['an option', '--seed takes a number, not ….', false],
    ['a sub-command', 'check takes one transcript: telit-sim check TRANSCRIPT.', false],
    ['what is put in at the end', 'The file cannot be read: …', false]
  ])('judges %s', (_what, text, isWrong) => {
    expect(isNoSentence({ path: 'src/planted.ts', line: 1, kind: 'Error', text })).toBe(isWrong)
  })
})

interface Thrown {
  readonly path: string
  readonly line: number
  /** The class of the error. */
  readonly kind: string
  /** Placeholders are written `…`. */
  readonly text: string
}

/** Returns every text that is handed to the constructor of an error. */
function errorsIn(path: string, source: string): readonly Thrown[] {
  const { program, errors } = parseSync(path, source)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const found: Thrown[] = []
  walk(program, (node) => {
    const kind = (node['callee'] as Node | undefined)?.['name']
    if (node.type !== 'NewExpression' || typeof kind !== 'string') return
    if (!/Error$|Refused$|Failure$|Fault$|^Unknown|^Malformed|Stopped$|Lost$/.test(kind)) return
    const line = source.slice(0, node['start'] as number).split('\n').length
    for (const argument of node['arguments'] as Node[])
      for (const text of textsOf(argument)) if (/\S \S/.test(text)) found.push({ path, line, kind, text })
  })
  return found
}

/** Returns the texts that an expression may be; everything that is not written there is `…`. */
function textsOf(node: Node): readonly string[] {
  switch (node.type) {
    case 'ConditionalExpression':
      return [...textsOf(node['consequent'] as Node), ...textsOf(node['alternate'] as Node)]
    case 'LogicalExpression':
      return [...textsOf(node['left'] as Node), ...textsOf(node['right'] as Node)]
    case 'BinaryExpression':
      return [textsOf(node['left'] as Node).join('') + textsOf(node['right'] as Node).join('')]
    case 'TemplateLiteral':
      return [(node['quasis'] as Node[]).map((part) => (part['value'] as { cooked: string }).cooked).join('…')]
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : []
    default:
      return ['…']
  }
}

/** Returns whether a text does not begin or end as a sentence, or is two. */
function isNoSentence({ path, kind, text }: Thrown): boolean {
  if (REASONS.includes(path) && /^[a-z…]/.test(text)) return text.endsWith('.')
  if (OPEN_PREDICATES.includes(kind)) return !/^(has|is|holds|names|ends|begins) /.test(text) || text.endsWith('.')
  const begins = PREDICATES.includes(kind) ? /^is / : /^(\p{Lu}|…|--|(check|doctor|products|serve) |index\.html )/u
  return !begins.test(text) || !/[.…]$/.test(text) || /[.!?] \p{Lu}/u.test(text)
}

function wordsIn(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\d…]/u.test(word)).length
}
