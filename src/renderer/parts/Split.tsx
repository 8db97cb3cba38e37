import { Fragment, useRef, useState, type CSSProperties, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { readPref, writePref } from '../state/prefs.ts'

interface SplitProps {
  /** Under this name the sizes are remembered. */
  readonly name: string
  readonly direction: 'row' | 'column'
  /** Shares of the length, one for each child. */
  readonly shares: readonly number[]
  /** Shorter a child never gets by dragging, px. */
  readonly minPx: number
  /** What each child is, for the separators' names. */
  readonly labels: readonly string[]
  readonly children: readonly ReactNode[]
}

/** One press of an arrow key, px; with Shift four times as much. */
const stepPx = 16

/** Panels beside or above each other, with separators that can be dragged, moved by arrow keys and reset by a double click. */
export function Split({ name, direction, shares, minPx, labels, children }: SplitProps): ReactNode {
  const isFit = (value: unknown): value is readonly number[] =>
    Array.isArray(value) &&
    value.length === shares.length &&
    value.every((one) => typeof one === 'number' && one > 0 && Number.isFinite(one))
  const [sizes, setSizes] = useState(() => readPref(`split.${name}`, shares, isFit))
  const box = useRef<HTMLDivElement>(null)
  const total = sizes.reduce((sum, one) => sum + one, 0)

  function apply(next: readonly number[]): void {
    setSizes(next)
    writePref(`split.${name}`, next)
  }

  /** Moves the separator after child `at` by `px`, taking from one neighbour what the other gains. */
  function move(from: readonly number[], at: number, px: number): void {
    const element = box.current
    if (!element) return
    const lengthPx = direction === 'row' ? element.clientWidth : element.clientHeight
    const sum = from.reduce((so, one) => so + one, 0)
    const perPx = sum / lengthPx
    const [before, after] = [from[at]!, from[at + 1]!]
    const least = Math.min(minPx * perPx, before, after)
    const change = Math.max(least - before, Math.min(after - least, px * perPx))
    apply(from.map((one, index) => (index === at ? one + change : index === at + 1 ? one - change : one)))
  }

  function drag(event: PointerEvent<HTMLDivElement>, at: number): void {
    if (event.button !== 0) return
    event.preventDefault()
    const handle = event.currentTarget
    const [start, from] = [position(event), sizes]
    handle.setPointerCapture(event.pointerId)
    handle.dataset['held'] = ''
    const follow = (next: globalThis.PointerEvent): void => {
      move(from, at, position(next) - start)
    }
    const release = (): void => {
      delete handle.dataset['held']
      handle.removeEventListener('pointermove', follow)
      handle.removeEventListener('lostpointercapture', release)
    }
    handle.addEventListener('pointermove', follow)
    handle.addEventListener('lostpointercapture', release)
  }

  function position(event: { readonly clientX: number; readonly clientY: number }): number {
    return direction === 'row' ? event.clientX : event.clientY
  }

  function press(event: KeyboardEvent, at: number): void {
    const [less, more] = direction === 'row' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown']
    const sign = event.key === less ? -1 : event.key === more ? 1 : 0
    if (event.key === 'Enter') apply(shares)
    else if (sign !== 0) move(sizes, at, sign * stepPx * (event.shiftKey ? 4 : 1))
    else return
    event.preventDefault()
  }

  const style = {
    [direction === 'row' ? 'gridTemplateColumns' : 'gridTemplateRows']: sizes.map((one) => `minmax(0, ${one}fr)`).join(' ')
  } as CSSProperties
  let reached = 0
  return (
    <div ref={box} className={`split ${direction}`} style={style}>
      {children.map((child, at) => {
        reached += sizes[at]!
        const share = Math.round((reached / total) * 100)
        return (
          <Fragment key={labels[at]}>
            <div className="split-child">
              {child}
              {at < children.length - 1 && (
                // A focusable separator is a widget of its own in ARIA (window splitter pattern).
                <div
                  className="sash"
                  role="separator"
                  tabIndex={0}
                  aria-orientation={direction === 'row' ? 'vertical' : 'horizontal'}
                  aria-valuenow={share}
                  aria-valuemin={0}
                  aria-valuemax={100}
                  aria-label={`Between ${labels[at]} and ${labels[at + 1]}`}
                  title="Drag, or arrow keys; double click puts it back"
                  onPointerDown={(event) => {
                    drag(event, at)
                  }}
                  onKeyDown={(event) => {
                    press(event, at)
                  }}
                  onDoubleClick={() => {
                    apply(shares)
                  }}
                />
              )}
            </div>
          </Fragment>
        )
      })}
    </div>
  )
}
