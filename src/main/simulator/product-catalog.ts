import type { Catalog } from '../../shared/api/api.ts'
import { products } from '../../shared/products/catalog.ts'

/** Returns the choices as family › product › software version. */
export function productCatalog(): Catalog {
  const families = [...new Set(products.map((one) => one.family))]
  return {
    families: families.map((name) => ({
      name,
      products: products
        .filter((one) => one.family === name)
        .map((one) => ({ name: one.name, software: one.software.map((version) => version.name) }))
    }))
  }
}
