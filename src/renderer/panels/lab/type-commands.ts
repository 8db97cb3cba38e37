import type { LabCommand } from '../../../shared/lab/calls.ts'
import type { Store } from '../../state/store/store.ts'
import { labWords } from './words.ts'

/** Longer than a handshake on the slowest processor; the module's own timers end everything before. */
const ANSWER_LIMIT_MS = 120_000

/**
 * Types commands into the terminal of AT0 as a host would: the next one when the one before was answered. Answers null, or why it
 * stopped, in one sentence.
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
  /** The result or prompt that came; null when none did. */
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
      // What was printed before is replayed at once.
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
