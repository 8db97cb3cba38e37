import { commands } from '../../../shared/commands/index.ts'
import { knownElsewhere } from '../../../shared/commands/known-elsewhere.ts'
import { withinEdits } from './edit-distance.ts'

// Which commands carry a secret, and in which parameter. A known name (declared, or in the list of commands of other
// modules) is judged by its declaration. An unknown name is suspect when it is a few edits away from a command with a
// secret.

/** What is secret in a parameter. */
export interface SecretParameter {
  /** Its name in transcripts: `cpin-pin`, `ftpopen-password`. */
  readonly name: string
  /** Number of leading characters that are not secret. */
  readonly shownChars: number
  /** Secret only as a quoted text. */
  readonly quotedOnly: boolean
}

/** By parameter; `null` where a parameter is not secret. */
export type SecretParameters = readonly (SecretParameter | null)[]

/** Returns the secret parameters of a known name (in upper case, with prefix), or `null` when it has none. */
export function secretsOf(name: string): SecretParameters | null {
  return bearing.get(name) ?? null
}

/** Returns whether a command carries a secret by its declaration, not only because some hosts add one. */
export function isSecretCommand(name: string): boolean {
  return bearing.has(name) && !beyond.has(name)
}

/** Returns whether an unknown name is that of a command with a secret, but with a wrong prefix. */
export function isSecretBehindAnyPrefix(name: string): boolean {
  return !known.has(name) && bearingBareSet.has(name.slice(1))
}

/** Returns whether a name (in upper case, with prefix) is known. */
export function isKnown(name: string): boolean {
  return known.has(name)
}

/** Returns whether a known name begins like this. */
export function mayBecomeKnown(start: string): boolean {
  return knownStarts.has(start)
}

/** Returns whether the name of a command with a secret, without its prefix, begins like this. */
export function mayBecomeSecret(start: string): boolean {
  return bearingStarts.has(start)
}

/**
 * Returns whether an unknown name, without its prefix, is within two edits of a command with a secret. The name of
 * another known command with a wrong prefix or none is harmless.
 */
export function resembles(bareName: string): boolean {
  if (bareName.length > LONGEST_NAME_CHARS) return false
  const before = judged.get(bareName)
  if (before !== undefined) return before
  const name = bareName.replace(/\d+$/, '')
  const alike =
    name.length >= SHORTEST_NAME_CHARS &&
    !harmlessBare.has(name) &&
    bearingBare.some((one) => withinEdits(name, one, MAX_EDITS))
  // Hosts use few names. One that keeps sending new ones must not fill the memory.
  if (judged.size >= MAX_JUDGED) judged.clear()
  judged.set(bareName, alike)
  return alike
}

/** Longer than any known name with its edits. */
export const LONGEST_NAME_CHARS = 20

/** Commands without a declared secret to which hosts add user and password of a PDP context. */
const beyondDeclarations: readonly (readonly [string, number, quotedOnly: boolean])[] = [
  ['#GPRS', 2, false],
  ['+CGATT', 2, true],
  ['+CGACT', 3, true],
  ['+CGDCONT', 4, true],
  ['#SGACTAUTH', 2, true],
  ['#GAUTH', 2, true]
]
/** Parameters behind a secret one that no declaration describes. */
const UNDECLARED_PARAMETERS = 4
const MAX_EDITS = 2
const SHORTEST_NAME_CHARS = 3
const MAX_JUDGED = 128

const bearing: ReadonlyMap<string, SecretParameters> = new Map([
  ...commands.flatMap(({ name, parameters }): [string, SecretParameters][] => {
    const secrets = parameters.map((one) => (one.kind === 'text' && one.secret ? secret(name, one.name) : null))
    return secrets.some((one) => one !== null) ? [[name.toUpperCase(), secrets]] : []
  }),
  ...knownElsewhere.flatMap(({ names, secrets = [] }) =>
    secrets.length === 0
      ? []
      : names.map((name): [string, SecretParameters] => [
          name,
          placed(secrets.map((one) => [one.index, secret(name, one.name, one.shownChars)]))
        ])
  ),
  ...beyondDeclarations.map(([name, index, quotedOnly]): [string, SecretParameters] => [
    name,
    placed([[index, secret(name, 'password', 0, quotedOnly)]])
  ])
])

const known: ReadonlySet<string> = new Set([
  ...commands.map(({ name }) => name.toUpperCase()),
  ...knownElsewhere.flatMap(({ names }) => names)
])
const knownStarts: ReadonlySet<string> = new Set([...known].flatMap(starts))
const beyond: ReadonlySet<string> = new Set(beyondDeclarations.map(([name]) => name))
/** Without dialled codes: they are digits, which no mistyped name resembles. */
const bearingBare: readonly string[] = [
  ...new Set([...bearing.keys()].filter((name) => /[A-Z]/.test(name) && !beyond.has(name)).map((name) => name.slice(1)))
]
const bearingBareSet: ReadonlySet<string> = new Set(bearingBare)
const bearingStarts: ReadonlySet<string> = new Set(bearingBare.flatMap(starts))
const harmlessBare: ReadonlySet<string> = new Set(
  [...known].map((name) => name.replace(/^[^A-Z]/, '')).filter((bare) => !bearingBareSet.has(bare))
)
/** Results of `resembles`, by name. */
const judged = new Map<string, boolean>()

function secret(command: string, parameter: string, shownChars = 0, quotedOnly = false): SecretParameter {
  return { name: `${command.replace(/[^A-Za-z\d]/g, '')}-${parameter}`.toLowerCase(), shownChars, quotedOnly }
}

function placed(secrets: readonly (readonly [number, SecretParameter])[]): SecretParameters {
  const last = Math.max(...secrets.map(([index]) => index))
  const all = Array.from({ length: last + 1 + UNDECLARED_PARAMETERS }, (): SecretParameter | null => null)
  for (const [index, one] of secrets) all[index] = one
  return all
}

function starts(name: string): string[] {
  return Array.from(name, (_, at) => name.slice(0, at + 1))
}
