import type { LabCommand } from '../../../shared/lab/calls.ts'
import type { Store } from '../../state/store/store.ts'
import { labWords } from './words.ts'

/** Longer than a handshake on the slowest processor; the module's own timers end every command earlier. */
const ANSWER_LIMIT_MS = 120_000

/**
 * Types commands into AT0 as a host would, each after the response to the previous one. Returns `null` if all
 * succeeded, else one sentence that says why it stopped.
 */
export async function typeCommands(store: Store, commands: readonly LabCommand[]): Promise<string | null> {
  for (const { send, until } of commands) {
    const answered = nextAnswer(store)
    try {
      await store.api.type({ instance: 0, bytes: Uint8Array.from(send, (char) => char.charCodeAt(0)) })
    } catch (error) {
      answered.stop()
      return error instanceof Error ? error.message : String(error)
    }
    const word = await answered.word
    if (word !== until)
      return word === null
        ? labWords.commands.noAnswer
        : labWords.commands.failed(send.split('\r')[0]!.slice(0, 40), word)
  }
  return null
}

interface Answer {
  /** The result code or prompt that was received; `null` after the time limit or `stop`. */
  readonly word: Promise<string | null>
  stop(): void
}

const answers = /(?:^|\r\n)(OK|ERROR|CONNECT|NO CARRIER|\+CM[ES] ERROR: [^\r]*)\r\n|\r\n(>) ?$/

function nextAnswer(store: Store): Answer {
  let stop = (): void => undefined
  const word = new Promise<string | null>((resolve) => {
    let text = ''
    let isLive = false
    const end = store.onOutput(0, (bytes) => {
      // Skip the earlier output, which is replayed during the call.
      if (!isLive) return
      text += String.fromCharCode(...bytes)
      const found = answers.exec(text)
      if (found) finish(found[1] ?? found[2] ?? null)
    })
    isLive = true
    const limit = window.setTimeout(() => {
      finish(null)
    }, ANSWER_LIMIT_MS)
    const finish = (found: string | null): void => {
      window.clearTimeout(limit)
      end()
      resolve(found)
    }
    stop = () => {
      finish(null)
    }
  })
  return {
    word,
    stop: () => {
      stop()
    }
  }
}
