import { profileOf } from '../products/catalog.ts'
import type { ModuleProfile } from '../products/profile.ts'
import { softwareLine } from '../products/software.ts'
import type { Elsewhere } from './elsewhere.ts'
import type { Remedy } from './explanation.ts'
import type { Story } from './story.ts'
import { listText } from './words.ts'

// Which products and software versions have what was typed.

export function choose({ software, softwareIsNewer }: Elsewhere): Remedy {
  const sentence =
    software === null
      ? 'Choose a product that has it.'
      : `Choose software ${software}${softwareIsNewer ? ' or newer' : ''}.`
  return { sentence, commands: [], act: 'choose-product' }
}

/** Names who has it: this product with other software, other products, or both. */
export function hasIt({ software, softwareIsNewer, others }: Elsewhere, what = 'It', verb = 'belongs'): string {
  const own = software === null ? null : `this product with software ${software}${softwareIsNewer ? ' or newer' : ''}`
  return `${what} ${verb} to ${listText([own, others].filter((one) => one !== null))}.`
}

export interface Here {
  readonly profile: ModuleProfile
  readonly line: 10 | 12 | 13 | 16
  /** Such as `GE910-QUAD with software 13.00.xx9`. */
  readonly text: string
}

/** Returns the product and software that refused; `null` for an event of another program. */
export function profileThen({ moment }: Story): Here | null {
  if (!moment) return null
  const { product, software } = moment
  return {
    profile: profileOf(product, software),
    line: softwareLine(software),
    text: `${product} with software ${software}`
  }
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
