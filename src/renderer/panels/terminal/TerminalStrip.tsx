import type { ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import type { Store } from '../../state/store/store.ts'
import { SendFile } from './SendFile.tsx'
import type { EscapeUse } from './use-escape.ts'
import type { TerminalHandle } from './use-terminal.ts'

interface TerminalStripProps {
  readonly store: Store
  readonly instance: number
  readonly terminal: TerminalHandle
  /** The outside program that has the port, or null. */
  readonly watched: string | null
  /** Whether a file would go where the bytes go now: to a > prompt. */
  readonly takesFile: boolean
  /** Why the keys cannot be pressed now. */
  readonly why: string | undefined
  readonly escape: EscapeUse
  readonly finding: boolean
  readonly onFind: (finding: boolean) => void
}

const ESCAPE_TITLE =
  'Sends +++ alone: back to command mode. The guard time S12 (1 s from the factory) must pass in silence before and after it; ' +
  'the window waits before, do not type after.'

/** The buttons of the terminal in front: the keys that end an entry or leave online mode, find, and copy. */
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
      <span
        className="nw holder"
        role="status"
        title={
          watched === null
            ? undefined
            : `${watched} has the port: what it types and reads is shown here, and nobody else can type`
        }
      >
        {watched === null ? '' : `You watch ${watched}`}
      </span>
      {takesFile && <SendFile store={store} instance={instance} terminal={terminal} />}
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
      <KeyButton
        label={escape.waiting ? 'waiting' : '+++'}
        why={why}
        onPress={escape.press}
        busy={escape.waiting}
        title={ESCAPE_TITLE}
      />
      <button
        type="button"
        className="btn sm icon"
        aria-label="Find in the terminal"
        title="Find (Ctrl-Shift-F)"
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
