import type { NvmStore } from '../../shared/contracts/nvm-store.ts'
import { FileNvmStore } from './file-nvm-store.ts'
import type { StateFolder } from './state-folder.ts'
import { MemoryNvmStore } from './memory-nvm-store.ts'

/** An NVM store that knows when it was last saved. */
export type SavedStore = NvmStore & { readonly savedAtMs: number | null }

/** Where the NVM of each product is: in the state folder, or in memory for as long as the simulator runs. */
export class NvmShelf {
  private readonly inMemory = new Map<string, MemoryNvmStore>()

  /** `null`: nothing is kept. */
  constructor(private readonly folder: StateFolder | null) {}

  /** Throws a StateError when the product's folder cannot be made. */
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
