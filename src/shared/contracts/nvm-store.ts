/** The storage of a module's NVM: a folder, or memory. */
export interface NvmStore {
  /** Returns the image saved last, or `null`. `fault` says what was wrong with a damaged one, which was set aside. */
  load(): { image: string | null; fault: string | null }
  /** Moves an unusable image away, so that it is never overwritten. Returns the new place in words. */
  setAside(): string
  /** Replaces the image atomically: after a power cut there is the old or the new one. Throws when it cannot. */
  save(image: string): void
}
