import type { Cancellable, MobileNetwork } from '../../../shared/contracts/bearer.ts'
import type { FailureFact } from '../../../shared/rules/failure-facts.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/**
 * Packet service of a registered module (+CGATT, +CGREG, at-reference 4). The module attaches as soon as it is
 * registered, and detaches only after all PDP contexts are down.
 */
export class PacketService {
  /** Whether the host wants it. +CGATT=0 sets it to false, also for later registrations. */
  wanted = true
  private now: PacketState = 'detached'
  /** The facts of the network's refusal, while it refuses. */
  refusalFacts: readonly FailureFact[] = []
  /** The request that waits for the network's answer. */
  private request: Cancellable | null = null
  /** Callers of a detach under way. Each is called, however it ends. */
  private leaving: (() => void)[] = []
  private readonly beforeDetach: DeactivateContext[] = []

  constructor(
    private readonly network: MobileNetwork,
    private readonly timeline: TimelineReporter,
    private readonly changed: (cause: number | null) => void
  ) {}

  get state(): PacketState {
    return this.now
  }

  onBeforeDetach(deactivate: DeactivateContext): void {
    this.beforeDetach.push(deactivate)
  }

  /** Called just before registration: +CGREG changes its value with it, without a report of its own. */
  expect(): void {
    this.now = this.wanted ? 'attaching' : 'detached'
  }

  attach(cause: number | null): void {
    this.stop()
    this.become('attaching', cause)
    this.request = this.network.attach((answer) => {
      this.request = null
      const sentence = answer.kind === 'accepted' ? 'The network granted packet service.' : answer.sentence
      const seq = this.timeline.report({ kind: 'network', sentence }, cause)
      this.refusalFacts = answer.kind === 'accepted' ? [] : answer.facts
      this.become(answer.kind === 'accepted' ? 'attached' : 'refused', seq)
    })
  }

  /** Deactivates the contexts one after the other, then detaches. Calls `done` at once when not attached. */
  leave(cause: number | null, done: () => void): void {
    const deactivateFrom = (at: number): void => {
      const deactivate = this.beforeDetach[at]
      if (deactivate) deactivate(cause, () => deactivateFrom(at + 1))
      else this.detach(cause, done)
    }
    deactivateFrom(0)
  }

  /** The network ended packet service. */
  withdrawn(cause: number | null): void {
    // Taken before the change is reported, because a listener may attach again at once.
    const leaving = this.takeRequest()
    this.become('detached', cause)
    for (const done of leaving) done()
  }

  /** Registration is being lost. This is not reported separately. */
  drop(): void {
    this.stop()
    this.now = 'detached'
  }

  /** Ignores answers of the network that are still to come. */
  stop(): void {
    for (const done of this.takeRequest()) done()
  }

  private takeRequest(): readonly (() => void)[] {
    const { leaving } = this
    this.leaving = []
    this.request?.cancel()
    this.request = null
    return leaving
  }

  private detach(cause: number | null, done: () => void): void {
    this.leaving.push(done)
    // A detach is already under way: both callers are called at its end.
    if (this.leaving.length > 1) return
    if (this.now === 'attached') this.request = this.network.detach(() => this.withdrawn(cause))
    else this.withdrawn(cause)
  }

  private become(state: PacketState, cause: number | null): void {
    if (this.now === state) return
    this.now = state
    this.changed(cause)
  }
}

/** `refused`: the network grants registration, but not packet service. */
export type PacketState = 'detached' | 'attaching' | 'attached' | 'refused'

/** Deactivates one context, then calls `done`. */
export type DeactivateContext = (cause: number | null, done: () => void) => void
