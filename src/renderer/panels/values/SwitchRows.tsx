import type { ReactNode } from 'react'
import type { SwitchesSnapshot } from '../../../shared/calls/snapshot.ts'
import { changeOf, profileSwitches, type ProfileSwitch, type SwitchChange } from '../../../shared/products/switches.ts'
import { valuesWords } from './words.ts'

interface SwitchRowsProps {
  readonly switches: SwitchesSnapshot
  /** Sets a profile switch; `null` while the simulator is not connected. */
  readonly onSwitch: ((change: SwitchChange) => void) | null
}

/** The profile switches as rows of the settings: a person chooses what the sources leave open about a product (D-26). */
export function SwitchRows({ switches, onSwitch }: SwitchRowsProps): ReactNode {
  const set = (name: ProfileSwitch['name'], value: string): void => {
    // Choosing the product's own value clears the switch.
    onSwitch?.(changeOf(name, value === switches.usual[name] ? null : value))
  }
  return (
    <tbody className="switches">
      <tr className="group">
        <th colSpan={4} scope="rowgroup">
          <span title={valuesWords.switches.about}>{valuesWords.switches.name}</span>
        </th>
      </tr>
      {profileSwitches.map(({ name, words, values, about, acts, rule }) => (
        <tr
          key={name}
          className={switches.set.includes(name) ? 'other' : ''}
          title={valuesWords.switches.aboutOne(
            about,
            switches.usual[name],
            acts,
            rule,
            valuesWords.switches.option(name, values)
          )}
        >
          <th scope="row" colSpan={2}>
            {words}
          </th>
          <td className="now" colSpan={2}>
            <span className="select sm">
              <select
                aria-label={words}
                value={switches.now[name]}
                disabled={onSwitch === null}
                onChange={({ target: { value } }) => {
                  set(name, value)
                }}
              >
                {values.map((value) => (
                  <option key={value}>{value}</option>
                ))}
              </select>
            </span>
          </td>
        </tr>
      ))}
    </tbody>
  )
}
