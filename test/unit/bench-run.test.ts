import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { repository } from '../fixtures/setup-scripts.ts'

interface Measured {
  readonly results: Readonly<Record<string, unknown>>
  readonly failures: Readonly<Record<string, string>>
}
interface MeasureModule {
  measureAll(
    parts: Readonly<Record<string, () => Promise<unknown>>>,
    options?: { signal?: AbortSignal }
  ): Promise<Measured>
}
interface ProgramsModule {
  startWithLine(
    command: string,
    args: readonly string[]
  ): Promise<{ readonly child: { readonly signalCode: string | null } }>
}
interface PageModule {
  benchmarksPage(root: string, results: object, rounds: number, failures?: Readonly<Record<string, string>>): string
}

const bench = async <T>(file: string): Promise<T> =>
  await import(pathToFileURL(join(repository, 'test/bench', file)).href)
const { measureAll } = await bench<MeasureModule>('measure.mjs')

/** The run of the benchmarks: what it requires at its start, and what remains when a part fails. */
describe('npm run bench', () => {
  const path = mkdtempSync(join(tmpdir(), 'telit-sim-bench-path-'))
  afterAll(() => rmSync(path, { recursive: true, force: true }))

  it('names every missing program and one command that installs all of them before it measures anything', () => {
    const bin = join(path, 'bin')
    mkdirSync(bin)
    const openssl = ['/usr/bin/openssl', '/usr/local/bin/openssl'].find((file) => existsSync(file))
    if (openssl !== undefined) symlinkSync(openssl, join(bin, 'openssl'))
    const run = (...args: string[]): [number | null, string] => {
      const { status, stderr } = spawnSync(process.execPath, [join(repository, 'test/bench/bench.mjs'), ...args], {
        encoding: 'utf8',
        env: { PATH: bin, CHROMIUM: join(path, 'no-chromium') }
      })
      return [status, stderr]
    }
    expect(run()).toEqual([
      3,
      expect.stringMatching(
        /^bench: nothing was measured, because cc, .*gnutls-cli, .*curl, .*chromium are missing: apt-get install gcc libc6-dev .*gnutls-bin curl .*chromium\n$/
      )
    ])
    // A single part requires only its own programs.
    expect(run('--only', 'roundTrip')).toEqual([
      3,
      'bench: nothing was measured, because cc is missing: apt-get install gcc libc6-dev\n'
    ])
  })

  it('keeps what was measured when a later part fails, and goes on with the parts after it', async () => {
    const { results, failures } = await measureAll({
      first: async () => 1,
      second: () => Promise.reject(new Error('proftpd did not start.\nits configuration')),
      third: async () => 3
    })
    expect(results).toEqual({ first: 1, third: 3 })
    expect(failures).toEqual({ second: 'proftpd did not start' })
  })

  it('ends the programs that a failed part has left running', async () => {
    const { startWithLine } = await bench<ProgramsModule>('programs.mjs')
    let left: Awaited<ReturnType<ProgramsModule['startWithLine']>> | null = null
    await measureAll({
      failing: async () => {
        left = await startWithLine(process.execPath, ['-e', 'console.log("ready"); setInterval(() => {}, 1000)'])
        throw new Error('failed')
      }
    })
    expect(left!.child.signalCode).toBe('SIGKILL')
  })

  it('keeps what was measured when it is interrupted, and says of each other part that it was not', async () => {
    const interrupted = new AbortController()
    const { results, failures } = await measureAll(
      {
        first: async () => 1,
        second: () => {
          interrupted.abort()
          return new Promise(() => {})
        },
        third: async () => 3
      },
      { signal: interrupted.signal }
    )
    expect(results).toEqual({ first: 1 })
    expect(failures).toEqual({ second: 'the run was interrupted', third: 'the run was interrupted' })
  })

  it('says on the page which parts are missing, and why', async () => {
    const { benchmarksPage } = await bench<PageModule>('page.mjs')
    const page = benchmarksPage(repository, { pacing: [{ baud: 300, measuredBaud: 300, offPercent: 0 }] }, 21, {
      flood: 'chromium went away'
    })
    expect(page).toContain('**Not measured in this run**')
    expect(page).toContain('- `flood`: chromium went away. (`npm run bench -- --only flood`)')
    expect(page).toContain('## UART pacing')
    expect(benchmarksPage(repository, {}, 21)).not.toContain('Not measured')
  })
})
