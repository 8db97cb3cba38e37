import type { SecretListener, SecretTaker } from '../../../shared/contracts/tls.ts'
import type { TlsSecret } from '../../../shared/tls/trace.ts'
import type { SessionSecrets } from '../../../shared/calls/exports.ts'

/**
 * The secrets of TLS sessions, while somebody wants them: lines of an NSS key log, and of the newest sessions every secret by name.
 * Nothing is taken while it is off, and what was taken is forgotten when it is switched off. Never part of the timeline.
 */
export class KeyLog implements SecretListener {
  private isOn = false
  private kept: string[] = []
  /** By the random of ClientHello in hexadecimal, oldest first. */
  private readonly sessions = new Map<
    string,
    SessionSecrets & { readonly secrets: { name: string; bytes: Uint8Array }[] }
  >()
  private readonly listeners = new Set<(line: string) => void>()

  constructor(private readonly wallMs: () => number) {}

  get on(): boolean {
    return this.isOn
  }

  /** Newest last; `CLIENT_RANDOM <client random> <master secret>`, in hexadecimal. */
  get lines(): readonly string[] {
    return this.kept
  }

  switch(on: boolean): void {
    this.isOn = on
    if (on) return
    this.kept = []
    this.sessions.clear()
  }

  /** Hears each line as it comes, before the timeline's listeners hear of the packets that it decrypts. */
  onLine(listener: (line: string) => void): void {
    this.listeners.add(listener)
  }

  begin(farEnd: string): SecretTaker | null {
    if (!this.isOn) return null
    let session: { name: string; bytes: Uint8Array }[] = []
    return {
      line: (line) => {
        // A connection may outlive the wish.
        if (!this.isOn) return
        session = []
        this.keep(line)
        this.remember(line, { farEnd, wallMs: this.wallMs(), secrets: session })
      },
      named: ({ name, bytes }: TlsSecret) => session.push({ name, bytes })
    }
  }

  /** By the 32 bytes of ClientHello's random; null when nothing is known, or no longer. */
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

/** A day of dialling once in two minutes, in less than 200 kB. */
const MAX_LINES = 1000
/** As many as a person looks into side by side. */
const MAX_SESSIONS = 8
