import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { parametersOf, rangesOf } from '../../../shared/commands/declaration.ts'
import type { CommandDeclaration, NumberRange, ParameterDeclaration } from '../../../shared/commands/declaration.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { grouped } from './formats.ts'

/** What another product or software version brings and takes away. */
export interface ProductChanges {
  /** Names of commands that only the new one has, and that only the present one has. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Commands of both whose parameters differ, then suites and limits. */
  readonly differs: readonly Difference[]
}

export interface Difference {
  /** A command (`#SSLSECCFG suite`) or a limit (`Command line`). */
  readonly what: string
  readonly was: string
  readonly becomes: string
}

export function whatChanges(from: ModuleProfile, to: ModuleProfile): ProductChanges {
  const [before, after] = [commandsOf(from), commandsOf(to)]
  const common = [...after.values()].filter((one) => before.has(one.name))
  return {
    gained: [...after.keys()].filter((name) => !before.has(name)),
    lost: [...before.keys()].filter((name) => !after.has(name)),
    differs: [
      ...common.flatMap((one) => parameterDifferences(one, from, to)),
      ...limits.flatMap(({ what, ofSsl, value }) => {
        // Limits of a socket that one of the two does not have are nothing to compare.
        if (ofSsl && !(from.hasSsl && to.hasSsl)) return []
        const [was, becomes] = [value(from), value(to)]
        return was === becomes ? [] : [{ what, was, becomes }]
      })
    ]
  }
}

/** What a restart ends, a sentence: it comes without warning to whoever is connected. */
export function whatEnds(snapshot: Snapshot): string {
  const farEnd = snapshot.ssl.farEnd ?? 'the far end'
  const waiting = snapshot.timers.find((timer) => timer.name === 'pktSize')
  const lost = (waiting?.value ?? 0) + snapshot.ssl.heldBytes
  if (stateOf(snapshot, 'power') === 'off') return 'The module is off; it starts as the other product.'
  if (stateOf(snapshot, 'ssl').startsWith('open'))
    return `The connection to ${farEnd} is cut without close_notify${lost > 0 ? `; ${lost} bytes on their way are lost` : ''}.`
  if (['dialling', 'handshake', 'closing'].includes(stateOf(snapshot, 'ssl')))
    return `The dial to ${farEnd} is cut short.`
  if (snapshot.context.address !== null)
    return `The context with ${snapshot.context.address} is given up; the module registers anew.`
  return 'No connection is open; the module registers anew.'
}

/** `0-4`, `1,2,4`; a long list by its ends. */
export function rangesText(ranges: readonly NumberRange[]): string {
  const texts = ranges.map(([from, to]) =>
    from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}-${to}`
  )
  return texts.length > 4 ? `${texts[0]},${texts[1]}…${texts.at(-1)}` : texts.join(',')
}

function parameterDifferences(
  command: CommandDeclaration,
  from: ModuleProfile,
  to: ModuleProfile
): readonly Difference[] {
  const [before, after] = [parametersOf(command, from), parametersOf(command, to)]
  const named = (list: readonly ParameterDeclaration[], name: string) => list.find((one) => one.name === name)
  return [...new Set([...before, ...after].map((one) => one.name))].flatMap((name) => {
    const [was, becomes] = [valuesOf(named(before, name), from), valuesOf(named(after, name), to)]
    return was === becomes ? [] : [{ what: `${command.name} ${name}`, was, becomes }]
  })
}

function valuesOf(parameter: ParameterDeclaration | undefined, profile: ModuleProfile): string {
  if (!parameter) return 'not there'
  return parameter.kind === 'text' ? `${parameter.maxChars} characters` : rangesText(rangesOf(parameter, profile))
}

interface Limit {
  readonly what: string
  /** Whether it says something only where there is an SSL socket. */
  readonly ofSsl: boolean
  readonly value: (profile: ModuleProfile) => string
}

const limit = (what: string, ofSsl: boolean, value: Limit['value']): Limit => ({ what, ofSsl, value })

const limits: readonly Limit[] = [
  limit('Suites', true, ({ suites }) => suites.numbered.map((suite, at) => `${at + 1} ${suite.shortName}`).join(', ')),
  limit('0 proposes', true, ({ suites }) => suites.automatic.map((suite) => suite.shortName).join(', ')),
  limit('Certificate or key', true, (profile) => `${grouped(profile.securityDataBytes)} bytes`),
  limit('Entered as', true, (profile) => (profile.hasCertificateFormat ? 'PEM or DER' : 'PEM')),
  limit('Line ends of PEM', true, (profile) => (profile.pemLineEnds === 'any' ? 'any' : 'LF only')),
  limit('Private key', true, (profile) =>
    profile.keyFormats.map((one) => (one === 'pkcs1' ? 'PKCS#1' : 'PKCS#8')).join(' or ')
  ),
  limit('CA certificate', true, (profile) => (profile.takesPreloadedCa ? 'one may be built in' : 'must be stored')),
  limit('Record received', true, (profile) => `${grouped(profile.maxRecordBytes)} bytes`),
  limit('SHA-256 signatures', true, (profile) => (profile.acceptSha256Signatures ? 'taken' : 'refused')),
  limit('Critical extensions', true, (profile) => profile.criticalExtensions),
  limit('SSLSRING', true, (profile) => (profile.hasRingMode ? 'told' : 'not there')),
  limit('Command line', false, (profile) => `${profile.commandLineChars} characters`),
  limit('Rate from the factory', false, ({ defaultBaud }) =>
    defaultBaud === 0 ? 'found by itself' : `${grouped(defaultBaud)} baud`
  ),
  limit('AT instances', false, (profile) => `${profile.maxInstances}`)
]
