import type { CmeErrorName } from '../rules/errors.ts'
import type { KnownValue, ModuleProfile } from '../products/profile.ts'

/**
 * An AT command as data. The parser validates from it, `=?` is answered from it, help and the command matrix are made
 * from it; what a command does is in `main/module/commands`, in a file of the same chapter.
 */
export interface CommandDeclaration {
  /** With its prefix, upper case: `#SSLD`, `+CGDCONT`, `&F`, `E`. */
  readonly name: string
  readonly summary: string
  /** The forms that exist beside the test form. Basic commands have `set` only: the digit is their parameter. */
  readonly forms: readonly CommandForm[]
  readonly parameters: readonly ParameterDeclaration[]
  /** Whether a product has it; absent: all have. */
  readonly exists?: (profile: ModuleProfile) => boolean
  /** `OK` for a bare OK; a text where the answer is not the list of ranges; absent: made from the parameters. */
  readonly test?: 'OK' | ((profile: ModuleProfile) => string)
  /** Set, read and action forms fail with 836 until SSL is enabled; the test form works (G-3.1-2). */
  readonly needsSsl?: boolean
  /** Works without #SSLEN once #FTPCFG has turned FTPS on (D-15). */
  readonly servesFtps?: boolean
  /** Set, read and action forms fail with 10, 11 or 12 without a SIM, or while it asks for its PIN or PUK (at-reference 3). */
  readonly needsSim?: true
  /** Guide rules, decisions, or chapters of the AT reference. */
  readonly sources: readonly string[]
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** Works, and differs from a real module in something that a host could notice: what. */
  readonly approximate?: string
  /** What else a person should know of it, a sentence each; for the reference. */
  readonly notes?: readonly string[]
  /** Kept and read back, without an effect that a simulator could show (D-34): why. */
  readonly keptOnly?: string
}

export type CommandForm = 'set' | 'read' | 'execute'

export type ParameterDeclaration = NumberParameter | TextParameter

interface ParameterBase {
  readonly name: string
  readonly about: string
  readonly optional?: boolean
  /** What a product does that does not have it, or not all of its values; a sentence. */
  readonly without?: string
  /** Whether a product's command has it; absent: all have. Only trailing parameters may be missing. */
  readonly exists?: (profile: ModuleProfile) => boolean
}

export interface NumberParameter extends ParameterBase {
  readonly kind: 'number'
  /** Inclusive ranges; a function where products differ. */
  readonly ranges: readonly NumberRange[] | ((profile: ModuleProfile) => readonly NumberRange[])
  readonly unit?: string
  readonly default?: number
  /** What a fresh module has, where leaving it out keeps what is set. */
  readonly factory?: number
  /** How sure the range is, where that is another matter than the command itself. */
  readonly known?: (profile: ModuleProfile) => KnownValue
  /** The +CME error for a value out of range, where a driver shows one (D-22); else plain ERROR. */
  readonly beyond?: CmeErrorName
}

export interface TextParameter extends ParameterBase {
  readonly kind: 'text'
  readonly maxChars: number
  readonly default?: string
  /** A password or PIN: never shown in timeline, transcript or logs; nor is what follows it in the command. */
  readonly secret?: true
}

/** A parameter of a command that is not emulated, where it holds a password, PIN or key. */
export interface SecretPosition {
  /** Counts from 0. */
  readonly index: number
  readonly name: string
  /** Characters at its beginning that are no part of the secret. */
  readonly shownChars?: number
}

export type NumberRange = readonly [from: number, to: number]

/** The parameters of a command as one product has it. */
export function parametersOf(command: CommandDeclaration, profile: ModuleProfile): readonly ParameterDeclaration[] {
  return command.parameters.filter((one) => one.exists?.(profile) ?? true)
}

export function rangesOf(parameter: NumberParameter, profile: ModuleProfile): readonly NumberRange[] {
  return typeof parameter.ranges === 'function' ? parameter.ranges(profile) : parameter.ranges
}

/** The text after the colon of a test answer, `(1),(0,1)`, or null when the answer is OK alone (at-reference 1). */
export function testAnswer(command: CommandDeclaration, profile: ModuleProfile): string | null {
  if (command.test === 'OK') return null
  if (command.test) return command.test(profile)
  const parameters = parametersOf(command, profile)
  if (parameters.length === 0) return null
  // Texts have no range; those at the end are not even counted (at-reference 5).
  return parameters
    .map((one) => (one.kind === 'text' ? '' : `(${rangesOf(one, profile).map(rangeText).join(',')})`))
    .join(',')
    .replace(/,+$/, '')
}

/** A pair of neighbours is listed, anything longer is a span: `0,1` but `0-2`. */
function rangeText([from, to]: NumberRange): string {
  if (from === to) return String(from)
  return to === from + 1 ? `${from},${to}` : `${from}-${to}`
}
