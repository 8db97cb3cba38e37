import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef, type RefObject } from 'react'
import type { Store } from '../../state/store.ts'
import { backspace, shownEcho } from './typed-line.ts'

/** What Tab, Up and Down mean while a command line is typed. */
export type LineKey = 'complete' | 'up' | 'down'

interface TerminalUse {
  readonly store: Store
  readonly instance: number
  readonly dark: boolean
  readonly canType: boolean
  /** Where the bytes go: to a line that is edited, to a prompt, or through to the far end as they are. */
  readonly mode: 'line' | 'prompt' | 'through'
  /** Something goes out to the module. */
  readonly onTyped: (text: string) => void
  readonly onLineKey: (key: LineKey) => void
  /** The module printed something. */
  readonly onOutput: () => void
}

/** The most that one call of `type` carries. */
const maxTypedBytes = 65_536

/** Lines to scroll back: a session of an hour at the pace of a person. */
const scrollbackLines = 2000

export interface TerminalHandle {
  readonly host: RefObject<HTMLDivElement | null>
  /** Resolves once the module has the bytes; false when they were refused, which the window then says. */
  send(data: string | Uint8Array): Promise<boolean>
  focus(): void
}

/** An xterm on the port of one AT instance, drawn into `host`. There is no local echo: the module echoes, or not (ATE). */
export function useTerminal(use: TerminalUse): TerminalHandle {
  const host = useRef<HTMLDivElement>(null)
  const terminal = useRef<Terminal | null>(null)
  const latest = useRef(use)
  latest.current = use

  useEffect(() => {
    const element = host.current
    if (!element) return
    const { store, instance } = latest.current
    const xterm = new Terminal({
      fontFamily: token('--font-mono'),
      fontSize: 12,
      lineHeight: 1.2,
      scrollback: scrollbackLines,
      cursorBlink: false,
      cursorInactiveStyle: 'outline',
      screenReaderMode: false,
      // Whatever a far end sends is data; that it is no sequence of a terminal is nothing to report.
      logLevel: 'off',
      theme: themeFromTokens()
    })
    const fit = new FitAddon()
    xterm.loadAddon(fit)
    xterm.open(element)
    terminal.current = xterm
    xterm.attachCustomKeyEventHandler((event) => {
      // F6 leaves the terminal, because Tab does not.
      if (event.key === 'F6') return false
      const key = lineKeys[event.key]
      if (!key || latest.current.mode !== 'line' || event.shiftKey || event.ctrlKey || event.altKey || event.metaKey) return true
      if (event.type === 'keydown') {
        event.preventDefault()
        if (latest.current.canType) latest.current.onLineKey(key)
      }
      return false
    })
    const typed = xterm.onData((text) => {
      // The key sends DEL; the module takes back on BS (S5, and at a prompt). A far end gets what was pressed.
      void send(text === '\x7f' && latest.current.mode !== 'through' ? backspace : text)
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
    void document.fonts.load(`12px ${token('--font-mono')}`).then(() => {
      if (gone) return
      xterm.options.fontFamily = `${token('--font-mono')}, monospace`
      fit.fit()
    })
    return () => {
      gone = true
      resize.disconnect()
      off()
      typed.dispose()
      xterm.dispose()
      terminal.current = null
    }
  }, [])

  useEffect(() => {
    if (terminal.current) terminal.current.options.theme = themeFromTokens()
  }, [use.dark])
  useEffect(() => {
    if (terminal.current) terminal.current.options.disableStdin = !use.canType
  }, [use.canType])

  async function send(data: string | Uint8Array): Promise<boolean> {
    const { store, instance, canType, onTyped } = latest.current
    if (!canType) return false
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    onTyped(typeof data === 'string' ? data : '')
    const parts: Promise<boolean>[] = []
    for (let at = 0; at < bytes.length; at += maxTypedBytes)
      parts.push(store.attempt(store.api.type({ instance, bytes: bytes.slice(at, at + maxTypedBytes) })))
    return (await Promise.all(parts)).every(Boolean)
  }

  return {
    host,
    send,
    focus: () => {
      terminal.current?.focus()
    }
  }
}

const lineKeys: Readonly<Record<string, LineKey>> = { Tab: 'complete', ArrowUp: 'up', ArrowDown: 'down' }

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
