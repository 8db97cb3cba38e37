import { useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from 'react'
import { PartFrame, type Box } from './PartFrame.tsx'
import { useBoard } from './board-context.ts'
import { dbm } from './dbm.ts'
import { commandsFor } from './part-facts.ts'
import { boardWords } from './words.ts'

/**
 * The slider for the signal strength, 0 to 31 as in +CSQ. It is dragged, or moved with arrow keys, Page Up, Page Down,
 * Home and End.
 */
export function SignalSlider(): ReactNode {
  const { store, snapshot, live, profile } = useBoard()
  const { registration, signalQuality } = snapshot.conditions
  const [drawn, setDrawn] = useState<number | null>(null)
  const hit = useRef<SVGRectElement>(null)
  const sending = useRef<{ next: number | null } | null>(null)
  const fit = live && registration !== 'none'
  const value = drawn ?? signalQuality
  const known = value <= MAX
  const x = LEFT + ((known ? value : 0) / MAX) * WIDTH

  /** Sends one value at a time. While a call is pending, only the newest value is kept and sent next. */
  async function send(quality: number): Promise<void> {
    if (sending.current) {
      sending.current.next = quality
      return
    }
    const state: { next: number | null } = { next: quality }
    sending.current = state
    while (state.next !== null) {
      const now = state.next
      state.next = null
      await store.attempt(store.api.setNetwork({ signalQuality: now }))
    }
    sending.current = null
    setDrawn(null)
  }
  function choose(quality: number): void {
    const next = Math.max(0, Math.min(MAX, quality))
    if (!fit || next === value) return
    setDrawn(next)
    void send(next)
  }
  const drag = (event: PointerEvent<SVGGElement>): void => {
    if (event.buttons !== 1 || !hit.current) return
    const { left, width } = hit.current.getBoundingClientRect()
    const inBoard = BOX[0] + ((event.clientX - left) / width) * BOX[2]
    choose(Math.round(((inBoard - LEFT) / WIDTH) * MAX))
  }
  const press = (event: KeyboardEvent): void => {
    const from = known ? value : 0
    const steps: Readonly<Record<string, number>> = {
      ArrowRight: from + 1,
      ArrowUp: from + 1,
      ArrowLeft: from - 1,
      ArrowDown: from - 1,
      PageUp: from + 5,
      PageDown: from - 5,
      Home: 0,
      End: MAX
    }
    const next = steps[event.key]
    if (next === undefined) return
    event.preventDefault()
    choose(next)
  }
  const spoken = known ? words.spoken(value, dbm(value)) : words.unknown
  return (
    <PartFrame
      id="signal"
      box={BOX}
      hit={hit}
      className={`slider${fit ? '' : ' unfit'}`}
      words={{
        title: words.title,
        value: known ? words.value(value, dbm(value)) : words.unknown,
        text: fit ? words.about : words.noCoverage
      }}
      commands={commandsFor('antenna', profile).slice(0, 1)}
      role="slider"
      aria-label={words.title}
      aria-valuemin={0}
      aria-valuemax={MAX}
      aria-valuenow={known ? value : 0}
      aria-valuetext={spoken}
      aria-disabled={fit ? undefined : true}
      onKeyDown={press}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag(event)
      }}
      onPointerMove={drag}
    >
      <path d={`M${LEFT} 78h${WIDTH}M${LEFT} 75v6M${LEFT + WIDTH} 75v6`} className="slider-track" />
      <path d={`M${LEFT} 78H${x}`} className="slider-fill" />
      <rect x={x - 4} y="72" width="8" height="12" rx="2" className="slider-thumb" />
      <path d={`M${x} 75v6`} className="slider-mark" />
      <text className="silk s" x={LEFT} y="95">
        0
      </text>
      <text className="silk s" x={LEFT + WIDTH / 2} y="95" textAnchor="middle">
        {fit ? (known ? dbm(value) : words.shortUnknown) : words.shortNoCoverage}
      </text>
      <text className="silk s" x={LEFT + WIDTH} y="95" textAnchor="end">
        31
      </text>
    </PartFrame>
  )
}

const words = boardWords.signal

const MAX = 31
/** The slider's track, in board units. */
const LEFT = 367
const WIDTH = 89
const BOX: Box = [362, 71.5, 99, 26]
