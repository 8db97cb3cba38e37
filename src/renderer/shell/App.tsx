/** @module The frame of the window: toolbar, palette, status bar and the keys. */

import { useEffect, useState, type ReactNode } from 'react'
import { useLook } from '../state/prefs.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { KeySheet } from './KeySheet.tsx'
import { Palette } from './Palette.tsx'
import { PathStrip } from './PathStrip.tsx'
import { StatusBar } from './StatusBar.tsx'
import { Toasts } from './Toasts.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useCaptureFiles } from './capture/use-capture-files.ts'
import { Dock } from './dock/Dock.tsx'
import { laterSheet, loadTheRest } from './later.tsx'
import { panels } from './panels.tsx'
import { useKeys } from './use-keys.ts'
import { useWindowActions } from './window-actions.ts'
import { shellWords } from './words.ts'

const PortSheet = laterSheet(
  'ports',
  shellWords.sheets.ports,
  async () => (await import('./ports/PortSheet.tsx')).PortSheet
)
const CaptureSheet = laterSheet(
  'capture',
  shellWords.sheets.capture,
  async () => (await import('./capture/CaptureSheet.tsx')).CaptureSheet
)

/** The whole window: toolbar, path strip, panels, status bar, and what floats over them. */
export function App({ store }: { readonly store: Store }): ReactNode {
  useLook()
  const gone = useStore(store, (state) => state.link.kind === 'gone')
  const product = useStore(store, (state) => state.snapshot?.product.name)
  const chart = useStore(store, (state) => state.chart)
  useWindowActions(store, panels)
  useKeys(store)
  useCaptureFiles(store)
  const complete = useRest(store)
  useEffect(() => {
    document.title = product ? shellWords.titleWith(product) : shellWords.program
  }, [product])

  return (
    <div className={`window${gone ? ' gone' : ''}`} aria-busy={!complete}>
      <Toolbar store={store} panels={panels} />
      <PathStrip store={store} chart={chart} onChart={store.showChart} />
      <Dock store={store} panels={panels} />
      <StatusBar store={store} />
      <Toasts store={store} />
      <Palette store={store} />
      <KeySheet store={store} />
      <PortSheet store={store} />
      <CaptureSheet store={store} />
    </div>
  )
}

/** Without an answer from the simulator for this long, the panels are loaded without waiting for the board. */
const PATIENCE_MS = 1000

/** Loads the later parts once the board is drawn, or will not be drawn soon. Returns whether all of them are loaded. */
function useRest(store: Store): boolean {
  const drawn = useStore(store, (state) => state.snapshot !== null || state.link.kind === 'gone')
  const [complete, setComplete] = useState(false)
  useEffect(() => {
    const load = (): void => {
      void loadTheRest().then(() => {
        setComplete(true)
      })
    }
    if (drawn) {
      load()
      return
    }
    const timer = window.setTimeout(load, PATIENCE_MS)
    return () => {
      window.clearTimeout(timer)
    }
  }, [drawn])
  return complete
}
