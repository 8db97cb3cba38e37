import { lstatSync, readlinkSync, realpathSync, statSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'

/** Where a path of the command line leads, to detect two paths to one file. */
export interface FilePlace {
  /** The path with its real folders and, if it is a link, each path that it leads to. The last one is the file. */
  readonly hops: readonly string[]
  /** Device and inode number of the regular file there; `null` where there is none yet, or something else. */
  readonly identity: string | null
}

/**
 * Returns where `path` leads. Nothing has to exist, and nothing is opened. With `followed` false a link itself is
 * meant, not its target.
 */
export function placeOf(path: string, followed = true): FilePlace {
  const hops = [withRealFolder(resolve(path))]
  for (
    let target = followed ? linkTarget(hops[0]!) : null;
    target !== null && hops.length < MAX_HOPS;
    target = linkTarget(target)
  )
    hops.push(target)
  return { hops, identity: followed ? identityOfFile(hops.at(-1)!) : null }
}

/** Returns whether both lead to the same file, or will once it is created. */
export function isSamePlace(one: FilePlace, other: FilePlace): boolean {
  if (one.identity !== null && one.identity === other.identity) return true
  const theirs = new Set(other.hops.map(folded))
  if (one.hops.some((hop) => theirs.has(folded(hop)))) return true
  // A folder may have two real names (bind mount): then so have files in it that do not exist yet.
  const entries = new Set(other.hops.map(entryOf))
  return one.hops.some((hop) => entries.has(entryOf(hop)))
}

/**
 * Returns the names from `folder` down to the place, empty for the folder itself. `null` when the place is not in the
 * folder.
 */
export function namesBelow(folder: FilePlace, place: FilePlace): readonly string[] | null {
  const above = folded(folder.hops.at(-1)!)
  for (const hop of place.hops.map(folded)) {
    if (hop === above) return []
    const start = above.endsWith(separator(hop)) ? above : above + separator(hop)
    if (hop.startsWith(start)) return hop.slice(start.length).split(separator(hop))
  }
  const identity = identityOfFolder(folder.hops.at(-1)!)
  return identity === null
    ? null
    : (place.hops.map((hop) => namesBelowIdentity(identity, hop)).find((names) => names !== null) ?? null)
}

/** Returns the identity of an open file in the form of `FilePlace`. */
export function identityOfDescriptor(
  facts: { isFile(): boolean; readonly dev: bigint; readonly ino: bigint } | null
): string | null {
  return facts?.isFile() ? `${facts.dev}:${facts.ino}` : null
}

/** The limit of Linux. */
const MAX_HOPS = 40

/** The file systems of macOS and Windows usually ignore case. */
const foldsCase = process.platform === 'darwin' || process.platform === 'win32'
const folded = (path: string): string => (foldsCase ? path.toLowerCase() : path)
const separator = (path: string): string => (process.platform === 'win32' && path.includes('\\') ? '\\' : '/')

/** Resolves the deepest folder that exists; the rest of the path stays as written. */
function withRealFolder(path: string): string {
  const above = dirname(path)
  return above === path ? path : join(realFolder(above), basename(path))
}

function realFolder(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    const above = dirname(path)
    return above === path ? path : join(realFolder(above), basename(path))
  }
}

function linkTarget(path: string): string | null {
  try {
    return lstatSync(path).isSymbolicLink() ? withRealFolder(resolve(dirname(path), readlinkSync(path))) : null
  } catch {
    return null
  }
}

/** Returns the identity of the deepest folder that exists, followed by the names below it. */
function entryOf(path: string): string {
  const names: string[] = []
  for (let at = path; dirname(at) !== at; at = dirname(at)) {
    names.unshift(folded(basename(at)))
    const identity = identityOfFolder(dirname(at))
    if (identity !== null) return `${identity}/${names.join('/')}`
  }
  return folded(path)
}

function namesBelowIdentity(identity: string, path: string): readonly string[] | null {
  const names: string[] = []
  for (let at = path; ; at = dirname(at)) {
    if (identityOfFolder(at) === identity) return names
    if (dirname(at) === at) return null
    names.unshift(folded(basename(at)))
  }
}

/** `null` where there is no folder. */
function identityOfFolder(path: string): string | null {
  try {
    const facts = statSync(path, { bigint: true })
    return facts.isDirectory() ? `${facts.dev}:${facts.ino}` : null
  } catch {
    return null
  }
}

function identityOfFile(path: string): string | null {
  try {
    return identityOfDescriptor(statSync(path, { bigint: true }))
  } catch {
    return null
  }
}
