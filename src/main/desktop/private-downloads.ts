import { closeSync, openSync } from 'node:fs'
import { makePrivate } from '../host/private-file.ts'

/** The parts of Electron's session and download item that are used here. */
export interface SavingSession {
  on(event: 'will-download', listener: (event: unknown, item: SavedItem) => void): unknown
}

export interface SavedItem {
  getSavePath(): string
  once(event: 'done', listener: (event: unknown, state: string) => void): unknown
}

/**
 * Makes files that the window saves (exports, captures, certificates) readable by their owner only, like the files of
 * the command line.
 */
export function makeDownloadsPrivate(session: SavingSession): void {
  session.on('will-download', (_event, item) => {
    item.once('done', (_done, state) => {
      if (state === 'completed') makePathPrivate(item.getSavePath())
    })
  })
}

function makePathPrivate(path: string): void {
  try {
    const file = openSync(path, 'r')
    try {
      makePrivate(file)
    } finally {
      closeSync(file)
    }
  } catch {
    // The file was moved or removed at once.
  }
}
