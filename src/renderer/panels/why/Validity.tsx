import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { Picture } from '../../../shared/explain/explanation.ts'
import { commonName, dateText } from '../../../shared/explain/words.ts'
import { hasBegun, hasEnded } from '../../../shared/tls/validity.ts'
import { shortDate } from '../../state/sentence/short-date.ts'
import { whyWords } from './words.ts'

const words = whyWords.validity

/** Margin at the left and right of the drawing. */
const EDGE_PX = 8
/** Width of one character of a 10 px label. */
const CHAR_PX = 5.6
const HEIGHT_PX = 46

/** A certificate's validity as a line, with the clock that judged it. Drawn at scale 1, so that its text has the normal size. */
export function Validity({
  subject,
  notBeforeMs,
  notAfterMs,
  clockMs
}: Extract<Picture, { readonly kind: 'validity' }>): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(290)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const measure = new ResizeObserver(() => {
      if (element.clientWidth > 0) setWidth(element.clientWidth)
    })
    measure.observe(element)
    return () => {
      measure.disconnect()
    }
  }, [])
  const { x, labels } = layValidity({ notBeforeMs, notAfterMs, clockMs }, width)
  const ended = hasEnded(clockMs, notAfterMs)
  const out = ended || !hasBegun(clockMs, notBeforeMs)
  const name = commonName(subject)
  const [from, to] = [dateText(notBeforeMs), dateText(notAfterMs)]
  const room = Math.floor((width - 2 * EDGE_PX - labels.clock.text.length * CHAR_PX - 24) / CHAR_PX)
  const shortName = name.length > room ? `${name.slice(0, Math.max(4, room - 1))}…` : name
  return (
    <div className="pic validity" ref={box}>
      <svg width={width} height={HEIGHT_PX} role="img" aria-label={words.label(name, from, to, dateText(clockMs))}>
        <path className="axis" d={`M${EDGE_PX} 22H${width - EDGE_PX}`} />
        <rect className="span" x={x.from} y="18" width={Math.max(3, x.to - x.from)} height="8" rx="2" />
        {out && <path className="gap" d={`M${ended ? x.to : x.from} 22H${x.clock}`} />}
        <path className={`tick${out ? ' out' : ''}`} d={`M${x.clock} 11V32`} />
        <path className={`tick-head${out ? ' out' : ''}`} d={`M${x.clock - 4} 9h8l-4 6z`} />
        <text className={`clock${out ? ' out' : ''}`} x={labels.clock.x} y="9.5" textAnchor={labels.clock.anchor}>
          {labels.clock.text}
        </text>
        <text
          className="whose"
          x={labels.clock.anchor === 'start' ? width - EDGE_PX : labels.clock.x > width / 2 ? EDGE_PX : width - EDGE_PX}
          y="9.5"
          textAnchor={labels.clock.x > width / 2 ? 'start' : 'end'}
        >
          {shortName}
        </text>
        {labels.below.map((label) => (
          <text key={label.text} x={label.x} y="40" textAnchor={label.anchor}>
            {label.text}
          </text>
        ))}
      </svg>
    </div>
  )
}

interface Label {
  readonly text: string
  readonly x: number
  readonly anchor: 'start' | 'middle' | 'end'
}

/** Returns the positions in a drawing of `width` pixels. Labels do not overlap and stay inside the drawing. */
export function layValidity(
  {
    notBeforeMs,
    notAfterMs,
    clockMs
  }: { readonly notBeforeMs: number; readonly notAfterMs: number; readonly clockMs: number },
  width: number
): {
  readonly x: { readonly from: number; readonly to: number; readonly clock: number }
  readonly labels: { readonly clock: Label; readonly below: readonly Label[] }
} {
  const first = Math.min(notBeforeMs, clockMs)
  const last = Math.max(notAfterMs, clockMs)
  const inner = width - 2 * EDGE_PX - 8
  const at = (ms: number): number => Math.round(EDGE_PX + 4 + (inner * (ms - first)) / Math.max(1, last - first))
  const x = { from: at(notBeforeMs), to: at(notAfterMs), clock: at(clockMs) }
  const clock = words.clock(shortDate(clockMs, notAfterMs))
  const clockLabel: Label =
    x.clock > width / 2
      ? { text: clock, x: x.clock - 8, anchor: 'end' }
      : { text: clock, x: x.clock + 8, anchor: 'start' }
  const [from, to] = [shortDate(notBeforeMs, notAfterMs), words.to(shortDate(notAfterMs, clockMs))]
  const apart = x.to - x.from > (from.length + to.length + 3) * CHAR_PX
  const both = words.fromTo(from, shortDate(notAfterMs, clockMs))
  const below: readonly Label[] = apart
    ? [
        { text: from, x: x.from, anchor: 'start' },
        { text: to, x: x.to, anchor: 'end' }
      ]
    : x.from + both.length * CHAR_PX < width
      ? [{ text: both, x: x.from, anchor: 'start' }]
      : [{ text: both, x: x.to, anchor: 'end' }]
  return { x, labels: { clock: clockLabel, below } }
}
