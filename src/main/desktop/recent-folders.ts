import { isAbsolute } from 'node:path'
import * as v from 'valibot'
import { readJson, writeJson } from './json-file.ts'

/** A longer menu would be hard to read. */
export const MAX_RECENT_FOLDERS = 8

/** Returns the state folders of earlier runs of the desktop program, latest first. */
export function recentFolders(file: string): readonly string[] {
  const checked = v.safeParse(list, readJson(file))
  return checked.success ? checked.output.filter(isAbsolute).slice(0, MAX_RECENT_FOLDERS) : []
}

/** Puts a folder at the top of the list. */
export function rememberFolder(file: string, folder: string): void {
  writeJson(file, [folder, ...recentFolders(file).filter((one) => one !== folder)].slice(0, MAX_RECENT_FOLDERS))
}

export function forgetFolders(file: string): void {
  writeJson(file, [])
}

const list = v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096)))
