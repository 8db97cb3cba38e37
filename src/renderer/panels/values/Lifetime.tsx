import type { ReactNode } from 'react'
import { isoDate } from '../../state/sentence/formats.ts'
import { nvmWords } from './nvm-words.ts'
import type { Validity } from './validity.ts'

/** A certificate's validity as a short line in a slot's row, with the module's clock as a tick. */
export function ValidityTick({ validity }: { readonly validity: Validity }): ReactNode {
  const { at, verdict } = validity
  const bad = verdict === 'expired' || verdict === 'early'
  const x = at === null ? null : 10 + at * 40
  return (
    <svg className={`valid${bad ? ' bad' : ''}`} viewBox="0 0 60 8" aria-hidden="true">
      <path className="span" d="M10 4H50" />
      {bad && x !== null && <path className="past" d={verdict === 'expired' ? `M50 4H${x}` : `M${x} 4H10`} />}
      {x !== null && <path className="now-tick" d={`M${x} .5V7.5`} />}
    </svg>
  )
}

/** A certificate's validity with its dates, as wide as a sheet. */
export function Lifetime({
  validity,
  clockText
}: {
  readonly validity: Validity
  readonly clockText: string | null
}): ReactNode {
  const { at, verdict, fromMs, toMs } = validity
  const bad = verdict === 'expired' || verdict === 'early'
  const [from, to] = [90, 470]
  const x = at === null ? null : Math.max(20, Math.min(540, from + at * (to - from)))
  const anchor = x === null || (x > 70 && x < 490) ? 'middle' : x <= 70 ? 'start' : 'end'
  return (
    <svg
      className={`life${bad ? ' bad' : ''}`}
      viewBox="0 0 560 46"
      role="img"
      aria-label={words.name(words.verdicts[verdict], isoDate(fromMs), isoDate(toMs))}
    >
      <path className="axis" d="M10 24H550" />
      <path className="span" d={`M${from} 24H${to}`} />
      <text x={from} y="42" textAnchor="middle">
        {isoDate(fromMs)}
      </text>
      <text x={to} y="42" textAnchor="middle">
        {isoDate(toMs)}
      </text>
      {bad && x !== null && <path className="past" d={verdict === 'expired' ? `M${to} 24H${x}` : `M${x} 24H${from}`} />}
      {x !== null && (
        <>
          <path className="now-tick" d={`M${x} 14V34`} />
          <text
            className="now"
            x={anchor === 'start' ? x - 4 : anchor === 'end' ? x + 4 : x}
            y="10"
            textAnchor={anchor}
          >
            {words.clock(clockText ?? '')}
          </text>
        </>
      )}
    </svg>
  )
}

const words = nvmWords.lifetime
