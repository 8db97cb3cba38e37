import type { TimelineReporter } from '../../shared/timeline/events.ts'
import { fileReason, whenRead } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { UsageError } from '../options/options.ts'
import { describeStored } from '../x509/stored-data.ts'

/**
 * Reads the file of `--preloaded-ca`: the CA certificate that HE910 and UE910 modules ship with (G-3.3-8). Throws a
 * UsageError when such a module could not use it, and a PreloadedCaError when it cannot be read.
 */
export function readPreloadedCa(file: string): Uint8Array {
  let bytes: Uint8Array
  try {
    bytes = readRegularFile(file, MAX_FILE_BYTES)
  } catch (error) {
    throw new PreloadedCaError(
      `The CA certificate ${file} of --preloaded-ca cannot be read: ${fileReason(error, whenRead)}.`
    )
  }
  const fault = preloadedCaFault(bytes)
  if (fault !== null)
    throw new UsageError(
      `--preloaded-ca takes a CA certificate, PEM or DER, of at most ${MAX_BYTES} bytes; ${file} cannot be used: ${fault}`
    )
  return bytes
}

/** Returns in one sentence why bytes cannot be a module's factory CA certificate, or `null`. */
export function preloadedCaFault(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return 'it is empty.'
  if (bytes.length > MAX_BYTES) return `it has ${bytes.length} bytes.`
  return describeStored('ca-certificate', bytes, { pemLineEnds: 'any', keyFormats: ['pkcs1'] }).fault
}

/**
 * Reports the factory CA certificate on the timeline, so that a transcript can be checked against a module with the
 * same one.
 */
export function notePreloadedCa(timeline: TimelineReporter, bytes: Uint8Array): void {
  const argument = { dataType: 1, base64: Buffer.from(bytes).toString('base64'), preloaded: true }
  timeline.report({
    kind: 'note',
    sentence: `The module has a preloaded CA certificate of ${bytes.length} bytes.`,
    act: { name: 'nvm', argument }
  })
}

/** The file cannot be read. The message is one sentence; the exit status is 3. */
export class PreloadedCaError extends Error {}

/** The size of a slot (G-2.2-5). */
const MAX_BYTES = 2047
/** Larger files are not read at all. */
const MAX_FILE_BYTES = 2 ** 20
