import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** What the shell did, as seen by the stand-in. */
export interface ShellFacts {
  readonly options: { readonly webPreferences: Readonly<Record<string, unknown>> } & Readonly<Record<string, unknown>>
  readonly url: string
  readonly sandboxed: boolean
  readonly schemes: readonly unknown[]
  readonly menu: readonly MenuFacts[] | null
  readonly bounds: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly maximized: boolean
  readonly minimized: boolean
  readonly visible: boolean
  readonly tray: readonly {
    readonly image: string
    readonly toolTip: string
    readonly menu: readonly (string | null)[]
  }[]
  /** How often the window was brought to the front. */
  readonly focused: number
  readonly about: Readonly<Record<string, string>> | null
  /** Permissions that either handler would grant. */
  readonly granted: readonly string[]
  readonly navigations: readonly { readonly url: string; readonly prevented: boolean }[]
  readonly windows: readonly { readonly url: string; readonly action: string }[]
  readonly refusedRequests: readonly string[]
  /** Console output of the page, and uncaught errors. */
  readonly console: readonly string[]
}

interface MenuFacts {
  readonly label?: string
  readonly role?: string
  readonly enabled?: boolean
  readonly checked?: boolean
  readonly submenu?: readonly MenuFacts[]
}

/** A dialog that the shell showed. */
export interface ShownDialog {
  readonly title?: string
  readonly message?: string
  readonly detail?: string
  readonly buttons?: readonly string[]
  readonly properties?: readonly string[]
}

export interface Exit {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
}

export interface ShellOptions {
  /** The built program; `out/main/index.js` of this checkout by default. */
  readonly program?: string
  readonly env?: Readonly<Record<string, string>>
  /** A person's answers to dialogs, in order: the number of a button, or paths. Esc for all later ones. */
  readonly answers?: readonly (number | readonly string[])[]
}

/** The real main bundle with the stand-in, as a child process. */
export class Shell {
  readonly exit: Promise<Exit>
  stdout = ''
  stderr = ''
  readonly #child: ChildProcess
  readonly #answers = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>()
  readonly #shown: Promise<void>
  /** Dialogs of the shell, in order. */
  readonly dialogs: ShownDialog[] = []
  readonly opened: string[] = []
  readonly copied: string[] = []
  readonly relaunches: (readonly string[])[] = []
  /** How often the window was shown and hidden, and each change of the tray icon. */
  shows = 0
  hides = 0
  readonly tray: boolean[] = []
  #chromiumPid: number | null = null
  #lastId = 0
  #news: (() => void)[] = []

