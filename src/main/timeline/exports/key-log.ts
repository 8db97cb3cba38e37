import type { SessionSecrets } from '../../../shared/calls/exports.ts'
import type { SecretListener, SecretTaker } from '../../../shared/contracts/tls.ts'
import type { TlsSecret } from '../../../shared/tls/trace.ts'

/**
 * Collects the secrets of TLS sessions while it is on: lines of an NSS key log, and for the newest sessions every
 * secret by name. Switching it off forgets them. Never part of the timeline.
 */
export class KeyLog implements SecretListener {
  private isOn = false
  private kept: string[] = []
  /** By the client random in hexadecimal, oldest first. */
  private readonly sessions = new Map<
    string,
    SessionSecrets & { readonly secrets: { name: string; bytes: Uint8Array }[] }
  >()
  private readonly listeners = new Set<(line: string) => void>()

  constructor(private readonly wallMs: () => number) {}

  get on(): boolean {
    return this.isOn
  }

  /** Newest last: `CLIENT_RANDOM <client random> <master secret>`, in hexadecimal. */
  get lines(): readonly string[] {
    return this.kept
  }

  switch(on: boolean): void {
    this.isOn = on
    if (on) return
    this.kept = []
    this.sessions.clear()
  }

  /** Calls back with each new line, before the timeline's listeners receive the packets that it decrypts. */
  onLine(listener: (line: string) => void): void {
    this.listeners.add(listener)
  }

  begin(farEnd: string): SecretTaker | null {
    if (!this.isOn) return null
    let session: { name: string; bytes: Uint8Array }[] = []
    return {
      line: (line) => {
        // The key log may have been switched off since the connection began.
        if (!this.isOn) return
        session = []
        this.keep(line)
        this.remember(line, { farEnd, wallMs: this.wallMs(), secrets: session })
      },
      named: ({ name, bytes }: TlsSecret) => session.push({ name, bytes })
    }
  }

  /** Returns the secrets by the 32 bytes of the client random; `null` when they are not known or were dropped. */
  secretsOf(clientRandom: Uint8Array): SessionSecrets | null {
    return this.sessions.get(Buffer.from(clientRandom).toString('hex')) ?? null
  }

  private keep(line: string): void {
    this.kept.push(line)
    if (this.kept.length > MAX_LINES) this.kept.shift()
    for (const listener of this.listeners) listener(line)
  }

  private remember(
    line: string,
    session: SessionSecrets & { readonly secrets: { name: string; bytes: Uint8Array }[] }
  ): void {
    this.sessions.set(line.split(' ')[1]!.toLowerCase(), session)
    if (this.sessions.size > MAX_SESSIONS) this.sessions.delete(this.sessions.keys().next().value!)
  }
}

/** Enough for a day with a connection every two minutes, in less than 200 kB. */
const MAX_LINES = 1000
/** As many sessions as a person compares. */
const MAX_SESSIONS = 8
