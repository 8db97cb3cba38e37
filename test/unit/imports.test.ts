import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSource, readSources, type Import, type SourceFile } from '../fixtures/import-graph.ts'

// Who may import whom, checked on the sources.

const root = resolve(import.meta.dirname, '../..')
const sources = readSources(root, 'src')

/** What a part may import besides its own files. `any`: any package except the confined ones. */
interface Rule {
  readonly part: string
  readonly parts: readonly string[]
  readonly packages: readonly string[] | 'any'
}

/** Packages that only these files may use. */
const confined = [
  { package: 'electron', homes: ['src/main/desktop/shell.ts', 'src/preload/'] },
  // Writes certificates. Keys and signatures are made by node:crypto.
  {
    package: 'node-forge',
    homes: ['src/main/lab/authority.ts', 'src/main/lab/certificate-body.ts', 'src/main/lab/certificates.ts']
  }
] as const

const rules: readonly Rule[] = [
  { part: 'src/shared/', parts: [], packages: ['valibot'] },
  // Pure: from bytes and values to bytes and values.
  { part: 'src/main/x509/', parts: ['src/shared/'], packages: ['node:crypto'] },
  { part: 'src/main/tls/', parts: ['src/shared/'], packages: ['node:crypto'] },
  // TLS, time, storage and network are passed in.
  { part: 'src/main/module/', parts: ['src/shared/'], packages: ['valibot'] },
  { part: 'src/main/clock/', parts: ['src/shared/'], packages: [] },
  // Services of this machine that several parts use; it knows none of them.
  { part: 'src/main/host/', parts: ['src/shared/'], packages: 'any' },
  // The outside world, each side separate.
  { part: 'src/main/ports/', parts: ['src/shared/', 'src/main/host/'], packages: 'any' },
  { part: 'src/main/bearer/', parts: ['src/shared/'], packages: 'any' },
  {
    part: 'src/main/lab/',
    parts: ['src/shared/', 'src/main/host/', 'src/main/tls/', 'src/main/x509/'],
    packages: 'any'
  },
  // A TLS client of this machine, independent of the module.
  { part: 'src/main/chain-fetch/', parts: ['src/shared/', 'src/main/x509/'], packages: 'any' },
  // Reads capture files with the parsers of the TLS engine. Pure, except for the thread that runs it.
  {
    part: 'src/main/capture/',
    parts: ['src/shared/', 'src/main/tls/', 'src/main/x509/'],
    packages: ['node:fs', 'node:path', 'node:worker_threads']
  },
  { part: 'src/main/timeline/', parts: ['src/shared/', 'src/main/host/'], packages: 'any' },
  { part: 'src/main/state/', parts: ['src/shared/', 'src/main/host/'], packages: 'any' },
  // The options of the command line. Addresses are parsed by the parts that use them.
  {
    part: 'src/main/options/',
    parts: ['src/shared/', 'src/main/host/', 'src/main/bearer/', 'src/main/ports/', 'src/main/state/'],
    packages: 'any'
  },
  // Joins the parts. It does not know how it is reached or who checks calls.
  {
    part: 'src/main/simulator/',
    parts: [
      'src/shared/',
      'src/main/doctor/',
      'src/main/bearer/',
      'src/main/capture/',
      'src/main/chain-fetch/',
      'src/main/clock/',
      'src/main/control/',
      'src/main/host/',
      'src/main/lab/',
      'src/main/module/',
      'src/main/options/',
      'src/main/ports/',
      'src/main/state/',
      'src/main/timeline/',
      'src/main/tls/',
      'src/main/x509/'
    ],
    packages: ['node:crypto', 'node:fs', 'node:os', 'node:path', 'valibot']
  },
  // A simulator of its own, in memory and virtual time.
  {
    part: 'src/main/check/',
    parts: [
      'src/shared/',
      'src/main/bearer/',
      'src/main/clock/',
      'src/main/host/',
      'src/main/lab/',
      'src/main/module/',
      'src/main/options/',
      'src/main/simulator/',
      'src/main/state/',
      'src/main/timeline/'
    ],
    packages: 'any'
  },
  {
    part: 'src/main/cli/',
    parts: [
      'src/shared/',
      'src/main/check/',
      'src/main/doctor/',
      'src/main/host/',
      'src/main/options/',
      'src/main/simulator/'
    ],
    packages: 'any'
  },
  // Looks at this machine from outside, as a terminal program would.
  { part: 'src/main/doctor/', parts: ['src/shared/', 'src/main/host/', 'src/main/ports/'], packages: 'any' },
  { part: 'src/main/control/', parts: ['src/shared/', 'src/main/host/'], packages: 'any' },
  // The decisions of the desktop shell, without Electron, whose parts are passed in.
  { part: 'src/main/desktop/', parts: ['src/shared/', 'src/main/host/'], packages: 'any' },
  { part: 'src/preload/', parts: ['src/shared/'], packages: ['electron'] },
  {
    part: 'src/renderer/',
    parts: ['src/shared/'],
    packages: [
      'react',
      'react-dom',
      '@xterm/xterm',
      '@xterm/addon-fit',
      '@xterm/addon-search',
      'dockview-react',
      'lucide-react',
      'match-sorter'
    ]
  }
]

