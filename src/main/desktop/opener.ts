import { fileTypes } from './file-types.ts'
import { checkDialog, checkInThread } from './transcript-check.ts'

/** What of Electron is used here. */
export interface OpenerHost {
  readonly dialog: {
    showMessageBox(options: ReturnType<typeof checkDialog> & { title: string; defaultId: number; cancelId: number; noLink: boolean }): Promise<{ response: number }>
    showOpenDialog(options: { title: string; filters: { name: string; extensions: string[] }[]; properties: 'openFile'[] }): Promise<{ filePaths: string[] }>
  }
  readonly clipboard: { writeText(text: string): void }
  whenReady(): Promise<unknown>
}

/** Opens files that a person double-clicked, dropped or chose: each is a dialog of its own, one after another. */
export class Opener {
  readonly #host: OpenerHost
  readonly #workerFile: string
  #last: Promise<void> = Promise.resolve()

  /** `workerFile`: the built `check-worker`. */
  constructor(host: OpenerHost, workerFile: string) {
    this.#host = host
    this.#workerFile = workerFile
  }

  open(files: readonly string[]): void {
    for (const file of files) this.#last = this.#last.then(() => this.#check(file))
  }

  async choose(): Promise<void> {
    const filters = fileTypes.map(({ name, extension }) => ({ name, extensions: [extension] }))
    const { filePaths } = await this.#host.dialog.showOpenDialog({ title: 'Check a transcript', filters, properties: ['openFile'] })
    this.open(filePaths)
  }

  async #check(file: string): Promise<void> {
    await this.#host.whenReady()
    const outcome = await checkInThread(this.#workerFile, file)
    const { response } = await this.#host.dialog.showMessageBox({ title: 'Check', defaultId: 0, cancelId: 0, noLink: true, ...checkDialog(file, outcome) })
    if (response === 1 && 'text' in outcome) this.#host.clipboard.writeText(outcome.text)
  }
}
