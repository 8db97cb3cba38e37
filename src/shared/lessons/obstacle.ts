import type { Snapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import { lines, type Lesson, type LessonSending, type LessonStep } from './lesson.ts'

/** What must be done before a step. */
export interface Obstacle {
  /** In one sentence. */
  readonly sentence: string
  /** What to send to fix it; `null` when nothing helps. */
  readonly send: LessonSending | null
  /** Index of the step to go back to, or `null`. */
  readonly back: number | null
}

/**
 * Returns what stands in the way of a step, or `null`. Sessions end and modules are reset, so a lesson must find its
 * way back.
 */
export function obstacleOf(lesson: Lesson, at: number, snapshot: Snapshot): Obstacle | null {
  const step = lesson.steps[at]
  if (!step) return null
  const power = stateOf(snapshot, 'power')
  if (power !== 'on')
    return {
      sentence: power === 'booting' ? 'The module still starts.' : 'The module is off; Power, the ON key, starts it.',
      send: null,
      back: null
    }
  const holder = snapshot.ports.find((port) => port.instance === 0 && port.clientPresent)
  if (holder) return null
  if (stateOf(snapshot, 'data') === 'entry' && step.needs !== 'online')
    return { sentence: 'The module waits at its > prompt; ESC leaves it.', send: { kind: 'leave' }, back: null }
  return ofSocket(step, snapshot, dialBefore(lesson, at))
}

function ofSocket({ needs }: LessonStep, snapshot: Snapshot, dial: number | null): Obstacle | null {
  const online = stateOf(snapshot, 'data') === 'online'
  const open = snapshot.ssl.status === 2
  if (needs === 'online') {
    if (online) return null
    if (open)
      return { sentence: 'The connection is suspended; #SSLO restores it.', send: lines('AT#SSLO=1'), back: null }
    return { sentence: 'The connection is closed.', send: null, back: dial }
  }
  if (online)
    return {
      sentence: 'The port is online: what is typed goes to the server. +++ leads back.',
      send: { kind: 'escape' },
      back: null
    }
  if (needs === 'closed' && open)
    return { sentence: 'The socket is open already; close it first.', send: lines('AT#SSLH=1'), back: null }
  if (needs === 'command' && !open) return { sentence: 'The connection is closed.', send: null, back: dial }
  return null
}

/** Returns the last step before `at` that dials. */
function dialBefore({ steps }: Lesson, at: number): number | null {
  const found = steps.slice(0, at).findLastIndex(({ needs }) => needs === 'closed')
  return found < 0 ? null : found
}
