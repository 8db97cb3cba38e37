import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Store } from '../../state/store/store.ts'
import { sendLineOnce } from '../../state/terminal/send-lines.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.paste

interface PasteLinesProps {
  readonly store: Store
  readonly instance: number
  readonly lines: readonly string[]
  /** How many lines are left out: those that are not commands, and those beyond the maximum. */
  readonly leftOut: number
  readonly onEnd: () => void
}

/** Types several pasted lines, each after the result code of the previous one: a module loses commands that come earlier. */
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
          ? words.atPrompt
          : answer.kind === 'answered'
            ? words.result(lines[index]!, answer.word)
            : words.notSent
      setStopped(words.stopped(why, left))
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
      aria-label={words.label}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onEnd()
      }}
    >
      <span className="cut" role="status">
        {stopped ??
          (running
            ? words.progress(next + 1, lines.length, lines[next] ?? '')
            : words.offer(lines.length, lines[0]!, leftOut))}
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
          {stopped === null ? words.start : words.goOn}
        </button>
      )}
      <button type="button" className="btn sm line" onClick={onEnd}>
        {running ? words.stop : words.close}
      </button>
    </div>
  )
}
