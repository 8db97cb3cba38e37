import type { ReactNode } from 'react'
import { changeOf, profileSwitches, type ProfileSwitch, type SwitchChange } from '../../../shared/products/switches.ts'
import type { SwitchesSnapshot } from '../../../shared/calls/snapshot.ts'
import { valuesWords } from './words.ts'

interface SwitchRowsProps {
  readonly switches: SwitchesSnapshot
  /** `null` while the simulator cannot be reached. */
  readonly onSwitch: ((change: SwitchChange) => void) | null
}

/** The profile switches as rows of the settings: what the sources leave open of a product, for a person to decide (D-26). */
export function SwitchRows({ switches, onSwitch }: SwitchRowsProps): ReactNode {
  const set = (name: ProfileSwitch['name'], value: string): void => {
    // Back at what the product has, the switch is the product's again.
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
