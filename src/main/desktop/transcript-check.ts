import { Worker } from 'node:worker_threads'

/** The result of checking a transcript: the report, or one sentence why there is none. */
export type CheckOutcome = { readonly text: string; readonly same: boolean } | { readonly error: string }

/** A recording of a whole day plays in some seconds. */
const LIMIT_MS = 120_000

/**
 * Checks a transcript in a thread of its own, so that a long or malicious one does not hold up the module. `workerFile`
 * is the built `check-worker`. Never rejects.
 */
export async function checkInThread(workerFile: string, transcript: string): Promise<CheckOutcome> {
  const worker = new Worker(workerFile, { workerData: transcript, execArgv: [], name: 'check' })
  let limit: NodeJS.Timeout | undefined
  const outcome = await new Promise<CheckOutcome>((resolve) => {
    limit = setTimeout(
      () =>
        resolve({ error: `The check of ${transcript} took longer than ${LIMIT_MS / 1000} seconds and was stopped.` }),
      LIMIT_MS
    )
    worker.once('message', (message: CheckOutcome) => resolve(message))
    worker.once('error', (error) =>
      resolve({ error: `The check of ${transcript} failed: ${error.message.split('\n', 1)[0]}.` })
    )
    worker.once('exit', () => resolve({ error: `The check of ${transcript} ended without a result.` }))
  })
  clearTimeout(limit)
  await worker.terminate()
  return outcome
}

/** Lines of the report that fit a dialog. */
const MAX_LINES = 24
const MAX_LINE_CHARACTERS = 160

/** Returns the dialog about a checked transcript. Button 1 copies the report. */
export function checkDialog(transcript: string, outcome: CheckOutcome) {
  if ('error' in outcome)
    return {
      type: 'error' as const,
      message: 'The transcript cannot be checked.',
      detail: outcome.error,
      buttons: ['Close']
    }
  const lines = outcome.text
    .trimEnd()
    .split('\n')
    .map((line) => (line.length > MAX_LINE_CHARACTERS ? `${line.slice(0, MAX_LINE_CHARACTERS)}…` : line))
  const more = lines.length - MAX_LINES
  return {
    type: outcome.same ? ('info' as const) : ('warning' as const),
    message: outcome.same
      ? 'The module says what the transcript says.'
      : 'The module says something else than the transcript.',
    detail: [
      transcript,
      '',
      ...lines.slice(0, MAX_LINES),
      ...(more > 0 ? [`… and ${more} lines more; Copy report takes them all.`] : [])
    ].join('\n'),
    buttons: ['Close', 'Copy report']
  }
}
