import { useState, type ReactNode } from 'react'
import type { KeyPress } from '../../shared/api/api.ts'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { FaultsMenu } from '../panels/lab/FaultsMenu.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { Icon } from '../parts/icons.tsx'
import { chooseLook, themeChoices, useLook } from '../state/prefs.ts'
import { capsOf, isMac } from '../state/store/actions.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { ProductChoice } from './ProductChoice.tsx'
import { Record } from './Record.tsx'
import { SpeedChoice } from './SpeedChoice.tsx'
import type { PanelEntry } from './dock/panel-entry.ts'
import { keyWords, serialWords, toolbarWords } from './toolbar-words.ts'

interface ToolbarProps {
  readonly store: Store
  readonly panels: readonly PanelEntry[]
}

export function Toolbar({ store, panels }: ToolbarProps): ReactNode {
  const buttons = panels.filter((panel) => panel.toolbar)
  return (
    <header className="toolbar" role="toolbar" aria-label={toolbarWords.name}>
      <ProductChoice store={store} />
      <span className="sep" />
      <Keys store={store} />
      <span className="sep" />
      <SpeedChoice store={store} />
      <Record store={store} />
      {buttons.length > 0 && <span className="sep" />}
      {buttons.map((panel) => (
        <PanelButton key={panel.id} store={store} panel={panel} />
      ))}
      <FaultsMenu store={store} />
      <span className="fill" />
      <Serial store={store} />
      <span className="sep" />
      <button
        type="button"
        className="btn icon"
        aria-label={toolbarWords.palette}
        title={toolbarWords.paletteTitle(capsOf('Mod+K', isMac()).join(isMac() ? '' : '-'))}
        onClick={() => {
          store.openSheet('palette')
        }}
      >
        <Icon name="command" />
      </button>
      <ThemeButton />
      <button
        type="button"
        className="btn icon"
        aria-label={toolbarWords.help}
        title={toolbarWords.helpTitle}
        onClick={() => {
          store.openSheet('keys')
        }}
      >
        <Icon name="help" />
      </button>
    </header>
  )
}

function ThemeButton(): ReactNode {
  const { theme } = useLook()
  const next = themeChoices[(themeChoices.indexOf(theme) + 1) % themeChoices.length]!
  return (
    <button
      type="button"
      className="btn icon"
      aria-label={toolbarWords.theme(toolbarWords.themes[theme])}
      title={toolbarWords.themeTitle(toolbarWords.themes[theme], toolbarWords.themes[next])}
      onClick={() => {
        chooseLook({ theme: next })
      }}
    >
      <Icon name={theme === 'system' ? 'theme' : theme === 'light' ? 'sun' : 'moon'} />
    </button>
  )
}

/** Opens a panel, or brings it to the front. */
function PanelButton({ store, panel }: { readonly store: Store; readonly panel: PanelEntry }): ReactNode {
  const word = useStore(store, (state) => panel.toolbar?.(state).word ?? panel.title)
  const count = useStore(store, (state) => panel.toolbar?.(state).count)
  const seen = useStore(store, (state) => state.desk.seen.includes(panel.id))
  return (
    <button
      type="button"
      className="btn"
      aria-pressed={seen}
      aria-label={count === undefined ? word : toolbarWords.panel.withCount(word, count)}
      title={seen ? toolbarWords.panel.isOpen(panel.title) : toolbarWords.panel.open(panel.title)}
      onClick={() => {
        store.desk.show(panel.id, true)
      }}
    >
      <Icon name={panel.icon} />
      <span className="word">{word}</span>
      {count !== undefined && <span className={`badge${count > 0 ? ' armed' : ''}`}>{count}</span>}
    </button>
  )
}

/** The two keys of the board. */
function Keys({ store }: { readonly store: Store }): ReactNode {
  const power = useStore(store, (state) => (state.snapshot ? stateOf(state.snapshot, 'power') : null))
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [pressed, setPressed] = useState<KeyPress['key'] | null>(null)
  const ready = live && power !== null

  async function press(key: KeyPress['key']): Promise<void> {
    setPressed(key)
    await store.attempt(store.api.pressKey({ key }))
    setPressed(null)
  }

  const on = power === 'on' || power === 'booting'
  return (
    <>
      <button
        type="button"
        className={`btn${on ? ' on' : ready ? ' lead' : ''}`}
        aria-pressed={on}
        disabled={!ready || pressed !== null}
        aria-busy={pressed === 'on'}
        onClick={() => {
          void press('on')
        }}
        title={on ? keyWords.shutDownTitle : keyWords.startTitle}
      >
        <Icon name="power" />
        <span className="word">
          {pressed === 'on' ? (on ? keyWords.shuttingDown : keyWords.starting) : keyWords.power}
        </span>
        <span className="off-screen">{keyWords.onKey}</span>
      </button>
      <button
        type="button"
        className="btn"
        disabled={!ready || pressed !== null || power === 'off'}
        aria-busy={pressed === 'reset'}
        onClick={() => {
          void press('reset')
        }}
        title={power === 'off' ? keyWords.offTitle : keyWords.resetTitle}
      >
        <Icon name="reset" />
        <span className="word">{pressed === 'reset' ? keyWords.resetting : keyWords.reset}</span>
      </button>
    </>
  )
}

function Serial({ store }: { readonly store: Store }): ReactNode {
  const ports = useStore(store, (state) => state.snapshot?.ports)
  if (!ports) return null
  const first = ports.find((port) => port.clientPresent) ?? ports[0] ?? null
  const all = ports.map((port) => serialWords.port(port))
  return (
    <div className="serial" title={all.join('\n')}>
      <button
        type="button"
        className="btn sm"
        title={serialWords.portsTitle}
        onClick={() => {
          store.openSheet('ports')
        }}
      >
        {serialWords.ports}
      </button>
      {first === null ? (
        <span className="dim">{serialWords.none}</span>
      ) : (
        <>
          <code className="path-of">
            <bdi>{first.name}</bdi>
          </code>
          <CopyButton text={first.name} what={serialWords.path} />
          <span className="state">
            <i className={`dot ${first.clientPresent ? 'reached' : 'not-reached'}`} aria-hidden="true" />
            <span className="cut">{first.clientPresent ? serialWords.open(first.client) : serialWords.closed}</span>
          </span>
        </>
      )}
    </div>
  )
}
