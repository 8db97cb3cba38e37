import type { CaptureReading } from '../../../shared/calls/capture.ts'

/** How far the window is with a capture file. */
export type CaptureView =
  | { readonly kind: 'loading'; readonly fileName: string }
  | { readonly kind: 'refused'; readonly fileName: string; readonly sentence: string }
  | {
      readonly kind: 'open'
      readonly fileName: string
      readonly captureId: number
      /** Another object each time that it is read. */
      readonly reading: CaptureReading
      /** The key log beside it was refused, in one sentence. */
      readonly refusal: string | null
    }
