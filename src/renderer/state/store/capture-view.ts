import type { CaptureReading } from '../../../shared/calls/capture.ts'

/** State of a capture file in the window. */
export type CaptureView =
  | { readonly kind: 'loading'; readonly fileName: string }
  | { readonly kind: 'refused'; readonly fileName: string; readonly sentence: string }
  | {
      readonly kind: 'open'
      readonly fileName: string
      readonly captureId: number
      /** Another object each time the capture is read. */
      readonly reading: CaptureReading
      /** Why the added key log was refused, one sentence. */
      readonly refusal: string | null
    }
