import {
  parametersOf,
  rangesOf,
  type CommandDeclaration,
  type NumberParameter
} from '../../../shared/commands/declaration.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import type { SslSnapshot } from '../../../shared/calls/snapshot.ts'

/** A value of #SSLCFG or #SSLSECCFG as the product's declaration has it, and as it is. */
export interface SettingRow {
  readonly name: string
  readonly about: string
  /** Null: the command takes it and keeps nothing. */
  readonly value: number | null
  /** What a fresh module has; null where the declaration names none. */
  readonly factory: number | null
  /** `0-1500`, `0,1`. */
  readonly ranges: string
  /** `bytes`, `100 ms`; null: it is a plain number. */
  readonly unit: string | null
  readonly isFactory: boolean
  /** Whether the value lies in the range; one that was stored by another product may not. */
  readonly inRange: boolean
}

export interface SettingGroup {
  readonly command: '#SSLSECCFG' | '#SSLCFG'
  readonly rows: readonly SettingRow[]
  /** The command that sets what is set now. */
  readonly line: string
}

/** Every parameter of the two commands but the socket's number, which is 1. Empty where the product has no SSL. */
export function settingGroups(
  commands: ReadonlyMap<string, CommandDeclaration>,
  profile: ModuleProfile,
  settings: SslSnapshot['settings']
): readonly SettingGroup[] {
  return (['#SSLSECCFG', '#SSLCFG'] as const).flatMap((command) => {
    const declaration = commands.get(command)
    if (!declaration) return []
    const rows = parametersOf(declaration, profile)
      .filter((one): one is NumberParameter => one.kind === 'number' && one.name !== 'ssid')
      .map((one) => settingRow(one, profile, settings[command][one.name]))
    const set = rows.filter(({ value }) => value !== null)
    return [{ command, rows, line: `AT${command}=${[1, ...set.map(({ value }) => value)].join(',')}` }]
  })
}

function settingRow(parameter: NumberParameter, profile: ModuleProfile, value: number | undefined): SettingRow {
  const { name, about, unit = null } = parameter
  const ranges = rangesOf(parameter, profile)
  const factory = parameter.default ?? parameter.factory ?? null
  return {
    name,
    about,
    value: value ?? null,
    factory: value === undefined ? null : factory,
    ranges: ranges
      .map(([from, to]) => (from === to ? `${from}` : to === from + 1 ? `${from},${to}` : `${from}\u2013${to}`))
      .join(', '),
    unit,
    isFactory: value === undefined || factory === null || value === factory,
    inRange: value === undefined || ranges.some(([from, to]) => value >= from && value <= to)
  }
}
