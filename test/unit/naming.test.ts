import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { parseSync } from 'oxc-parser'
import { describe, expect, it } from 'vitest'
import { walk, type Node } from '../fixtures/import-graph.ts'

// Naming rules that the linter does not have, checked on the syntax trees of all sources and tests.

const PASCAL = /^[A-Z][A-Za-z0-9]*$/
const CAMEL = /^_?[a-z][A-Za-z0-9]*_?$|^_+$/
const UPPER_SNAKE = /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/

const root = resolve(import.meta.dirname, '../..')
const files = ['src', 'test'].flatMap(filesBelow)
const named = files.flatMap(({ path, text }) => namesIn(path, text))

describe('names', () => {
  it.each([
    ['types are PascalCase', 'type', PASCAL],
    ['functions are camelCase, components PascalCase', 'function', /^(_?[a-z]|[A-Z][a-z])[A-Za-z0-9]*$/],
    [
      'variables inside a function are camelCase, constants there as those of a module',
      'local',
      /^(_?[a-z][A-Za-z0-9]*_?|_+|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*|[A-Z][a-z][A-Za-z0-9]*)$/
    ],
    [
      'constants of a module are camelCase or UPPER_SNAKE_CASE, never mixed',
      'constant',
      /^(_?[a-z][A-Za-z0-9]*_?|[A-Z][A-Z0-9]*(_[A-Z0-9]+)*|[A-Z][A-Za-z0-9]*)$/
    ],
    ['parameters are camelCase, components PascalCase', 'parameter', /^(_?[a-z][A-Za-z0-9]*_?|_+|Component)$/]
  ] as const)('%s', (_title, kind, form) => {
    const of = named.filter((one) => one.kind === kind)
    expect(of.length).toBeGreaterThan(100)
    expect(of.filter(({ name }) => !form.test(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual([])
  })

  it('a PascalCase function is a component, in a .tsx file', () => {
    const wrong = named.filter(
      ({ kind, name, path }) => kind === 'function' && PASCAL.test(name) && !path.endsWith('.tsx')
    )
    expect(wrong.map(({ path, name }) => `${path}: ${name}`)).toEqual([])
  })

  it('a function that calls a hook of React is a hook or a component', () => {
    const wrong = named.filter(
      ({ kind, name, callsHook }) => kind === 'function' && callsHook && !/^use[A-Z]/.test(name) && !/^[A-Z]/.test(name)
    )
    expect(wrong.map(({ path, name }) => `${path}: ${name}`)).toEqual([])
    expect(named.filter(({ callsHook }) => callsHook).length).toBeGreaterThan(50)
  })

  it('literal constants of a module are UPPER_SNAKE_CASE', () => {
    const literals = named.filter(({ kind, path }) => kind === 'literal' && path.startsWith('src/'))
    expect(literals.length).toBeGreaterThan(300)
    expect(literals.filter(({ name }) => !UPPER_SNAKE.test(name)).map(({ path, name }) => `${path}: ${name}`)).toEqual(
      []
    )
  })

  it('files are kebab-case, and a PascalCase file has a component', () => {
    const fits = (path: string): boolean => {
      const name = basename(path)
      if (/^[a-z0-9]+(-[a-z0-9]+)*(\.(test|bench|d))?\.tsx?$/.test(name)) return true
      const isComponent = ({ kind, name: own }: Named): boolean =>
        (kind === 'function' || kind === 'constant') && PASCAL.test(own)
      return /^[A-Z][A-Za-z0-9]*\.tsx$/.test(name) && named.some((one) => one.path === path && isComponent(one))
    }
    expect(files.map(({ path }) => path).filter((path) => !fits(path))).toEqual([])
  })

  it('hooks have files that begin with use-, or stand with what they serve', () => {
    const inUseFiles = files.filter(({ path }) => basename(path).startsWith('use-'))
    const without = inUseFiles.filter(
      ({ path }) => !named.some((one) => one.path === path && one.kind === 'function' && /^use[A-Z]/.test(one.name))
    )
    expect(without.map(({ path }) => path)).toEqual([])
    expect(inUseFiles.length).toBeGreaterThan(20)
  })
})

describe('the checker itself', () => {
  it('finds what is planted', () => {
    const text =
      'type a_b = 1; function Do_it(x_y: 1) { const q_r = 1 }; const someThing = 5; function act() { useState() }'
    expect(namesIn('src/planted.ts', text)).toEqual([
      { path: 'src/planted.ts', kind: 'literal', name: 'someThing', callsHook: false },
      { path: 'src/planted.ts', kind: 'type', name: 'a_b', callsHook: false },
      { path: 'src/planted.ts', kind: 'function', name: 'Do_it', callsHook: false },
      { path: 'src/planted.ts', kind: 'parameter', name: 'x_y', callsHook: false },
      { path: 'src/planted.ts', kind: 'local', name: 'q_r', callsHook: false },
      { path: 'src/planted.ts', kind: 'function', name: 'act', callsHook: true }
    ])
    for (const name of ['a_b', 'x_y', 'q_r', 'Do_it', 'someThing']) expect(UPPER_SNAKE.test(name)).toBe(false)
    for (const name of ['a_b', 'x_y', 'Do_it']) expect(PASCAL.test(name) || CAMEL.test(name)).toBe(false)
  })
})

interface Named {
  readonly path: string
  /** `literal`: a constant of the file that is a number or a text. `constant`: any other constant of the file. */
  readonly kind: 'type' | 'function' | 'local' | 'constant' | 'literal' | 'parameter'
  readonly name: string
  /** Whether a function calls `useX`. */
  readonly callsHook: boolean
}

/** Returns every name that a file declares, its constants first. */
function namesIn(path: string, text: string): readonly Named[] {
  const { program, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path}: ${errors[0]!.message}`)
  const found: Named[] = []
  const note = (kind: Named['kind'], name: string, callsHook = false): number =>
    found.push({ path, kind, name, callsHook })
  const ofModule = new Set<unknown>()
  for (const statement of (program as unknown as { body: Node[] }).body) {
    const declared = (statement['declaration'] ?? statement) as Node
    if (declared.type !== 'VariableDeclaration') continue
    for (const one of declared['declarations'] as Node[]) {
      ofModule.add(one)
      const name = nameOf(one['id'])
      if (name === null) continue
      if (isFunction(one['init'])) note('function', name, callsHookIn(one['init']))
      else note(declared['kind'] === 'const' && isLiteral(one['init']) ? 'literal' : 'constant', name)
    }
  }
  walk(program, (node) => {
    const name = nameOf(node['id'])
    if (
      ['TSTypeAliasDeclaration', 'TSInterfaceDeclaration', 'ClassDeclaration', 'TSEnumDeclaration'].includes(node.type)
    ) {
      if (name !== null) note('type', name)
    } else if (node.type === 'FunctionDeclaration' && name !== null) note('function', name, callsHookIn(node))
    else if (node.type === 'VariableDeclarator' && name !== null && !ofModule.has(node))
      note(
        isFunction(node['init']) ? 'function' : 'local',
        name,
        callsHookIn(isFunction(node['init']) ? node['init'] : null)
      )
    if (isFunction(node) || node.type === 'FunctionDeclaration')
      for (const one of (node['params'] ?? []) as unknown[]) {
        const parameter = nameOf(one)
        if (parameter !== null && parameter !== 'this') note('parameter', parameter)
      }
  })
  return found
}

function callsHookIn(value: unknown): boolean {
  let calls = false
  walk(value === null ? [] : (value as Node)['body'], (node) => {
    const callee = node.type === 'CallExpression' ? nameOf(node['callee']) : null
    if (callee !== null && /^use(State|Effect|Ref|Memo|Callback|LayoutEffect|SyncExternalStore|Context)$/.test(callee))
      calls = true
  })
  return calls
}

function isFunction(value: unknown): boolean {
  return ['ArrowFunctionExpression', 'FunctionExpression'].includes((value as Node | null)?.type ?? '')
}

/** Returns whether a value is a number or text, or arithmetic with such. */
function isLiteral(value: unknown): boolean {
  const node = value as Node | null
  if (node === null || node === undefined) return false
  if (node.type === 'Literal') return ['number', 'string', 'bigint'].includes(typeof node['value'])
  if (node.type === 'UnaryExpression') return isLiteral(node['argument'])
  if (node.type === 'BinaryExpression') return isLiteral(node['left']) && isLiteral(node['right'])
  if (node.type === 'TSAsExpression') return isLiteral(node['expression'])
  return node.type === 'Identifier' && UPPER_SNAKE.test(node['name'] as string)
}

function nameOf(value: unknown): string | null {
  const node = value as Node | null | undefined
  return node?.type === 'Identifier' ? (node['name'] as string) : null
}

function filesBelow(folder: string): { readonly path: string; readonly text: string }[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: path.slice(root.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
}
