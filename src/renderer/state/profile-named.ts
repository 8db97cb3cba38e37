import { profileOf } from '../../shared/products/catalog.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'

/** Returns the profile of a product, or `null` when this window does not know it. */
export function profileNamed(product: string, software: string): ModuleProfile | null {
  try {
    return profileOf(product, software)
  } catch {
    return null
  }
}
