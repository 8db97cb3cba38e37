import { parseArgs } from 'node:util'
import { profileOf, UnknownChoice } from '../../shared/products/catalog.ts'
import { fileReason, whenRead } from '../host/file-reason.ts'
import { readRegularFile } from '../host/regular-file.ts'
import { UsageError } from '../options/options.ts'
import { TranscriptError } from '../timeline/transcript/format.ts'
import { parseTranscript } from '../timeline/transcript/parser.ts'
import { playTranscript } from './player.ts'
import { reportJson, reportText } from './report.ts'
import { SecretBook, type SecretFile } from './secret-book.ts'

/**
 * Runs `telit-sim check TRANSCRIPT [--secret NAME=FILE] [--seed N] [--product NAME] [--software VERSION] [--json]`:
 * plays the host's side of a transcript against a fresh module in virtual time. Returns the text to print and whether
 * the module's output was the same. Throws a UsageError for wrong arguments or a file that is not a transcript, and an
 * error of one sentence for a file that cannot be read.
 */
export async function checkCommand(
  args: readonly string[]
): Promise<{ readonly text: string; readonly same: boolean }> {
  const { values, positionals } = parse(args)
  const [file, ...more] = positionals
  if (file === undefined || more.length > 0)
    throw new UsageError('check takes one transcript: telit-sim check TRANSCRIPT.')
  const secrets = new SecretBook((values.secret ?? []).map(secretFile))
  const asked = seedOf(values.seed)
  const { head: recorded, entries } = transcriptIn(file)
  const product = values.product ?? recorded.product
  const head = {
    ...recorded,
    ...profileNames(product, values.software ?? (values.product === undefined ? recorded.software : null))
  }
  const seed = asked ?? recorded.seed ?? DEFAULT_SEED
  const outcome = await playTranscript({ head, entries }, { seed, secrets })
  const report = values.json ? reportJson : reportText
  return { text: report(file, head, seed, outcome), same: outcome.differences.length === 0 }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        secret: { type: 'string', multiple: true },
        seed: { type: 'string' },
        product: { type: 'string' },
        software: { type: 'string' },
        json: { type: 'boolean' }
      },
      allowPositionals: true,
      strict: true
    })
  } catch (error) {
    const sentence = (error as Error).message.split('. ')[0]!.replace(/\.$/, '')
    throw new UsageError(`${sentence}; telit-sim --help lists the options.`)
  }
}

function transcriptIn(file: string) {
  let text: string
  try {
    text = readRegularFile(file, MAX_TRANSCRIPT_BYTES).toString('latin1')
  } catch (error) {
    throw new Error(`The transcript ${file} cannot be read: ${fileReason(error, whenRead)}.`)
  }
  try {
    return parseTranscript(text)
  } catch (error) {
    if (error instanceof TranscriptError) throw new UsageError(`${file} ${error.message}`)
    throw error
  }
}

function profileNames(product: string, software: string | null): { product: string; software: string } {
  try {
    const profile = profileOf(product, software)
    return { product: profile.product, software: profile.software }
  } catch (error) {
    if (error instanceof UnknownChoice) throw new UsageError(error.message)
    throw error
  }
}

function secretFile(text: string): SecretFile {
  const [name, file] = [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]
  if (!/^[a-z0-9-]{1,60}$/.test(name) || file === '')
    throw new UsageError(
      `--secret takes NAME=FILE, with the name as in the transcript, not ${name === '' ? 'only a file' : name}.`
    )
  try {
    return { name, bytes: readRegularFile(file, MAX_SECRET_BYTES) }
  } catch (error) {
    throw new Error(`The secret ${file} cannot be read: ${fileReason(error, whenRead)}.`)
  }
}

function seedOf(text: string | undefined): number | null {
  if (text === undefined) return null
  if (/^\d{1,15}$/.test(text)) return Number(text)
  throw new UsageError(`--seed takes a whole number of at most 15 digits, not ${text}.`)
}

/** For transcripts recorded without a seed. */
const DEFAULT_SEED = 1
/** A recording of a whole day is smaller. */
const MAX_TRANSCRIPT_BYTES = 64 * 2 ** 20
/** Keys, PINs and passwords are small. */
const MAX_SECRET_BYTES = 2 ** 20
