import type { ReactNode } from 'react'
import { Icon } from '../../parts/icons.tsx'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { purposeAt } from './words.ts'

interface StepBarProps {
  readonly handshake: HandshakeSnapshot
  /** Index of the message that has just happened. */
  readonly at: number
  readonly onGo: (at: number) => void
  readonly onEnd: () => void
}

/** Step mode's foot: where one is, what this message is for, and the way on. */
export function StepBar({ handshake, at, onGo, onEnd }: StepBarProps): ReactNode {
  const { messages } = handshake
  const message = messages[at]!
  const isLast = at === messages.length - 1
  return (
    <div className="step-bar" role="group" aria-label="Step through the handshake">
      <p aria-live="polite">
        <b>
          {at + 1} of {messages.length}, {message.name}
        </b>{' '}
        <span className="dim">{message.direction === 'out' ? 'to the far end.' : 'to the module.'}</span>{' '}
        {purposeAt(handshake, at)}
      </p>
      <span className="do">
        <button
          type="button"
          className="btn sm line"
          disabled={at === 0}
          title="One message back (Left)"
          onClick={() => {
            onGo(at - 1)
          }}
        >
          Back
        </button>
        {isLast ? (
          <button type="button" className="btn sm solid" title="Leave step mode (Escape)" onClick={onEnd} autoFocus>
            Done
          </button>
        ) : (
          <button
            type="button"
            className="btn sm solid"
            title="The next message (Right)"
            onClick={() => {
              onGo(at + 1)
            }}
            autoFocus
          >
            Next
          </button>
        )}
        <button
          type="button"
          className="btn sm icon"
          aria-label="Leave step mode"
          title="Leave step mode (Escape)"
          onClick={onEnd}
        >
          <Icon name="close" />
        </button>
      </span>
    </div>
  )
}
