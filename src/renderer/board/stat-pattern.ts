import type { Snapshot } from '../../shared/calls/snapshot.ts'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import { boardWords } from './words.ts'

/**
 * What the STAT lamp does, as in the hardware guides of the families: off while the module is off, fast while it boots,
 * searches or has no network, slow once it is registered, on while a connection is open.
 */
export interface StatPattern {
  readonly kind: 'off' | 'fast' | 'slow' | 'on'
  /** The period in module time and the lit part of it; 0 if the lamp does not blink. */
  readonly periodMs: number
  readonly litMs: number
  /** The reason, in one or two words. */
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
 * Returns the period on the screen when module time runs at `rate`. At least 400 ms: more than three flashes a second
 * can cause seizures (WCAG 2.3.1).
 */
export function shownPeriodMs({ periodMs }: StatPattern, rate: number): number {
  return Math.max(MIN_PERIOD_MS, periodMs / Math.max(rate, MIN_RATE))
}

/** Returns three seconds of the pattern as a step line in a box of `width` by `height`, as a path (`d` attribute). */
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
