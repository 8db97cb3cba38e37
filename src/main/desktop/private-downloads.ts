import { closeSync, openSync } from 'node:fs'
import { makePrivate } from '../host/private-file.ts'

/** What of Electron's session and of a file that is being saved is used here. */
export interface SavingSession {
  on(event: 'will-download', listener: (event: unknown, item: SavedItem) => void): unknown
}

export interface SavedItem {
  getSavePath(): string
  once(event: 'done', listener: (event: unknown, state: string) => void): unknown
}

/** Takes what the window saves (exports, captures, certificates) from everybody but its owner, as the files of the command line are. */
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
    // It was moved or removed at once: it is no longer this program's to change.
  }
}
