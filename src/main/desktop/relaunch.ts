import { takeFiles } from './file-types.ts'

/** The part of Electron that is used here. */
export interface FolderChangeHost {
  readonly dialog: {
    showOpenDialog(options: {
      title: string
      properties: ('openDirectory' | 'createDirectory')[]
    }): Promise<{ filePaths: string[] }>
  }
  readonly app: { relaunch(options: { args: string[]; execPath?: string }): void }
  readonly process: ProgramProcess
  /** Ends the program. */
  end(): void
}

/** The part of `process` that is used here. */
export interface ProgramProcess {
  readonly argv: readonly string[]
  /** Whether Electron was started with the path of the program. */
  readonly defaultApp?: boolean
  readonly env: Readonly<Record<string, string | undefined>>
  cwd(): string
}

/** Restarts the program with another state folder: a module keeps its folder from start to end. */
export class FolderChange {
  readonly #host: FolderChangeHost

  constructor(host: FolderChangeHost) {
    this.#host = host
  }

  /** Lets the person choose the folder. */
  async choose(): Promise<void> {
    const { filePaths } = await this.#host.dialog.showOpenDialog({
      title: 'State folder',
      properties: ['openDirectory', 'createDirectory']
    })
    if (filePaths[0] !== undefined) this.startWith(filePaths[0])
  }

  startWith(folder: string): void {
    const { app, process, end } = this.#host
    const before = process.argv.slice(1, ownArgumentsAt(process))
    const { rest } = takeFiles(ownArguments(process), process.cwd())
    // An AppImage is unmounted when its program ends, so the image itself is started.
    const image = process.env['APPIMAGE']
    app.relaunch({ args: [...before, ...argumentsWithState(rest, folder)], ...(image ? { execPath: image } : {}) })
    end()
  }
}

/** Returns the program's own arguments. */
export function ownArguments(process: ProgramProcess): string[] {
  return process.argv.slice(ownArgumentsAt(process))
}

/** Returns the index of the program's first own argument. Electron's switches may stand before the program's path. */
function ownArgumentsAt({ argv, defaultApp = false }: ProgramProcess): number {
  return defaultApp ? argv.findIndex((part, index) => index > 0 && !part.startsWith('-')) + 1 : 1
}

/** Returns what a second start tells the person, and its exit status: the files go to the first, options cannot. */
export function secondStart(args: readonly string[]): { readonly sentence: string; readonly status: number } {
  return args.length === 0
    ? { sentence: 'The simulator runs already; its window comes to the front.', status: 0 }
    : {
        sentence:
          'The simulator runs already and takes no options now: close it first, or start another one with --headless.',
        status: 3
      }
}

/** Returns the program's arguments (without its name) with another state folder and everything else unchanged. */
export function argumentsWithState(args: readonly string[], folder: string): string[] {
  const others: string[] = []
  for (let at = 0; at < args.length; at += 1) {
    if (args[at] === '--state') at += 1
    else if (!args[at]!.startsWith('--state=')) others.push(args[at]!)
  }
  return [...others, '--state', folder]
}
