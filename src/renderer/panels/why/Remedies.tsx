import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Remedy } from '../../../shared/explain/explanation.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { buttonOf, type RemedyButton } from './remedy-acts.ts'
import { whyWords } from './words.ts'

const words = whyWords.remedies

interface RemediesProps {
  readonly store: Store
  /** Best first. */
  readonly remedies: readonly Remedy[]
  /** The AT instance where commands are typed, unless a remedy has its own. */
  readonly instance: number
  /** Identifies what is explained. A new value forgets which buttons were pressed. */
  readonly about: string
  /** The command line that failed, to be retried after a fix; `null` if there is none. */
  readonly again: string | null
}

/** More than this cannot be read at a glance; a button shows the others. */
const SHOWN_AT_FIRST = 2

/** The remedies, best first. The first available button is the filled one. */
export function Remedies({ store, remedies, instance, about, again }: RemediesProps): ReactNode {
  // Whether a button is available depends on the port and the connection: render again when they change.
  useStore(store, (state) => state.snapshot)
  useStore(store, (state) => state.link)
  const [all, setAll] = useState(false)
  const [busy, setBusy] = useState<string | null>(null)
  const [done, setDone] = useState<readonly string[]>([])
  const abort = useRef<AbortController | null>(null)
  useEffect(() => {
    setDone([])
    setAll(false)
    setBusy(null)
    return () => abort.current?.abort()
  }, [about])

  const rows: readonly Remedy[] =
    done.length > 0 && again !== null ? [{ sentence: words.fixed, commands: [again] }, ...remedies] : remedies
  const shown = all ? rows : rows.slice(0, SHOWN_AT_FIRST)
  const buttons = shown.map((remedy) => buttonOf(store, remedy, instance))
  const best = buttons.findIndex((button) => button?.why === null)

  async function press(key: string, button: RemedyButton): Promise<void> {
    const mine = new AbortController()
    abort.current = mine
    setBusy(key)
    const mended = await button.run(mine.signal)
    if (mine.signal.aborted) return
    setBusy(null)
    if (mended && key !== again) setDone((before) => [...before, key])
  }

  return (
    <ul className="remedies">
      {shown.map((remedy, at) => {
        const button = buttons[at]
        const key = remedy.commands.length === 1 && remedy.commands[0] === again ? again : remedy.sentence
        return (
          <li key={key} className={done.includes(key) ? 'done' : ''}>
            <span className="what">
              <Warned remedy={remedy} />
              <Lines remedy={remedy} />
            </span>
            {button && (
              <button
                type="button"
                className={`btn sm ${at === best ? 'solid' : 'line'}`}
                disabled={button.why !== null || busy !== null}
                aria-busy={busy === key}
                title={button.why ?? linesOf(remedy).join('\n')}
                onClick={() => {
                  void press(key, button)
                }}
              >
                {done.includes(key) && <Icon name="check" />}
                {busy === key ? button.busy : button.label}
              </button>
            )}
          </li>
        )
      })}
      {rows.length > shown.length && (
        <li className="more">
          <button
            type="button"
            className="link"
            onClick={() => {
              setAll(true)
            }}
          >
            {words.more(rows.length - shown.length)}
          </button>
        </li>
      )}
    </ul>
  )
}

/** The sentence of a remedy, with its warning first if it weakens security. */
function Warned({ remedy: { warning, sentence } }: { readonly remedy: Remedy }): ReactNode {
  const [, head, rest] = /^([^:]+:)\s*(.*)$/s.exec(warning ?? '') ?? []
  return (
    <span>
      {head !== undefined && (
        <>
          <b className="warn">{head}</b>{' '}
        </>
      )}
      {sentence}
      {rest !== undefined && rest !== '' && (
        <span className="dim"> {rest.charAt(0).toUpperCase() + rest.slice(1)}</span>
      )}
    </span>
  )
}

function Lines({ remedy }: { readonly remedy: Remedy }): ReactNode {
  const lines = linesOf(remedy)
  if (lines.length === 0) return null
  return (
    <span className="lines">
      <code title={lines.join('\n')}>{lines.join(' · ')}</code>
      <CopyButton text={lines.join('\n')} what={words.copy(lines.length)} />
    </span>
  )
}

function linesOf({ commands, entry }: Remedy): readonly string[] {
  if (entry === undefined || commands.length === 0) return commands
  return [...commands, entry.replace('\x1a', words.thenCtrlZ)]
}
