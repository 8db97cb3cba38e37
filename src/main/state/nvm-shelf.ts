import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import { FileNvmStore } from './file-nvm-store.ts'
import { MemoryNvmStore } from './memory-nvm-store.ts'
import type { StateFolder } from './state-folder.ts'

/** An NVM store with the time of its last save. */
export type SavedStore = NvmStore & { readonly savedAtMs: number | null }

/** The NVM stores of all products, in the state folder or in memory. */
export class NvmShelf {
  private readonly inMemory = new Map<string, MemoryNvmStore>()

  /** `null` to keep nothing after the run. */
  constructor(private readonly folder: StateFolder | null) {}

  /** Returns the store of a product. Throws a StateError when its folder cannot be made. */
  storeOf(product: string): SavedStore {
    if (this.folder !== null) {
      const { folder } = this
      return new FileNvmStore(folder.path, product, { assertHeld: () => folder.assertHeld() })
    }
    const store = this.inMemory.get(product) ?? new MemoryNvmStore()
    this.inMemory.set(product, store)
    return store
  }
}
