import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { NetworkChange } from '../../shared/hardware/network-conditions.ts'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import type { Action } from '../state/store/actions.ts'
import type { Store } from '../state/store/store.ts'
import { actionGroupWords } from '../state/store/words.ts'
import { changeNetwork, changeSim, changeSpeed, speeds } from '../state/terminal/hand-acts.ts'
import { moduleActionWords, networkActionWords } from './action-words.ts'

/** Returns the actions on the module, its SIM, its network and its time. */
export function moduleActions(store: Store): readonly Action[] {
  const { snapshot, catalog, link } = store.get()
  if (!snapshot) return []
  const gone = (): string | null => (link.kind === 'live' ? null : moduleActionWords.whyNotConnected)
  const off = (): string | null => gone() ?? (stateOf(snapshot, 'power') === 'off' ? moduleActionWords.whyOff : null)
  const actions: readonly Action[] = [
    ...keyActions(store, snapshot, off),
    ...networkActions(store, snapshot),
    ...simActions(store, snapshot),
    ...timeActions(store, snapshot)
  ]
  const products = (catalog?.families ?? []).flatMap((family) =>
    family.products.map((product): Action => {
      const software = product.software.at(-1) ?? null
      return {
        id: `product-${product.name}`,
        group: actionGroupWords.product,
        words: moduleActionWords.product.words(product.name),
        also: moduleActionWords.product.also(family.name, software),
        why: () => (product.name === snapshot.product.name ? moduleActionWords.product.whyAlready : null),
        run: () => {
          store.ask({ product: product.name, software })
        }
      }
    })
  )
  return [...actions, ...products].map((action) => ({ ...action, why: () => gone() ?? action.why?.() ?? null }))
}

function keyActions(store: Store, snapshot: Snapshot, off: () => string | null): readonly Action[] {
  const isOff = stateOf(snapshot, 'power') === 'off'
  return [
    {
      id: 'key-on',
      group: actionGroupWords.module,
      words: isOff ? moduleActionWords.onKey.start : moduleActionWords.onKey.shutDown,
      also: moduleActionWords.onKey.also,
      run: () => {
        void store.attempt(store.api.pressKey({ key: 'on' }))
      }
    },
    {
      id: 'key-reset',
      group: actionGroupWords.module,
      words: moduleActionWords.resetKey.words,
      also: moduleActionWords.resetKey.also,
      why: off,
      run: () => {
        void store.attempt(store.api.pressKey({ key: 'reset' }))
      }
    }
  ]
}

const registrations = ['home', 'roaming', 'denied', 'none'] as const

function networkActions(store: Store, { conditions, context, network, charts }: Snapshot): readonly Action[] {
  const active = stateOf({ charts }, 'pdp') === 'active'
  const { packetService, delays } = networkActionWords
  const refuses = conditions.apns !== 'any' && conditions.apns.length === 0
  const change = (id: string, words: string, next: NetworkChange, done: string, already: boolean): Action => ({
    id: `network-${id}`,
    group: actionGroupWords.network,
    words,
    why: () => (already ? moduleActionWords.whyAlready : null),
    run: () => {
      void changeNetwork(store, done, next)
    }
  })
  return [
    {
      id: 'network-drop',
      group: actionGroupWords.network,
      words: networkActionWords.drop.words,
      also: networkActionWords.drop.also,
      why: () => (active ? null : networkActionWords.drop.whyNot(context.id)),
      run: () => {
        void store.attempt(store.api.networkEvent({ kind: 'drop-context' }))
      }
    },
    {
      id: 'network-detach',
      group: actionGroupWords.network,
      words: networkActionWords.detach.words,
      also: networkActionWords.detach.also,
      why: () => (network.attached ? null : networkActionWords.detach.whyNot),
      run: () => {
        void store.attempt(store.api.networkEvent({ kind: 'detach' }))
      }
    },
    change(
      'apns',
      refuses ? networkActionWords.apns.accept : networkActionWords.apns.refuse,
      { apns: refuses ? 'any' : [] },
      refuses ? networkActionWords.apns.doneAccept : networkActionWords.apns.doneRefuse,
      false
    ),
    ...registrations.map((registration) =>
      change(
        registration,
        networkActionWords.registration[registration].words,
        { registration },
        networkActionWords.registration[registration].done,
        conditions.registration === registration
      )
    ),
    change(
      'packets',
      conditions.packetService === 'refused' ? packetService.allow : packetService.refuse,
      { packetService: conditions.packetService === 'refused' ? 'allowed' : 'refused' },
      conditions.packetService === 'refused' ? packetService.doneAllow : packetService.doneRefuse,
      false
    ),
    change(
      'pace',
      conditions.latency === 'real' ? delays.quick : delays.real,
      { latency: conditions.latency === 'real' ? 'quick' : 'real' },
      conditions.latency === 'real' ? delays.doneQuick : delays.doneReal,
      false
    )
  ]
}

function simActions(store: Store, { sim }: Snapshot): readonly Action[] {
  const { sim: simWords, pin } = networkActionWords
  return [
    {
      id: 'sim',
      group: actionGroupWords.network,
      words: sim.inserted ? simWords.remove : simWords.insert,
      also: simWords.also,
      run: () => {
        void changeSim(store, sim.inserted ? simWords.doneRemove : simWords.doneInsert, { inserted: !sim.inserted })
      }
    },
    {
      id: 'sim-pin',
      group: actionGroupWords.network,
      words: sim.pinEnabled ? pin.off : pin.on,
      also: pin.also,
      run: () => {
        void changeSim(store, sim.pinEnabled ? pin.doneOff : pin.doneOn, {
          pinEnabled: !sim.pinEnabled
        })
      }
    }
  ]
}

function timeActions(store: Store, snapshot: Snapshot): readonly Action[] {
  return speeds.map((speed) => ({
    id: `speed-${speed}`,
    group: actionGroupWords.time,
    words: moduleActionWords.speed.words(speed),
    also: moduleActionWords.speed.also,
    why: () => (snapshot.speed === speed ? moduleActionWords.whyAlready : null),
    run: () => {
      void changeSpeed(store, speed)
    }
  }))
}
