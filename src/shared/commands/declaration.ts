import type { CmeErrorName } from '../errors.ts'
import type { ModuleProfile } from '../products/profile.ts'

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
  /** Guide rules, decisions, or chapters of the AT reference. */
  readonly sources: readonly string[]
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** Kept and read back, without an effect that a simulator could show (D-34): why. */
  readonly keptOnly?: string
}

export type CommandForm = 'set' | 'read' | 'execute'

export type ParameterDeclaration = NumberParameter | TextParameter

interface ParameterBase {
  readonly name: string
  readonly about: string
  readonly optional?: boolean
}

export interface NumberParameter extends ParameterBase {
  readonly kind: 'number'
  /** Inclusive ranges; a function where products differ. */
  readonly ranges: readonly NumberRange[] | ((profile: ModuleProfile) => readonly NumberRange[])
  readonly unit?: string
  readonly default?: number
  /** The +CME error for a value out of range, where a driver shows one (D-22); else plain ERROR. */
  readonly beyond?: CmeErrorName
}

export interface TextParameter extends ParameterBase {
  readonly kind: 'text'
  readonly maxChars: number
  readonly default?: string
}

export type NumberRange = readonly [from: number, to: number]

export function rangesOf(parameter: NumberParameter, profile: ModuleProfile): readonly NumberRange[] {
  return typeof parameter.ranges === 'function' ? parameter.ranges(profile) : parameter.ranges
}

/** The text after the colon of a test answer, `(1),(0,1)`, or null when the answer is OK alone (at-reference 1). */
export function testAnswer(command: CommandDeclaration, profile: ModuleProfile): string | null {
  if (command.test === 'OK') return null
  if (command.test) return command.test(profile)
  if (command.parameters.length === 0) return null
  return command.parameters.map((one) => (one.kind === 'text' ? '' : `(${rangesOf(one, profile).map(rangeText).join(',')})`)).join(',')
}

/** A pair of neighbours is listed, anything longer is a span: `0,1` but `0-2`. */
function rangeText([from, to]: NumberRange): string {
  if (from === to) return String(from)
  return to === from + 1 ? `${from},${to}` : `${from}-${to}`
}
