import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { NoRegularFile } from './regular-file.ts'

/**
 * Returns why a file or folder is not available, as words that follow a colon. `own` has words for error codes that
 * take precedence.
 */
export function fileReason(error: unknown, own: Readonly<Record<string, string>> = {}): string {
  if (error instanceof NoRegularFile) return error.reason
  const { code, message, path } = error as NodeJS.ErrnoException
  // ENOENT although the folder exists: in /proc no file can be created.
  if (code === 'ENOENT' && own['ENOENT'] === undefined && path !== undefined && existsSync(dirname(path)))
    return 'no file can be created in its folder'
  return (code === undefined ? undefined : (own[code] ?? reasons[code])) ?? `the system reports ${code ?? message}`
}

/** Words for files that are written. Callers that read a file add `whenRead`. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file is too large for the file system',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'its folder or the file does not permit it',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENXIO: 'no program reads the pipe',
  EPIPE: 'no program reads the pipe any more',
  EIO: 'the disk reports an error',
  EEXIST: 'something else exists at its path',
  ELOOP: 'its links form a loop',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'this process cannot open more files (ulimit -n)',
  ENFILE: 'the system cannot open more files',
  ENOMEM: 'the system is out of memory'
}

/** The `own` words for a file that is read. */
export const whenRead: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it'
}
