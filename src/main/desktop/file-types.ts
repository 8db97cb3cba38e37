import { extname, isAbsolute, resolve } from 'node:path'

/**
 * Files that the desktop program opens, and what it then does. The packages register these with the system and no others:
 * a double click that did nothing would be worse than none.
 */
export const fileTypes = [
  {
    extension: 'transcript',
    name: 'Telit SSL Simulator transcript',
    mimeType: 'application/x-telit-sim-transcript',
    /** Its host side is played against a fresh module, and a dialog says what differs. */
    opening: 'check',
    also: []
  },
  {
    extension: 'pcapng',
    name: 'Packet capture',
    mimeType: 'application/x-pcapng',
    /** The window shows what is in it. */
    opening: 'show',
    /** Opened when it is chosen or dropped, and not registered: tcpdump's older format belongs to other programs. */
    also: ['pcap']
  }
] as const

export type Opening = (typeof fileTypes)[number]['opening']

/** What the program does with this file, by its name; null: nothing. */
export function openingOf(path: string): Opening | null {
  const extension = extname(path).toLowerCase().slice(1)
  return (
    fileTypes.find((type) => type.extension === extension || (type.also as readonly string[]).includes(extension))
      ?.opening ?? null
  )
}

/** Whether the program opens this file. */
export function opens(path: string): boolean {
  return openingOf(path) !== null
}

/**
 * Takes the files to open out of the arguments: a system starts the program with the path of what was double-clicked.
 * `folder` is where relative paths begin.
 */
export function takeFiles(
  args: readonly string[],
  folder: string
): { readonly files: readonly string[]; readonly rest: readonly string[] } {
  // The value of an option is never a file to open, whatever it is called (`--transcript new.transcript`).
  const isFile = (arg: string, at: number): boolean =>
    !arg.startsWith('-') && opens(arg) && !/^--[a-z0-9-]+$/.test(args[at - 1] ?? '')
  // `telit-sim check FILE` is a sub-command of the headless program.
  if (args[0] === 'check') return { files: [], rest: args }
  return {
    files: args.filter(isFile).map((file) => resolve(folder, file)),
    rest: args.filter((arg, at) => !isFile(arg, at))
  }
}

/**
 * What a page may have opened by its path: never what the window shows, or a page that was taken over would read any capture on the
 * disk. The page has the content of one that a person dropped on it anyway.
 */
export function openableByPage(message: unknown): readonly string[] {
  return openableFiles(message).filter((path) => openingOf(path) !== 'show')
}

/** As many as one drop or double click may open: each is a dialog. */
export const MAX_OPENED_FILES = 10

/** The paths in a message from outside (a page, a second start), if they are absolute ones of files that the program opens. */
export function openableFiles(message: unknown): readonly string[] {
  if (!Array.isArray(message)) return []
  return message
    .filter(
      (path): path is string => typeof path === 'string' && path.length <= 4096 && isAbsolute(path) && opens(path)
    )
    .slice(0, MAX_OPENED_FILES)
}
