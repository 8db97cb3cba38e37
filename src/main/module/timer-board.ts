import type { TimerSnapshot } from '../../shared/api.ts'
import type { Clock, Timer } from '../../shared/clock.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'

/**
 * The module's named time limits: at most one of a name runs, and the window can see each with what follows when it
 * runs out.
 */
export class TimerBoard {
  private readonly running = new Map<TimerName, RunningTimer>()

  constructor(
    private readonly clock: Clock,
    private readonly timeline: TimelineReporter
  ) {}

  /** Starts `name` anew; a running one of that name is forgotten. `expired` gets the event that says it ran out. */
  start(name: TimerName, durationMs: number, expired: (cause: number) => void): void {
    this.stop(name)
    const one: RunningTimer = { startedMs: this.clock.nowMs(), durationMs, timer: NEVER }
    const check = (): void => {
      const leftMs = one.startedMs + durationMs - this.clock.nowMs()
      if (leftMs > 0) {
        one.timer = this.clock.schedule(leftMs, check)
        return
      }
      this.running.delete(name)
      expired(this.timeline.report({ kind: 'timer', name, what: 'expired', durationMs }))
    }
    one.timer = this.clock.schedule(durationMs, check)
    this.running.set(name, one)
  }

  /**
   * Gives a running `name` its whole time again. Cheap enough for every burst of data: the clock is asked again only
   * when the old time is over.
   */
  restart(name: TimerName): void {
    const one = this.running.get(name)
    if (one) one.startedMs = this.clock.nowMs()
  }

  stop(name: TimerName): void {
    this.running.get(name)?.timer.cancel()
    this.running.delete(name)
  }

  snapshot(): TimerSnapshot[] {
    return (Object.keys(consequences) as TimerName[]).map((name) => {
      const one = this.running.get(name)
      return {
        name,
        running: one !== undefined,
        unit: 'ms',
        value: one ? this.clock.nowMs() - one.startedMs : 0,
        limit: one?.durationMs ?? 0,
        consequence: consequences[name]
      }
    })
  }
}

interface RunningTimer {
  startedMs: number
  readonly durationMs: number
  timer: Timer
}

const NEVER: Timer = { cancel: () => {} }

const consequences = {
  txTo: 'then what waits leaves as a record',
  maxTo: 'then NO CARRIER',
  command: 'then the command gives up',
  handshake: 'then the dial fails with 839',
  escape: 'then back in command mode',
  ftp: 'then the FTP server is given up'
} as const

export type TimerName = keyof typeof consequences
