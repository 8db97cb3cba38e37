import type { Snapshot } from '../../shared/calls/snapshot.ts'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { boardWords } from './words.ts'

/**
 * What the STAT lamp does, as the hardware guides of the families describe it: off while the module is off, fast while it
 * looks for a network or has none, slow once it is registered, on while a connection is up.
 */
export interface StatPattern {
  readonly kind: 'off' | 'fast' | 'slow' | 'on'
  /** Module time of one round, and how much of it the lamp is lit; 0 where nothing blinks. */
  readonly periodMs: number
  readonly litMs: number
  /** Why it does so, one or two words. */
  readonly because: string
}

export function statPattern(snapshot: Pick<Snapshot, 'charts'>): StatPattern {
  const power = stateOf(snapshot, 'power')
  if (power !== 'on' && power !== 'booting') return { kind: 'off', periodMs: 0, litMs: 0, because: because.off }
  if (power === 'booting') return fast(because.booting)
  if (stateOf(snapshot, 'ssl').startsWith('open'))
    return { kind: 'on', periodMs: 0, litMs: 0, because: because.connected }
  const registration = stateOf(snapshot, 'registration')
  if (registration === 'home' || registration === 'roaming')
    return { kind: 'slow', periodMs: 3000, litMs: 300, because: because.registered }
  return fast(
    registration === 'denied' ? because.denied : registration === 'searching' ? because.searching : because.noNetwork
  )
}

/**
 * How long a round takes on the screen when the module's time runs at `rate`. Never shorter than 400 ms: more than three
 * flashes a second can harm (WCAG 2.3.1).
 */
export function shownPeriodMs({ periodMs }: StatPattern, rate: number): number {
  return Math.max(MIN_PERIOD_MS, periodMs / Math.max(rate, MIN_RATE))
}

/** Three seconds of the pattern as a step line in a box of `width` by `height`, for a `d` attribute. */
export function waveform({ kind, periodMs, litMs }: StatPattern, width: number, height: number): string {
  if (kind === 'off') return `M0 ${height}H${width}`
  if (kind === 'on') return `M0 0H${width}`
  const perMs = width / SHOWN_MS
  const rounds = Array.from({ length: SHOWN_MS / periodMs }, (_, at) => at * periodMs)
  return rounds.reduce(
    (path, start) => `${path}V0H${fixed((start + litMs) * perMs)}V${height}H${fixed((start + periodMs) * perMs)}`,
    `M0 ${height}`
  )
}

const { because } = boardWords.stat

const fast = (reason: string): StatPattern => ({ kind: 'fast', periodMs: 1000, litMs: 500, because: reason })

const fixed = (value: number): string => String(Math.round(value * 10) / 10)

const SHOWN_MS = 3000
const MIN_PERIOD_MS = 400
const MIN_RATE = 0.05
