import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ReadCapture } from './read-capture.ts'

/** What the thread receives. */
export interface ToCaptureWorker {
  readonly bytes: Uint8Array
  readonly keyLog: string | null
}
export type FromCaptureWorker = { readonly read: ReadCapture } | { readonly refusal: string }

/** 32 MiB take some seconds on a slow machine. Below the time that the window waits for a call. */
const LIMIT_MS = 12_000

/**
 * Returns the path of the built worker, beside this bundle or in the folder above. `null` when the program runs from
 * its sources.
 */
export function builtCaptureWorker(): string | null {
  return (
    [import.meta.dirname, join(import.meta.dirname, '..')]
      .map((folder) => join(folder, 'capture-worker.js'))
      .find((file) => existsSync(file)) ?? null
  )
}

/**
 * Reads a capture in a thread of its own, so that a malicious file cannot slow down or crash the module. Rejects with
 * one sentence.
 */
export async function readInThread(file: string, bytes: Uint8Array, keyLog: string | null): Promise<ReadCapture> {
  const worker = new Worker(file, {
    workerData: { bytes, keyLog } satisfies ToCaptureWorker,
    execArgv: [],
    name: 'capture',
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB }
  })
  let limit: NodeJS.Timeout | undefined
  const answer = await new Promise<FromCaptureWorker>((resolve) => {
    limit = setTimeout(
      () => resolve({ refusal: `Reading the capture took longer than ${LIMIT_MS / 1000} seconds and was stopped.` }),
      LIMIT_MS
    )
    worker.once('message', (message: FromCaptureWorker) => resolve(message))
    worker.once('error', () =>
      resolve({
        refusal: 'The capture could not be read: it needs more memory than is given to it, or the reader failed.'
      })
    )
    worker.once('exit', () => resolve({ refusal: 'The reader of the capture ended without a result.' }))
  })
  clearTimeout(limit)
  await worker.terminate()
  if ('refusal' in answer) throw new Error(answer.refusal)
  return answer.read
}

/** 300,000 packets with their comments and messages take a third of this. */
const MAX_HEAP_MB = 1024
