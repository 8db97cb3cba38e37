/** Thrown for a file from which nothing can be read. The message is one sentence. */
export class CaptureRefused extends Error {
  override readonly name = 'CaptureRefused'
}
