import { useEffect, useRef, useState, type ReactNode } from 'react'
import { sendLineOnce } from '../../state/terminal/send-lines.ts'
import type { Store } from '../../state/store/store.ts'

interface PasteLinesProps {
  readonly store: Store
  readonly instance: number
  readonly lines: readonly string[]
  /** Lines that are no commands. */
  readonly leftOut: number
  readonly onEnd: () => void
}

/** Several pasted lines: typed one after the other, each when the one before has its result; a module loses what comes too early. */
export function PasteLines({ store, instance, lines, leftOut, onEnd }: PasteLinesProps): ReactNode {
  const [at, setAt] = useState<number | null>(null)
  const [stopped, setStopped] = useState<string | null>(null)
  const abort = useRef(new AbortController())
  const first = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    first.current?.focus()
    const own = abort.current
    return () => {
      own.abort()
    }
  }, [])

  async function run(from: number): Promise<void> {
    setStopped(null)
    for (let index = from; index < lines.length; index++) {
      setAt(index)
      const answer = await sendLineOnce(store, instance, lines[index]!, abort.current.signal)
      if (abort.current.signal.aborted) return
      const left = lines.length - index - 1
      if (answer.kind === 'answered' && !answer.bad && (answer.word !== 'CONNECT' || left === 0)) continue
      if (answer.kind === 'prompt' && left === 0) continue
      const why =
        answer.kind === 'prompt'
          ? 'The module waits at its prompt now'
          : answer.kind === 'answered'
            ? `${lines[index]} answered ${answer.word}`
            : 'It was not sent'
      setStopped(
        `${why}; ${left === 0 ? 'that was the last line' : left === 1 ? 'one line is left' : `${left} lines are left`}.`
      )
      setAt(index + 1)
      return
    }
    onEnd()
  }

  const running = at !== null && stopped === null
  const next = at ?? 0
  return (
    <div
      className="paste"
      role="group"
      aria-label="Pasted lines"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd()
      }}
    >
      <span className="cut" role="status">
        {stopped ??
          (running
            ? `${next + 1} of ${lines.length}: ${lines[next] ?? ''}`
            : `${lines.length} lines: ${lines[0]} …${leftOut > 0 ? ` (${leftOut} others are no commands)` : ''}`)}
      </span>
      {!running && next < lines.length && (
        <button
          ref={first}
          type="button"
          className="btn sm solid"
          onClick={() => {
            void run(next)
          }}
        >
          {stopped === null ? 'Type one by one' : 'Go on'}
        </button>
      )}
      <button type="button" className="btn sm line" onClick={onEnd}>
        {running ? 'Stop' : 'Leave'}
      </button>
    </div>
  )
}
