import {
  errorAnswer,
  resultCodes,
  type CommandFailure,
  type ErrorReport,
  type ResultWord
} from '../../../shared/rules/errors.ts'
import type { Settings } from '../settings.ts'

/** How answers look on the wire (at-reference 1.1): CR and LF there are really S3 and S4. */

/** Lines of information that belong together, as one block. */
export function informationText(settings: Settings, lines: readonly string[]): string {
  const end = lineEnd(settings)
  const body = lines.join(end) + end
  return settings.get('V') === 1 ? end + body : body
}

/** A final result, or nothing where Q withholds it; `detail` follows the word, not the number. */
export function resultText(settings: Settings, word: ResultWord, detail = ''): string {
  if (settings.get('Q') !== 0) return ''
  return settings.get('V') === 1 ? framed(settings, word + detail) : `${resultCodes[word]}${terminator(settings)}`
}

/** ERROR or its +CME form, as +CMEE asks (G-6-1); the +CME text stays under V0, only its frame shrinks. */
export function failureText(settings: Settings, failure: CommandFailure): string {
  const mode = settings.get('+CMEE')
  if (failure.error === null || mode === 0) return resultText(settings, 'ERROR')
  if (settings.get('Q') !== 0) return ''
  const text = errorAnswer(failure.error, mode as ErrorReport)
  return settings.get('V') === 1 ? framed(settings, text) : `${text}${terminator(settings)}`
}

/** An unsolicited line. */
export function unsolicitedText(settings: Settings, text: string): string {
  return framed(settings, text)
}

/** CR LF `>` space (D-10). */
export function promptText(settings: Settings): string {
  return `${lineEnd(settings)}> `
}

/** The end of a line of information: S3 S4. */
export function lineEnd(settings: Settings): string {
  return terminator(settings) + String.fromCharCode(settings.get('S4'))
}

function framed(settings: Settings, text: string): string {
  const end = lineEnd(settings)
  return end + text + end
}

function terminator(settings: Settings): string {
  return String.fromCharCode(settings.get('S3'))
}
