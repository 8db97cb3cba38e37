import { useEffect, useRef, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { dataStateOf } from '../../state/sentence.ts'
import { useStore, type Store } from '../../state/store.ts'
import { completionOf, helpFor } from './command-help.ts'
import { CommandHelpLines } from './CommandHelp.tsx'
import { waitBeforeEscapeMs } from './escape-guard.ts'
import { FirstMinute } from './FirstMinute.tsx'
import type { LineHistory } from './use-line-history.ts'
import { SendFile } from './SendFile.tsx'
import { followTyped, keysToReplace } from './typed-line.ts'
import { useTerminal, type LineKey } from './use-terminal.ts'

interface OneTerminalProps {
  readonly store: Store
  readonly instance: number
  readonly dark: boolean
  /** Whether it is the one in front. */
  readonly active: boolean
  readonly profile: ModuleProfile | null
  readonly history: LineHistory
  /** Where its buttons go while it is in front. */
  readonly strip: HTMLElement | null
}

const escapeTitle =
  'Sends +++ alone: back to command mode. The guard time S12 (1 s from the factory) must pass in silence before and after it; ' +
  'the window waits before, do not type after.'

/** A terminal on one AT instance: what the module prints, and, unless an outside program has the port, what is typed. */
export function OneTerminal({ store, instance, dark, active, profile, history, strip }: OneTerminalProps): ReactNode {
  const ports = useStore(store, (state) => state.snapshot?.ports)
  const live = useStore(store, (state) => state.link.kind === 'live' && state.snapshot !== null)
  const data = useStore(store, (state) => (state.snapshot ? dataStateOf(state.snapshot, instance) : ''))
  const port = ports?.find((one) => one.instance === instance)
  const holder = ports?.find((one) => one.instance === instance && one.clientPresent)
  const canType = live && !holder
  const [used, setUsed] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const [line, setLine] = useState('')
  // The state follows a moment later; several keys may come before it is drawn.
  const typedLine = useRef('')
  const lastTyped = useRef<number | null>(null)
  const takesLine = data === 'command' || data === 'blocking'

  function become(next: string): void {
    typedLine.current = next
    setLine(next)
  }

  function follow(text: string): void {
    lastTyped.current = performance.now()
    setUsed(true)
    if (!takesLine) return
    const { line: next, entered } = followTyped(typedLine.current, text)
    for (const one of entered) history.remember(one)
    become(next)
  }

  function pressLineKey(key: LineKey): void {
    const now = typedLine.current
    if (key === 'complete') {
      const rest = profile ? completionOf(now, profile) : ''
      if (rest !== '') void terminal.send(rest)
      return
    }
    const wanted = history.walk(instance, now, key)
    if (wanted !== null) void terminal.send(keysToReplace(now, wanted))
  }

  const terminal = useTerminal({
    store,
    instance,
    dark,
    canType,
    mode: takesLine ? 'line' : data === 'entry' ? 'prompt' : 'through',
    onTyped: follow,
    onLineKey: pressLineKey,
    onOutput: () => {
      setUsed(true)
    }
  })
  // What is typed to a prompt or to a far end is no command line.
  useEffect(() => {
    if (!takesLine || holder) become('')
  }, [takesLine, holder])
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
        press('+++')
      },
      waitBeforeEscapeMs(lastTyped.current, performance.now())
    )
  }

  function press(text: string): void {
    void terminal.send(text)
    terminal.focus()
  }

  const why = holder ? 'An outside program has the port' : live ? undefined : 'The simulator is not connected'
  const controls = (
    <>
      <span className="nw wide" role="status">
        {holder ? `${holder.client ?? 'an outside program'} has the port, you watch` : ''}
      </span>
      {data === 'entry' && canType && <SendFile store={store} instance={instance} terminal={terminal} />}
      <KeyButton
        label="Ctrl-Z"
        title="Sends SUB: ends the text after a > prompt"
        why={why}
        onPress={() => {
          press('\x1a')
        }}
      />
      <KeyButton
        label="ESC"
        title="Sends ESC: leaves a > prompt without its text"
        why={why}
        onPress={() => {
          press('\x1b')
        }}
      />
      <KeyButton label={waiting ? 'waiting' : '+++'} why={why} onPress={escape} busy={waiting} title={escapeTitle} />
    </>
  )
  return (
    <div className={`term${canType ? '' : ' watching'}${active ? '' : ' behind'}`} role="tabpanel" aria-label={`AT${instance}`}>
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
      {holder ? (
        <p className="term-note">
          <b>{holder.client ?? 'An outside program'}</b> has {holder.name}; what it reads and prints is shown here, typing is its own.
        </p>
      ) : (
        <div className="term-help" role="note" aria-label="Help for the line">
          {takesLine && profile ? <CommandHelpLines help={helpFor(line, profile)} /> : <p className="dim">{dataWords[data] ?? ''}</p>}
        </div>
      )}
      {active && strip && createPortal(controls, strip)}
    </div>
  )
}

/** Where the bytes go while no command line is read. */
const dataWords: Readonly<Record<string, string>> = {
  deaf: 'The module is off or still starts; it hears nothing.',
  entry: 'The module takes what follows as data. Ctrl-Z ends it, ESC leaves without it; a counted entry ends by itself.',
  online: 'Every byte goes to the far end. +++ alone, with a second of silence before and after, leads back to commands.'
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
