import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef, type RefObject } from 'react'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import type { Store } from '../../state/store/store.ts'
import { BACKSPACE, shownEcho } from '../../state/terminal/typed-line.ts'
import { pastedAs } from './pasted.ts'

/** What Tab, arrow keys, Ctrl-Space, Enter and Escape do while a command line is typed. */
export type LineKey = 'complete' | 'up' | 'down' | 'list' | 'take' | 'leave'

interface TerminalUse {
  readonly store: Store
  readonly instance: number
  readonly look: string
  readonly canType: boolean
  /** Where typed bytes go: to a command line, to a prompt, or in online mode unchanged to the server. */
  readonly mode: 'line' | 'prompt' | 'through'
  /** Called when text is typed to the module. */
  readonly onTyped: (text: string) => void
  /** Returns whether the window has used the key; the module then does not get it. */
  readonly onLineKey: (key: LineKey) => boolean
  /** Called when several command lines are pasted. They are not typed yet. */
  readonly onLines: (lines: readonly string[], leftOut: number) => void
  readonly onFind: () => void
  /** Called when the module sends output. */
  readonly onOutput: () => void
}

/** The largest input of one `type` call. */
const MAX_TYPED_BYTES = 65_536

/** Enough for an hour of typing by hand. */
const SCROLLBACK_LINES = 2000

export interface TerminalHandle {
  readonly host: RefObject<HTMLDivElement | null>
  /** Resolves to `true` once the module has the bytes, to `false` if they were refused. The window then shows why. */
  send(data: string | Uint8Array): Promise<boolean>
  focus(): void
  /** Copies the selection, or else screen and scrollback. Resolves to `false` if the browser refuses. */
  copy(): Promise<boolean>
  /** Position of the cursor, in pixels of the window; `null` while nothing is drawn. */
  cursor(): { readonly left: number; readonly top: number; readonly bottom: number } | null
  readonly input: () => HTMLTextAreaElement | null
  readonly find: TerminalFind
}

export interface TerminalFind {
  /** Goes to the next match of a text and marks all matches; their number goes to `onResults`. */
  go(text: string, to: 'here' | 'older' | 'newer'): void
  clear(): void
  /** Calls `listener` with the index of the present match and their count. `at` is -1 if there are too many to count. */
  onResults(listener: (at: number, count: number) => void): () => void
}

/** An xterm on the port of one AT instance, drawn into `host`. It has no local echo: the module echoes if ATE is on. */
export function useTerminal(use: TerminalUse): TerminalHandle {
  const host = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal | null>(null)
  const search = useRef<SearchAddon | null>(null)
  const latest = useRef(use)
  latest.current = use

  useEffect(() => {
    const element = host.current
    if (!element) return
    const { store, instance } = latest.current
    const xterm = new Terminal({
      fontFamily: token('--font-mono'),
      fontSize: 11,
      lineHeight: 1,
      scrollback: SCROLLBACK_LINES,
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      screenReaderMode: false,
      // The server may send any bytes as data: do not report those that are not valid terminal sequences.
      logLevel: 'off',
      // xterm's API for marking matches is a proposed one.
      allowProposedApi: true,
      theme: themeFromTokens()
    })
    const fit = new FitAddon()
    xterm.loadAddon(fit)
    const finder = new SearchAddon()
    xterm.loadAddon(finder)
    search.current = finder
    xterm.open(element)
    terminal.current = xterm
    xterm.attachCustomKeyEventHandler((event) => {
      // F6 leaves the terminal, because Tab does not. Keys that the window has already used (Ctrl-K) do not go to the module.
      if (event.key === 'F6' || event.defaultPrevented) return false
      // The browser pastes; xterm itself would send the character 0x16.
      if (isPasteKey(event)) return false
      if (event.type === 'keydown' && isWindowKey(event, xterm.hasSelection())) {
        event.preventDefault()
        if (event.key.toLowerCase() === 'f') latest.current.onFind()
        else
          void writeClipboard(xterm.getSelection()).then(() => {
            xterm.focus()
          })
        return false
      }
      const key = event.code === 'Space' && event.ctrlKey ? 'list' : lineKeys[event.key]
      const plain = !event.shiftKey && !event.altKey && !event.metaKey && (key === 'list' || !event.ctrlKey)
      const { mode } = latest.current
      if (mode !== 'through' && isCursorKey(event.key) && !(mode === 'line' && key && plain))
        return event.shiftKey && event.key.startsWith('Page')
      if (!key || mode !== 'line' || !plain) return true
      if (event.type !== 'keydown') return !windowOnly.has(key)
      const taken = (latest.current.canType && latest.current.onLineKey(key)) || windowOnly.has(key)
      if (taken) event.preventDefault()
      return !taken
    })
    const paste = (event: ClipboardEvent): void => {
      const text = event.clipboardData?.getData('text/plain') ?? ''
      const { mode, canType, onLines } = latest.current
      if (text === '' || mode === 'through') return
      event.preventDefault()
      event.stopPropagation()
      if (!canType) return
      const pasted = pastedAs(text, mode)
      if (pasted.kind === 'lines') onLines(pasted.lines, pasted.leftOut)
      else void send(pasted.text)
    }
    element.addEventListener('paste', paste, true)
    const typed = xterm.onData((text) => {
      // Backspace sends DEL, but the module deletes on BS (S5, also at a prompt). In online mode the server gets DEL.
      void send(text === '\x7f' && latest.current.mode !== 'through' ? BACKSPACE : text)
    })
    const off = store.onOutput(instance, (bytes) => {
      latest.current.onOutput()
      xterm.write(latest.current.mode === 'prompt' ? shownEcho(bytes) : bytes)
    })
    const resize = new ResizeObserver(() => {
      if (element.clientHeight > 0) fit.fit()
    })
    resize.observe(element)
    // The font may load after the first measurement; measure the cells again then.
    let gone = false
    void document.fonts.load(`11px ${token('--font-mono')}`).then(() => {
      if (gone) return
      xterm.options.fontFamily = `${token('--font-mono')}, monospace`
      fit.fit()
    })
    return () => {
      gone = true
      element.removeEventListener('paste', paste, true)
      resize.disconnect()
      off()
      typed.dispose()
      xterm.dispose()
      terminal.current = null
      search.current = null
    }
  }, [])

  useEffect(() => {
    if (terminal.current) terminal.current.options.theme = themeFromTokens()
  }, [use.look])
  useEffect(() => {
    if (terminal.current) terminal.current.options.disableStdin = !use.canType
  }, [use.canType])

  async function send(data: string | Uint8Array): Promise<boolean> {
    const { store, instance, canType, onTyped } = latest.current
    if (!canType) return false
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    onTyped(typeof data === 'string' ? data : '')
    const parts: Promise<boolean>[] = []
    for (let at = 0; at < bytes.length; at += MAX_TYPED_BYTES)
      parts.push(store.attempt(store.api.type({ instance, bytes: bytes.slice(at, at + MAX_TYPED_BYTES) })))
    return (await Promise.all(parts)).every(Boolean)
  }

  // The same object for the terminal's lifetime: the find bar keeps it.
  const find = useRef<TerminalFind>({
    go: (text, to) => {
      const options = { incremental: to === 'here', decorations: foundColours() }
      if (to === 'newer') search.current?.findNext(text, options)
      else search.current?.findPrevious(text, options)
    },
    clear: () => {
      search.current?.clearDecorations()
      terminal.current?.clearSelection()
    },
    onResults: (listener) => {
      const watching = search.current?.onDidChangeResults(({ resultIndex, resultCount }) => {
        listener(resultIndex, resultCount)
      })
      return () => watching?.dispose()
    }
  })

  return {
    host,
    send,
    focus: () => {
      terminal.current?.focus()
    },
    copy: () => {
      const xterm = terminal.current
      if (!xterm) return Promise.resolve(false)
      const selected = xterm.getSelection()
      return writeClipboard(selected === '' ? allText(xterm) : selected)
    },
    cursor: () => {
      const xterm = terminal.current
      const screen = host.current?.querySelector('.xterm-screen')?.getBoundingClientRect()
      if (!xterm || !screen) return null
      const { cursorX, cursorY } = xterm.buffer.active
      const top = screen.top + (cursorY * screen.height) / xterm.rows
      return {
        left: screen.left + (cursorX * screen.width) / xterm.cols,
        top,
        bottom: top + screen.height / xterm.rows
      }
    },
    input: () => terminal.current?.textarea ?? null,
    find: find.current
  }
}

