import type { KeyObject } from 'node:crypto'
import type { StoredDataPolicy } from '../../shared/contracts/security.ts'
import type { Certificate } from './certificate.ts'

// What a slot takes, and what was read of a file for it.

/** What a slot of the product accepts. */
export interface SlotRules {
  readonly policy: StoredDataPolicy
  readonly capacityBytes: number
  /** The present format of #SSLSECDATA. */
  readonly wants: 'PEM' | 'DER'
  /** Whether the product reads DER (G-3.2-2). */
  readonly readsDer: boolean
}

/** The other slots, to check what belongs together. */
export interface OtherSlots {
  readonly clientCertificate: Uint8Array | null
  readonly privateKey: Uint8Array | null
}

export type SlotNumber = 0 | 1 | 2

export interface ReadFile {
  /** In the module's format; `null` when that is not possible. */
  readonly wanted: Uint8Array | null
  readonly refusal: string | null
  readonly changes: readonly string[]
  readonly certificates: readonly Certificate[]
  readonly pick: number
  readonly key: KeyObject | null
}
