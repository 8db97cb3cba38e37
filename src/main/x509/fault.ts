import type { Finding } from '../../shared/rules/failure-facts.ts'

/**
 * Something in a certificate, a key or a PEM text that makes it unusable, as found by a reader. It knows nothing of whose
 * data it is: the caller turns it into a refusal of the far end's certificate or of the module's own data.
 */
export class X509Fault extends Error {
  override readonly name = 'X509Fault'
  /** Whether the thing is well formed and only of a kind that is not supported. */
  readonly isUnsupported: boolean
  readonly expected: string | null
  readonly got: string | null
  /** Guide rule, decision or RFC section that asks for it, where it is not simply the form of the thing. */
  readonly rule: string | null
  /** What was found, where it has a name of its own. */
  readonly finding: Finding | null
  /** How many bytes should not be there (G-3.3-5). */
  readonly strayBytes: number

  /** `sentence` goes on after the name of the thing: `has a serial number of no bytes`. No full stop. */
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
