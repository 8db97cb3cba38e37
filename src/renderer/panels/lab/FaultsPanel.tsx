import { useState, type ReactNode } from 'react'
import type { LabSnapshot } from '../../../shared/lab/calls.ts'
import { strikesAt } from '../../../shared/lab/faults-at-servers.ts'
import { isOnTheWay, labFaultGroups, labFaults } from '../../../shared/lab/faults.ts'
import { labFarEnd, labFarEndIds, type LabFarEndId } from '../../../shared/lab/lab.ts'
import type { ErrorReport } from '../../../shared/rules/errors.ts'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Armed } from './Armed.tsx'
import { FaultRow } from './FaultRow.tsx'
import { labWords } from './words.ts'
import './lab.css'

/** The faults that can be armed, and those that are armed. */
export function FaultsPanel({ store }: { readonly store: Store }): ReactNode {
  const lab = useStore(store, (state) => state.snapshot?.lab)
  const errorReport = useStore(store, (state) => state.snapshot?.errorReport ?? 0)
  const [all, setAll] = useState(false)
  return (
    <Panel
      name={words.name}
      className="p-faults"
      controls={
        <span className="seg" role="group" aria-label={words.which}>
          {[false, true].map((every) => (
            <button
              key={String(every)}
              type="button"
              className={`btn sm${all === every ? ' pressed' : ''}`}
              aria-pressed={all === every}
              onClick={() => {
                setAll(every)
              }}
            >
              {every ? words.all(labFaults.length) : words.common}
            </button>
          ))}
        </span>
      }
    >
      {lab ? <Faults store={store} lab={lab} errorReport={errorReport} all={all} /> : <Empty>{words.waiting}</Empty>}
    </Panel>
  )
}

interface FaultsProps {
  readonly store: Store
  readonly lab: LabSnapshot
  readonly errorReport: ErrorReport
  readonly all: boolean
}

function Faults({ store, lab, errorReport, all }: FaultsProps): ReactNode {
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [farEnd, setFarEnd] = useState<LabFarEndId | null>(null)
  const off = lab.farEnds.length === 0
  // A network fault strikes connections to every server, so it is in every server's list.
  const listed = labFaults.filter(
    (fault) =>
      (all || fault.common || (fault.where === 'ftp' && farEnd === 'ftps')) &&
      (isOnTheWay(fault) || strikesAt(fault, farEnd))
  )
  return (
    <div className="faults">
      <Armed store={store} lab={lab} live={live} />
      <div className="faults-at">
        <label>
          <span>{words.strikeAt}</span>
          <span className="select sm">
            <select
              aria-label={words.strikeAt}
              value={farEnd ?? ''}
              disabled={off}
              onChange={(event) => {
                setFarEnd(event.target.value === '' ? null : (event.target.value as LabFarEndId))
              }}
            >
              <option value="">{words.anyServer}</option>
              {labFarEndIds.map((id) => (
                <option key={id} value={id}>
                  {words.server(labFarEnd(id).title)}
                </option>
              ))}
            </select>
          </span>
        </label>
      </div>
      {off && (
        <p className="faults-note">
          {words.offBefore}
          <code>{words.offOption}</code>
          {words.offAfter}
        </p>
      )}
      <div className="faults-list" tabIndex={0} role="group" aria-label={words.list}>
        {labFaultGroups.map((group) => {
          const here = listed.filter((fault) => fault.group === group)
          if (here.length === 0) return null
          return (
            <section key={group} aria-label={group}>
              <h3>
                {group}
                {group === 'Network' && <span>{words.anyConnection}</span>}
              </h3>
              <ul>
                {here.map((fault) => (
                  <FaultRow
                    key={fault.id}
                    store={store}
                    fault={fault}
                    farEnd={isOnTheWay(fault) ? null : farEnd}
                    errorReport={errorReport}
                    armed={lab.faults.filter((one) => one.fault === fault.id)}
                    why={!live ? words.notConnected : off && !isOnTheWay(fault) ? words.off : null}
                  />
                ))}
              </ul>
            </section>
          )
        })}
        {!all && (
          <p className="faults-more">
            <Icon name="faults" />
            <span>{words.more(labFaults.length)}</span>
          </p>
        )}
      </div>
    </div>
  )
}

const words = labWords.faults
