/** A capture that nothing can be read of. The message is one sentence. */
export class CaptureRefused extends Error {
  override readonly name = 'CaptureRefused'
}
