import { FitAddon } from '@xterm/addon-fit'
import { Terminal, type ITheme } from '@xterm/xterm'
import '@xterm/xterm/css/xterm.css'
import { useEffect, useRef, type RefObject } from 'react'
import type { Store } from '../../state/store.ts'

interface TerminalUse {
  readonly store: Store
  readonly instance: number
  readonly dark: boolean
  readonly canType: boolean
  /** Something went out to the module. */
  readonly onTyped: () => void
  /** The module printed something. */
  readonly onOutput: () => void
}

/** The most that one call of `type` carries. */
const maxTypedBytes = 65_536

/** Lines to scroll back: a session of an hour at the pace of a person. */
const scrollbackLines = 2000

/** An xterm on the port of one AT instance, drawn into `host`. There is no local echo: the module echoes, or not (ATE). */
export function useTerminal(use: TerminalUse): {
  readonly host: RefObject<HTMLDivElement | null>
  send(text: string): void
  focus(): void
} {
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
      theme: themeFromTokens()
    })
    const fit = new FitAddon()
    xterm.loadAddon(fit)
    xterm.open(element)
    terminal.current = xterm
    // F6 leaves the terminal: Tab belongs to the module.
    xterm.attachCustomKeyEventHandler((event) => event.key !== 'F6')
    const typed = xterm.onData((text) => {
      send(text)
    })
    const off = store.onOutput(instance, (bytes) => {
      latest.current.onOutput()
      xterm.write(bytes)
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

  function send(text: string): void {
    const { store, instance, canType, onTyped } = latest.current
    if (!canType) return
    const bytes = new TextEncoder().encode(text)
    onTyped()
    for (let at = 0; at < bytes.length; at += maxTypedBytes)
      void store.attempt(store.api.type({ instance, bytes: bytes.slice(at, at + maxTypedBytes) }))
  }

  return {
    host,
    send,
    focus: () => {
      terminal.current?.focus()
    }
  }
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
