import type { ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { Icon } from '../../parts/icons.tsx'
import { handshakeWords, moduleEnds, purposeAt } from './words.ts'

const words = handshakeWords.stepBar

interface StepBarProps {
  readonly handshake: HandshakeSnapshot
  /** Index of the current message. */
  readonly at: number
  readonly onGo: (at: number) => void
  readonly onEnd: () => void
}

/** The bar of step mode: the position, what the current message is for, and the buttons to go on. */
export function StepBar({ handshake, at, onGo, onEnd }: StepBarProps): ReactNode {
  const { messages } = handshake
  const message = messages[at]!
  const isLast = at === messages.length - 1
  return (
    <div className="step-bar" role="group" aria-label={words.label}>
      <p aria-live="polite">
        <b>{words.place(at + 1, messages.length, message.name)}</b>{' '}
        <span className="dim">{words.to(message.direction === 'out' ? moduleEnds.far : moduleEnds.near)}</span>{' '}
        {purposeAt(handshake, at)}
      </p>
      <span className="do">
        <button
          type="button"
          className="btn sm line"
          disabled={at === 0}
          title={words.backTitle}
          onClick={() => {
            onGo(at - 1)
          }}
        >
          {words.back}
        </button>
        {isLast ? (
          <button type="button" className="btn sm solid" title={words.leaveTitle} onClick={onEnd} autoFocus>
            {words.done}
          </button>
        ) : (
          <button
            type="button"
            className="btn sm solid"
            title={words.nextTitle}
            onClick={() => {
              onGo(at + 1)
            }}
            autoFocus
          >
            {words.next}
          </button>
        )}
        <button type="button" className="btn sm icon" aria-label={words.leave} title={words.leaveTitle} onClick={onEnd}>
          <Icon name="close" />
        </button>
      </span>
    </div>
  )
}
