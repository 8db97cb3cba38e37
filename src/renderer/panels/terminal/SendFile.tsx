import { useRef, useState, type ReactNode } from 'react'
import type { Store } from '../../state/store/store.ts'
import { sendFile } from './send-file.ts'
import type { TerminalHandle } from './use-terminal.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.file

interface SendFileProps {
  readonly store: Store
  readonly instance: number
  readonly terminal: TerminalHandle
}

/** Sends a file to the > prompt, then Ctrl-Z unless the byte count (DER) has already ended the entry. */
export function SendFile({ store, instance, terminal }: SendFileProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)
  return (
    <>
      <button
        type="button"
        className="btn line sm"
        disabled={busy}
        aria-busy={busy}
        title={words.title}
        onClick={() => {
          input.current?.click()
        }}
      >
        {busy ? words.sending : words.send}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={words.input}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // Empty the field, so that the same file can be chosen again.
          event.target.value = ''
          if (!file) return
          setBusy(true)
          void store.attempt(sendFile(store, instance, file, terminal.send)).then(() => {
            setBusy(false)
            terminal.focus()
          })
        }}
      />
    </>
  )
}
