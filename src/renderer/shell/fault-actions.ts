import { isOnTheWay, labFaults, type LabFault } from '../../shared/lab/faults.ts'
import { armFault, clearFaults } from '../panels/lab/lab-acts.ts'
import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'
import { actionGroupWords } from '../state/store/words.ts'
import { faultActionWords } from './action-words.ts'

/**
 * Returns one action for each fault of the lab, which arms it once for the next connection with its usual value, and
 * one action that clears all armed faults.
 */
export function faultActions(store: Store): readonly Action[] {
  const { snapshot, link } = store.get()
  if (!snapshot) return []
  const { faults, farEnds } = snapshot.lab
  const why = (fault: LabFault): string | null =>
    link.kind !== 'live'
      ? faultActionWords.whyNotConnected
      : farEnds.length === 0 && !isOnTheWay(fault)
        ? faultActionWords.whyLabOff
        : null
  return [
    {
      id: 'faults-clear',
      group: actionGroupWords.faults,
      words: faultActionWords.clear.words,
      also: faultActionWords.clear.also,
      why: () =>
        link.kind !== 'live'
          ? faultActionWords.whyNotConnected
          : faults.length === 0
            ? faultActionWords.clear.whyNone
            : null,
      run: () => {
        // Those that are armed now: the palette may have been open while another window armed one.
        void clearFaults(store, store.get().snapshot?.lab.faults ?? [])
      }
    },
    ...labFaults.map((fault): Action => {
      const { id, words, group, parameter } = fault
      return {
        id: `fault-${id}`,
        group: actionGroupWords.faults,
        words: faultActionWords.arm.words(words),
        also: faultActionWords.arm.also(group),
        why: () => why(fault),
        run: () => {
          void armFault(store, { fault: id, times: 'next', ...(parameter ? { parameter: parameter.usual } : {}) })
        }
      }
    })
  ]
}
