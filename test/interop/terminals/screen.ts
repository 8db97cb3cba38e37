import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { answerPattern, type Leave, type Step } from './recipe.ts'

/** Long enough for a slow and busy machine. */
const answerLimitMs = 40_000
/** A starting program may lose input; a person would type again after this time. */
const againAfterMs = 2_000
const tries = 20

/** A keyboard and a screen: one program in its own tmux. */
export class Screen {
  private readonly folder = mkdtempSync(join(tmpdir(), 'terminal-test-'))
  /** How much of the screen has been read; new output is below it. */
  private readChars = 0

  /** `user` runs it as another user. */
  constructor(
    command: string,
    home: string,
    private readonly user: { readonly uid?: number; readonly gid?: number } = {}
  ) {
    if (user.uid !== undefined) chownSync(this.folder, user.uid, user.gid!)
    // Large enough that nothing wraps or scrolls away. In one call: a program that ends at once would end the server
    // before a second call.
    this.tmux(
      'start-server',
      ';',
      'set-option',
      '-g',
      'remain-on-exit',
      'on',
      ';',
      'new-session',
      '-d',
      '-x',
      '160',
      '-y',
      '200',
      `cd ${home} && HOME=${home} LANG=C exec ${command}`
    )
  }

  /**
   * Types `AT` until there is a response. Later output is not a response to it, although it was typed several times.
   */
  async wake(): Promise<void> {
    for (let round = 1; ; round += 1) {
      this.tmux('send-keys', 'AT', 'Enter')
      try {
        await this.see(['OK'], againAfterMs)
        break
      } catch (error) {
        if (round === tries) throw error
      }
    }
    // Responses come in order: this one comes after all the others.
    this.tmux('send-keys', 'AT+CGMI', 'Enter')
    await this.see(['Telit', 'OK'], answerLimitMs)
  }

  /** Performs one step of a recipe; `caFile` is the file to paste. */
  async step({ type, paste, key, waitS, answer }: Step, caFile: string): Promise<void> {
    // The guard time before +++ is silence, which only passing time can produce.
    if (waitS !== undefined) await new Promise((resolve) => setTimeout(resolve, waitS * 1000))
    if (paste !== undefined) {
      this.tmux('load-buffer', caFile)
      this.tmux('paste-buffer')
    }
    if (type !== undefined) this.tmux('send-keys', '-l', type)
    if (key === 'Ctrl-Z') this.tmux('send-keys', 'C-z')
    else if (key === undefined) this.tmux('send-keys', 'Enter')
    await this.see(answer, answerLimitMs)
  }

  /** Presses the keys that end the program, and waits for its end. */
  async leave({ keys, question }: Pick<Leave, 'keys' | 'question'>): Promise<void> {
    for (const key of keys) this.tmux('send-keys', key)
    if (question) {
      await this.until(() => this.text().includes(question.text), question.text)
      this.tmux('send-keys', question.key)
    }
    await this.until(() => this.tmux('display-message', '-p', '#{pane_dead}').trim() === '1', 'the end of the program')
  }

  close(): void {
    try {
      this.tmux('kill-server')
    } catch {
      // It ends by itself when its program could not be started.
    }
    rmSync(this.folder, { recursive: true, force: true })
  }

  private async until(condition: () => boolean, what: string): Promise<void> {
    await vi.waitFor(
      () => {
        if (!condition()) throw new Error(`${what} did not come:\n${this.history()}`)
      },
      { timeout: answerLimitMs, interval: 40 }
    )
  }

  private async see(lines: readonly string[], timeoutMs: number): Promise<void> {
    const pattern = answerPattern(lines)
    await vi.waitFor(
      () => {
        const text = this.text()
        const found = pattern.exec(text.slice(this.readChars))
        if (!found) throw new Error(`${lines.join(' / ')} did not appear on the screen:\n${this.history()}`)
        this.readChars += found.index + found[0].length
      },
      { timeout: timeoutMs, interval: 40 }
    )
  }

  private text(): string {
    return this.tmux('capture-pane', '-p').trimEnd()
  }

  /** Returns everything that was ever shown: the last output of a program scrolls away when tmux reports its end. */
  private history(): string {
    return this.tmux('capture-pane', '-p', '-S', '-')
      .replace(/\n{3,}/g, '\n\n')
      .trimEnd()
  }

  private tmux(...args: readonly string[]): string {
    return execFileSync('tmux', ['-S', join(this.folder, 'tmux'), '-f', '/dev/null', ...args], {
      cwd: '/',
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      // tmux would use the user's login shell, and that of a system user ends at once: "This account is currently not
      // available."
      env: { ...process.env, SHELL: '/bin/sh' },
      ...this.user
    })
  }
}
