import type { ArmedFault, FaultOrder, LabChange } from '../../../shared/lab/calls.ts'
import { labFaultById, type LabFaultId } from '../../../shared/lab/faults.ts'
import { labFarEnd } from '../../../shared/lab/lab.ts'
import type { Store } from '../../state/store/store.ts'
import { labWords } from './words.ts'

/** Arms a fault. Its `Undo` clears it. */
export function armFault(store: Store, order: FaultOrder): Promise<boolean> {
  let id: number | null = null
  return store.act(
    (order.times === 'next' ? labWords.armed.armedNext : labWords.armed.armedAlways)(wordsOf(order.fault)),
    async () => {
      id = (await store.api.armFault(order)).id
    },
    async () => {
      if (id !== null) await store.api.clearFault({ id })
    }
  )
}

/** Clears one or more faults. Its `Undo` arms them again in the same order. */
export function clearFaults(store: Store, faults: readonly ArmedFault[]): Promise<boolean> {
  const [first] = faults
  if (!first) return Promise.resolve(false)
  return store.act(
    faults.length === 1 ? labWords.armed.cleared(wordsOf(first.fault)) : labWords.armed.clearedAll(faults.length),
    async () => {
      for (const { id } of faults) await store.api.clearFault({ id })
    },
    async () => {
      for (const { fault, times, farEnd, parameter } of faults) {
        await store.api.armFault({
          fault,
          times,
          ...(farEnd === null ? {} : { farEnd }),
          ...(parameter === null ? {} : { parameter })
        })
      }
    }
  )
}

/** Changes the settings of a lab server. Its `Undo` restores the former ones. */
export function changeLab(store: Store, done: string, change: LabChange): Promise<boolean> {
  const before = store.get().snapshot?.lab.farEnds.find(({ id }) => id === change.farEnd)?.settings
  if (!before) return Promise.resolve(false)
  const names = Object.keys(change).filter((name) => name !== 'farEnd') as (keyof typeof before)[]
  const back = { farEnd: change.farEnd, ...Object.fromEntries(names.map((name) => [name, before[name]])) } as LabChange
  return store.act(
    labWords.settings.done(labFarEnd(change.farEnd).title, done),
    () => store.api.setLab(change),
    () => store.api.setLab(back)
  )
}

export function wordsOf(fault: LabFaultId): string {
  return labFaultById(fault).words
}
