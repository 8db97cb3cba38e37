import type { SimChange } from '../../../shared/api/api.ts'
import type { NetworkChange } from '../../../shared/hardware/network-conditions.ts'
import type { Store } from '../store/store.ts'

/** Changes conditions of the network. `Undo` restores the conditions from before. */
export function changeNetwork(store: Store, label: string, change: NetworkChange): Promise<boolean> {
  const before = store.get().snapshot?.conditions
  if (!before) return Promise.resolve(false)
  const back = Object.fromEntries(
    Object.keys(change).map((name) => [name, before[name as keyof typeof before]])
  ) as NetworkChange
  return store.act(
    label,
    () => store.api.setNetwork(change),
    () => store.api.setNetwork(back)
  )
}

/** Removes or inserts the SIM, or switches its PIN request on or off. `Undo` does the reverse. */
export function changeSim(
  store: Store,
  label: string,
  change: Pick<SimChange, 'inserted' | 'pinEnabled'>
): Promise<boolean> {
  const before = store.get().snapshot?.sim
  if (!before) return Promise.resolve(false)
  const back = {
    ...(change.inserted === undefined ? {} : { inserted: before.inserted }),
    ...(change.pinEnabled === undefined ? {} : { pinEnabled: before.pinEnabled })
  }
  return store.act(
    label,
    () => store.api.setSim(change),
    () => store.api.setSim(back)
  )
}

export function changeSpeed(store: Store, speed: number): Promise<boolean> {
  return store.attempt(store.api.setSpeed({ speed }))
}

/** The speeds to choose from. A present speed outside the list is shown too. */
export const speeds: readonly number[] = [0.1, 0.5, 1, 2, 5, 20, 100]
