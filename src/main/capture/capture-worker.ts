import { parentPort, workerData } from 'node:worker_threads'
import type { FromCaptureWorker, ToCaptureWorker } from './in-thread.ts'
import { readCapture } from './read-capture.ts'
import { CaptureRefused } from './refusal.ts'

/** Entry of the thread that reads one capture; see in-thread.ts. */
const { bytes, keyLog } = workerData as ToCaptureWorker

parentPort!.postMessage(answer())

function answer(): FromCaptureWorker {
  try {
    return { read: readCapture(bytes, keyLog) }
  } catch (error) {
    if (error instanceof CaptureRefused) return { refusal: error.message }
    throw error
  }
}
