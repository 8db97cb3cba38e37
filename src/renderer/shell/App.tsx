/** @module The frame of the window: toolbar, palette, status bar and the keys. */

import { useEffect, type ReactNode } from 'react'
import { useLook } from '../state/prefs.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { CaptureSheet } from './capture/CaptureSheet.tsx'
import { useCaptureFiles } from './capture/use-capture-files.ts'
import { Dock } from './dock/Dock.tsx'
import { KeySheet } from './KeySheet.tsx'
import { Palette } from './Palette.tsx'
import { panels } from './panels.tsx'
import { PortSheet } from './ports/PortSheet.tsx'
import { PathStrip } from './PathStrip.tsx'
import { StatusBar } from './StatusBar.tsx'
import { Toasts } from './Toasts.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useKeys } from './use-keys.ts'
import { useWindowActions } from './window-actions.ts'

/** The whole window: toolbar, path strip, panels, status bar, and what floats over them. */
export function App({ store }: { readonly store: Store }): ReactNode {
  useLook()
  const gone = useStore(store, (state) => state.link.kind === 'gone')
  const product = useStore(store, (state) => state.snapshot?.product.name)
  const chart = useStore(store, (state) => state.chart)
  useWindowActions(store, panels)
  useKeys(store)
  useCaptureFiles(store)
  useEffect(() => {
    document.title = product ? `${product} · Telit SSL Simulator` : 'Telit SSL Simulator'
  }, [product])

  return (
    <div className={`window${gone ? ' gone' : ''}`}>
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
