import type { Clock } from '../../../shared/contracts/clock.ts'
import { KEPT_HANDSHAKES, type HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import { HandshakeLog } from './handshake-log.ts'

/** The newest handshakes of a module, of the SSL socket and of FTP's connections alike. They outlast the module's power. */
export class HandshakeHistory {
  private readonly logs: HandshakeLog[] = []
  private begun = 0

  constructor(private readonly clock: Clock) {}

  /** A handshake with `farEnd` (`HOST:PORT`, or that with a word more) begins; the oldest of too many is forgotten. */
  begin(farEnd: string): HandshakeLog {
    const log = new HandshakeLog(++this.begun, farEnd, this.clock)
    this.logs.unshift(log)
    this.logs.length = Math.min(this.logs.length, KEPT_HANDSHAKES)
    return log
  }

  get newest(): HandshakeSnapshot | null {
    return this.logs[0]?.snapshot() ?? null
  }

  /** The far end of the newest; `null` while there was none. */
  get newestFarEnd(): string | null {
    return this.logs[0]?.farEnd ?? null
  }

  /** Newest first. */
  snapshots(): HandshakeSnapshot[] {
    return this.logs.map((log) => log.snapshot())
  }
}
