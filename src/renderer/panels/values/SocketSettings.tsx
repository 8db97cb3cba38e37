import { useMemo, type ReactNode } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import type { SwitchChange } from '../../../shared/products/switches.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty } from '../../parts/Panel.tsx'
import { profileNamed } from '../../state/profile-named.ts'
import { SwitchRows } from './SwitchRows.tsx'
import { settingGroups, type SettingRow } from './setting-rows.ts'
import { valuesWords } from './words.ts'

interface SocketSettingsProps {
  readonly snapshot: Pick<Snapshot, 'product' | 'ssl' | 'switches'>
  /** Sets a profile switch; `null` while the simulator is not connected. */
  readonly onSwitch: ((change: SwitchChange) => void) | null
}

/** All values of #SSLSECCFG and #SSLCFG with default and range, as the present product declares them. */
export function SocketSettings({ snapshot, onSwitch }: SocketSettingsProps): ReactNode {
  const { name, software } = snapshot.product
  const { settings } = snapshot.ssl
  const groups = useMemo(() => {
    const profile = profileNamed(name, software)
    return profile ? settingGroups(commandsOf(profile), profile, settings) : []
  }, [name, software, settings])
  if (groups.length === 0) return <Empty>{words.noSocket(name, software)}</Empty>
  return (
    <div className="sets" tabIndex={0} role="group" aria-label={words.name}>
      <table>
        <thead>
          <tr>
            <th scope="col">{words.columns.value}</th>
            <th scope="col">{words.columns.now}</th>
            <th scope="col">{words.columns.default}</th>
            <th scope="col">{words.columns.range}</th>
          </tr>
        </thead>
        {groups.map(({ command, rows, line }) => (
          <tbody key={command}>
            <tr className="group">
              <th colSpan={4} scope="rowgroup">
                <span>
                  <code title={line}>{command}</code>
                  <CopyButton text={line} what={words.copyLine(line)} />
                </span>
              </th>
            </tr>
            {rows.map((row) => (
              <Row key={row.name} row={row} />
            ))}
          </tbody>
        ))}
        <SwitchRows switches={snapshot.switches} onSwitch={onSwitch} />
      </table>
    </div>
  )
}

function Row({ row }: { readonly row: SettingRow }): ReactNode {
  const { name, about, value, factory, ranges, unit, isFactory, inRange } = row
  const said = words.about(about, value !== null, inRange, isFactory)
  return (
    <tr className={`${isFactory ? '' : 'other'}${inRange ? '' : ' beyond'}`} title={said}>
      <th scope="row">{name}</th>
      <td className="now">{value ?? <span className="dim">{words.notKept}</span>}</td>
      <td>{factory ?? ''}</td>
      <td title={words.aboutRange(ranges, unit, said)}>
        {ranges}
        {unit !== null && words.unit(shortUnits[unit] ?? unit)}
      </td>
    </tr>
  )
}

const words = valuesWords.settings
const shortUnits: Readonly<Record<string, string>> = words.shortUnits
