import { useEffect, useState, type DragEvent, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { dataStateOf } from '../../state/sentence/sentence.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { useShared } from '../../state/store/use-shared.ts'
import { quietPorts } from '../../state/terminal/quiet-ports.ts'
import { followTyped, keysToReplace } from '../../state/terminal/typed-line.ts'
import { typedLinesOf, useTypedLine } from '../../state/terminal/typed-lines.ts'
import { CommandHelpLines } from './CommandHelp.tsx'
import { CompletionList } from './CompletionList.tsx'
import { FindBar } from './FindBar.tsx'
import { FirstMinute } from './FirstMinute.tsx'
import { PasteLines } from './PasteLines.tsx'
import { TerminalStrip } from './TerminalStrip.tsx'
import { helpFor } from './command-help.ts'
import { sendFile } from './send-file.ts'
import { useCombobox } from './use-combobox.ts'
import { useCompletion } from './use-completion.ts'
import { useEscape } from './use-escape.ts'
import type { LineHistory } from './use-line-history.ts'
import { useTerminal, type LineKey } from './use-terminal.ts'
import { terminalWords as words } from './words.ts'

interface OneTerminalProps {
  readonly store: Store
  readonly instance: number
  readonly look: string
  /** Whether this terminal's tab is selected. */
  readonly active: boolean
  readonly profile: ModuleProfile | null
  readonly history: LineHistory
  /** Where its buttons are rendered while its tab is selected. */
  readonly strip: HTMLElement | null
}

/** A terminal on one AT instance. It shows the module's output, and takes input unless another program has the port open. */
export function OneTerminal({ store, instance, look, active, profile, history, strip }: OneTerminalProps): ReactNode {
  const ports = useShared(store, quietPorts)
  const live = useStore(store, (state) => state.link.kind === 'live' && state.snapshot !== null)
  const data = useStore(store, (state) => (state.snapshot ? dataStateOf(state.snapshot, instance) : ''))
  const port = ports?.find((one) => one.instance === instance)
  const holder = ports?.find((one) => one.instance === instance && one.clientPresent)
  const canType = live && !holder
  const [used, setUsed] = useState(false)
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
    look,
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
  // Input to a prompt or to the server is not a command line.
  useEffect(() => {
    if (!takesLine || holder) lines.set(instance, '')
  }, [takesLine, holder, lines, instance])
  useCombobox(terminal.input, completion)
  const escape = useEscape(store, terminal)

  function drop(event: DragEvent): void {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    if (canType) void store.attempt(sendFile(store, instance, file, terminal.send)).then(terminal.focus)
    else store.say(why ?? '')
  }

  const why = holder ? words.cannotType.portTaken : live ? undefined : words.cannotType.notConnected
  return (
    <div
      className={`term${canType ? '' : ' watching'}${active ? '' : ' behind'}`}
      role="tabpanel"
      aria-label={words.instance(instance)}
      data-mode={canType ? mode : 'watching'}
      data-takes-files
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
      {!holder && (
        <div className="term-help" role="note" aria-label={words.help.label}>
          {takesLine && profile ? (
            <CommandHelpLines help={helpFor(line, profile)} />
          ) : (
            <p className="dim">{dataWords[data] ?? ''}</p>
          )}
        </div>
      )}
      {active &&
        strip &&
        createPortal(
          <TerminalStrip
            store={store}
            instance={instance}
            terminal={terminal}
            watched={holder ? (holder.client ?? words.anotherProgram) : null}
            takesFile={data === 'entry' && canType}
            why={why}
            escape={escape}
            finding={finding}
            onFind={setFinding}
          />,
          strip
        )}
    </div>
  )
}

/** By state of the data chart. */
const dataWords: Readonly<Record<string, string>> = words.help.data
