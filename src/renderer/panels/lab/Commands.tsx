import { useState, type ReactNode } from 'react'
import { pasteText } from '../../../shared/lab/commands.ts'
import type { LabCommand, LabCommandsQuery, LabFarEndSnapshot } from '../../../shared/lab/calls.ts'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import { whyNoSession } from '../../state/sentence/why-no-session.ts'
import { dataStateOf } from '../../state/sentence/sentence.ts'
import { useStore, type Store, type WindowState } from '../../state/store/store.ts'
import { typeCommands } from './type-commands.ts'

const authModes = [
  [0, 'Verifies nothing'],
  [1, 'Verifies the server: stores the lab’s CA first'],
  [2, 'Verifies both sides: stores CA, a client certificate and its key first']
] as const

/** What is typed to reach a far end, from the module's present state on: to copy, or to type here. */
export function Commands({
  store,
  farEnd: { id }
}: {
  readonly store: Store
  readonly farEnd: LabFarEndSnapshot
}): ReactNode {
  const [authMode, setAuthMode] = useState<LabCommandsQuery['authMode']>(1)
  const [busy, setBusy] = useState<'copy' | 'type' | null>(null)
  const [said, setSaid] = useState<string | null>(null)
  const why = useStore(store, whyNotType)
  const live = useStore(store, (state) => state.link.kind === 'live')

  async function withCommands(
    what: 'copy' | 'type',
    use: (commands: readonly LabCommand[]) => Promise<string>
  ): Promise<void> {
    setBusy(what)
    setSaid(null)
    let done: string | null = null
    await store.attempt(
      store.api.labCommands({ farEnd: id, authMode }).then(async (commands) => {
        done = await use(commands)
      })
    )
    setSaid(done)
    setBusy(null)
  }
  const copy = (): void => {
    void withCommands('copy', async (commands) =>
      (await writeClipboard(pasteText(commands)))
        ? `${count(commands)} copied.`
        : 'The browser does not let them be copied.'
    )
  }
  const type = (): void => {
    store.desk.show('terminal')
    void withCommands(
      'type',
      async (commands) => (await typeCommands(store, commands)) ?? 'Typed; the last one connected.'
    )
  }
  return (
    <div className="lab-bar" role="group" aria-label="Commands that reach it">
      <span className="seg" role="group" aria-label="Auth mode">
        <span className="dim">Auth</span>
        {authModes.map(([mode, about]) => (
          <button
            key={mode}
            type="button"
            className={`btn sm line${mode === authMode ? ' pressed' : ''}`}
            aria-pressed={mode === authMode}
            aria-label={`Auth mode ${mode}`}
            title={about}
            onClick={() => {
              setAuthMode(mode)
              setSaid(null)
            }}
          >
            {mode}
          </button>
        ))}
      </span>
      <button
        type="button"
        className="btn sm line"
        disabled={!live || busy !== null}
        aria-busy={busy === 'copy'}
        onClick={copy}
      >
        Copy as AT commands
      </button>
      <button
        type="button"
        className="btn sm solid"
        disabled={why !== null || busy !== null}
        aria-busy={busy === 'type'}
        title={why ?? 'Into the terminal of AT0'}
        onClick={type}
      >
        {busy === 'type' ? 'Typing' : 'Type them'}
      </button>
      <p className="lab-said" role="status" title={said ?? why ?? undefined}>
        {said ?? why ?? ''}
      </p>
    </div>
  )
}

/** Why commands cannot be typed into AT0 now, one sentence; null when they can. */
function whyNotType({ snapshot, link }: WindowState): string | null {
  if (!snapshot) return 'The simulator has not answered yet.'
  return (
    whyNoSession(snapshot, link.kind === 'live') ??
    (dataStateOf(snapshot, 0) === 'online' ? 'AT0 is online: +++ brings it back to commands.' : null)
  )
}

function count(commands: readonly LabCommand[]): string {
  const lines = commands.filter(({ send }) => send.endsWith('\r')).length
  const pems = commands.length - lines
  return `${lines} commands${pems === 0 ? '' : pems === 1 ? ' and a certificate' : ` and ${pems} PEMs`}`
}
