import type { TimelineFact, TimelineReporter } from '../../../shared/timeline/events.ts'

/** What caused what a connection sends and reports: the request of its user, and the data that arrived. */
export class ConnectionCauses {
  /** The event that asked for what happens now. */
  current: number
  /** The event that brought the data being passed on: a record or, without TLS, a segment; `null` before any came. */
  broughtBy: number | null = null
  /** Further causes of what is reported now. */
  #further: readonly number[] = []
  readonly #timeline: TimelineReporter

  constructor(timeline: TimelineReporter, asked: number) {
    this.#timeline = timeline
    this.current = asked
  }

  /** Reports a fact with the causes of this moment. Returns its event. */
  report(fact: TimelineFact): number {
    return this.#timeline.report(fact, this.current, null, this.#further)
  }

  /** Reports a record that `segment` completed (`null` where unknown). It is what brings data from then on. */
  reportArrival(fact: TimelineFact, segment: number | null): number {
    if (segment !== null) this.#further = [segment]
    const seq = this.report(fact)
    this.broughtBy = seq
    this.#further = []
    return seq
  }

  /** Lets `report` write an event with the present cause, and makes that event the cause of what follows. */
  continueFrom(report: (cause: number) => number): void {
    this.current = report(this.current)
  }

  /** Runs `work` because of `causes`; the last of them is the present one for the time. */
  during<Result>(causes: readonly number[], work: () => Result): Result {
    const asked = this.current
    this.current = causes.at(-1) ?? asked
    this.#further = causes
    try {
      return work()
    } finally {
      this.current = asked
      this.#further = []
    }
  }
}
