import { useState, type ReactNode } from 'react'
import type { Diagnosis } from '../../../shared/calls/diagnosis.ts'
import { Mark } from '../../panels/timeline/Mark.tsx'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { doctorWords as words } from './words.ts'

interface DoctorProps {
  readonly examine: () => Promise<readonly Diagnosis[]>
}

/** Why a terminal program may not see a port: the findings of `telit-sim doctor`, on request, problems first. */
export function Doctor({ examine }: DoctorProps): ReactNode {
  const [state, setState] = useState<Examined>({ kind: 'not-asked' })
  const ask = (): void => {
    setState({ kind: 'looking' })
    examine().then(
      (found) => {
        setState({ kind: 'found', found })
      },
      (error: unknown) => {
        setState({ kind: 'refused', sentence: error instanceof Error ? error.message : String(error) })
      }
    )
  }
  return (
    <section aria-label={words.heading}>
      <header className="port-head">
        <h3>{words.heading}</h3>
        <button type="button" className="btn sm" disabled={state.kind === 'looking'} onClick={ask}>
          {state.kind === 'looking' ? words.looking : words.look}
        </button>
      </header>
      {state.kind === 'refused' && (
        <p role="alert" className="refusal">
          {state.sentence}
        </p>
      )}
      {state.kind === 'found' && (
        <ul className="diagnoses" aria-live="polite">
          {state.found.map((one) => (
            <li key={one.sentence}>
              <Mark name={marks[one.verdict]} />
              <span className="about">
                <span className="off-screen">{words.verdicts[one.verdict]}</span> {one.sentence}
                {one.remedy !== null && <code className="remedy">{one.remedy}</code>}
              </span>
              {one.remedy !== null && <CopyButton text={one.remedy} what={words.remedy} />}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

type Examined =
  | { readonly kind: 'not-asked' | 'looking' }
  | { readonly kind: 'found'; readonly found: readonly Diagnosis[] }
  | { readonly kind: 'refused'; readonly sentence: string }

const marks = { fine: 'done', note: 'note', problem: 'error' } as const
