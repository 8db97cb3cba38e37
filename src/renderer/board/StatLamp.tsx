import type { ReactNode } from 'react'
import { Part } from './Part.tsx'
import { useBoard } from './board-context.ts'
import { shownPeriodMs, statPattern, waveform, type StatPattern } from './stat-pattern.ts'
import { useBlink } from './use-blink.ts'
import { boardWords } from './words.ts'

/** The STAT lamp. It blinks as on the hardware; the waveform below shows the same pattern without motion. */
export function StatLamp(): ReactNode {
  const { snapshot, live } = useBoard()
  const pattern = statPattern(snapshot)
  const { kind, litMs, periodMs, because } = pattern
  return (
    <Part
      id="stat"
      name={words.name(words.does[kind], because)}
      words={{ title: words.title, value: words.value(words.does[kind], because), text: words.about[kind] }}
      box={[19, 48, 82, 48]}
    >
      <Lamp pattern={pattern} shownMs={shownPeriodMs(pattern, snapshot.speed)} live={live} />
      <text className="silk" x="22" y="61.5">
        {boardWords.silk.stat}
      </text>
      <rect x="54" y="69.5" width="44" height="11" rx="1.5" className="silkline" />
      <path d={waveform(pattern, 40, 5)} transform="translate(56 72.5)" className="waveform" />
      <text className="silk s" x="22" y="78">
        {roundText(pattern)}
      </text>
      <text className="silk s" x="22" y="92">
        {words.short[kind]}
        {because}
      </text>
      <desc>{periodMs > 0 ? words.litFor(litMs, periodMs) : words.does[kind]}</desc>
    </Part>
  )
}

interface LampProps {
  readonly pattern: StatPattern
  /** How long one period takes on the screen. */
  readonly shownMs: number
  readonly live: boolean
}

/** The lamp alone, so that a blink renders nothing else. */
function Lamp({ pattern: { kind, periodMs, litMs }, shownMs, live }: LampProps): ReactNode {
  const lit = useBlink(periodMs > 0 ? shownMs : 0, periodMs > 0 ? (shownMs * litMs) / periodMs : 0, kind === 'on', live)
  return (
    <g className={`stat ${kind}${lit ? ' lit' : ''}`}>
      <circle className="lamp-glow stat-blink" cx="64" cy="58" r="11" />
      <rect x="54" y="52" width="20" height="12" rx="1.5" className="lamp-rim" />
      <path d="M54 52h4v12h-4zM70 52h4v12h-4z" className="pin" />
      <circle cx="64" cy="58" r="4.6" className="lamp-lens" />
      <circle cx="64" cy="58" r="4.6" className="lamp-core stat-blink" />
      <circle cx="62.8" cy="56.8" r="1.5" className="lamp-spark stat-blink" />
    </g>
  )
}

const words = boardWords.stat

const roundText = ({ kind, periodMs }: StatPattern): string =>
  periodMs > 0 ? words.round.seconds(periodMs / 1000) : kind === 'on' ? words.round.on : words.round.off
