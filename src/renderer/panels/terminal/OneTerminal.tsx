import { useEffect, useRef, useState, type DragEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { Icon } from '../../parts/icons.tsx'
import { dataStateOf } from '../../state/sentence.ts'
import { quietPorts } from '../../state/quiet-ports.ts'
import { useStore, type Store } from '../../state/store.ts'
import { useShared } from '../../state/use-shared.ts'
import { typedLinesOf, useTypedLine } from '../../state/typed-lines.ts'
import { helpFor } from './command-help.ts'
import { CommandHelpLines } from './CommandHelp.tsx'
import { CompletionList } from './CompletionList.tsx'
import { waitBeforeEscapeMs } from './escape-guard.ts'
import { FindBar } from './FindBar.tsx'
import { FirstMinute } from './FirstMinute.tsx'
import { PasteLines } from './PasteLines.tsx'
import { sendFile } from './send-file.ts'
import { useCompletion, type CompletionUse } from './use-completion.ts'
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
  const ports = useShared(store, quietPorts)
  const live = useStore(store, (state) => state.link.kind === 'live' && state.snapshot !== null)
  const data = useStore(store, (state) => (state.snapshot ? dataStateOf(state.snapshot, instance) : ''))
  const port = ports?.find((one) => one.instance === instance)
  const holder = ports?.find((one) => one.instance === instance && one.clientPresent)
  const canType = live && !holder
  const [used, setUsed] = useState(false)
  const [waiting, setWaiting] = useState(false)
  const lines = typedLinesOf(store)
  const line = useTypedLine(store, instance)
  const [finding, setFinding] = useState(false)
  const [pasted, setPasted] = useState<{ readonly lines: readonly string[]; readonly leftOut: number } | null>(null)
  const takesLine = data === 'command' || data === 'blocking'
  const mode = takesLine ? 'line' : data === 'entry' ? 'prompt' : 'through'

  function follow(text: string): void {
    setUsed(true)
    if (!takesLine) return
    const { line: next, entered } = followTyped(lines.get(instance), text)
    for (const one of entered) history.remember(one)
    lines.set(instance, next)
  }

  const completion = useCompletion(
    () => lines.get(instance),
    line,
    profile,
    (text) => {
      void terminal.send(text)
    }
  )

  function pressLineKey(key: LineKey): boolean {
    if (completion.press(key)) return true
    if (key !== 'up' && key !== 'down') return false
    const now = lines.get(instance)
    const wanted = history.walk(instance, now, key)
    if (wanted !== null) void terminal.send(keysToReplace(now, wanted))
    return true
  }

  const terminal = useTerminal({
    store,
    instance,
    dark,
    canType,
    mode,
    onTyped: follow,
    onLineKey: pressLineKey,
    onLines: (all, leftOut) => {
      setPasted({ lines: all, leftOut })
    },
    onFind: () => {
      setFinding(true)
    },
    onOutput: () => {
      setUsed(true)
    }
  })
  // What is typed to a prompt or to a far end is no command line.
  useEffect(() => {
    if (!takesLine || holder) lines.set(instance, '')
  }, [takesLine, holder, lines, instance])
  useOwnList(terminal.input, completion)
  const escapeTimer = useRef(0)
  useEffect(
    () => () => {
      window.clearTimeout(escapeTimer.current)
    },
    []
  )

  function escape(): void {
    setWaiting(true)
    // The whole guard time from now: the last byte may be one that the lab or a lesson has typed.
    const nowMs = performance.now()
    escapeTimer.current = window.setTimeout(
      () => {
        setWaiting(false)
        press('+++')
      },
      waitBeforeEscapeMs(nowMs, nowMs)
    )
  }

  function press(text: string): void {
    void terminal.send(text)
    terminal.focus()
  }

  function drop(event: DragEvent): void {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    if (canType) void store.attempt(sendFile(store, instance, file, terminal.send)).then(terminal.focus)
    else store.say(why ?? '')
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
      <button
        type="button"
        className="btn sm icon"
        aria-label="Find in the terminal"
        title="Find (Ctrl-Shift-F)"
        aria-pressed={finding}
        onClick={() => {
          setFinding(!finding)
        }}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        className="btn sm icon"
        aria-label="Copy what is selected, or all"
        title="Copy what is selected, or all (Ctrl-Shift-C)"
        onClick={() => {
          void terminal.copy().then((done) => {
            if (!done) store.say('The browser does not let it be copied; select it and copy by hand.')
          })
        }}
      >
        <Icon name="copy" />
      </button>
    </>
  )
  return (
    <div
      className={`term${canType ? '' : ' watching'}${active ? '' : ' behind'}`}
      role="tabpanel"
      aria-label={`AT${instance}`}
      data-mode={canType ? mode : 'watching'}
      onDragOver={(event) => {
        event.preventDefault()
      }}
      onDrop={drop}
    >
      <div className="term-screen" ref={terminal.host} />
      {finding && active && (
        <FindBar
          find={terminal.find}
          onClose={() => {
            setFinding(false)
            terminal.focus()
          }}
        />
      )}
      {active && canType && completion.list.length > 0 && terminal.cursor() !== null && (
        <CompletionList
          id={completion.id}
          completions={completion.list}
          at={completion.at}
          cursor={terminal.cursor()!}
          onPick={completion.pick}
        />
      )}
      {port && live && !holder && !used && (
        <FirstMinute
          port={port}
          onHere={() => {
            setUsed(true)
            terminal.focus()
          }}
        />
      )}
      {pasted && canType && (
        <PasteLines
          store={store}
          instance={instance}
          lines={pasted.lines}
          leftOut={pasted.leftOut}
          onEnd={() => {
            setPasted(null)
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

/** Tells a screen reader, while the list is open, that the terminal's input steers it; the list goes when the focus does. */
function useOwnList(input: () => HTMLTextAreaElement | null, { id, list, at, close }: CompletionUse): void {
  const open = list.length > 0
  useEffect(() => {
    const element = input()
    if (!element || !open) return
    const attributes = {
      role: 'combobox',
      'aria-autocomplete': 'list',
      'aria-expanded': 'true',
      'aria-controls': id,
      'aria-activedescendant': `${id}-${at}`
    }
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value)
    element.addEventListener('blur', close)
    return () => {
      for (const name of Object.keys(attributes)) element.removeAttribute(name)
      element.removeEventListener('blur', close)
    }
    // `input` and `close` are the same through the life of a terminal.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [open, id, at])
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
