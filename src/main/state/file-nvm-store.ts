import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { NvmStore } from '../../shared/nvm-store.ts'
import { StateError } from './state-error.ts'

/**
 * NVM in a file: one image per product. Written beside and renamed over, so that a power cut leaves the old image or
 * the new one; an image that cannot be read is set aside, never overwritten.
 */
export class FileNvmStore implements NvmStore {
  private readonly file: string
  savedAtMs: number | null = null

  /** `folder`: the state folder, which must exist. Throws a StateError when the product's folder cannot be made. */
  constructor(folder: string, product: string) {
    const own = join(folder, product)
    try {
      mkdirSync(own, { recursive: true })
    } catch (error) {
      throw new StateError(`The state folder ${own} cannot be made: ${(error as Error).message}.`)
    }
    this.file = join(own, 'nvm.json')
  }

  /** The image, or what was wrong with one that is damaged and has been set aside. Throws a StateError when it cannot be read. */
  load(): { image: string | null; fault: string | null } {
    if (!existsSync(this.file)) return { image: null, fault: null }
    let text: string
    try {
      text = readFileSync(this.file, 'utf8')
    } catch (error) {
      throw new StateError(`The NVM image ${this.file} cannot be read: ${(error as Error).message}.`)
    }
    if (isJson(text)) return { image: text, fault: null }
    return { image: null, fault: `The NVM image is damaged; it was set aside as ${this.setAside()}.` }
  }

  /** Sets the present image aside under a name that is free; answers that name. */
  setAside(): string {
    let count = 1
    while (existsSync(`${this.file}.damaged-${count}`)) count += 1
    const aside = `${this.file}.damaged-${count}`
    renameSync(this.file, aside)
    return aside
  }

  save(image: string): void {
    const beside = `${this.file}.new`
    try {
      const file = openSync(beside, 'w', 0o600)
      try {
        writeSync(file, image)
        fsyncSync(file)
      } finally {
        closeSync(file)
      }
      renameSync(beside, this.file)
      this.savedAtMs = Date.now()
    } catch (error) {
      throw new StateError(`The NVM image ${this.file} cannot be written: ${(error as Error).message}.`)
    }
  }
}

function isJson(text: string): boolean {
  try {
    return typeof JSON.parse(text) === 'object'
  } catch {
    return false
  }
}
