import type { KeyObject } from 'node:crypto'
import type { StoredDataPolicy } from '../../shared/contracts/security.ts'
import type { Certificate } from './certificate.ts'

// What a slot takes, and what was read of a file for it.

/** What a slot of the product takes, and how. */
export interface SlotRules {
  readonly policy: StoredDataPolicy
  readonly capacityBytes: number
  /** How #SSLSECDATA takes data at present. */
  readonly wants: 'PEM' | 'DER'
  /** Whether the product reads DER at all (G-3.2-2). */
  readonly readsDer: boolean
}

/** What else is stored, for what pairs with what. */
export interface OtherSlots {
  readonly clientCertificate: Uint8Array | null
  readonly privateKey: Uint8Array | null
}

export type SlotNumber = 0 | 1 | 2

export interface ReadFile {
  /** As the module wants it; null: it cannot be had. */
  readonly wanted: Uint8Array | null
  readonly refusal: string | null
  readonly changes: readonly string[]
  readonly certificates: readonly Certificate[]
  readonly pick: number
  readonly key: KeyObject | null
}
