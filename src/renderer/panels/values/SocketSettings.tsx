import { useMemo, type ReactNode } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import { profileNamed } from '../../state/profile-named.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Empty } from '../../parts/Panel.tsx'
import type { SwitchChange } from '../../../shared/products/switches.ts'
import { SwitchRows } from './SwitchRows.tsx'
import { settingGroups, type SettingRow } from './setting-rows.ts'

interface SocketSettingsProps {
  readonly snapshot: Pick<Snapshot, 'product' | 'ssl' | 'switches'>
  /** Sets a profile switch; `null` while the simulator cannot be reached. */
  readonly onSwitch: ((change: SwitchChange) => void) | null
}

/** Every value of #SSLSECCFG and #SSLCFG beside its default and range, as the present product declares them. */
export function SocketSettings({ snapshot, onSwitch }: SocketSettingsProps): ReactNode {
  const { name, software } = snapshot.product
  const { settings } = snapshot.ssl
  const groups = useMemo(() => {
    const profile = profileNamed(name, software)
    return profile ? settingGroups(commandsOf(profile), profile, settings) : []
  }, [name, software, settings])
  if (groups.length === 0) return <Empty>{`${name} with software ${software} has no SSL socket to set.`}</Empty>
  return (
    <div className="sets" tabIndex={0} role="group" aria-label="Settings of the SSL socket">
      <table>
        <thead>
          <tr>
            <th scope="col">value</th>
            <th scope="col">now</th>
            <th scope="col">default</th>
            <th scope="col">range</th>
          </tr>
        </thead>
        {groups.map(({ command, rows, line }) => (
          <tbody key={command}>
            <tr className="group">
              <th colSpan={4} scope="rowgroup">
                <span>
                  <code title={line}>{command}</code>
                  <CopyButton text={line} what={`${line}, which sets these values`} />
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
  const said = `${about}${value === null ? '; not kept' : ''}${inRange ? '' : '; the stored value is outside of the range'}${isFactory ? '' : '; changed from the default'}`
  return (
    <tr className={`${isFactory ? '' : 'other'}${inRange ? '' : ' beyond'}`} title={said}>
      <th scope="row">{name}</th>
      <td className="now">{value ?? <span className="dim">{'\u2013'}</span>}</td>
      <td>{factory ?? ''}</td>
      <td title={`${ranges}${unit === null ? '' : ` × ${unit}`}; ${said}`}>
        {ranges}
        {unit !== null && ` ${shortUnits[unit] ?? unit}`}
      </td>
    </tr>
  )
}

/** A column is narrow; the tooltip has the unit as it is declared. */
const shortUnits: Readonly<Record<string, string>> = { bytes: 'B', '100 ms': '×0.1 s' }