/** Parts of node-forge that read, make or use a private key. */
const SIGNS_BY_FORGE = /privateKeyFrom|\.sign\(|\bmd\.|rsa\.generateKeyPair/

/** Entry points: the only files directly in src/main. */
const entryPoints = ['src/main/index.ts', 'src/main/cli.ts']

/** The only file that may import anything: it passes Electron and the parts to the desktop shell. */
const composer = 'src/main/desktop/shell.ts'

/** Where time, random numbers and timers only come through interfaces. */
const timeless = ['src/main/module/', 'src/main/tls/', 'src/main/x509/']
const forbiddenThere = [
  'setTimeout',
  'setInterval',
  'setImmediate',
  'queueMicrotask',
  'Date.now',
  'new Date',
  'Math.random',
  'performance.now'
]

describe('who may import whom', () => {
  it.each(rules)('$part imports only what its rule names', (rule) => {
    expect(breaches(rule, sources)).toEqual([])
  })

  it('every part has a rule', () => {
    expect(unruled(sources)).toEqual([])
  })

  it('no rule is for nothing', () => {
    expect(idle(rules, sources)).toEqual([])
  })

  it('the entry points and the composer exist', () => {
    expect([...entryPoints, composer].filter((path) => !sources.some((source) => source.path === path))).toEqual([])
  })

  it.each(confined)('$package stays where it belongs', (confinement) => {
    expect(escapes(confinement, sources)).toEqual([])
  })

  it('node-forge gets no private key and signs nothing: node:crypto does', () => {
    const forge = confined.find((one) => one.package === 'node-forge')!
    const texts = forge.homes.map((path) => ({ path, text: readFileSync(resolve(root, path), 'utf8') }))
    expect(
      texts.filter(({ text }) => !text.includes("import('node-forge')") && !text.includes("'node-forge'"))
    ).toEqual([])
    expect(texts.filter(({ text }) => SIGNS_BY_FORGE.test(text)).map(({ path }) => path)).toEqual([])
    for (const planted of [
      'pki.privateKeyFromPem(pem)',
      'ca.sign(key, forge.md.sha256.create())',
      'rsa.generateKeyPair(2)'
    ])
      expect(SIGNS_BY_FORGE.test(planted), planted).toBe(true)
  })

  it('no file imports itself in a circle', () => {
    expect(circles(sources)).toEqual([])
  })

  it('no folder imports itself in a circle', () => {
    expect(foldersOf(sources).flatMap((folder) => circles(roomsOf(folder, sources)))).toEqual([])
  })

  it('every import can be read from the source', () => {
    expect(written(sources.flatMap((source) => source.imports).filter(({ to }) => to === '(computed)'))).toEqual([])
  })

  it('relative imports name the file with its ending', () => {
    const paths = new Set(sources.map(({ path }) => path))
    const relative = sources.flatMap((source) => source.imports).filter(({ to }) => to.startsWith('src/'))
    expect(written(relative.filter(({ to }) => !paths.has(to) && !/\.(css|html|svg|woff2)(\?\w+)?$/.test(to)))).toEqual(
      []
    )
  })
})

describe('what is handed in', () => {
  it.each(timeless)('%s has no time, chance or timers of its own', (part) => {
    expect(ambientUse(sources.filter(({ path }) => path.startsWith(part)))).toEqual([])
  })
})

/** A file is one idea; a longer one has a second. */
const MOST_LINES = 340

describe('files of one thing', () => {
  it(`no source file is longer than ${MOST_LINES} lines`, () => {
    expect(
      sources.filter(({ lines }) => lines > MOST_LINES).map(({ path, lines }) => `${path}: ${lines} lines`)
    ).toEqual([])
  })
})

describe('the checker itself', () => {
  const plant = (path: string, text: string): SourceFile[] => [parseSource(path, text)]

  it('reads the whole project', () => {
    expect(sources.length).toBeGreaterThan(100)
    expect(sources.flatMap((source) => source.imports).length).toBeGreaterThan(200)
  })

  it.each([
    ['import', "import { connect } from 'node:net'"],
    ['import type', "import type { Socket } from 'node:net'"],
    ['re-export', "export { connect } from 'node:net'"],
    ['star re-export', "export * from 'node:net'"],
    ['import()', "const net = await import('node:net')"],
    ['typeof import()', "let net: typeof import('node:net')"],
    ['require', "const net = require('node:net')"],
    ['createRequire', "const net = createRequire(import.meta.url)('node:net')"]
  ])('finds a planted %s', (_kind, text) => {
    const rule = rules.find(({ part }) => part === 'src/main/module/')!
    expect(breaches(rule, plant('src/main/module/ssl/planted.ts', text))).toEqual([
      'src/main/module/ssl/planted.ts → node:net'
    ])
  })

  it('finds a planted import of another part', () => {
    const rule = rules.find(({ part }) => part === 'src/main/ports/')!
    expect(breaches(rule, plant('src/main/ports/planted.ts', "import { Lab } from '../lab/lab.ts'"))).toEqual([
      'src/main/ports/planted.ts → src/main/lab/lab.ts'
    ])
  })

  it('finds Electron and node-forge outside their homes', () => {
    expect(escapes(confined[0], plant('src/main/control/planted.ts', "import { app } from 'electron'"))).toHaveLength(1)
    expect(
      escapes(confined[1], plant('src/main/x509/planted.ts', "import forge from 'node-forge/lib/pki.js'"))
    ).toHaveLength(1)
  })

  it('finds a file that lies loose', () => {
    expect(unruled(plant('src/main/planted.ts', ''))).toEqual(['src/main/planted.ts'])
  })

  it('finds a rule for a part, for a part that it names and for a package that nothing uses', () => {
    const rule: Rule = { part: 'src/main/clock/', parts: ['src/shared/', 'src/main/lab/'], packages: ['node:os'] }
    expect(idle([rule], [])).toEqual(['src/main/clock/: no file'])
    const planted = plant('src/main/clock/planted.ts', "import { a } from '../../shared/a.ts'")
    expect(idle([rule], planted)).toEqual([
      'src/main/clock/: src/main/lab/ is never imported',
      'src/main/clock/: node:os is never imported'
    ])
  })

  // A cycle of types runs, but neither file can be read without the other.
  it.each(['import', 'import type'])('finds a circle that %s closes', (keyword) => {
    const there = parseSource('src/shared/a.ts', "import { b } from './b.ts'")
    expect(circles([there, parseSource('src/shared/b.ts', `${keyword} { a } from './a.ts'`)])).toEqual([
      'src/shared/a.ts → src/shared/b.ts → src/shared/a.ts'
    ])
  })

  it('finds a circle of folders where no file is in one', () => {
    const [mine, theirs] = [
      parseSource('src/shared/mine/a.ts', "import { b } from '../theirs/b.ts'"),
      parseSource('src/shared/theirs/c.ts', "import type { d } from '../mine/d.ts'")
    ]
    expect(circles([mine, theirs])).toEqual([])
    expect(foldersOf([mine])).toEqual(['src', 'src/shared', 'src/shared/mine'])
    expect(circles(roomsOf('src/shared', [mine, theirs]))).toEqual([
      'src/shared/mine → src/shared/theirs → src/shared/mine'
    ])
  })

  it('finds time, chance and timers, and lets a date from a number be', () => {
    const text =
      'setTimeout(f, 1); const t = Date.now(); const d = new Date(); const r = [Math.random]; const fine = new Date(5)'
    expect(ambientUse(plant('src/main/tls/planted.ts', text))).toEqual(
      ['setTimeout', 'Date.now', 'new Date', 'Math.random'].map((name) => `src/main/tls/planted.ts: ${name}`)
    )
  })

  it('does not pass over a file that it cannot read', () => {
    expect(() => parseSource('src/shared/planted.ts', 'import {')).toThrow(/planted/)
  })
})

function breaches(rule: Rule, files: readonly SourceFile[]): string[] {
  const allowed = ({ from, to }: Import): boolean => {
    if (to.startsWith('src/')) return [rule.part, ...rule.parts].some((part) => to.startsWith(part))
    return rule.packages === 'any' ? !isConfined(to) || livesIn(to, from) : rule.packages.includes(packageOf(to))
  }
  return written(
    files
      .filter(({ path }) => path.startsWith(rule.part) && path !== composer)
      .flatMap(({ imports }) => imports.filter((one) => !allowed(one)))
  )
}

function unruled(files: readonly SourceFile[]): string[] {
  return files
    .map(({ path }) => path)
    .filter((path) => !rules.some(({ part }) => path.startsWith(part)) && !entryPoints.includes(path))
}

/** Returns rules for folders that do not exist, and permissions that nothing uses. */
function idle(all: readonly Rule[], files: readonly SourceFile[]): string[] {
  return all.flatMap(({ part, parts, packages }) => {
    const mine = files.filter(({ path }) => path.startsWith(part) && path !== composer)
    if (mine.length === 0) return [`${part}: no file`]
    const targets = mine.flatMap(({ imports }) => imports.map(({ to }) => to))
    const unused = [
      ...parts.filter((one) => !targets.some((to) => to.startsWith(one))),
      ...(packages === 'any' ? [] : packages.filter((one) => !targets.some((to) => packageOf(to) === one)))
    ]
    return unused.map((one) => `${part}: ${one} is never imported`)
  })
}

function escapes(confinement: (typeof confined)[number], files: readonly SourceFile[]): string[] {
  const outside = files.filter(({ path }) => !confinement.homes.some((home) => path.startsWith(home)))
  return written(outside.flatMap(({ imports }) => imports.filter(({ to }) => packageOf(to) === confinement.package)))
}

/** Returns every folder with a file in it, at any depth. */
function foldersOf(files: readonly SourceFile[]): string[] {
  return [
    ...new Set(
      files.flatMap(({ path }) =>
        path
          .split('/')
          .slice(0, -1)
          .map((_, depth, names) => names.slice(0, depth + 1).join('/'))
      )
    )
  ].toSorted()
}

/** Returns the content of a folder, each sub-folder as one item, with the imports between the items. */
function roomsOf(folder: string, files: readonly SourceFile[]): Pick<SourceFile, 'path' | 'imports'>[] {
  const roomOf = (path: string): string | null =>
    path.startsWith(`${folder}/`)
      ? path
          .split('/')
          .slice(0, folder.split('/').length + 1)
          .join('/')
      : null
  const rooms = new Map<string, Set<string>>()
  for (const { path, imports } of files) {
    const room = roomOf(path)
    if (room === null) continue
    const targets = rooms.get(room) ?? new Set()
    for (const { to } of imports) targets.add(roomOf(to) ?? room)
    targets.delete(room)
    rooms.set(room, targets)
  }
  return [...rooms].map(([from, targets]) => ({ path: from, imports: [...targets].map((to) => ({ from, to })) }))
}

function circles(files: readonly Pick<SourceFile, 'path' | 'imports'>[]): string[] {
  const targets = new Map(files.map(({ path, imports }) => [path, imports.map(({ to }) => to)]))
  const found: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path)
    if (start >= 0) found.push([...trail.slice(start), path].join(' → '))
    if (start >= 0 || done.has(path)) return
    for (const target of targets.get(path) ?? []) visit(target, [...trail, path])
    done.add(path)
  }
  for (const path of targets.keys()) visit(path, [])
  return found
}

function ambientUse(files: readonly SourceFile[]): string[] {
  return files.flatMap(({ path, ambient }) =>
    ambient
      .filter((name) => forbiddenThere.includes(name.replace(/^globalThis\./, '')))
      .map((name) => `${path}: ${name}`)
  )
}

function isConfined(to: string): boolean {
  return confined.some((one) => one.package === packageOf(to))
}

function livesIn(to: string, path: string): boolean {
  return confined.some((one) => one.package === packageOf(to) && one.homes.some((home) => path.startsWith(home)))
}

/** Returns the package of an import: `@xterm/xterm/css/xterm.css` is in `@xterm/xterm`. */
function packageOf(to: string): string {
  return to
    .split('/')
    .slice(0, to.startsWith('@') ? 2 : 1)
    .join('/')
}

function written(imports: readonly Import[]): string[] {
  return imports.map(({ from, to }) => `${from} → ${to}`)
}
