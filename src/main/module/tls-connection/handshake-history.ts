import { KEPT_HANDSHAKES, type HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import type { Clock } from '../../../shared/contracts/clock.ts'
import { HandshakeLog } from './handshake-log.ts'

/** The latest handshakes of a module, of the SSL socket and of FTP connections. Kept when the module is powered off. */
export class HandshakeHistory {
  private readonly logs: HandshakeLog[] = []
  private begun = 0

  constructor(private readonly clock: Clock) {}

  /**
   * Begins the log of a handshake with `farEnd` (`HOST:PORT`, possibly with a further word). Drops the oldest log when
   * there are too many.
   */
  begin(farEnd: string): HandshakeLog {
    const log = new HandshakeLog(++this.begun, farEnd, this.clock)
    this.logs.unshift(log)
    this.logs.length = Math.min(this.logs.length, KEPT_HANDSHAKES)
    return log
  }

  get newest(): HandshakeSnapshot | null {
    return this.logs[0]?.snapshot() ?? null
  }

  /** The server of the latest handshake; `null` before the first. */
  get newestFarEnd(): string | null {
    return this.logs[0]?.farEnd ?? null
  }

  /** Newest first. */
  snapshots(): HandshakeSnapshot[] {
    return this.logs.map((log) => log.snapshot())
  }
}
