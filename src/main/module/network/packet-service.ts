import type { Cancellable, MobileNetwork } from '../../../shared/contracts/bearer.ts'
import type { FailureFact } from '../../../shared/rules/failure-facts.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'

/**
 * Packet service of a registered module (+CGATT, +CGREG, at-reference 4): asked for as soon as the module is in a
 * network, left only after every context is down.
 */
export class PacketService {
  /** Whether the host wants it: +CGATT=0 says no, and it stays so through a new registration. */
  wanted = true
  private now: PacketState = 'detached'
  /** What the network said of its refusal, while it refuses. */
  refusalFacts: readonly FailureFact[] = []
  /** Answer of the network that is waited for. */
  private request: Cancellable | null = null
  /** Whoever takes leave is told, however that ends. */
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

  /** The module is about to be let in: what +CGREG says from that moment on, without a report of its own. */
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

  /** Contexts down one after the other, then packet service; `done` at once where there is none. */
  leave(cause: number | null, done: () => void): void {
    const deactivateFrom = (at: number): void => {
      const deactivate = this.beforeDetach[at]
      if (deactivate) deactivate(cause, () => deactivateFrom(at + 1))
      else this.detach(cause, done)
    }
    deactivateFrom(0)
  }

  /** The network ended it. */
  withdrawn(cause: number | null): void {
    // Taken before the change is told: whoever hears of it may ask anew at once.
    const leaving = this.takeRequest()
    this.become('detached', cause)
    for (const done of leaving) done()
  }

  /** The registration it rests on is going: no report of its own. */
  drop(): void {
    this.stop()
    this.now = 'detached'
  }

  /** No answer of the network counts any more. */
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
    // Somebody else takes leave already; both are told.
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

/** `refused`: the network grants registration and no packet service. */
export type PacketState = 'detached' | 'attaching' | 'attached' | 'refused'

/** Takes one context down; `done` once it is. */
export type DeactivateContext = (cause: number | null, done: () => void) => void
