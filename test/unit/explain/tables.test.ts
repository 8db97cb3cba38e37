import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { explain } from '../../../src/shared/explain/explain.ts'
import { general } from '../../../src/shared/explain/general.ts'
import { byError, byFinding } from '../../../src/shared/explain/tables.ts'
import type { CmeErrorName } from '../../../src/shared/rules/errors.ts'
import { cmeErrors, hostFailure } from '../../../src/shared/rules/errors.ts'
import { ruleById, rules } from '../../../src/shared/rules/rules.ts'
import type { TimelineEvent } from '../../../src/shared/timeline/events.ts'
import { listSource } from '../../../src/shared/timeline/source.ts'
import { WhyBench } from '../../fixtures/why-bench.ts'

// Every error of the module has its own explanation, and none fails on a failure without values.

const bench = new WhyBench()
const sources = sourcesIn('src/main/module')
const text = sources.map((path) => readFileSync(path, 'utf8')).join('\n')

/** Error names in the sources where the module makes its failures. A `kind` of the same name does not count. */
const giving = text.replace(/(?:kind(?::| ===)|case) '\w+'/g, '')
const given = (Object.keys(cmeErrors) as CmeErrorName[]).filter((name) => giving.includes(`'${name}'`))

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
}

function told(error: CmeErrorName | null, finding?: keyof typeof byFinding) {
  const failure = { ...hostFailure(error, 'Something went wrong.'), ...(finding ? { finding } : {}) }
  const event: TimelineEvent = {
    seq: 7,
    moduleMs: 1,
    wallMs: 1,
    cause: null,
    instance: 0,
    what: { kind: 'result', word: 'ERROR', failure }
  }
  return explain(listSource([event]), 7, bench.snapshot())!
}

describe('the table of errors', () => {
  it('finds the errors that the module gives', () => {
    expect(given.length).toBeGreaterThan(35)
    expect(given).toEqual(
      expect.arrayContaining([
        'sslGeneric',
        'sslCannotActivate',
        'sslHandshake',
        'sslEncryption',
        'memoryFailure',
        'ftpBadResponse',
        'networkNotAllowed'
      ])
    )
  })

  it.each(given)('%s has an explanation of its own, with code, text and a remedy', (name) => {
    expect(byError[name]).not.toBe(general)
    const { error, title, remedies, parts, chain } = told(name)
    expect(error).toEqual({
      name,
      code: cmeErrors[name].code,
      text: cmeErrors[name].text,
      answer: `+CME ERROR: ${cmeErrors[name].code}`
    })
    expect(title).not.toMatch(/[.!]$|undefined|null/)
    expect(remedies.length).toBeGreaterThan(0)
    expect(parts.length).toBeGreaterThan(0)
    expect(chain).toEqual([7])
  })

  it('an error that nothing is known of gets its own words and nothing made up', () => {
    expect(told('phoneFailure')).toMatchObject({
      id: 'phone-failure',
      title: 'Something went wrong',
      happened: [{ sentence: 'Something went wrong.' }]
    })
    expect(told(null)).toMatchObject({ id: 'error', error: { name: null, code: null, answer: 'ERROR' } })
  })
})

describe('faults on purpose', () => {
  it('are told with what they broke', () => {
    const command: TimelineEvent = {
      seq: 1,
      moduleMs: 1,
      wallMs: 1,
      cause: null,
      instance: 0,
      what: { kind: 'command', name: '#SSLD', text: '#SSLD=1,1,"x",0,1' }
    }
    const fault: TimelineEvent = {
      seq: 2,
      moduleMs: 1,
      wallMs: 1,
      cause: 1,
      instance: null,
      what: { kind: 'fault', sentence: 'The next connection is refused.' }
    }
    const failure = hostFailure('sslSocket', 'x refused the TCP connection.', { finding: 'tcp-refused' })
    const result: TimelineEvent = {
      seq: 3,
      moduleMs: 1,
      wallMs: 1,
      cause: 1,
      instance: 0,
      what: { kind: 'result', word: 'ERROR', failure }
    }
    const told = explain(listSource([command, fault, result]), 3, bench.snapshot())!
    expect(told.happened.at(-1)).toEqual({
      sentence: 'It was caused on purpose: The next connection is refused.',
      seq: 2
    })
    expect(told.chain).toEqual([1, 2, 3])
  })
})

describe('rules that failures name', () => {
  const named = [...new Set([...text.matchAll(/rule: '([^']+)'/g)].map(([, id]) => id!))]

  it.each(named)('%s can be shown', (id) => {
    if (/^[GDM]-/.test(id)) expect(ruleById(id)).toBeDefined()
    else expect(id).toMatch(/^at-reference \d|^RFC \d/)
  })

  it('words of an explanation are not those of a rule', () => {
    const words = sourcesIn('src/shared/explain')
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n')
    for (const { sentence } of rules) expect(words).not.toContain(sentence)
  })
})

describe('findings', () => {
  /** The findings named in the code, taken from the sources, so that a new one cannot be forgotten. */
  const found = [...sources, ...sourcesIn('src/main/tls'), ...sourcesIn('src/main/x509')].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/finding: (?:[^,\n]*\? )?'([a-z0-9-]+)'/g)].map(([, id]) => id!)
  )

  it('each that is found is explained', () => {
    expect(found.length).toBeGreaterThan(30)
    for (const id of found) expect(Object.keys(byFinding)).toContain(id)
  })
})
