import type { CipherSuite } from '../../shared/tls/suites.ts'
import type { KeptSession, SecretTaker, TlsEvents } from '../../shared/contracts/tls.ts'
import type { TlsFailureFacts } from '../../shared/tls/failure.ts'
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
 * Events wait here until the engine's step is done. So the owner may call the engine again from within an event, and an
 * exception of the owner's is never mistaken for a failure of the connection. Bounded by the input of one call.
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

  /** The owner has closed: from here on only the trace and the secret are told, also of what waits already. */
  silence(): void {
    this.silent = true
  }

  /** Whether anybody takes the secrets. */
  get wantsSecrets(): boolean {
    return this.secrets !== null
  }

  /** Tells the owner what waits, in order, and what comes in the meantime. */
  deliver(): void {
    if (this.delivering) return
    this.delivering = true
    let told = 0
    try {
      while (told < this.waiting.length) this.tell(this.waiting[told++]!)
    } finally {
      // After an exception of the owner's the rest waits for the next call.
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
