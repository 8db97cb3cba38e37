import { fchmodSync, fstatSync } from 'node:fs'

/** What others of this machine may do with a file that holds what was said in a session: nothing. */
export const OWNER_ONLY = 0o600

/** Takes an open file from everybody but its owner, whatever the umask or an older file gave it. A device or pipe stays as it is. */
export function makePrivate(descriptor: number): void {
  if (!fstatSync(descriptor).isFile()) return
  try {
    fchmodSync(descriptor, OWNER_ONLY)
  } catch {
    // A file of somebody else, or a file system without rights: it is as private as it can be.
  }
}
