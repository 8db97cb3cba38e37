import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { Nvm } from '../hardware/nvm.ts'

/** `<AcT>` of +COPS, +CREG and +CGREG: the values that these modules use (3GPP TS 27.007 7.3, D-40). */
export type AccessTechnology = 0 | 2
export const GSM: AccessTechnology = 0
export const UTRAN: AccessTechnology = 2

/** Returns the technology in use. GSM modules have only one; UMTS modules use UTRAN until `+COPS` chooses GSM. */
export function accessTechnology({
  profile,
  nvm
}: {
  readonly profile: ModuleProfile
  readonly nvm: Nvm
}): AccessTechnology {
  return profile.radio === 'gsm' ? GSM : (nvm.contents.operatorChoice.accessTechnology ?? UTRAN)
}
