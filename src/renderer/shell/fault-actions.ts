import { labFaults, type LabFault } from '../../shared/lab/faults.ts'
import { armFault, clearFaults } from '../panels/lab/lab-acts.ts'
import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'

/** Each fault of the lab, armed once for wherever the next connection leads, with its usual figure; and all that are armed, cleared. */
export function faultActions(store: Store): readonly Action[] {
  const { snapshot, link } = store.get()
  if (!snapshot) return []
  const { faults, farEnds } = snapshot.lab
  const why = (fault: LabFault): string | null =>
    link.kind !== 'live'
      ? 'The simulator is not connected.'
      : farEnds.length === 0 && fault.where !== 'network'
        ? 'The lab is off.'
        : null
  return [
    {
      id: 'faults-clear',
      group: 'Faults',
      words: 'Clear all faults',
      also: 'disarm',
      why: () =>
        link.kind !== 'live' ? 'The simulator is not connected.' : faults.length === 0 ? 'No fault is armed.' : null,
      run: () => {
        void clearFaults(store, faults)
      }
    },
    ...labFaults.map((fault): Action => {
      const { id, words, group, parameter } = fault
      return {
        id: `fault-${id}`,
        group: 'Faults',
        words: `Arm once: ${words}`,
        also: `fault ${group}`,
        why: () => why(fault),
        run: () => {
          void armFault(store, { fault: id, times: 'next', ...(parameter ? { parameter: parameter.usual } : {}) })
        }
      }
    })
  ]
}
