import { execFileSync } from 'node:child_process'
import { chownSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'
import { answerPattern, type Leave, type Step } from './recipe.ts'

/** Long enough for a slow machine with other things to do; a person would wait as long. */
const answerLimitMs = 40_000
/** A program that is still starting may lose what is typed; a person types it again after this. */
const againAfterMs = 2_000
const tries = 20

/** A keyboard and a screen: one program in a tmux of its own. */
export class Screen {
  private readonly folder = mkdtempSync(join(tmpdir(), 'terminal-test-'))
  /** How much of the screen has been read; what comes next is below it. */
  private readChars = 0

  /** `user` runs it under another id. */
  constructor(
    command: string,
    home: string,
    private readonly user: { readonly uid?: number; readonly gid?: number } = {}
  ) {
    if (user.uid !== undefined) chownSync(this.folder, user.uid, user.gid!)
    // Wide and high, so that nothing wraps or scrolls away. One call: a program that ends at once would take the server with it before a second call came.
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

  /** Types `AT` until it is answered. What comes afterwards is no answer to it, though it was typed several times. */
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
    // Answers come in order: this one's comes after all of the others.
    this.tmux('send-keys', 'AT+CGMI', 'Enter')
    await this.see(['Telit', 'OK'], answerLimitMs)
  }

  /** Does one step of a recipe; `caFile` is the file to paste. */
  async step({ type, paste, key, waitS, answer }: Step, caFile: string): Promise<void> {
    // The guard time before +++ is silence: the one thing in these tests that only passing time can make.
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

  /** Presses what ends the program, and waits until it has ended. */
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

  /** All that was ever shown: what a program says as it ends has scrolled above the top when tmux adds that it is dead. */
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
      // Without it tmux takes the user's login shell, and a system user's ends at once: "This account is currently not available."
      env: { ...process.env, SHELL: '/bin/sh' },
      ...this.user
    })
  }
}
