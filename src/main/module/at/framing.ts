import {
  errorAnswer,
  resultCodes,
  type CommandFailure,
  type ErrorReport,
  type ResultWord
} from '../../../shared/rules/errors.ts'
import type { Settings } from '../settings.ts'

// The form of responses on the port (at-reference 1.1). CR and LF there stand for S3 and S4.

/** Returns lines of information as one block. */
export function informationText(settings: Settings, lines: readonly string[]): string {
  const end = lineEnd(settings)
  const body = lines.join(end) + end
  return settings.get('V') === 1 ? end + body : body
}

/**
 * Returns a final result code, or an empty string where Q suppresses it. `detail` follows the word but not the numeric
 * code.
 */
export function resultText(settings: Settings, word: ResultWord, detail = ''): string {
  if (settings.get('Q') !== 0) return ''
  return settings.get('V') === 1 ? framed(settings, word + detail) : `${resultCodes[word]}${terminator(settings)}`
}

/**
 * Returns ERROR or the +CME form, depending on +CMEE (G-6-1). With V0 the +CME text stays, and only its frame is
 * shorter.
 */
export function failureText(settings: Settings, failure: CommandFailure): string {
  const mode = settings.get('+CMEE')
  if (failure.error === null || mode === 0) return resultText(settings, 'ERROR')
  if (settings.get('Q') !== 0) return ''
  const text = errorAnswer(failure.error, mode as ErrorReport)
  return settings.get('V') === 1 ? framed(settings, text) : `${text}${terminator(settings)}`
}

/** Returns the line of a URC. */
export function unsolicitedText(settings: Settings, text: string): string {
  return framed(settings, text)
}

/** Returns the prompt: CR LF `>` space (D-10). */
export function promptText(settings: Settings): string {
  return `${lineEnd(settings)}> `
}

/** Returns the end of an information line: S3 S4. */
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