  constructor(args: readonly string[], { program = builtProgram, env = {}, answers = [] }: ShellOptions = {}) {
    this.#child = fork(program, args, {
      execArgv: ['--import', join(import.meta.dirname, 'register.mjs')],
      env: { ...process.env, STANDIN_LIMIT_MS: String(limitMs), STANDIN_ANSWERS: JSON.stringify(answers), ...env },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc']
    })
    this.#child.stdout!.setEncoding('utf8').on('data', (text: string) => (this.stdout += text))
    this.#child.stderr!.setEncoding('utf8').on('data', (text: string) => (this.stderr += text))
    // `close` comes after all output was read.
    this.exit = once(this.#child, 'close').then(([status, signal]) => ({ status, signal }) as Exit)
    void this.exit.then(() => {
      for (const { reject } of this.#answers.values()) reject(new Error(`The shell ended: ${this.stderr}`))
    })
    const shown = new Promise<void>((resolve) => {
      this.#child.on('message', (message: ShellNews) => {
        if (message.event === 'shown') {
          this.shows += 1
          resolve()
        }
        if (message.event === 'hidden') this.hides += 1
        if (message.event === 'tray') this.tray.push(message.shown)
        if (message.event === 'chromium') this.#chromiumPid = message.pid
        if (message.event === 'dialog') this.dialogs.push(message.options)
        if (message.event === 'opened') this.opened.push(message.what)
        if (message.event === 'copied') this.copied.push(message.text)
        if (message.event === 'relaunch') this.relaunches.push(message.args)
        for (const look of this.#news.splice(0)) look()
      })
    })
    const endedBefore = this.exit.then(({ status }) => {
      throw new Error(`The shell ended with status ${status} before its window was up: ${this.stderr}`)
    })
    endedBefore.catch(() => {})
    this.#shown = Promise.race([shown, endedBefore])
    this.#shown.catch(() => {})
    this.#child.on('message', (message: { id?: number; result?: unknown; error?: string }) => this.#settle(message))
  }

  /** Resolves once the window is shown. */
  async windowUp(): Promise<void> {
    await this.#shown
  }

  /** Resolves once the condition on the shell's events holds. */
  async untilNews(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#news.push(resolve))
  }

  /** Resolves once a whole line with the text was printed on standard output. */
  async untilOutput(text: string): Promise<void> {
    while (!this.stdout.slice(0, this.stdout.lastIndexOf('\n') + 1).includes(text))
      await once(this.#child.stdout!, 'data')
  }

  /** Runs a function in the page. It may use only itself and `argument` (JSON). Its result must be JSON too. */
  async evaluate<Result, Argument = undefined>(
    action: (argument: Argument) => Result,
    argument?: Argument
  ): Promise<Awaited<Result>> {
    return (await this.#ask('evaluate', `(${action})(${JSON.stringify(argument)})`)) as Awaited<Result>
  }

  /** Waits until the function returns a truthy value in the page; checked at every frame. */
  async until<Argument = undefined>(condition: (argument: Argument) => unknown, argument?: Argument): Promise<void> {
    await this.#ask(
      'evaluate',
      `new Promise((resolve) => {
        const look = () => ((${condition})(${JSON.stringify(argument)}) ? resolve() : requestAnimationFrame(look))
        look()
      })`
    )
  }

  async facts(): Promise<ShellFacts> {
    return (await this.#ask('facts')) as ShellFacts
  }

  async plainGlobals(): Promise<readonly string[]> {
    return (await this.#ask('plainGlobals')) as readonly string[]
  }

  async showForeignPage(): Promise<void> {
    await this.#ask('showForeignPage')
  }

  async invokeFromChildFrame(channel: string, ...args: readonly unknown[]): Promise<unknown> {
    return await this.#ask('invokeFromChildFrame', { channel, args })
  }

  /** Returns the answer to a message that was sent without the preload. */
  async sendRaw(what: 'invoke' | 'send', channel: string, ...args: readonly unknown[]): Promise<unknown> {
    return await this.#ask('sendRaw', { what, channel, args })
  }

  async clickMenu(...path: readonly string[]): Promise<void> {
    await this.#ask('clickMenu', path)
  }

  /** Crashes the page's process. Resolves once the shell knows. */
  async crashPage(): Promise<void> {
    await this.#ask('crashPage')
  }

  async hangPage(): Promise<void> {
    await this.#ask('hangPage')
  }

  /** Drops files on the toolbar. */
  async dropFiles(...paths: readonly string[]): Promise<void> {
    await this.#ask('dropFiles', { paths, x: 640, y: 20 })
  }

  async dropFilesAt(place: { readonly x: number; readonly y: number }, ...paths: readonly string[]): Promise<void> {
    await this.#ask('dropFiles', { paths, ...place })
  }

  /** Clicks an entry of the tray's menu; `null` for the icon itself. */
  async clickTray(line: string | null): Promise<void> {
    await this.#ask('clickTray', line)
  }

  async activate(): Promise<void> {
    await this.#ask('activate')
  }

  /** Clicks the window's close button, where the program continues without it. */
  async hideWindow(): Promise<void> {
    const { hides } = this
    await this.#ask('close')
    await this.untilNews(() => this.hides > hides)
  }

  async answerDialogs(...answers: readonly (number | readonly string[])[]): Promise<void> {
    await this.#ask('answerDialogs', answers)
  }

  async minimize(): Promise<void> {
    await this.#ask('minimize')
  }

  async moveWindow(bounds: ShellFacts['bounds']): Promise<void> {
    await this.#ask('moveWindow', bounds)
  }

  async openFile(path: string): Promise<void> {
    await this.#ask('openFile', path)
  }

  /** The system is shutting down. */
  async systemShutdown(): Promise<Exit> {
    this.#ask('systemShutdown').catch(() => {})
    return await this.exit
  }

  async throwInMain(sentence: string): Promise<void> {
    await this.#ask('throwInMain', sentence)
  }

  async reload(): Promise<void> {
    await this.#ask('reload')
  }

  async screenshot(path: string): Promise<void> {
    await this.#ask('screenshot', path)
  }

  /** Clicks the window's close button. */
  async closeWindow(): Promise<Exit> {
    this.#ask('close').catch(() => {})
    return await this.exit
  }

  async signal(signal: NodeJS.Signals): Promise<Exit> {
    this.#child.kill(signal)
    return await this.exit
  }

  /** Ends the child if it still runs: first by asking, then by killing it and its Chromium, each by its pid. */
  async end(): Promise<void> {
    const limit = setTimeout(() => {
      this.#child.kill('SIGKILL')
      if (this.#chromiumPid !== null) kill(this.#chromiumPid)
    }, endLimitMs)
    this.#child.kill('SIGTERM')
    await this.exit
    clearTimeout(limit)
  }

  async #ask(command: string, argument?: unknown): Promise<unknown> {
    this.#lastId += 1
    const id = this.#lastId
    return await new Promise((resolve, reject) => {
      this.#answers.set(id, { resolve, reject })
      this.#child.send({ id, command, argument }, (error) => error && reject(error))
    })
  }

  #settle({ id, result, error }: { id?: number; result?: unknown; error?: string }): void {
    if (id === undefined) return
    const answer = this.#answers.get(id)
    this.#answers.delete(id)
    if (error === undefined) answer?.resolve(result)
    else answer?.reject(new Error(error))
  }
}

type ShellNews =
  | { readonly event: 'shown' }
  | { readonly event: 'hidden' }
  | { readonly event: 'tray'; readonly shown: boolean }
  | { readonly event: 'chromium'; readonly pid: number }
  | { readonly event: 'dialog'; readonly options: ShownDialog }
  | { readonly event: 'opened'; readonly what: string }
  | { readonly event: 'copied'; readonly text: string }
  | { readonly event: 'relaunch'; readonly args: readonly string[] }
  | { readonly event?: undefined }

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}

/** Three times what a healthy shell needs to close. */
const endLimitMs = 5_000

const builtProgram = join(import.meta.dirname, '../../../out/main/index.js')

/** Longer than any test. After that the stand-in ends itself and its Chromium. */
const limitMs = 90_000
