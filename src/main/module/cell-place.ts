import type { MobileNetwork } from '../../shared/bearer.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'

/**
 * Area and cell behind the state of +CREG and +CGREG in mode 2 (at-reference 4). A GSM cell has a number of two bytes, one of
 * UMTS of four (3GPP TS 23.003 4.3.1 and 4.9); a GSM module on the same place sees the lower two.
 */
export function cellPlace({ cell }: Pick<MobileNetwork, 'cell'>, { radio }: Pick<ModuleProfile, 'radio'>): string {
  const cellId = radio === 'gsm' ? cell.cellIdHex.slice(-GSM_CELL_DIGITS) : cell.cellIdHex
  return `,"${cell.locationAreaHex}","${cellId}"`
}

const GSM_CELL_DIGITS = 4
