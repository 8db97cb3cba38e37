import type { SslSnapshot } from '../../../shared/calls/snapshot.ts'
import {
  parametersOf,
  rangesOf,
  type CommandDeclaration,
  type NumberParameter
} from '../../../shared/commands/declaration.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'

/** A parameter of #SSLCFG or #SSLSECCFG: its declaration for the product, and its present value. */
export interface SettingRow {
  readonly name: string
  readonly about: string
  /** `null` if the command accepts the parameter but does not keep it. */
  readonly value: number | null
  /** The value of a new module; `null` if the declaration has none. */
  readonly factory: number | null
  /** The valid values: `0–1500`, `0,1`. */
  readonly ranges: string
  /** `bytes`, `100 ms`; `null` for a plain number. */
  readonly unit: string | null
  readonly isFactory: boolean
  /** Whether the value is in its range. A value stored by another product may not be. */
  readonly inRange: boolean
}

export interface SettingGroup {
  readonly command: '#SSLSECCFG' | '#SSLCFG'
  readonly rows: readonly SettingRow[]
  /** The command that sets the present values. */
  readonly line: string
}

/** Returns the parameters of both commands, except the socket number, which is always 1. Empty if the product has no SSL. */
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
