import { misbehaved } from './failures.ts'

export interface ReceivedAlert {
  readonly isFatal: boolean
  readonly code: number
}

const ALERT_BYTES = 2

/** Reads alerts (RFC 2246 7.2). Several may share a record, and one may be split over two. */
export class AlertReader {
  private readonly alert = Buffer.alloc(ALERT_BYTES)
  private alertBytes = 0

  /** Whether half an alert has arrived. No other content may come in between. */
  get inMessage(): boolean {
    return this.alertBytes > 0
  }

  read(content: Buffer): ReceivedAlert[] {
    const alerts: ReceivedAlert[] = []
    for (const byte of content) {
      this.alert[this.alertBytes++] = byte
      if (this.alertBytes < ALERT_BYTES) continue
      this.alertBytes = 0
      const [level, code] = this.alert as unknown as [number, number]
      if (level !== 1 && level !== 2) {
        throw misbehaved('illegal_parameter', `An alert of level ${level} came; there are 1, warning, and 2, fatal.`, {
          expected: 'level 1 or 2',
          got: `level ${level}`,
          rule: 'RFC 2246 7.2'
        })
      }
      alerts.push({ isFatal: level === 2, code })
    }
    return alerts
  }
}
