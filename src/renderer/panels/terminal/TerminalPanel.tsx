import { useEffect, useRef, useState, type ReactNode } from 'react'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Panel } from '../../parts/Panel.tsx'
import type { PortSnapshot } from '../../../shared/api.ts'
import { useStore, type Store } from '../../state/store.ts'
import { openCommands } from './commands.ts'
import { waitBeforeEscapeMs } from './escape-guard.ts'
import { useTerminal } from './use-terminal.ts'

interface TerminalPanelProps {
  readonly store: Store
  readonly dark: boolean
}

/** The only AT instance that this window shows. */
const instance = 0

const escapeTitle =
  'Sends +++ alone: back to command mode. The guard time S12 (1 s from the factory) must pass in silence before and after it; ' +
  'the window waits before, do not type after.'

/** A terminal on AT0: what the module prints, and, unless an outside program has the port, what is typed. */
export function TerminalPanel({ store, dark }: TerminalPanelProps): ReactNode {
  const ports = useStore(store, (state) => state.snapshot?.ports)
  const live = useStore(store, (state) => state.link.kind === 'live' && state.snapshot !== null)
  const port = ports?.find((one) => one.instance === instance)
  const holder = ports?.find((one) => one.instance === instance && one.clientPresent)
  const canType = live && !holder
  const [used, setUsed] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const lastTyped = useRef<number | null>(null)
  const terminal = useTerminal({
    store,
    instance,
    dark,
    canType,
    onTyped: () => {
      lastTyped.current = performance.now()
      setUsed(true)
    },
    onOutput: () => {
      setUsed(true)
    }
  })
  const escapeTimer = useRef(0)
  useEffect(
    () => () => {
      window.clearTimeout(escapeTimer.current)
    },
    []
  )

  function escape(): void {
    setWaiting(true)
    escapeTimer.current = window.setTimeout(
      () => {
        setWaiting(false)
        terminal.send('+++')
        terminal.focus()
      },
      waitBeforeEscapeMs(lastTyped.current, performance.now())
    )
  }

  const why = holder ? 'An outside program has the port' : live ? undefined : 'The simulator is not connected'
  const controls = (
    <>
      <span className="nw wide" role="status">
        {holder ? `${holder.client ?? 'an outside program'} has the port, you watch` : ''}
      </span>
      <KeyButton
        label="Ctrl-Z"
        title="Sends SUB: ends the text after a > prompt"
        why={why}
        onPress={() => {
          terminal.send('\x1a')
          terminal.focus()
        }}
      />
      <KeyButton
        label="ESC"
        title="Sends ESC: leaves a > prompt without its text"
        why={why}
        onPress={() => {
          terminal.send('\x1b')
          terminal.focus()
        }}
      />
      <KeyButton
        label={waiting ? 'waiting' : '+++'}
        why={why}
        onPress={escape}
        busy={waiting}
        title={escapeTitle}
      />
    </>
  )
  return (
    <Panel name="Terminal AT0" controls={controls} className="p-terminal">
      <div className={`term${canType ? '' : ' watching'}`}>
        <div className="term-screen" ref={terminal.host} />
        {port && live && !holder && !used && (
          <FirstMinute
            port={port}
            onHere={() => {
              setUsed(true)
              terminal.focus()
            }}
          />
        )}
        {holder && (
          <p className="term-note">
            <b>{holder.client ?? 'An outside program'}</b> has {holder.name}; what it reads and prints is shown here, typing is its own.
          </p>
        )}
      </div>
    </Panel>
  )
}

interface KeyButtonProps {
  readonly label: string
  readonly title: string
  /** Why it cannot be pressed now. */
  readonly why: string | undefined
  readonly busy?: boolean
  readonly onPress: () => void
}

function KeyButton({ label, title, why, busy, onPress }: KeyButtonProps): ReactNode {
  return (
    <button
      type="button"
      className="btn sm mono key"
      disabled={why !== undefined || busy === true}
      aria-busy={busy === true}
      title={why ?? title}
      onClick={onPress}
    >
      {label}
    </button>
  )
}

/** While nobody is connected: where the port is, what opens it, and the way to try it at once. */
function FirstMinute({ port, onHere }: { readonly port: PortSnapshot; readonly onHere: () => void }): ReactNode {
  return (
    <div className="first">
      <p>Nothing is connected yet. Open the port from another terminal, or type here.</p>
      <dl>
        <dt>Port</dt>
        <dd>
          <code title={port.name}>{port.name}</code>
          <CopyButton text={port.name} what="the port's path" />
        </dd>
        {openCommands(port).map(({ program, line }) => (
          <div key={program}>
            <dt>{program}</dt>
            <dd>
              <code title={line}>{line}</code>
              <CopyButton text={line} what={`the ${program} command`} />
            </dd>
          </div>
        ))}
      </dl>
      <button type="button" className="btn solid" onClick={onHere}>
        Type here
      </button>
    </div>
  )
}
