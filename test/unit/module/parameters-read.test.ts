import { describe, expect, it } from 'vitest'
import type { AnyHandler } from '../../../src/main/module/commands/handler.ts'
import { handlers } from '../../../src/main/module/commands/index.ts'
import {
  parametersOf,
  rangesOf,
  type CommandDeclaration,
  type ParameterDeclaration
} from '../../../src/shared/commands/declaration.ts'
import { commands } from '../../../src/shared/commands/index.ts'
import { products, profileOf } from '../../../src/shared/products/catalog.ts'
import type { ModuleProfile } from '../../../src/shared/products/profile.ts'
import { Bench } from '../../fixtures/bench.ts'
import { openFtp } from '../../fixtures/ftp-bench.ts'

// Every declared parameter is read by its handler: one that is accepted and ignored would mislead.

/** Parameters that no handler reads, with the reason. */
const unread: Readonly<Record<string, string>> = {
  '#SSLCFG unused3': 'the last two are dropped (D-1)',
  '#SSLCFG unused4': 'the last two are dropped (D-1)'
}

const withSet = (commands as readonly CommandDeclaration[]).filter(
  ({ forms, parameters }) => forms.includes('set') && parameters.length > 0
)

describe('the parameters of commands', () => {
  it('are read by their handlers, each in some line that a host can type', () => {
    const read = recordReads(() => {
      for (const command of withSet) for (const profile of profilesOf(command)) typeAll(command, profile)
      typeInSessions()
    })
    const declared = withSet.flatMap(({ name, parameters }) =>
      parameters.filter((one) => !hasOneValue(one)).map((one) => `${name} ${one.name}`)
    )
    expect([...new Set(declared)].filter((one) => !read.has(one)).toSorted()).toEqual(Object.keys(unread).toSorted())
  })

  it('are many, of which only those with one value are left out', () => {
    const declared = withSet.flatMap(({ parameters }) => parameters)
    expect(declared.length).toBeGreaterThan(100)
    expect(new Set(declared.filter(hasOneValue).map(({ name }) => name))).toEqual(
      new Set(['ssid', 'cid', 'n', 'unused1', 'unused2', 'unused3'])
    )
  })
})

/** Runs `what` and returns each argument that a handler reads, as `#SSLD port`. */
function recordReads(what: () => void): ReadonlySet<string> {
  const read = new Set<string>()
  const table = handlers as Record<string, AnyHandler>
  const before = { ...table }
  for (const [name, handler] of Object.entries(before)) {
    const { set } = handler
    if (!set) continue
    table[name] = {
      ...handler,
      set: (args, context) => {
        const watched = new Proxy(args, {
          get: (values, key) => {
            read.add(`${name} ${String(key)}`)
            return values[String(key)]
          }
        })
        return set(watched, context)
      }
    }
  }
  try {
    what()
  } finally {
    Object.assign(table, before)
  }
  return read
}

/** Returns the newest software of one product of each line on which the command has another set of parameters. */
function profilesOf(command: CommandDeclaration): readonly ModuleProfile[] {
  const different = new Map<string, ModuleProfile>()
  for (const { name, software } of products)
    for (const version of software) {
      const profile = profileOf(name, version.name)
      if (command.exists && !command.exists(profile)) continue
      const shape = parametersOf(command, profile)
        .map((one) => one.name)
        .join(',')
      if (!different.has(shape)) different.set(shape, profile)
    }
  return [...different.values()]
}

/**
 * Types the command with all its parameters, with the smallest and the largest value of each, before and after SSL is
 * enabled.
 */
function typeAll(command: CommandDeclaration, profile: ModuleProfile): void {
  const parameters = parametersOf(command, profile)
  for (const prepare of [[], ['AT#SGACT=1,1', 'AT#SSLEN=1,1']])
    for (const largest of [false, true]) {
      const bench = new Bench({ product: profile.product, software: profile.software })
      for (const line of prepare) bench.at(line)
      const values = parameters.map((one) => sample(one, profile, largest))
      const isBasic = /^[A-Z&\\%]/.test(command.name)
      bench.at(isBasic ? `AT${command.name}${values[0]}` : `AT${command.name}=${values.join(',')}`)
    }
}

/** Types lines that need a state which no single command reaches. */
function typeInSessions(): void {
  const ssl = new Bench().echo()
  for (const line of [
    'AT+CGDCONT=1,"IP","internet","10.0.0.1",1,1',
    'AT#SGACT=1,1',
    'AT#SSLEN=1,1',
    'AT#SSLSECDATA=1,1,1,20',
    '\x1b',
    'AT#SSLD=1,443,"123.124.125.126",0,1',
    'AT#SSLSEND=1,10',
    'abc\x1a',
    'AT#SSLSENDEXT=1,3,10',
    'abc'
  ])
    ssl.at(line)
  const { bench: ftp } = openFtp()
  for (const line of ['AT#FTPREST=5', 'AT#FTPPUT="a.bin",1', 'AT#FTPAPPEXT=5,1', 'bytes']) ftp.at(line)
}

/** Returns whether a parameter has only one value on all products. */
function hasOneValue(parameter: ParameterDeclaration): boolean {
  if (parameter.kind === 'text') return false
  const values = products.map(({ name }) => JSON.stringify(rangesOf(parameter, profileOf(name))))
  const [[from, to]] = JSON.parse(values[0]!) as [[number, number]]
  return new Set(values).size === 1 && JSON.parse(values[0]!).length === 1 && from === to
}

function sample(parameter: ParameterDeclaration, profile: ModuleProfile, largest: boolean): string {
  if (parameter.kind === 'text') return '"1"'
  const ranges = rangesOf(parameter, profile)
  return String(largest ? ranges.at(-1)![1] : ranges[0]![0])
}
