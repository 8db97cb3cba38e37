import type { ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import type { Store } from '../../state/store/store.ts'
import { SendFile } from './SendFile.tsx'
import type { EscapeUse } from './use-escape.ts'
import type { TerminalHandle } from './use-terminal.ts'
import { terminalWords as words } from './words.ts'

interface TerminalStripProps {
  readonly store: Store
  readonly instance: number
  readonly terminal: TerminalHandle
  /** The other program that has the port open; `null` if there is none. */
  readonly watched: string | null
  /** Whether a file can be sent now: the module is at a > prompt. */
  readonly takesFile: boolean
  /** Why the buttons cannot be pressed now; `undefined` if they can. */
  readonly why: string | undefined
  readonly escape: EscapeUse
  readonly finding: boolean
  readonly onFind: (finding: boolean) => void
}

/** The buttons of the selected terminal: keys that end an entry or leave online mode, find, and copy. */
export function TerminalStrip({
  store,
  instance,
  terminal,
  watched,
  takesFile,
  why,
  escape,
  finding,
  onFind
}: TerminalStripProps): ReactNode {
  function press(text: string): void {
    void terminal.send(text)
    terminal.focus()
  }

  return (
    <>
      <span className="nw holder" role="status" title={watched === null ? undefined : words.watching.title(watched)}>
        {watched === null ? '' : words.watching.label(watched)}
      </span>
      {takesFile && <SendFile store={store} instance={instance} terminal={terminal} />}
      <KeyButton
        label={words.keys.ctrlZ.label}
        title={words.keys.ctrlZ.title}
        why={why}
        onPress={() => {
          press('\x1a')
        }}
      />
      <KeyButton
        label={words.keys.esc.label}
        title={words.keys.esc.title}
        why={why}
        onPress={() => {
          press('\x1b')
        }}
      />
      <KeyButton
        label={escape.waiting ? words.keys.escape.waiting : words.keys.escape.label}
        why={why}
        onPress={escape.press}
        busy={escape.waiting}
        title={words.keys.escape.title}
      />
      <button
        type="button"
        className="btn sm icon"
        aria-label={words.find.label}
        title={words.find.title}
        aria-pressed={finding}
        onClick={() => {
          onFind(!finding)
        }}
      >
        <Icon name="search" />
      </button>
      <button
        type="button"
        className="btn sm icon"
        aria-label={words.copy.label}
        title={words.copy.title}
        onClick={() => {
          void terminal.copy().then((done) => {
            if (!done) store.say(words.copy.refused)
          })
        }}
      >
        <Icon name="copy" />
      </button>
    </>
  )
}

interface KeyButtonProps {
  readonly label: string
  readonly title: string
  /** Why the button cannot be pressed now; `undefined` if it can. */
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
