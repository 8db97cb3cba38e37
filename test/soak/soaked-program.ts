import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ReadyLine } from '../fixtures/simulator-process.ts'
import type { Held } from './judge.ts'

/** What the program has in use at a moment. */
export interface Figures extends Held {
  readonly timelineBytes: number
  readonly rssBytes: number
}

/** The built program, headless, with the probe inside. */
export class SoakedProgram {
  readonly #child: ChildProcess
  readonly #folder: string
  readonly #ended: Promise<null>
  #stderr = ''
  #answered: (figures: Omit<Figures, 'descriptors'>) => void = () => {}

  private constructor(
    child: ChildProcess,
    folder: string,
    readonly ready: ReadyLine
  ) {
    this.#child = child
    this.#folder = folder
    this.#ended = once(child, 'exit').then(() => null)
    // Sent by the probe only, which is part of this test.
    child.on('message', (figures) => this.#answered(figures as Omit<Figures, 'descriptors'>))
  }

  static async start(root: string): Promise<SoakedProgram> {
    const program = join(root, 'out/main/cli.js')
    if (!existsSync(program)) throw new Error('out/main/cli.js is not built: run npm run build.')
    const folder = mkdtempSync(join(tmpdir(), 'telit-sim-soak-'))
    const execArgv = [...ENGINE_FLAGS, '--import', join(root, 'test/soak/probe.mjs')]
    const args = ['--headless', '--json', '--ui', '0', '--state', 'none', '--tcp', '0', '--link', join(folder, 'tty0')]
    const child = fork(program, args, { execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    let said = ''
    child.stderr!.on('data', (bytes: Buffer) => (said += bytes.toString()))
    const line = await Promise.race([firstLine(child), once(child, 'exit').then(() => null)])
    if (line === null) throw new Error(`The program ended before it was ready: ${said}`)
    const soaked = new SoakedProgram(child, folder, JSON.parse(line) as ReadyLine)
    child.stderr!.on('data', (bytes: Buffer) => (soaked.#stderr += bytes.toString()))
    return soaked
  }

  get stderr(): string {
    return this.#stderr
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  /** Asks the probe. Rejects when the program has ended. */
  async figures(): Promise<Figures> {
    if (this.hasEnded) throw new Error(`The program has ended: ${this.#stderr}`)
    const answer = new Promise<Omit<Figures, 'descriptors'>>((resolve) => (this.#answered = resolve))
    this.#child.send('figures')
    const told = await Promise.race([answer, this.#ended])
    if (told === null) throw new Error(`The program has ended: ${this.#stderr}`)
    return { ...told, descriptors: this.#descriptors() }
  }

  /** Ends it by a signal, and by force after a while. Returns its status. Safe to call twice. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM')
    const force = setTimeout(() => this.#child.kill('SIGKILL'), STOP_LIMIT_MS)
    await this.#ended
    clearTimeout(force)
    rmSync(this.#folder, { recursive: true, force: true })
    return this.#child.exitCode
  }

  #descriptors(): number | null {
    try {
      return readdirSync(`/proc/${this.#child.pid}/fd`).length
    } catch {
      return null
    }
  }
}

/**
 * Only memory of the program counts, not the engine's: each measurement collects several times, for which the engine
 * discards and recompiles code, and the level varies by up to 5 %.
 */
const ENGINE_FLAGS = ['--expose-gc', '--no-opt', '--no-flush-bytecode']
/** A program that takes longer to end has a bug. */
const STOP_LIMIT_MS = 15_000

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const take = (bytes: Buffer): void => {
      text += bytes.toString()
      const end = text.indexOf('\n')
      if (end >= 0) resolve(text.slice(0, end))
    }
    child.stdout!.on('data', take)
  })
}
