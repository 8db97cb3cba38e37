import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { allCharts } from '../../../src/shared/statecharts/index.ts'
import { sentEvents, type SourceText } from '../../fixtures/sent-events.ts'

/** A state that no event leads to is drawn in the window and can never be: each event has somebody who sends it. */
const root = resolve(import.meta.dirname, '../../..')
const sent = sentEvents(sourcesBelow('src/main/module'))

describe('the events of the statecharts', () => {
  it.each(Object.values(allCharts))('the module sends every event of the $id chart, and no other', ({ id, events }) => {
    expect([...(sent.get(id) ?? [])].toSorted()).toEqual(Object.keys(events).toSorted())
  })

  it('are sent to no chart that is not declared', () => {
    expect([...sent.keys()].filter((id) => !Object.hasOwn(allCharts, id))).toEqual([])
  })
})

describe('the reader of what is sent', () => {
  const read = (...files: readonly SourceText[]): Record<string, string[]> =>
    Object.fromEntries([...sentEvents(files)].map(([id, events]) => [id, [...events].toSorted()]))
  const file = (text: string, path = 'src/a/one.ts'): SourceText => ({ path, text })
  const holder = (body: string): string => `class One { constructor(private readonly chart: Chart<'ssl'>) {} ${body} }`

  it('finds an event in a literal, a condition, a table and behind a parameter', () => {
    expect(read(file(holder("a(): void { this.chart.send('DIAL', 1) }")))).toEqual({ ssl: ['DIAL'] })
    expect(read(file(holder("a(): void { this.chart.send(b ? 'ONE' : 'TWO') }")))).toEqual({ ssl: ['ONE', 'TWO'] })
    expect(
      read(file(`${holder('a(): void { this.chart.send(T[b]) }')} const T = { a: 'ONE', b: 'TWO' } as const`))
    ).toEqual({ ssl: ['ONE', 'TWO'] })
    expect(
      read(
        file(holder("a(): void { this.b(1, 'ONE') } b(n: number, event: E): void { this.chart.send(event) }")),
        file("one.b(2, 'TWO')", 'src/a/two.ts'),
        file("one.b(2, 'OTHER')", 'src/b/three.ts')
      )
    ).toEqual({ ssl: ['ONE', 'TWO'] })
    expect(
      read(
        file(holder("a(): void { this.#b('ONE'); other.b('TWO') } #b(event: E): void { this.chart.send(event) }")),
        file("one.b('THREE')", 'src/a/two.ts')
      )
    ).toEqual({ ssl: ['ONE'] })
    expect(read(file("this.charts.power.send('BOOTED')"))).toEqual({ power: ['BOOTED'] })
  })

  it('finds the chart in what a file imports', () => {
    const parts = file("interface Parts { chart: Chart<'data'> }", 'src/a/parts.ts')
    expect(read(parts, file("import { a } from './parts.ts'; parts.chart.send('BLOCK')"))).toEqual({ data: ['BLOCK'] })
  })

  it('counts what is sent to a type that stands for several charts for each of them', () => {
    const base = file("type Both = Chart<'ssl'> | Chart<'socket'>; class A { chart: Both }", 'src/a/base.ts')
    expect(read(base, file("import { A } from './base.ts'; a.chart.send('SEND')"))).toEqual({
      ssl: ['SEND'],
      socket: ['SEND']
    })
  })

  it('counts neither a question nor what is sent to something else', () => {
    expect(read(file(holder("a(): void { if (this.chart.can('DIAL')) tls.send('DIAL') }")))).toEqual({})
  })

  it('refuses what it cannot tell', () => {
    expect(() => read(file(holder('a(): void { this.chart.send(event()) }')))).toThrow('which event is sent?')
    expect(() => read(file("chart.send('DIAL')"))).toThrow('which chart is sent to?')
  })
})

function sourcesBelow(folder: string): readonly SourceText[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
}
