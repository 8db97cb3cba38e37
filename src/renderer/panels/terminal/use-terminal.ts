import { FitAddon } from '@xterm/addon-fit'
import { SearchAddon } from '@xterm/addon-search'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef, type RefObject } from 'react'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import type { Store } from '../../state/store/store.ts'
import { pastedAs } from './pasted.ts'
import { BACKSPACE, shownEcho } from '../../state/terminal/typed-line.ts'

/** What Tab, the arrows, Ctrl-Space, Enter and Escape mean while a command line is typed. */
export type LineKey = 'complete' | 'up' | 'down' | 'list' | 'take' | 'leave'

interface TerminalUse {
  readonly store: Store
  readonly instance: number
  readonly look: string
  readonly canType: boolean
  /** Where the bytes go: to a line that is edited, to a prompt, or through to the far end as they are. */
  readonly mode: 'line' | 'prompt' | 'through'
  /** Something goes out to the module. */
  readonly onTyped: (text: string) => void
  /** True: it was for the window, and the module does not get it. */
  readonly onLineKey: (key: LineKey) => boolean
  /** Several command lines came from the clipboard; they are not typed yet. */
  readonly onLines: (lines: readonly string[], leftOut: number) => void
  readonly onFind: () => void
  /** The module printed something. */
  readonly onOutput: () => void
}

/** The most that one call of `type` carries. */
const MAX_TYPED_BYTES = 65_536

/** Lines to scroll back: a session of an hour at the pace of a person. */
const SCROLLBACK_LINES = 2000

export interface TerminalHandle {
  readonly host: RefObject<HTMLDivElement | null>
  /** Resolves once the module has the bytes; false when they were refused, which the window then says. */
  send(data: string | Uint8Array): Promise<boolean>
  focus(): void
  /** What is selected, or all that it shows and has shown; false where the browser refuses. */
  copy(): Promise<boolean>
  /** Where the cursor stands, px of the window; null while nothing is drawn. */
  cursor(): { readonly left: number; readonly top: number; readonly bottom: number } | null
  readonly input: () => HTMLTextAreaElement | null
  readonly find: TerminalFind
}

export interface TerminalFind {
  /** Goes to the next place of a text, marks them all, and tells how many there are. */
  go(text: string, to: 'here' | 'older' | 'newer'): void
  clear(): void
  /** `at` counts from 0, and is -1 while there are too many to tell. */
  onResults(listener: (at: number, count: number) => void): () => void
}

/** An xterm on the port of one AT instance, drawn into `host`. There is no local echo: the module echoes, or not (ATE). */
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
      // Whatever a far end sends is data; that it is no sequence of a terminal is nothing to report.
      logLevel: 'off',
      // Marks of what was found are an API that xterm calls proposed.
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
      // F6 leaves the terminal, because Tab does not; what the window has taken already (Ctrl-K) is no byte for the module.
      if (event.key === 'F6' || event.defaultPrevented) return false
      // The browser pastes; the terminal itself would send the character 0x16.
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
      // The key sends DEL; the module takes back on BS (S5, and at a prompt). A far end gets what was pressed.
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
    // The face may arrive after the first measurement; the cells are then measured again.
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

  // One and the same object for as long as the terminal lives: who searches holds on to it.
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
 * Keys that a terminal sends as a sequence that begins with ESC. A module has no cursor to move: it would take the sequence for part of
 * the line, and its ESC for the end of a prompt. Shift with Page up or down scrolls what is shown. To a far end all go as they are.
 */
function isCursorKey(key: string): boolean {
  return /^(Arrow\w+|Home|End|Page(Up|Down)|Insert|Delete|F\d+)$/.test(key)
}

/** Ctrl-Shift-F finds; Ctrl-Shift-C copies, and Ctrl-C does where something is selected: else it is the module's. */
function isWindowKey(event: KeyboardEvent, selected: boolean): boolean {
  const mod = event.ctrlKey || event.metaKey
  if (!mod || event.altKey) return false
  const key = event.key.toLowerCase()
  return (key === 'f' && (event.shiftKey || event.metaKey)) || (key === 'c' && selected)
}

/** Ctrl-V, Ctrl-Shift-V, Cmd-V. */
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

/** Never the module's while a line is typed: it would take a TAB for part of the line. */
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
