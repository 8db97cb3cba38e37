import type { MobileNetwork } from '../../../shared/contracts/bearer.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { Nvm } from '../hardware/nvm.ts'
import { accessTechnology, GSM } from './access-technology.ts'

/**
 * Returns area and cell for +CREG and +CGREG in mode 2 (at-reference 4) and, on UMTS products, the access technology
 * (D-40). A GSM cell has a number of two bytes, a UMTS cell one of four (3GPP TS 23.003 4.3.1 and 4.9); in GSM the
 * module shows the lower two.
 */
export function cellPlace(parts: {
  readonly network: Pick<MobileNetwork, 'cell'>
  readonly profile: ModuleProfile
  readonly nvm: Nvm
}): string {
  const { locationAreaHex, cellIdHex } = parts.network.cell
  const technology = accessTechnology(parts)
  const cellId = technology === GSM ? cellIdHex.slice(-GSM_CELL_DIGITS) : cellIdHex
  return `,"${locationAreaHex}","${cellId}"${parts.profile.tellsAccessTechnology ? `,${technology}` : ''}`
}

const GSM_CELL_DIGITS = 4
