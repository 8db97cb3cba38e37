import type { Finding } from '../../shared/rules/failure-facts.ts'

/**
 * What makes a certificate, a key or a PEM text unusable, as found by a parser. The caller knows whose data it is, and
 * turns it into a refusal of the server's certificate or of the module's own data.
 */
export class X509Fault extends Error {
  override readonly name = 'X509Fault'
  /** True when the data is well formed, but of a kind that is not supported. */
  readonly isUnsupported: boolean
  readonly expected: string | null
  readonly got: string | null
  /** The guide rule, decision or RFC section that demands it; `null` where it is only the format. */
  readonly rule: string | null
  /** What was found, where there is a typed finding for it. */
  readonly finding: Finding | null
  /** Number of bytes that should not be there (G-3.3-5). */
  readonly strayBytes: number

  /** `sentence` continues after the name of the thing and has no full stop: `has a serial number of no bytes`. */
  constructor(sentence: string, particulars: FaultParticulars = {}) {
    super(sentence)
    this.expected = particulars.expected ?? null
    this.got = particulars.got ?? null
    this.rule = particulars.rule ?? null
    this.isUnsupported = particulars.isUnsupported ?? false
    this.finding = particulars.finding ?? null
    this.strayBytes = particulars.strayBytes ?? 0
  }
}

export interface FaultParticulars {
  readonly expected?: string
  readonly got?: string
  readonly rule?: string
  readonly isUnsupported?: boolean
  readonly finding?: Finding
  readonly strayBytes?: number
}
