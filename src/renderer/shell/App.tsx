import { useEffect, useState, type ReactNode } from 'react'
import { Icon } from '../parts/icons.tsx'
import { Split } from '../parts/Split.tsx'
import { HandshakePanel } from '../panels/handshake/HandshakePanel.tsx'
import { ModulePanel } from '../panels/module/ModulePanel.tsx'
import { TerminalPanel } from '../panels/terminal/TerminalPanel.tsx'
import { TimelinePanel } from '../panels/timeline/TimelinePanel.tsx'
import { ContextPanel } from '../panels/values/ContextPanel.tsx'
import { NvmPanel } from '../panels/values/NvmPanel.tsx'
import { SocketPanel } from '../panels/values/SocketPanel.tsx'
import { TimersPanel } from '../panels/values/TimersPanel.tsx'
import type { ChartId } from '../../shared/statecharts/chart.ts'
import { useTheme } from '../state/prefs.ts'
import { stageOrder } from '../state/sentence.ts'
import { useStore, type Store } from '../state/store.ts'
import { HelpSheet } from './HelpSheet.tsx'
import { PathStrip } from './PathStrip.tsx'
import { StatusBar } from './StatusBar.tsx'
import { Toolbar } from './Toolbar.tsx'
import { useKeys } from './use-keys.ts'

/** The whole window: toolbar, path strip, panels, status bar. */
export function App({ store }: { readonly store: Store }): ReactNode {
  const theme = useTheme()
  const gone = useStore(store, (state) => state.link.kind === 'gone')
  const product = useStore(store, (state) => state.snapshot?.product.name)
  const [chart, setChart] = useState<ChartId>('ssl')
  const [selected, setSelected] = useState<number | null>(null)
  const [help, setHelp] = useState(false)
  useKeys({
    onHelp: () => {
      setHelp(true)
    },
    onChart: (at) => {
      const stage = stageOrder[at]
      if (stage) setChart(stage[0])
    }
  })
  useEffect(() => {
    document.title = product ? `${product} · Telit SSL Simulator` : 'Telit SSL Simulator'
  }, [product])

  return (
    <div className={`window${gone ? ' gone' : ''}`}>
      <Toolbar
        store={store}
        theme={theme.choice}
        onTheme={theme.choose}
        onHelp={() => {
          setHelp(true)
        }}
      />
      <PathStrip store={store} chart={chart} onChart={setChart} />
      <main className="docks">
        <Split name="rows" direction="column" shares={[426, 280]} minPx={150} labels={['the upper panels', 'the lower panels']}>
          {[
            <Split
              key="upper"
              name="upper"
              direction="row"
              shares={[440, 440, 400]}
              minPx={220}
              labels={['Module', 'the values', 'Handshake']}
            >
              {[
                <ModulePanel key="module" store={store} chart={chart} onChart={setChart} onSelectEvent={setSelected} />,
                <Split
                  key="values"
                  name="values"
                  direction="column"
                  shares={[186, 114, 126]}
                  minPx={60}
                  labels={['Context and socket', 'NVM slots', 'Timers']}
                >
                  {[
                    <Split key="pair" name="pair" direction="row" shares={[180, 272]} minPx={110} labels={['PDP context', 'SSL socket']}>
                      {[<ContextPanel key="context" store={store} />, <SocketPanel key="socket" store={store} />]}
                    </Split>,
                    <NvmPanel key="nvm" store={store} />,
                    <TimersPanel key="timers" store={store} />
                  ]}
                </Split>,
                <HandshakePanel key="handshake" store={store} />
              ]}
            </Split>,
            <Split key="lower" name="lower" direction="row" shares={[690, 590]} minPx={260} labels={['Timeline', 'Terminal']}>
              {[
                <TimelinePanel key="timeline" store={store} selected={selected} onSelect={setSelected} />,
                <TerminalPanel key="terminal" store={store} dark={theme.dark} />
              ]}
            </Split>
          ]}
        </Split>
      </main>
      <StatusBar store={store} />
      <Notice store={store} />
      <HelpSheet
        open={help}
        onClose={() => {
          setHelp(false)
        }}
      />
    </div>
  )
}

/** What was refused last. It stays until it is dismissed: nothing that went wrong leaves by itself. */
function Notice({ store }: { readonly store: Store }): ReactNode {
  const notice = useStore(store, (state) => state.notice)
  return (
    <div className="notice-place" role="alert">
      {notice !== null && (
        <p className="notice">
          <span>{notice}</span>
          <button
            type="button"
            className="btn sm icon"
            aria-label="Dismiss"
            onClick={() => {
              store.dismissNotice()
            }}
          >
            <Icon name="close" />
          </button>
        </p>
      )}
    </div>
  )
}
