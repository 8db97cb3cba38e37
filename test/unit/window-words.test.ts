import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSource } from '../fixtures/import-graph.ts'
import { allTexts, readTexts } from '../fixtures/read-texts.ts'

// The texts of the window are in words files, so that they can be read through and translated.

/** Folders and files of the window whose words have moved to files of words. */
const DONE = ['src/renderer']

/** Words that the window has other words for, by docs/glossary.md. */
const NOT_OURS = /\bfar ends?\b|\bother side\b|\bpeers?\b|\boutside program\b|\btold\b|\bmends?\b/i

/** The most words of a sentence in the window. */
const MOST_WORDS = 25

const root = resolve(import.meta.dirname, '../..')
const files = readdirSync(join(root, 'src/renderer'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(root.length + 1)
      .replaceAll('\\', '/')
  )
  .filter((path) => DONE.some((done) => path === done || path.startsWith(`${done}/`)))
  .map((path) => ({ path, source: readFileSync(join(root, path), 'utf8') }))
const isWords = ({ path }: { readonly path: string }): boolean => /^(.+-)?words\.ts$/.test(basename(path))
const words = files.filter(isWords)

describe('the words of the window', () => {
  it('stand in files of words and nowhere else', () => {
    const strays = files
      .filter((file) => !isWords(file))
      .flatMap(({ path, source }) => readTexts(path, source).map(({ line, text }) => `${path}:${line}: ${text}`))
    expect(strays).toEqual([])
    expect(files.length).toBeGreaterThan(60)
    expect(words.length).toBeGreaterThan(10)
  })

  it('are in files without React, each short enough to be read through', () => {
    for (const { path, source } of words) {
      const { imports, lines } = parseSource(path, source)
      expect(imports.filter(({ to }) => /^react|\.tsx$/.test(to)).map(({ to }) => `${path}: ${to}`)).toEqual([])
      expect(lines, path).toBeLessThanOrEqual(300)
    }
  })

  it('are the words of the glossary, in short sentences', () => {
    const texts = words.flatMap(({ path, source }) =>
      allTexts(path, source).map(({ line, text }) => ({ at: `${path}:${line}: ${text}`, text }))
    )
    expect(texts.length).toBeGreaterThan(300)
    expect(texts.filter(({ text }) => NOT_OURS.test(text)).map(({ at }) => at)).toEqual([])
    const long = texts.filter(({ text }) => text.split(/[.!?] /).some((one) => wordsIn(one) > MOST_WORDS))
    expect(long.map(({ at }) => at)).toEqual([])
  })
})

describe('the finder of texts', () => {
  it.each([
    ['text between tags', '<p>Closed</p>', ['Closed']],
    ['a text as a child', "<p>{isOpen ? 'Open' : `Closed ${time}`}</p>", ['Open', 'Closed …']],
    ['a text behind a condition', "<p>{isOpen && 'open'}</p>", ['open']],
    ['an alternative', "<p>{name ?? 'nobody'}</p>", ['nobody']],
    ['a text that is put together', "<p>{count + ' bytes'}</p>", [' bytes']],
    ['a text in a placeholder', "<p title={`${n} ${n === 1 ? 'byte' : 'bytes'}`} />", ['byte', 'bytes']],
    ['a tooltip', '<i title="Close" />', ['Close']],
    ['a label for a screen reader', '<i aria-label={isOpen ? "Close" : word} />', ['Close']],
    ['a placeholder', '<input placeholder="none" />', ['none']],
    ['the name of a component', '<Sheet name="Ports" />', ['Ports']],
    [
      'a property that people read',
      "const item = { label: { lines: ['Copy', 'it'], anchor: 'end' }, title: `Copy ${what}` }",
      ['Copy', 'it', 'Copy …']
    ],
    ['a sentence in a variable', "const why = 'It is off.'", ['It is off.']],
    ['a sentence in a template', 'const rest = `${count} events`', ['… events']],
    [
      'a sentence that is returned',
      "function f() { return isOn ? null : 'The module is off.' }",
      ['The module is off.']
    ],
    ['a sentence as an argument', "say('Nothing to undo.')", ['Nothing to undo.']],
    [
      'a sentence that begins with a command',
      "<p>AT#SSLSEND sends it.</p>; say('#SSLS is 1 now.')",
      ['AT#SSLSEND sends it.', '#SSLS is 1 now.']
    ],
    ['a refusal that is made', "reject(new Error('Not connected.'))", ['Not connected.']]
  ])('finds %s', (_name, source, expected) => {
    expect(readTexts('planted.tsx', source).map(({ text }) => text)).toEqual(expected)
  })

  it.each([
    ['words from a words file', '<p title={words.close}>{words.name(file)}: {count} · </p>'],
    ['class names', '<p className={`btn sm ${isOn ? "on now" : "off"}`} />'],
    ['class names that are set', "element.className = 'btn line sm'; const props = { className: 'a bb cc' }"],
    ['ids and data', '<p id="the list" data-key="the list" key={`of ${id}`} role="tab" aria-controls={`of ${id}`} />'],
    ['names of icons and fields', '<><Icon name="close" /><input name="port" type="text" /></>'],
    [
      'drawings',
      '<path d={`M1 2.5 ${x}`} textAnchor="middle" />; const a = `M${x} ${y} A${r} ${r}`; const b = { anchor: \'end\' }'
    ],
    [
      'selectors',
      "document.querySelector('div.of p'); focusSoon('.term:not(.behind) .helper'); useMedia('(a: b) and c')"
    ],
    ['comparisons', "if (key === 'go on' || kind === 'Closed') act('closed')"],
    ['figures with a unit', '<b title={`${ms} ms`}>{bytes} B</b>; const size = `${(bytes / 1e6).toFixed(1)} MB`'],
    [
      'AT commands',
      'const line = `AT#SSLD=1,${port},"${host}",0,0`; <b title={`AT${instance}`}>AT{instance} AT#SSLS?</b>'
    ],
    ['media types', "new Blob([], { type: 'text/plain' }); const sort = 'text/plain; charset=utf-8'"],
    ['types', "type Kind = 'at rest' | 'under way'; const kind = 'open' as 'at rest'"],
    ['what is thrown at a programmer', "throw new Error('A part of the dock is drawn outside of it.')"],
    ['imports', "import { a } from './two words.ts'"]
  ])('passes over %s', (_name, source) => {
    expect(readTexts('planted.tsx', source)).toEqual([])
  })

  it('reads every text of a words file, and counts its words', () => {
    const source =
      'export const w = { a: { b: `On ${x}`, c: (n: number) => (n === 1 ? "one" : list(["two", "three"])) } }'
    expect(allTexts('words.ts', source).map(({ text }) => text)).toEqual(['On …', 'one', 'two', 'three'])
    expect(wordsIn('The server’s certificate … has expired')).toBe(6)
    expect(NOT_OURS.test('The far end hung up.')).toBe(true)
  })
})

function wordsIn(sentence: string): number {
  return sentence.split(/\s+/).filter((word) => /[\p{L}\d…]/u.test(word)).length
}
