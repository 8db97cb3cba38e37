import type { NvmStore } from '../../shared/nvm-store.ts'
import { FileNvmStore } from './file-nvm-store.ts'
import { MemoryNvmStore } from './memory-nvm-store.ts'

/** An NVM store that knows when it was last saved. */
export type SavedStore = NvmStore & { readonly savedAtMs: number | null }

/** Where the NVM of each product is: in the state folder, or in memory for as long as the simulator runs. */
export class NvmShelf {
  private readonly inMemory = new Map<string, MemoryNvmStore>()

  /** `folder`: the state folder, which must exist; null: nothing is kept. */
  constructor(private readonly folder: string | null) {}

  /** Throws a StateError when the product's folder cannot be made. */
  storeOf(product: string): SavedStore {
    if (this.folder !== null) return new FileNvmStore(this.folder, product)
    const store = this.inMemory.get(product) ?? new MemoryNvmStore()
    this.inMemory.set(product, store)
    return store
  }
}
