import { commands } from '../../../shared/commands/index.ts'
import { knownElsewhere } from '../../../shared/commands/known-elsewhere.ts'
import { withinEdits } from './edit-distance.ts'

/**
 * Which commands carry a secret, and where. A known name (declared, or in the list of names known elsewhere) is judged by its
 * declaration alone; an unknown name is suspected when it is a few edits away from one that carries a secret.
 */

/** What is secret in a parameter. */
export interface SecretParameter {
  /** As transcripts call it: `cpin-pin`, `ftpopen-password`. */
  readonly name: string
  /** Characters at its beginning that are no part of the secret. */
  readonly shownChars: number
  /** Only a quoted text is secret there. */
  readonly quotedOnly: boolean
}

/** By parameter; null where a parameter is no secret. */
export type SecretParameters = readonly (SecretParameter | null)[]

/** Returns the secret parameters of a known name in upper case with its prefix, or null when it carries none. */
export function secretsOf(name: string): SecretParameters | null {
  return bearing.get(name) ?? null
}

/** Returns whether a command carries its secret by itself, and not only where a host adds one to it. */
export function isSecretCommand(name: string): boolean {
  return bearing.has(name) && !beyond.has(name)
}

/** Returns whether an unknown name is that of a secret command behind a wrong prefix. */
export function isSecretBehindAnyPrefix(name: string): boolean {
  return !known.has(name) && bearingBareSet.has(name.slice(1))
}

/** Returns whether a name in upper case with its prefix is known. */
export function isKnown(name: string): boolean {
  return known.has(name)
}

/** Returns whether a known name begins so. */
export function mayBecomeKnown(start: string): boolean {
  return knownStarts.has(start)
}

/** Returns whether the name of a secret command, without its prefix, begins so. */
export function mayBecomeSecret(start: string): boolean {
  return bearingStarts.has(start)
}

/**
 * Returns whether an unknown name, without its prefix, is within two edits of one that carries a secret. The name of a harmless
 * command behind another prefix, or behind none, is a slip too, and harmless.
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
  // A host types the same few names; one that types others every time must not fill the memory.
  if (judged.size >= MAX_JUDGED) judged.clear()
  judged.set(bareName, alike)
  return alike
}

/** Longer than any known name and its edits: what goes on is no name. */
export const LONGEST_NAME_CHARS = 20

/** Commands that are declared without a secret, and what hosts add to them all the same: user and password of a context. */
const beyondDeclarations: readonly (readonly [string, number, quotedOnly: boolean])[] = [
  ['#GPRS', 2, false],
  ['+CGATT', 2, true],
  ['+CGACT', 3, true],
  ['+CGDCONT', 4, true],
  ['#SGACTAUTH', 2, true],
  ['#GAUTH', 2, true]
]
/** Parameters that may follow a secret one where nobody has declared them. */
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
/** Dialled codes are digits, and no name is mistyped for them. */
const bearingBare: readonly string[] = [
  ...new Set([...bearing.keys()].filter((name) => /[A-Z]/.test(name) && !beyond.has(name)).map((name) => name.slice(1)))
]
const bearingBareSet: ReadonlySet<string> = new Set(bearingBare)
const bearingStarts: ReadonlySet<string> = new Set(bearingBare.flatMap(starts))
const harmlessBare: ReadonlySet<string> = new Set(
  [...known].map((name) => name.replace(/^[^A-Z]/, '')).filter((bare) => !bearingBareSet.has(bare))
)
/** What `resembles` has found, by name. */
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
