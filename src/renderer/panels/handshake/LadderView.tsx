import type { ReactNode } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { ruleById } from '../../../shared/rules/rules.ts'
import { Ladder } from './Ladder.tsx'
import { MessageDetail } from './MessageDetail.tsx'
import { StepBar } from './StepBar.tsx'
import { brokenAt } from './steps.ts'
import type { MessageSource } from './use-message.ts'
import { glossOf, handshakeWords, moduleEnds, purposeAt, tookWords, type Ends } from './words.ts'

interface LadderViewProps {
  readonly source: MessageSource
  readonly handshake: HandshakeSnapshot
  /** The full handshake whose TLS session was resumed, drawn beside it; `null` if unknown. */
  readonly full: HandshakeSnapshot | null
  /** The selected message, of this handshake or of the full one; `null` for none. */
  readonly selected: { readonly handshake: HandshakeSnapshot; readonly at: number } | null
  /** Whether the selected message is shown in detail. */
  readonly opened: boolean
  /** In step mode, the index of the current message; `null` outside step mode. */
  readonly step: number | null
  /** For a capture only: the names of its ends, the sentence below the ladder, and whether to explain what messages are for. */
  readonly captured?: { readonly ends: Ends; readonly foot: string; readonly purposes: boolean }
  readonly onSelect: (handshake: HandshakeSnapshot, at: number | null) => void
  readonly onGo: (step: number | null) => void
}

/** The ladder, the selected message beside it in detail, and one sentence below. */
export function LadderView({
  source,
  handshake,
  full,
  selected,
  opened,
  step,
  captured,
  onSelect,
  onGo
}: LadderViewProps): ReactNode {
  const message = opened ? selected?.handshake.messages[selected.at] : undefined
  const inFull = selected !== null && selected.handshake.id === full?.id
  const compared = full !== null && !message
  const ladder = (one: HandshakeSnapshot, beside: boolean): ReactNode => (
    <Ladder
      key={one.id}
      handshake={one}
      ends={captured?.ends ?? moduleEnds}
      beside={beside}
      selected={selected?.handshake.id === one.id ? selected.at : null}
      upTo={step === null ? null : step + 1}
      heading={
        compared && (
          <p className="hs-heading cut">
            <b>{beside ? handshakeWords.ladder.fullHeading : handshakeWords.ladder.resumedHeading}</b> {tookWords(one)}
          </p>
        )
      }
      onSelect={(at) => {
        onSelect(one, at)
      }}
    />
  )
  return (
    <div className={`hs${message ? ' opened' : ''}${compared ? ' compared' : ''}${step === null ? '' : ' stepping'}`}>
      {(!message || !inFull) && ladder(handshake, false)}
      {full && (compared || inFull) && ladder(full, true)}
      {message && (
        <MessageDetail
          source={source}
          ends={captured?.ends ?? moduleEnds}
          message={message}
          rest={restOf(selected!.handshake, selected!.at, captured?.purposes ?? true)}
          onClose={() => {
            if (step === null) onSelect(selected!.handshake, null)
            else onGo(null)
          }}
        />
      )}
      {step !== null && handshake.messages[step] ? (
        <StepBar
          handshake={handshake}
          at={step}
          onGo={onGo}
          onEnd={() => {
            onGo(null)
          }}
        />
      ) : (
        !message && <Foot handshake={handshake} full={full} said={captured?.foot} />
      )}
    </div>
  )
}

/** Returns what is written below the fields while none is selected: why this message broke the handshake, or what it is for. */
function restOf(handshake: HandshakeSnapshot, at: number, purposes: boolean): ReactNode {
  const broke = at === brokenAt(handshake) || handshake.messages[at]!.fatal
  return broke && handshake.failure !== null ? (
    <FailureWords handshake={handshake} />
  ) : purposes ? (
    purposeAt(handshake, at)
  ) : (
    handshake.messages[at]!.summary
  )
}

interface FootProps {
  readonly handshake: HandshakeSnapshot
  readonly full: HandshakeSnapshot | null
  readonly said: string | undefined
}

function Foot({ handshake, full, said }: FootProps): ReactNode {
  const failed = handshake.outcome === 'failed'
  return (
    <p className={`gloss whole${failed ? ' bad' : ''}`} tabIndex={0}>
      <Remarks handshake={handshake} />
      {failed ? <FailureWords handshake={handshake} /> : (said ?? glossOf(handshake, full))}
    </p>
  )
}

/** What the module tolerated or did not check in this handshake. Written first: the ladder itself does not show it. */
function Remarks({ handshake: { remarks } }: { readonly handshake: HandshakeSnapshot }): ReactNode {
  return remarks.map(({ seq, sentence, rule }) => (
    <span className="remark" key={seq}>
      <b>{handshakeWords.gloss.note}</b> {sentence}{' '}
      <span className="rule-chip" title={ruleById(rule)?.sentence}>
        {rule}
      </span>{' '}
    </span>
  ))
}

function FailureWords({ handshake: { failure, rule } }: { readonly handshake: HandshakeSnapshot }): ReactNode {
  const known = rule === null ? undefined : ruleById(rule)
  return (
    <>
      <span className="err">{failure}</span>
      {rule !== null && (
        <>
          {' '}
          <span className="rule-chip" title={known?.sentence}>
            {rule}
          </span>{' '}
          <span className="ink2">{known?.sentence}</span>
        </>
      )}
    </>
  )
}
