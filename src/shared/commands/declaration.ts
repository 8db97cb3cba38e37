import type { KnownValue, ModuleProfile } from '../products/profile.ts'
import type { CmeErrorName } from '../rules/errors.ts'

/**
 * An AT command as data. The parser checks against it, and the response to `=?`, the help and the command matrix are
 * made from it. Its handler is in `main/module/commands`, in the file of the same chapter.
 */
export interface CommandDeclaration {
  /** In upper case with its prefix: `#SSLD`, `+CGDCONT`, `&F`, `E`. */
  readonly name: string
  readonly summary: string
  /** The forms besides the test form. Basic commands have only `set`, with the digit as parameter. */
  readonly forms: readonly CommandForm[]
  readonly parameters: readonly ParameterDeclaration[]
  /** Returns whether a product has it. By default all have. */
  readonly exists?: (profile: ModuleProfile) => boolean
  /** The response to the test form: `OK` for OK only, or a text. By default the ranges of the parameters. */
  readonly test?: 'OK' | ((profile: ModuleProfile) => string)
  /** Set, read and execute forms fail with 836 until SSL is enabled; the test form works (G-3.1-2). */
  readonly needsSsl?: boolean
  /** Works without #SSLEN once #FTPCFG has enabled FTPS (D-15). */
  readonly servesFtps?: boolean
  /**
   * Set, read and execute forms fail with 10, 11 or 12 without a SIM, or while it demands PIN or PUK (at-reference 3).
   */
  readonly needsSim?: true
  /** Guide rules, decisions, or chapters of the AT reference. */
  readonly sources: readonly string[]
  readonly confidence: 'documented' | 'seen' | 'inferred'
  /** How it differs from a real module in a way that a host could notice. */
  readonly approximate?: string
  /** Further notes for the reference, one sentence each. */
  readonly notes?: readonly string[]
  /** Why it is only stored and read back, without an effect in the simulator (D-34). */
  readonly keptOnly?: string
}

export type CommandForm = 'set' | 'read' | 'execute'

export type ParameterDeclaration = NumberParameter | TextParameter

interface ParameterBase {
  readonly name: string
  readonly about: string
  readonly optional?: boolean
  /** What products do that lack it or some of its values, in one sentence. */
  readonly without?: string
  /** Returns whether a product has it. By default all have. Only trailing parameters may be missing. */
  readonly exists?: (profile: ModuleProfile) => boolean
}

export interface NumberParameter extends ParameterBase {
  readonly kind: 'number'
  /** Inclusive ranges; a function where they depend on the product. */
  readonly ranges: readonly NumberRange[] | ((profile: ModuleProfile) => readonly NumberRange[])
  readonly unit?: string
  readonly default?: number
  /** The factory value, for a parameter that keeps its value when it is left out. */
  readonly factory?: number
  /** Confidence of the range, where it differs from that of the command. */
  readonly known?: (profile: ModuleProfile) => KnownValue
  /** The +CME error for a value out of range, where a driver shows one (D-22). By default ERROR. */
  readonly beyond?: CmeErrorName
}

export interface TextParameter extends ParameterBase {
  readonly kind: 'text'
  readonly maxChars: number
  readonly default?: string
  /** A password or PIN. Never shown in timeline, transcript or logs, and neither is what follows it in the command. */
  readonly secret?: true
}

/** A secret parameter of a command that is not emulated. */
export interface SecretPosition {
  /** Counts from 0. */
  readonly index: number
  readonly name: string
  /** Number of leading characters that are not secret. */
  readonly shownChars?: number
}

export type NumberRange = readonly [from: number, to: number]

/** Returns the parameters of a command on a product. */
export function parametersOf(command: CommandDeclaration, profile: ModuleProfile): readonly ParameterDeclaration[] {
  return command.parameters.filter((one) => one.exists?.(profile) ?? true)
}

export function rangesOf(parameter: NumberParameter, profile: ModuleProfile): readonly NumberRange[] {
  return typeof parameter.ranges === 'function' ? parameter.ranges(profile) : parameter.ranges
}

/** Returns the ranges in a test response, `(1),(0,1)`, or `null` when the response is OK only (at-reference 1). */
export function testAnswer(command: CommandDeclaration, profile: ModuleProfile): string | null {
  if (command.test === 'OK') return null
  if (command.test) return command.test(profile)
  const parameters = parametersOf(command, profile)
  if (parameters.length === 0) return null
  // Text parameters have no range. Trailing ones are left out (at-reference 5).
  return parameters
    .map((one) => (one.kind === 'text' ? '' : `(${rangesOf(one, profile).map(rangeText).join(',')})`))
    .join(',')
    .replace(/,+$/, '')
}

/** Formats a range: two neighbouring values are listed, a longer range is a span: `0,1` but `0-2`. */
function rangeText([from, to]: NumberRange): string {
  if (from === to) return String(from)
  return to === from + 1 ? `${from},${to}` : `${from}-${to}`
}
