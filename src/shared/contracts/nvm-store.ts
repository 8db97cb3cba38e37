/** Where a module's non-volatile memory is kept: a folder on disk, or memory alone. */
export interface NvmStore {
  /** The image last saved, as text, or null when there is none. `fault` says what was wrong with one that had to be set aside. */
  load(): { image: string | null; fault: string | null }
  /** Moves an image that cannot be used out of the way, so that it is never overwritten; says where to, in words. */
  setAside(): string
  /** Replaces the image atomically: after a power cut the old or the new one is there, never a mixture. Throws when it cannot. */
  save(image: string): void
}