/**
 * Returns whether a terminal sends the key as a sequence that begins with ESC. The module has no cursor to move: it
 * would add the sequence to the command line, or end a prompt at its ESC. Only in online mode are these keys sent.
 * Shift with Page Up or Page Down scrolls.
 */
function isCursorKey(key: string): boolean {
  return /^(Arrow\w+|Home|End|Page(Up|Down)|Insert|Delete|F\d+)$/.test(key)
}

/**
 * Returns whether the window handles the key: Ctrl-Shift-F finds, Ctrl-C with a selection copies. Otherwise the module
 * gets it.
 */
function isWindowKey(event: KeyboardEvent, selected: boolean): boolean {
  const mod = event.ctrlKey || event.metaKey
  if (!mod || event.altKey) return false
  const key = event.key.toLowerCase()
  return (key === 'f' && (event.shiftKey || event.metaKey)) || (key === 'c' && selected)
}

/** Returns whether the key is Ctrl-V, Ctrl-Shift-V or Cmd-V. */
function isPasteKey({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return key.toLowerCase() === 'v' && (ctrlKey || metaKey) && !altKey
}

function allText({ buffer: { active } }: Terminal): string {
  const lines: string[] = []
  for (let at = 0; at < active.length; at++) {
    const line = active.getLine(at)
    const text = line?.translateToString(true) ?? ''
    if (line?.isWrapped) lines.push((lines.pop() ?? '') + text)
    else lines.push(text)
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function foundColours() {
  return {
    matchBackground: token('--c-urc-soft'),
    matchOverviewRuler: token('--c-urc'),
    activeMatchBackground: token('--c-live-soft'),
    activeMatchBorder: token('--c-live'),
    activeMatchColorOverviewRuler: token('--c-live')
  }
}

/** Keys that the module never gets while a line is typed: it would add a TAB to the line. */
const windowOnly: ReadonlySet<LineKey> = new Set(['complete', 'up', 'down', 'list'])

const lineKeys: Readonly<Record<string, LineKey>> = {
  Tab: 'complete',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Enter: 'take',
  Escape: 'leave'
}

function themeFromTokens(): ITheme {
  return {
    background: token('--c-panel'),
    foreground: token('--c-ink'),
    cursor: token('--c-live-fill'),
    cursorAccent: token('--c-invert'),
    selectionBackground: token('--c-live-soft'),
    selectionForeground: token('--c-ink'),
    overviewRulerBorder: token('--c-panel'),
    scrollbarSliderBackground: token('--c-line'),
    scrollbarSliderHoverBackground: token('--c-line-2'),
    scrollbarSliderActiveBackground: token('--c-line-2')
  }
}

function token(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim()
}
