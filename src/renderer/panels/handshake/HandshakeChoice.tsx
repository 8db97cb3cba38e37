import type { ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { handshakeWords, outcomeWords } from './words.ts'

const words = handshakeWords.choice

interface HandshakeChoiceProps {
  /** Newest first. */
  readonly all: readonly HandshakeSnapshot[]
  readonly shown: HandshakeSnapshot
  readonly onChoose: (id: number) => void
}

/** The outcome of the handshake that is shown, and a menu of the earlier ones. */
export function HandshakeChoice({ all, shown, onChoose }: HandshakeChoiceProps): ReactNode {
  const bad = shown.outcome === 'failed' ? ' err' : ''
  if (all.length < 2) return <span className={`nw${bad}`}>{outcomeWords(shown)}</span>
  return (
    <span className={`select sm choice${bad}`}>
      <select
        aria-label={words.label}
        title={words.title(shown.id, shown.farEnd, all.length)}
        value={shown.id}
        onChange={(event) => {
          onChoose(Number(event.target.value))
        }}
      >
        {all.map((one) => (
          <option key={one.id} value={one.id}>
            {one.id === shown.id
              ? words.option(one.id, outcomeWords(one))
              : words.otherOption(one.id, outcomeWords(one), one.farEnd)}
          </option>
        ))}
      </select>
    </span>
  )
}
