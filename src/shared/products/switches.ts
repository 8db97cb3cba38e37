import * as v from 'valibot'
import type { Capabilities, ModuleProfile } from './profile.ts'

/**
 * Profile switches: behaviour that the sources leave open and a person can set (D-9, D-25, D-26, D-29, D-36). Values,
 * effects on the profile, and texts are defined here only. Used by the command line (`--switch NAME=VALUE`), the API,
 * the window, transcripts and docs.
 */
export const profileSwitches = [
  {
    name: 'notBefore',
    words: 'notBefore of certificates',
    values: ['checked', 'ignored'],
    rule: 'D-26',
    about: 'Whether a certificate that is not yet valid is refused.',
    acts: 'the next dial'
  },
  {
    name: 'expiry',
    words: 'notAfter of certificates',
    values: ['checked', 'ignored'],
    rule: 'D-26',
    about: 'Whether an expired certificate is refused, also the stored one.',
    acts: 'the next dial'
  },
  {
    name: 'sha256Chains',
    words: 'SHA-256 chains',
    values: ['taken', 'refused'],
    rule: 'D-26',
    about: 'Whether a chain that is signed with SHA-2 is accepted; some real modules refuse it.',
    acts: 'the next dial'
  },
  {
    name: 'criticalExtensions',
    words: 'Critical extensions',
    values: ['ignored', 'refused'],
    rule: 'D-26',
    about:
      'Whether critical nameConstraints, policies and extKeyUsage, which the modules do not evaluate, are ignored or refused.',
    acts: 'the next dial'
  },
  {
    name: 'sslEnabled',
    words: '#SSLEN at power-off',
    values: ['lost', 'kept'],
    rule: 'D-25',
    about: 'Whether #SSLEN keeps its value over power-off.',
    acts: 'the next power-on'
  },
  {
    name: 'sslSendExt',
    words: '#SSLSENDEXT',
    values: ['there', 'absent'],
    rule: 'D-9',
    about: 'Whether #SSLSENDEXT exists; the newest software of each line has it by default, earlier software does not.',
    acts: 'the next command'
  },
  {
    name: 'context1',
    words: 'Context 1 from the factory',
    values: ['defined', 'undefined'],
    rule: 'D-29',
    about: 'Whether an empty NVM has context 1 defined, as IP with an empty APN.',
    acts: 'the next start with an empty NVM'
  },
  {
    name: 'bootBanner',
    words: 'Line after boot',
    values: ['none', 'product'],
    rule: 'D-36',
    about: 'Whether the module prints a line with the name of the product after it has booted.',
    acts: 'the next power-on'
  }
] as const satisfies readonly SwitchDeclaration[]

interface SwitchDeclaration {
  readonly name: string
  /** For a label. */
  readonly words: string
  readonly values: readonly string[]
  readonly rule: string
  readonly about: string
  /** When a change has effect. */
  readonly acts: 'the next dial' | 'the next power-on' | 'the next command' | 'the next start with an empty NVM'
}

export type ProfileSwitch = (typeof profileSwitches)[number]
export type SwitchName = ProfileSwitch['name']
export type SwitchValue<N extends SwitchName> = Extract<ProfileSwitch, { name: N }>['values'][number]
/** What a person has set. A switch that is left out has the product's value. */
export type SwitchSettings = { readonly [N in SwitchName]?: SwitchValue<N> }
/** The present value of each switch. */
export type SwitchPositions = { readonly [N in SwitchName]: SwitchValue<N> }

/** One switch with a value, or `null` for the product's value. */
export const switchChange = v.variant('name', [
  v.strictObject({ name: v.literal('notBefore'), value: v.nullable(v.picklist(['checked', 'ignored'])) }),
  v.strictObject({ name: v.literal('expiry'), value: v.nullable(v.picklist(['checked', 'ignored'])) }),
  v.strictObject({ name: v.literal('sha256Chains'), value: v.nullable(v.picklist(['taken', 'refused'])) }),
  v.strictObject({ name: v.literal('criticalExtensions'), value: v.nullable(v.picklist(['ignored', 'refused'])) }),
  v.strictObject({ name: v.literal('sslEnabled'), value: v.nullable(v.picklist(['lost', 'kept'])) }),
  v.strictObject({ name: v.literal('sslSendExt'), value: v.nullable(v.picklist(['there', 'absent'])) }),
  v.strictObject({ name: v.literal('context1'), value: v.nullable(v.picklist(['defined', 'undefined'])) }),
  v.strictObject({ name: v.literal('bootBanner'), value: v.nullable(v.picklist(['none', 'product'])) })
])
export type SwitchChange = v.InferOutput<typeof switchChange>

/**
 * Returns the change of one switch; `value` `null` resets it. Throws a ValiError for a value that the switch does not
 * have.
 */
export function changeOf(name: SwitchName, value: string | null): SwitchChange {
  return v.parse(switchChange, { name, value })
}

/** Returns the values of the switches in a profile. */
export function switchPositions(profile: Capabilities): SwitchPositions {
  return {
    notBefore: profile.checkNotBefore ? 'checked' : 'ignored',
    expiry: profile.checkExpiry ? 'checked' : 'ignored',
    sha256Chains: profile.acceptSha256Signatures ? 'taken' : 'refused',
    criticalExtensions: profile.criticalExtensions,
    sslEnabled: profile.keepsSslEnabled ? 'kept' : 'lost',
    sslSendExt: profile.hasSendExt ? 'there' : 'absent',
    context1: profile.predefinedContext ? 'defined' : 'undefined',
    bootBanner: profile.bootBanner === null ? 'none' : 'product'
  }
}

/** Returns a profile with the switches as a person has set them. */
export function withSwitches(profile: ModuleProfile, settings: SwitchSettings): ModuleProfile {
  const set = { ...switchPositions(profile), ...settings }
  return {
    ...profile,
    checkNotBefore: set.notBefore === 'checked',
    checkExpiry: set.expiry === 'checked',
    acceptSha256Signatures: set.sha256Chains === 'taken',
    criticalExtensions: set.criticalExtensions,
    keepsSslEnabled: set.sslEnabled === 'kept',
    hasSendExt: set.sslSendExt === 'there',
    predefinedContext: set.context1 === 'defined',
    bootBanner: set.bootBanner === 'product' ? profile.model : null
  }
}

/** Returns the settings after one more change. */
export function changedSettings(settings: SwitchSettings, { name, value }: SwitchChange): SwitchSettings {
  const { [name]: _, ...others } = settings
  return value === null ? others : { ...others, [name]: value }
}

/** Parses `NAME=VALUE`. Throws an UnknownSwitch that lists the choices. */
export function parseSwitch(text: string): SwitchChange {
  const [name = '', value = ''] = split(text)
  const known = profileSwitches.find((one) => one.name === name)
  if (!known)
    throw new UnknownSwitch(
      `There is no profile switch ${quoted(name)}; the switches are: ${profileSwitches.map((one) => one.name).join(', ')}.`
    )
  const read = v.safeParse(switchChange, { name, value })
  if (read.success) return read.output
  throw new UnknownSwitch(`The profile switch ${name} takes ${known.values.join(' or ')}, not ${quoted(value)}.`)
}

/** The switch or value does not exist. The message is one sentence for the person. */
export class UnknownSwitch extends Error {}

function split(text: string): [string, string] {
  const at = text.indexOf('=')
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

const MAX_QUOTED_CHARS = 40

function quoted(text: string): string {
  return text === ''
    ? 'without a name or value'
    : text.length > MAX_QUOTED_CHARS
      ? `${text.slice(0, MAX_QUOTED_CHARS)}…`
      : text
}
