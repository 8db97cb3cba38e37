import type { TimerSnapshot } from '../../../shared/calls/snapshot.ts'
import type { Clock, Timer } from '../../../shared/contracts/clock.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/**
 * The module's named timers, which the window shows with what follows when they expire. The timers of the board itself
 * belong to the SSL socket and the FTP session; each AT instance and each plain socket has its own.
 */
export class TimerBoard implements Timers {
  private readonly own: TimerLane
  private readonly ofInstances = new Map<number, TimerLane>()
  private readonly ofSockets = new Map<number, TimerLane>()

  constructor(
    private readonly clock: Clock,
    private readonly timeline: TimelineReporter
  ) {
    this.own = new TimerLane(clock, timeline)
  }

  /** Returns the timers of one AT instance, independent of those of others. */
  of(instance: number): Timers {
    const lane = this.ofInstances.get(instance) ?? new TimerLane(this.clock, this.timeline)
    this.ofInstances.set(instance, lane)
    return lane
  }

  /** Returns the timers of one plain socket. They are not among those of `snapshot`. */
  ofSocket(connId: number): Timers {
    const lane = this.ofSockets.get(connId) ?? new TimerLane(this.clock, this.timeline)
    this.ofSockets.set(connId, lane)
    return lane
  }

  start(...limit: Parameters<Timers['start']>): void {
    this.own.start(...limit)
  }

  restart(name: TimerName): void {
    this.own.restart(name)
  }

  stop(name: TimerName): void {
    this.own.stop(name)
  }

  /** Returns the running timers of one plain socket. */
  socketSnapshot(connId: number): TimerSnapshot[] {
    const lane = this.ofSockets.get(connId)
    return (Object.keys(consequences) as TimerName[]).flatMap((name) => {
      const one = lane?.find(name)
      if (!one) return []
      const value = this.clock.nowMs() - one.startedMs
      return [{ name, running: true, unit: 'ms', value, limit: one.durationMs, consequence: consequences[name] }]
    })
  }

  /** Returns one timer of each name: the board's own, or else that of the first AT instance where it runs. */
  snapshot(): TimerSnapshot[] {
    const lanes = [this.own, ...this.ofInstances.values()]
    return (Object.keys(consequences) as TimerName[]).map((name) => {
      const one = lanes.map((lane) => lane.find(name)).find((found) => found !== undefined)
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

/** Named timers, at most one of each name. */
export interface Timers {
  /**
   * Starts `name`, and drops a running timer of that name. `expired` gets the event of the expiry. `cause` is the event
   * that started it.
   */
  start(name: TimerName, durationMs: number, expired: (cause: number) => void, cause?: number | null): void
  /**
   * Gives a running timer its full time again. Cheap enough for every burst of data: the clock is used again only when
   * the old time is over.
   */
  restart(name: TimerName): void
  stop(name: TimerName): void
}

class TimerLane implements Timers {
  private readonly running = new Map<TimerName, RunningTimer>()

  constructor(
    private readonly clock: Clock,
    private readonly timeline: TimelineReporter
  ) {}

  find(name: TimerName): RunningTimer | undefined {
    return this.running.get(name)
  }

  start(name: TimerName, durationMs: number, expired: (cause: number) => void, cause: number | null = null): void {
    this.stop(name)
    const one: RunningTimer = { startedMs: this.clock.nowMs(), durationMs, timer: NEVER }
    const check = (): void => {
      const leftMs = one.startedMs + durationMs - this.clock.nowMs()
      if (leftMs > 0) {
        one.timer = this.clock.schedule(leftMs, check)
        return
      }
      this.running.delete(name)
      expired(this.timeline.report({ kind: 'timer', name, what: 'expired', durationMs }, cause))
    }
    one.timer = this.clock.schedule(durationMs, check)
    this.running.set(name, one)
  }

  restart(name: TimerName): void {
    const one = this.running.get(name)
    if (one) one.startedMs = this.clock.nowMs()
  }

  stop(name: TimerName): void {
    this.running.get(name)?.timer.cancel()
    this.running.delete(name)
  }
}

interface RunningTimer {
  startedMs: number
  readonly durationMs: number
  timer: Timer
}

const NEVER: Timer = { cancel: () => {} }

const consequences = {
  txTo: 'then a record leaves',
  maxTo: 'then NO CARRIER',
  command: 'then it gives up',
  handshake: 'then error 839',
  escape: 'then command mode',
  ftp: 'then it gives up'
} as const

export type TimerName = keyof typeof consequences
