import { closeSync, constants, fstatSync, openSync, readSync, statSync, type Stats } from 'node:fs'

/** The path does not lead to a regular file of acceptable size. `reason` follows a colon, as in `fileReason`. */
export class NoRegularFile extends Error {
  override readonly name = 'NoRegularFile'

  constructor(
    path: string,
    readonly reason: string
  ) {
    super(`${path} cannot be read: ${reason}.`)
  }
}

/**
 * Returns the content of a regular file of at most `maxBytes`. Pipes and devices are not even opened: they may never
 * send a byte, or never end. Throws a NoRegularFile, or the system's error.
 */
export function readRegularFile(path: string, maxBytes: number): Buffer {
  refuseOther(path, statSync(path), maxBytes)
  // The path may lead to a pipe by now: do not block in open.
  const descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  try {
    const facts = fstatSync(descriptor)
    refuseOther(path, facts, maxBytes)
    return readToEnd(descriptor, path, facts.size, maxBytes)
  } finally {
    closeSync(descriptor)
  }
}

function refuseOther(path: string, facts: Stats, maxBytes: number): void {
  if (!facts.isFile())
    throw new NoRegularFile(path, facts.isDirectory() ? 'it is a folder' : `it is ${kindOf(facts)}, not a file`)
  if (facts.size > maxBytes) throw tooLarge(path, maxBytes)
}

function tooLarge(path: string, maxBytes: number): NoRegularFile {
  const limit = maxBytes >= 2 ** 20 ? `${Math.floor(maxBytes / 2 ** 20)} MiB` : `${Math.floor(maxBytes / 2 ** 10)} KiB`
  return new NoRegularFile(path, `it is larger than ${limit}`)
}

/** Reads to the end, not only up to `size`: the file may grow meanwhile, and files of /proc report size 0. */
function readToEnd(descriptor: number, path: string, size: number, maxBytes: number): Buffer {
  const pieces: Buffer[] = []
  let length = 0
  for (let room = size + 1; ; room = READ_BYTES) {
    const piece = Buffer.alloc(room)
    const got = readSync(descriptor, piece)
    if (got === 0) return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces, length)
    pieces.push(piece.subarray(0, got))
    length += got
    if (length > maxBytes) throw tooLarge(path, maxBytes)
  }
}

function kindOf(facts: Stats): string {
  if (facts.isFIFO()) return 'a pipe'
  if (facts.isSocket()) return 'a socket'
  return facts.isCharacterDevice() || facts.isBlockDevice() ? 'a device' : 'something else'
}

const READ_BYTES = 65_536
