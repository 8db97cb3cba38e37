import type { NvmStore } from '../../shared/contracts/nvm-store.ts'

/** NVM in memory, for `--state none` and tests. */
export class MemoryNvmStore implements NvmStore {
  savedAtMs: number | null = null

  constructor(public image: string | null = null) {}

  load(): { image: string | null; fault: string | null } {
    return { image: this.image, fault: null }
  }

  setAside(): string {
    this.image = null
    return 'nothing that is kept'
  }

  save(image: string): void {
    this.image = image
    this.savedAtMs = Date.now()
  }
}
