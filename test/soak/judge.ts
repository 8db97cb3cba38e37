import { isDeepStrictEqual } from 'node:util'
import { slopeOf } from './slope.ts'

/** What the program has in use at rest. */
export interface Held {
  /** Heap and buffers after a collection, without the timeline's memory. */
  readonly levelBytes: number
  /** Open descriptors; `null` where the system does not show them. */
  readonly descriptors: number | null
  /** What keeps its event loop running, counted by type: timers, sockets, servers. */
  readonly resources: Readonly<Record<string, number>>
}

/** The level at one moment of the work. */
export interface Sample {
  readonly hours: number
  readonly levelBytes: number
}

/** What was observed in one phase. */
export interface PhaseRecord {
  /** At rest: before the warm-up, after it, and after the work; `null` where the phase ended earlier. */
  readonly before: Held | null
  readonly warm: Held | null
  readonly after: Held | null
  /** During the work after the warm-up. */
  readonly samples: readonly Sample[]
  /** Whether the level stopped rising during the warm-up. */
  readonly isSettled: boolean
  /** Why the phase was aborted, or `null`. */
  readonly broke: string | null
}

/** The rise of the level per hour, as a part of the level, with one standard error. */
export type Growth = { readonly anHour: number; readonly error: number } & (
  | { readonly kind: 'flat' | 'rising' }
  /** Neither shown to be flat nor certain to rise. */
  | { readonly kind: 'unknown'; readonly why: string }
)

export interface Verdict {
  /** Failed checks, one sentence each. */
  readonly failures: readonly string[]
  /** `null` in the short form. */
  readonly growth: Growth | null
}

/**
 * Judges one phase. The long form checks the rise per hour. The short one, which runs for seconds, checks that the
 * level stops rising during the warm-up.
 */
export function judge(record: PhaseRecord, form: 'short' | 'long'): Verdict {
  const { before, warm, after, samples, broke } = record
  const failures = broke === null ? [] : [broke]
  const growth = form === 'long' ? growthOf(samples, record.isSettled) : null
  if (growth?.kind === 'rising')
    failures.push(
      `memory grows by ${percent(growth.anHour)} of the level an hour, and ${percent(MAX_GROWTH_AN_HOUR)} is the most`
    )
  if (form === 'short' && broke === null && !record.isSettled)
    failures.push('memory did not stop rising during the warm-up')
  if (warm && after && after.levelBytes > warm.levelBytes * MAX_LEFT)
    failures.push(`${warm.levelBytes} bytes at rest before, ${after.levelBytes} after`)
  const highest = samples.reduce((most, { levelBytes }) => Math.max(most, levelBytes), 0)
  if (warm && highest > warm.levelBytes * MAX_WHILE_WORKING)
    failures.push(`${warm.levelBytes} bytes at rest before, up to ${highest} while it worked`)
  if (before && after) failures.push(...whatStayed(before, after))
  return { failures, growth }
}

/** Returns descriptors and resources that are new or gone, one sentence each. */
export function whatStayed(before: Held, after: Held): string[] {
  const failures: string[] = []
  if (before.descriptors !== after.descriptors)
    failures.push(`${before.descriptors} descriptors before, ${after.descriptors} after`)
  if (!isDeepStrictEqual(sorted(before.resources), sorted(after.resources)))
    failures.push(`${listed(before.resources)} before, ${listed(after.resources)} after`)
  return failures
}

/**
 * Returns whether levels at rest, taken after equal amounts of work, have stopped rising: the last `looks` of them are
 * no new maximum.
 */
export function hasSettled(
  levels: readonly number[],
  { looks, tolerance }: { readonly looks: number; readonly tolerance: number }
): boolean {
  if (levels.length <= looks) return false
  const highest = Math.max(...levels.slice(0, -looks))
  return levels.slice(-looks).every((level) => level <= highest * (1 + tolerance))
}

/**
 * Judges the slope. Above the limit it is rising, if either its standard error is below the limit or the rise is sure. Flat it is only with a
 * standard error below the limit; and where it falls by more than the limit, only after a warm-up that ended by itself: a level that
 * is still falling from the start could hide a rise.
 */
export function growthOf(samples: readonly Sample[], isSettled: boolean): Growth {
  const level = samples.at(-1)?.levelBytes ?? NaN
  const slope = slopeOf(lowestOf(samples))
  const [anHour, error] = [slope.perX / level, slope.error / level]
  if (anHour - SURE * error > MAX_GROWTH_AN_HOUR) return { kind: 'rising', anHour, error }
  if (!isSettled && !(Math.abs(anHour) <= MAX_GROWTH_AN_HOUR && error <= MAX_GROWTH_AN_HOUR))
    return { kind: 'unknown', anHour, error, why: 'the warm-up did not end in half of the time' }
  if (!(error <= MAX_GROWTH_AN_HOUR))
    return {
      kind: 'unknown',
      anHour,
      error,
      why: `the standard error of ${percent(error)} an hour is larger than the limit`
    }
  return { kind: anHour > MAX_GROWTH_AN_HOUR ? 'rising' : 'flat', anHour, error }
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(1)} %`
}

/**
 * Returns the lowest of each group of neighbouring samples: collections vary, and what stays in use is at most the
 * minimum. Neighbours also depend on each other, and would make the slope look more certain than it is.
 */
function lowestOf(samples: readonly Sample[]): (readonly [hours: number, levelBytes: number])[] {
  const size = Math.max(1, Math.floor(samples.length / GROUPS))
  return Array.from({ length: Math.floor(samples.length / size) }, (_, group) => {
    const some = samples.slice(group * size, (group + 1) * size)
    const { hours, levelBytes } = some.reduce((least, one) => (one.levelBytes < least.levelBytes ? one : least))
    return [hours, levelBytes] as const
  })
}

function sorted(resources: Held['resources']): [string, number][] {
  return Object.entries(resources).toSorted(([a], [b]) => (a < b ? -1 : 1))
}

function listed(resources: Held['resources']): string {
  return sorted(resources)
    .map(([name, number]) => `${number} ${name}`)
    .join(', ')
}

const GROUPS = 20
/** Memory counts as flat when it grows by at most this part per hour. */
const MAX_GROWTH_AN_HOUR = 0.01
/** Standard errors above the limit from which a rise is certain, however short the phase was. */
const SURE = 3
/** Limit of what is left at rest after a phase, relative to before: compiled code, filled pools. */
const MAX_LEFT = 1.05
/** The same limit during the work, at any amount of input. */
const MAX_WHILE_WORKING = 1.5
