import type { ReactNode } from 'react'
import type { ArmedFault, LabSnapshot } from '../../../shared/lab/calls.ts'
import { labServerTitle } from '../../../shared/lab/lab.ts'
import { Icon } from '../../parts/icons.tsx'
import { seconds } from '../../state/sentence/formats.ts'
import type { Store } from '../../state/store/store.ts'
import { clearFaults, wordsOf } from './lab-acts.ts'
import { labWords } from './words.ts'

interface ArmedProps {
  readonly store: Store
  readonly lab: LabSnapshot
  readonly live: boolean
}

/** The armed faults, and the last one that struck. */
export function Armed({ store, lab, live }: ArmedProps): ReactNode {
  const newest = lab.strikes.at(-1)
  return (
    <div className="armed-now">
      <ArmedList store={store} faults={lab.faults} live={live} />
      {lab.faults.length === 0 && !newest && <p className="none">{words.none}</p>}
      {newest && (
        <p className="struck">
          <span className="cut">
            {words.struck(
              lab.strikes.length,
              lab.strikes.length === MAX_STRIKES,
              wordsOf(newest.fault),
              newest.farEnd === null ? words.onNetwork : words.atServer(labServerTitle(newest.farEnd)),
              seconds(newest.moduleMs)
            )}
          </span>
          <button
            type="button"
            className="btn sm line"
            onClick={() => {
              store.select(newest.seq)
              store.desk.show('timeline')
            }}
          >
            {words.show}
          </button>
        </p>
      )}
    </div>
  )
}

const words = labWords.armed

/** Must equal the number of strikes that the simulator keeps for the window. */
const MAX_STRIKES = 12

/** The armed faults with buttons that clear them, for the panel and for the toolbar's menu. */
export function ArmedList({
  store,
  faults,
  live
}: {
  readonly store: Store
  readonly faults: readonly ArmedFault[]
  readonly live: boolean
}): ReactNode {
  if (faults.length === 0) return null
  return (
    <ul className="armed-list" aria-label={words.name}>
      {faults.map((fault) => (
        <li key={fault.id}>
          <Icon name="faults" />
          <b className="cut">{wordsOf(fault.fault)}</b>
          <span className="cut">
            {fault.times === 'next' ? words.next : words.always}
            {fault.farEnd === null ? '' : words.server(labServerTitle(fault.farEnd))}
            {fault.times === 'next' ? '' : fault.strikes === 0 ? words.notStruck : words.struckTimes(fault.strikes)}
          </span>
          <button
            type="button"
            className="btn sm"
            disabled={!live}
            aria-label={words.clearOne(wordsOf(fault.fault))}
            onClick={() => {
              void clearFaults(store, [fault])
            }}
          >
            {words.clear}
          </button>
        </li>
      ))}
      {faults.length > 1 && (
        <li className="all">
          <button
            type="button"
            className="btn sm"
            disabled={!live}
            onClick={() => {
              void clearFaults(store, faults)
            }}
          >
            {words.clearAll(faults.length)}
          </button>
        </li>
      )}
    </ul>
  )
}
