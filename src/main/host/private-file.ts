import { fchmodSync, fstatSync } from 'node:fs'

/** File mode for files with session data: no access for other users. */
export const OWNER_ONLY = 0o600

/**
 * Removes the access of other users from an open file, whatever the umask or an older file gave it. A device or pipe
 * stays as it is.
 */
export function makePrivate(descriptor: number): void {
  if (!fstatSync(descriptor).isFile()) return
  try {
    fchmodSync(descriptor, OWNER_ONLY)
  } catch {
    // The file belongs to another user, or the file system has no permissions: it stays as it is.
  }
}
