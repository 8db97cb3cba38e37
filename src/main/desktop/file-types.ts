import { extname, isAbsolute, resolve } from 'node:path'

/**
 * Files that the desktop program opens, and what it does with them. The packages register exactly these with the
 * system.
 */
export const fileTypes = [
  {
    extension: 'transcript',
    name: 'Telit SSL Simulator transcript',
    mimeType: 'application/x-telit-sim-transcript',
    /** Plays the host's side against a fresh module; a dialog reports the differences. */
    opening: 'check',
    also: []
  },
  {
    extension: 'pcapng',
    name: 'Packet capture',
    mimeType: 'application/x-pcapng',
    /** Shows the content in the window. */
    opening: 'show',
    /** Opened when chosen or dropped, but not registered: the older format of tcpdump belongs to other programs. */
    also: ['pcap']
  }
] as const

export type Opening = (typeof fileTypes)[number]['opening']

/** Returns what the program does with a file, by its name; `null` when it does not open it. */
export function openingOf(path: string): Opening | null {
  const extension = extname(path).toLowerCase().slice(1)
  return (
    fileTypes.find((type) => type.extension === extension || (type.also as readonly string[]).includes(extension))
      ?.opening ?? null
  )
}

/** Returns whether the program opens this file. */
export function opens(path: string): boolean {
  return openingOf(path) !== null
}

/**
 * Takes the files to open out of the arguments, where the system puts the path of a double-clicked file. Relative paths
 * start at `folder`.
 */
export function takeFiles(
  args: readonly string[],
  folder: string
): { readonly files: readonly string[]; readonly rest: readonly string[] } {
  // The value of an option is never a file to open, whatever its name (`--transcript new.transcript`).
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
 * Returns the paths in a message that a page may have opened. Captures are not among them: a compromised page could
 * read any capture on the disk. The page reads a dropped capture itself.
 */
export function openableByPage(message: unknown): readonly string[] {
  return openableFiles(message).filter((path) => openingOf(path) !== 'show')
}

/** Files that one drop or double click may open. Each may show a dialog. */
export const MAX_OPENED_FILES = 10

/**
 * Returns the paths in a message from outside (a page, a second start) that are absolute and of files that the program
 * opens.
 */
export function openableFiles(message: unknown): readonly string[] {
  if (!Array.isArray(message)) return []
  return message
    .filter(
      (path): path is string => typeof path === 'string' && path.length <= 4096 && isAbsolute(path) && opens(path)
    )
    .slice(0, MAX_OPENED_FILES)
}
