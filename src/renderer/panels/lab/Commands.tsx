import { useState, type ReactNode } from 'react'
import type { LabCommand, LabCommandsQuery, LabFarEndSnapshot } from '../../../shared/lab/calls.ts'
import { pasteText } from '../../../shared/lab/commands.ts'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import { dataStateOf } from '../../state/sentence/sentence.ts'
import { whyNoSession } from '../../state/sentence/why-no-session.ts'
import { useStore, type Store, type WindowState } from '../../state/store/store.ts'
import { typeCommands } from './type-commands.ts'
import { labWords } from './words.ts'

const words = labWords.commands
const authModes = [0, 1, 2] as const

/** The commands that connect the module to a lab server, from its present state on, to copy or to type into AT0. */
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
      (await writeClipboard(pasteText(commands))) ? copied(commands) : words.copyRefused
    )
  }
  const type = (): void => {
    store.desk.show('terminal')
    void withCommands('type', async (commands) => (await typeCommands(store, commands)) ?? words.typed)
  }
  return (
    <div className="lab-bar" role="group" aria-label={words.name}>
      <span className="seg" role="group" aria-label={words.authModes}>
        <span className="dim">{words.auth}</span>
        {authModes.map((mode) => (
          <button
            key={mode}
            type="button"
            className={`btn sm line${mode === authMode ? ' pressed' : ''}`}
            aria-pressed={mode === authMode}
            aria-label={words.authMode(mode)}
            title={words.aboutAuthMode[mode]}
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
        {words.copy}
      </button>
      <button
        type="button"
        className="btn sm solid"
        disabled={why !== null || busy !== null}
        aria-busy={busy === 'type'}
        title={why ?? words.aboutType}
        onClick={type}
      >
        {busy === 'type' ? words.typing : words.type}
      </button>
      <p className="lab-said" role="status" title={said ?? why ?? undefined}>
        {said ?? why ?? ''}
      </p>
    </div>
  )
}

/** Returns why commands cannot be typed into AT0 now, in one sentence; `null` if they can. */
function whyNotType({ snapshot, link }: WindowState): string | null {
  if (!snapshot) return words.simulatorSilent
  return whyNoSession(snapshot, link.kind === 'live') ?? (dataStateOf(snapshot, 0) === 'online' ? words.online : null)
}

function copied(commands: readonly LabCommand[]): string {
  const lines = commands.filter(({ send }) => send.endsWith('\r')).length
  return words.copied(lines, commands.length - lines)
}
