import type { KeptSession, SecretTaker, TlsEvents } from '../../shared/contracts/tls.ts'
import type { TlsFailureFacts } from '../../shared/tls/failure.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { TlsSecret, TlsTraceEvent } from '../../shared/tls/trace.ts'

export type QueuedEvent =
  | { readonly kind: 'trace'; readonly event: TlsTraceEvent }
  | { readonly kind: 'data'; readonly bytes: Uint8Array }
  | { readonly kind: 'secret'; readonly line: string }
  | { readonly kind: 'secretBytes'; readonly secret: TlsSecret }
  | { readonly kind: 'opened'; readonly suite: CipherSuite; readonly session: KeptSession | null }
  | { readonly kind: 'closedByPeer' }
  | { readonly kind: 'failed'; readonly failure: TlsFailureFacts }

/**
 * Queues events until the engine's step is done. The owner may then call the engine from within an event, and an
 * exception of the owner is never taken for a failure of the connection. Bounded by the input of one call.
 */
export class EventQueue {
  private readonly waiting: QueuedEvent[] = []
  private delivering = false
  private silent = false

  constructor(
    private readonly events: TlsEvents,
    private readonly secrets: SecretTaker | null
  ) {}

  add(event: QueuedEvent): void {
    this.waiting.push(event)
  }

  /** The owner has closed: from now on only traces and secrets are delivered, also of the events that wait. */
  silence(): void {
    this.silent = true
  }

  /** Whether secrets are to be collected. */
  get wantsSecrets(): boolean {
    return this.secrets !== null
  }

  /** Delivers the waiting events in order, and those that are added meanwhile. */
  deliver(): void {
    if (this.delivering) return
    this.delivering = true
    let told = 0
    try {
      while (told < this.waiting.length) this.tell(this.waiting[told++]!)
    } finally {
      // After an exception of the owner the rest waits for the next call.
      this.waiting.splice(0, told)
      this.delivering = false
    }
  }

  private tell(event: QueuedEvent): void {
    if (event.kind === 'trace') return this.events.trace(event.event)
    if (event.kind === 'secret') return this.secrets?.line(event.line)
    if (event.kind === 'secretBytes') return this.secrets?.named(event.secret)
    if (this.silent) return
    switch (event.kind) {
      case 'data':
        return this.events.data(event.bytes)
      case 'opened':
        return this.events.opened(event.suite, event.session)
      case 'closedByPeer':
        return this.events.closedByPeer()
      case 'failed':
        return this.events.failed(event.failure)
    }
  }
}
