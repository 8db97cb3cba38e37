import { useRef, useState, type ReactNode } from 'react'
import type { Store } from '../../state/store.ts'
import { dataStateOf } from '../../state/sentence.ts'
import type { TerminalHandle } from './use-terminal.ts'

/** No prompt takes more than a few thousand bytes; a file beyond this was picked by mistake. */
const maxFileBytes = 65_536

const ctrlZ = '\x1a'

interface SendFileProps {
  readonly store: Store
  readonly instance: number
  readonly terminal: TerminalHandle
}

/** Sends a file's bytes into the > prompt and ends it with Ctrl-Z, where it has not ended by its count (DER). */
export function SendFile({ store, instance, terminal }: SendFileProps): ReactNode {
  const input = useRef<HTMLInputElement>(null)
  const [busy, setBusy] = useState(false)

  async function sendFile(file: File): Promise<void> {
    if (file.size > maxFileBytes) throw new Error(`${file.name} has ${file.size} bytes; a prompt takes ${maxFileBytes} at most.`)
    if (!(await terminal.send(new Uint8Array(await file.arrayBuffer())))) return
    const after = await store.api.snapshot()
    if (dataStateOf(after, instance) === 'entry') await terminal.send(ctrlZ)
  }

  return (
    <>
      <button
        type="button"
        className="btn line sm"
        disabled={busy}
        aria-busy={busy}
        title="Sends a file’s bytes into the prompt, then Ctrl-Z"
        onClick={() => {
          input.current?.click()
        }}
      >
        {busy ? 'Sending' : 'Send a file'}
      </button>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File for the prompt"
        onChange={(event) => {
          const file = event.target.files?.[0]
          // Emptied, so that the same file can be chosen once more.
          event.target.value = ''
          if (!file) return
          setBusy(true)
          void store.attempt(sendFile(file)).then(() => {
            setBusy(false)
            terminal.focus()
          })
        }}
      />
    </>
  )
}
