import { parentPort, workerData } from 'node:worker_threads'
import { checkCommand } from './check-command.ts'

/** A thread that checks the transcript named by `workerData` and posts the result: `{ text, same }` or `{ error }`. */
checkCommand([workerData as string]).then(
  ({ text, same }) => parentPort!.postMessage({ text, same }),
  (error: unknown) =>
    parentPort!.postMessage({ error: error instanceof Error ? error.message.split('\n', 1)[0] : 'The check failed.' })
)
