import { useState, type ReactNode } from 'react'
import type { ArmedFault, FaultOrder } from '../../../shared/lab/calls.ts'
import type { LabFault } from '../../../shared/lab/faults.ts'
import type { LabFarEndId } from '../../../shared/lab/lab.ts'
import { errorBehind, seenWords, type ErrorReport } from '../../../shared/rules/errors.ts'
import type { Store } from '../../state/store/store.ts'
import { armFault } from './lab-acts.ts'
import { labWords } from './words.ts'

interface FaultRowProps {
  readonly store: Store
  readonly fault: LabFault
  readonly farEnd: LabFarEndId | null
  readonly armed: readonly ArmedFault[]
  /** The present value of +CMEE, which decides how the host sees an error. */
  readonly errorReport: ErrorReport
  /** Why the fault cannot be armed, in one sentence; `null` if it can. */
  readonly why: string | null
}

/** One fault: what it does, what the host sees of it, and the buttons that arm it. */
export function FaultRow({ store, fault, farEnd, armed, errorReport, why }: FaultRowProps): ReactNode {
  const { parameter } = fault
  const [figure, setFigure] = useState(String(parameter?.usual ?? ''))
  const [busy, setBusy] = useState<FaultOrder['times'] | null>(null)
  const value = Number(figure)
  const wrong =
    parameter !== null &&
    (figure.trim() === '' || !Number.isInteger(value) || value < parameter.least || value > parameter.most)
  const seen = seenWords(fault.seen, errorReport)
  const wrongWords = parameter ? words.range(parameter.least, parameter.most, parameter.unit) : ''

  async function arm(times: FaultOrder['times']): Promise<void> {
    setBusy(times)
    await armFault(store, {
      fault: fault.id,
      times,
      ...(farEnd === null ? {} : { farEnd }),
      ...(parameter ? { parameter: value } : {})
    })
    setBusy(null)
  }
  const isArmed = (times: FaultOrder['times']): boolean =>
    armed.some((one) => one.times === times && one.farEnd === farEnd && (parameter === null || one.parameter === value))

  return (
    <li className={armed.length > 0 ? 'armed' : ''}>
      <div className="what">
        <b>{fault.words}</b>
        <span className="does" title={fault.does}>
          {fault.does[0]!.toUpperCase()}
          {fault.does.slice(1)}.
        </span>
        <span
          className="seen"
          title={
            fault.seen.error === null
              ? words.seen(seen)
              : words.seenError(seen, errorBehind(fault.seen.error, errorReport))
          }
        >
          <span className="off-screen">{words.hostSees}</span>
          {seen}
        </span>
      </div>
      {parameter && (
        <label className="figure" title={wrongWords}>
          <span>{parameter.words}</span>
          <input
            type="text"
            inputMode="numeric"
            aria-label={words.parameter(fault.words, parameter.words, parameter.unit)}
            aria-invalid={wrong}
            value={figure}
            onChange={(event) => {
              setFigure(event.target.value)
            }}
          />
          <span>{parameter.unit === 'bytes' ? words.bytes : parameter.unit}</span>
        </label>
      )}
      <div className="arm" role="group" aria-label={words.arm(fault.words)}>
        {(['next', 'always'] as const).map((times) => (
          <button
            key={times}
            type="button"
            className={`btn sm line${isArmed(times) ? ' is-armed' : ''}`}
            aria-pressed={isArmed(times)}
            disabled={why !== null || wrong || busy !== null || isArmed(times)}
            aria-busy={busy === times}
            title={why ?? (wrong ? words.wants(wrongWords) : times === 'next' ? words.aboutNext : words.aboutAlways)}
            onClick={() => {
              void arm(times)
            }}
          >
            {times === 'next' ? words.next : words.always}
          </button>
        ))}
      </div>
    </li>
  )
}

const words = labWords.fault
