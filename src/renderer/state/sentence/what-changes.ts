import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { parametersOf, rangesOf } from '../../../shared/commands/declaration.ts'
import type { CommandDeclaration, NumberRange, ParameterDeclaration } from '../../../shared/commands/declaration.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { stateOf } from '../../../shared/statecharts/present-state.ts'
import { grouped } from './formats.ts'
import { changeWords } from './words.ts'

/** What changes with another product or software version. */
export interface ProductChanges {
  /** Names of the commands that only the new one has, and of those that only the present one has. */
  readonly gained: readonly string[]
  readonly lost: readonly string[]
  /** Commands of both with different parameters, then suites and limits. */
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
        // Limits of the SSL socket can only be compared if both have one.
        if (ofSsl && !(from.hasSsl && to.hasSsl)) return []
        const [was, becomes] = [value(from), value(to)]
        return was === becomes ? [] : [{ what, was, becomes }]
      })
    ]
  }
}

/** Returns what a restart ends, one sentence: the connected host or server gets no warning. */
export function whatEnds(snapshot: Snapshot): string {
  const waiting = snapshot.timers.find((timer) => timer.name === 'pktSize')
  const lost = (waiting?.value ?? 0) + snapshot.ssl.heldBytes
  if (stateOf(snapshot, 'power') === 'off') return changeWords.ends.off
  if (stateOf(snapshot, 'ssl').startsWith('open')) return changeWords.ends.connection(snapshot.ssl.farEnd, lost)
  if (['dialling', 'handshake', 'closing'].includes(stateOf(snapshot, 'ssl')))
    return changeWords.ends.dial(snapshot.ssl.farEnd)
  if (snapshot.context.address !== null) return changeWords.ends.context(snapshot.context.address)
  return changeWords.ends.nothing
}

/** Returns `0-4` or `1,2,4`; for a long list only its ends. */
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
  if (!parameter) return changeWords.notAvailable
  return parameter.kind === 'text'
    ? changeWords.characters(parameter.maxChars)
    : rangesText(rangesOf(parameter, profile))
}

interface Limit {
  readonly what: string
  /** Whether it applies only to a product with an SSL socket. */
  readonly ofSsl: boolean
  readonly value: (profile: ModuleProfile) => string
}

const limit = (what: string, ofSsl: boolean, value: Limit['value']): Limit => ({ what, ofSsl, value })

const words = changeWords.limits

const limits: readonly Limit[] = [
  limit(words.suites, true, ({ suites }) =>
    suites.numbered.map((suite, at) => changeWords.numberedSuite(at + 1, suite.shortName)).join(', ')
  ),
  limit(words.automatic, true, ({ suites }) => suites.automatic.map((suite) => suite.shortName).join(', ')),
  limit(words.securityData, true, (profile) => changeWords.upTo(profile.securityDataBytes)),
  limit(words.certificateFormat, true, (profile) =>
    profile.hasCertificateFormat ? changeWords.pemOrDer : changeWords.pem
  ),
  limit(words.pemLineEnds, true, (profile) =>
    profile.pemLineEnds === 'any' ? changeWords.anyLineEnd : changeWords.lineFeed
  ),
  limit(words.privateKey, true, (profile) =>
    changeWords.oneOf(profile.keyFormats.map((one) => changeWords.keyFormats[one]))
  ),
  limit(words.caCertificate, true, (profile) =>
    profile.takesPreloadedCa ? changeWords.mayBePreloaded : changeWords.mustBeStored
  ),
  limit(words.record, true, (profile) => changeWords.upTo(profile.maxRecordBytes)),
  limit(words.sha256, true, (profile) =>
    profile.acceptSha256Signatures ? changeWords.accepted : changeWords.rejected
  ),
  limit(words.criticalExtensions, true, (profile) => changeWords.extensions[profile.criticalExtensions]),
  limit(words.ring, true, (profile) => (profile.hasRingMode ? changeWords.available : changeWords.notAvailable)),
  limit(words.commandLine, false, (profile) => changeWords.characters(profile.commandLineChars)),
  limit(words.factoryRate, false, ({ defaultBaud }) =>
    defaultBaud === 0 ? changeWords.detectedRate : changeWords.baud(grouped(defaultBaud))
  ),
  limit(words.instances, false, (profile) => `${profile.maxInstances}`)
]
