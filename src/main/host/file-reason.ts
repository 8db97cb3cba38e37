import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { NoRegularFile } from './regular-file.ts'

/** Why a file or folder of this machine cannot be had, as words that follow a colon. `own` comes before the words that fit any file. */
export function fileReason(error: unknown, own: Readonly<Record<string, string>> = {}): string {
  if (error instanceof NoRegularFile) return error.reason
  const { code, message, path } = error as NodeJS.ErrnoException
  // The system's word for both; in /proc a folder is there and takes nothing.
  if (code === 'ENOENT' && own['ENOENT'] === undefined && path !== undefined && existsSync(dirname(path)))
    return 'its folder takes no new files'
  return (code === undefined ? undefined : (own[code] ?? reasons[code])) ?? `the system says ${code ?? message}`
}

/** Of files that are written; who reads one says what ENOENT means then. */
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no room is left on the disk',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'a file cannot be so large',
  ENOENT: 'its folder does not exist',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'its folder or the file does not permit it',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
  ENXIO: 'nobody reads the pipe',
  EPIPE: 'nobody reads the pipe any more',
  EIO: 'the disk reports an error',
  EEXIST: 'something else has its place',
  ELOOP: 'its links lead in a circle',
  ENAMETOOLONG: 'its path is too long',
  EMFILE: 'this process may open no more files (ulimit -n)',
  ENFILE: 'the system can open no more files',
  ENOMEM: 'the system has no memory left'
}

/** `own` of a file that is read. */
export const whenRead: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it'
}
