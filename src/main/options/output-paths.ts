import { fstatSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { products } from '../../shared/products/catalog.ts'
import { identityOfDescriptor, isSamePlace, namesBelow, placeOf, type FilePlace } from '../host/file-place.ts'

/**
 * The paths of one run. They are checked against each other, because each file is written, replaced or removed on its
 * own: if two were the same file they would destroy each other, and one inside the state folder would destroy the NVM.
 */
export interface RunPaths {
  readonly capture: string | null
  readonly keyLog: string | null
  readonly transcript: string | null
  readonly readyFile: string | null
  /** Links that the command line names. */
  readonly links: readonly string[]
  /** Default links of the other AT instances. */
  readonly defaultLinks: readonly string[]
  /** The folder with the owner records of links. */
  readonly linkRecords: string
  /** The UART that is opened, or `null`. */
  readonly serial: string | null
  /** `null` when nothing is kept. */
  readonly stateFolder: string | null
  /** Files that are only read. */
  readonly inputs: readonly string[]
}

/** Returns one sentence about two paths that collide, or `null` when all are different files. */
export function sharedPath(paths: RunPaths): string | null {
  const named = namedPaths(paths)
  for (const [at, one] of named.entries()) {
    for (const other of named.slice(at + 1)) {
      if (!one.isWritten && !other.isWritten) continue
      if (isSamePlace(one.place, other.place)) return `${one.name} and ${other.name} name the same file ${other.path}.`
      if (isFileAbove(one.place, other.place))
        return `${other.name} ${other.path} cannot be in ${one.path}, which is the file of ${one.name}.`
      if (isFileAbove(other.place, one.place))
        return `${one.name} ${one.path} cannot be in ${other.path}, which is the file of ${other.name}.`
    }
    if (!one.isWritten) continue
    const owned = ownedPlace(one, paths)
    if (owned !== null) return owned
    const stream = redirectedTo(one)
    if (stream !== null) return `${one.name} names the file ${one.path}, to which standard ${stream} is redirected.`
  }
  return null
}

interface NamedPath {
  readonly name: string
  readonly path: string
  readonly place: FilePlace
  readonly isWritten: boolean
}

function namedPaths({
  capture,
  keyLog,
  transcript,
  readyFile,
  links,
  defaultLinks,
  serial,
  inputs
}: RunPaths): NamedPath[] {
  const written = (name: string, path: string | null): NamedPath[] =>
    path === null ? [] : [{ name, path, place: placeOf(path), isWritten: true }]
  const link = (name: string, path: string): NamedPath => ({ name, path, place: placeOf(path, false), isWritten: true })
  const read = (name: string, path: string): NamedPath => ({ name, path, place: placeOf(path), isWritten: false })
  return [
    ...written('--capture', capture),
    ...written('--keylog', keyLog),
    ...written('--transcript', transcript),
    ...written('--ready-file', readyFile),
    // A link itself is replaced, not its target, such as the pty of a killed simulator.
    ...links.map((path) => link('--link', path)),
    ...defaultLinks.map((path) => link('the default link of an AT instance', path)),
    ...(serial === null ? [] : [read('--serial', serial)]),
    ...inputs.map((path) => read('the file to open', path))
  ]
}

/**
 * Returns whether `above` would be a file with `place` inside. An existing folder is not checked here: opening it as a
 * file fails with its own error.
 */
function isFileAbove(above: FilePlace, place: FilePlace): boolean {
  return namesBelow(above, place) !== null && !statSync(above.hops.at(-1)!, { throwIfNoEntry: false })?.isDirectory()
}

/** Returns one sentence when a path lies in a place of the state folder or of the link records. */
function ownedPlace({ name, path, place }: NamedPath, { stateFolder, linkRecords }: RunPaths): string | null {
  if (namesBelow(placeOf(linkRecords), place) !== null)
    return `${name} ${path} is in ${linkRecords}, where the simulator records its links.`
  if (stateFolder === null) return null
  const state = placeOf(stateFolder)
  const below = namesBelow(state, place)
  if (below?.length === 0) return `${name} and --state name the same place ${path}.`
  if (namesBelow(place, state) !== null) return `${name} names the file ${path}, but --state names a folder in it.`
  if (below !== null && isOwnName(below[0]!)) return `${name} ${path} is a file of the state folder ${stateFolder}.`
  if (place.identity !== null && ownFiles(stateFolder).some((file) => placeOf(file).identity === place.identity))
    return `${name} ${path} is a file of the state folder ${stateFolder}.`
  return null
}

/** Returns whether this first name below a state folder is one of the simulator's own. */
function isOwnName(name: string): boolean {
  return (
    name === 'lock' ||
    name.startsWith('lock.') ||
    name === 'lab' ||
    name === 'preloaded-ca.pem' ||
    productNames.has(name.toLowerCase())
  )
}

function ownFiles(folder: string): string[] {
  return [
    'lock',
    'preloaded-ca.pem',
    'lab/lab-pki.json',
    'lab/lab-ca.pem',
    ...products.map(({ name }) => `${name}/nvm.json`)
  ].map((name) => join(folder, name))
}

const productNames = new Set(products.map(({ name }) => name.toLowerCase()))

function redirectedTo({ place }: NamedPath): 'output' | 'error' | null {
  if (place.identity === null) return null
  for (const [descriptor, stream] of [
    [1, 'output'],
    [2, 'error']
  ] as const) {
    if (streamIdentity(descriptor) === place.identity) return stream
  }
  return null
}

/** `null` when the stream is closed or not a regular file. */
function streamIdentity(descriptor: number): string | null {
  try {
    return identityOfDescriptor(fstatSync(descriptor, { bigint: true }))
  } catch {
    return null
  }
}
