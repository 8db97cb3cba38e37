import type { OpenedFile } from '../../shared/api/opened-files.ts'
import { fileTypes, openingOf, type Opening } from './file-types.ts'
import { readCaptureFile } from './page-files.ts'
import { checkDialog, checkInThread } from './transcript-check.ts'

/** The part of Electron that is used here. */
export interface OpenerHost {
  readonly dialog: {
    showMessageBox(
      options: ReturnType<typeof checkDialog> & { title: string; defaultId: number; cancelId: number; noLink: boolean }
    ): Promise<{ response: number }>
    showOpenDialog(options: {
      title: string
      filters: { name: string; extensions: string[] }[]
      properties: 'openFile'[]
    }): Promise<{ filePaths: string[] }>
  }
  readonly clipboard: { writeText(text: string): void }
  whenReady(): Promise<unknown>
}

const dialogTitles: Readonly<Record<Opening, string>> = { check: 'Check a transcript', show: 'Open a capture' }

/**
 * Opens files that a person double-clicked, dropped or chose, one after another. A transcript is checked; a capture is
 * shown in the window.
 */
export class Opener {
  readonly #host: OpenerHost
  readonly #workerFile: string
  readonly #show: (capture: OpenedFile) => void
  #last: Promise<void> = Promise.resolve()

  /** `workerFile` is the built `check-worker`. */
  constructor(host: OpenerHost, workerFile: string, show: (capture: OpenedFile) => void) {
    this.#host = host
    this.#workerFile = workerFile
    this.#show = show
  }

  open(files: readonly string[]): void {
    for (const file of files)
      this.#last = this.#last.then(() => (openingOf(file) === 'show' ? this.#showCapture(file) : this.#check(file)))
  }

  async choose(opening: Opening): Promise<void> {
    const filters = fileTypes
      .filter((type) => type.opening === opening)
      .map(({ name, extension, also }) => ({ name, extensions: [extension, ...also] }))
    const { filePaths } = await this.#host.dialog.showOpenDialog({
      title: dialogTitles[opening],
      filters,
      properties: ['openFile']
    })
    this.open(filePaths)
  }

  async #check(file: string): Promise<void> {
    await this.#host.whenReady()
    const outcome = await checkInThread(this.#workerFile, file)
    const { response } = await this.#tell('Check', checkDialog(file, outcome))
    if (response === 1 && 'text' in outcome) this.#host.clipboard.writeText(outcome.text)
  }

  async #showCapture(path: string): Promise<void> {
    await this.#host.whenReady()
    const file = await readCaptureFile(path)
    if ('refusal' in file)
      await this.#tell('Capture', {
        type: 'error',
        message: 'The capture cannot be opened.',
        detail: file.refusal,
        buttons: ['Close']
      })
    else this.#show(file)
  }

  #tell(title: string, options: ReturnType<typeof checkDialog>): Promise<{ response: number }> {
    return this.#host.dialog.showMessageBox({ title, defaultId: 0, cancelId: 0, noLink: true, ...options })
  }
}
