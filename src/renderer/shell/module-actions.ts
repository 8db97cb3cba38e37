import type { Snapshot } from '../../shared/calls/snapshot.ts'
import type { NetworkChange } from '../../shared/hardware/network-conditions.ts'
import { stateOf } from '../../shared/statecharts/present-state.ts'
import type { Action } from '../state/store/actions.ts'
import { changeNetwork, changeSim, changeSpeed, speeds } from '../state/terminal/hand-acts.ts'
import type { Store } from '../state/store/store.ts'

/** What can be done to the module, its SIM, its network and its time. */
export function moduleActions(store: Store): readonly Action[] {
  const { snapshot, catalog, link } = store.get()
  if (!snapshot) return []
  const gone = (): string | null => (link.kind === 'live' ? null : 'The simulator is not connected.')
  const off = (): string | null =>
    gone() ?? (stateOf(snapshot, 'power') === 'off' ? 'The module is off; the ON key starts it.' : null)
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
        group: 'Product',
        words: `Become ${product.name}`,
        also: `family ${family.name} switch product software ${software ?? ''}`,
        why: () =>
          product.name === snapshot.product.name
            ? 'The module is that product; its software is chosen in the toolbar.'
            : null,
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
      group: 'Module',
      words: isOff ? 'Press ON: start the module' : 'Press ON: shut the module down',
      also: 'power key',
      run: () => {
        void store.attempt(store.api.pressKey({ key: 'on' }))
      }
    },
    {
      id: 'key-reset',
      group: 'Module',
      words: 'Press RESET: restart the module',
      also: 'reboot key',
      why: off,
      run: () => {
        void store.attempt(store.api.pressKey({ key: 'reset' }))
      }
    }
  ]
}

const registrations = {
  home: 'is at home',
  roaming: 'is a roaming one',
  denied: 'refuses the module',
  none: 'has no coverage'
} as const

function networkActions(store: Store, { conditions, context, network, charts }: Snapshot): readonly Action[] {
  const active = stateOf({ charts }, 'pdp') === 'active'
  const refuses = conditions.apns !== 'any' && conditions.apns.length === 0
  const change = (id: string, words: string, next: NetworkChange, done: string, already: boolean): Action => ({
    id: `network-${id}`,
    group: 'Network',
    words,
    why: () => (already ? 'It is so already.' : null),
    run: () => {
      void changeNetwork(store, done, next)
    }
  })
  return [
    {
      id: 'network-drop',
      group: 'Network',
      words: 'Drop the context',
      also: 'pdp lose',
      why: () => (active ? null : `Context ${context.id} is not active.`),
      run: () => {
        void store.attempt(store.api.networkEvent({ kind: 'drop-context' }))
      }
    },
    {
      id: 'network-detach',
      group: 'Network',
      words: 'Detach the module from packet service',
      also: 'cgatt gprs',
      why: () => (network.attached ? null : 'The module is not attached.'),
      run: () => {
        void store.attempt(store.api.networkEvent({ kind: 'detach' }))
      }
    },
    change(
      'apns',
      refuses ? 'Let every APN in' : 'Refuse every APN',
      { apns: refuses ? 'any' : [] },
      refuses ? 'Every APN let in' : 'Every APN refused',
      false
    ),
    ...(Object.keys(registrations) as (keyof typeof registrations)[]).map((registration) =>
      change(
        registration,
        `Network ${registrations[registration]}`,
        { registration },
        `Network ${registrations[registration]}`,
        conditions.registration === registration
      )
    ),
    change(
      'packets',
      conditions.packetService === 'refused' ? 'Allow packet service' : 'Refuse packet service',
      { packetService: conditions.packetService === 'refused' ? 'allowed' : 'refused' },
      `Packet service ${conditions.packetService === 'refused' ? 'allowed' : 'refused'}`,
      false
    ),
    change(
      'pace',
      conditions.latency === 'real' ? 'Quick network' : 'Network as slow as in the field',
      { latency: conditions.latency === 'real' ? 'quick' : 'real' },
      conditions.latency === 'real' ? 'Network made quick' : 'Network made as slow as in the field',
      false
    )
  ]
}

function simActions(store: Store, { sim }: Snapshot): readonly Action[] {
  return [
    {
      id: 'sim',
      group: 'Network',
      words: sim.inserted ? 'Take the SIM out' : 'Put the SIM in',
      also: 'card insert remove',
      run: () => {
        void changeSim(store, sim.inserted ? 'SIM taken out' : 'SIM put in', { inserted: !sim.inserted })
      }
    },
    {
      id: 'sim-pin',
      group: 'Network',
      words: sim.pinEnabled ? 'SIM: do not ask for the PIN' : 'SIM: ask for the PIN',
      also: 'card cpin',
      run: () => {
        void changeSim(store, sim.pinEnabled ? 'PIN no longer asked for' : 'PIN asked for', {
          pinEnabled: !sim.pinEnabled
        })
      }
    }
  ]
}

function timeActions(store: Store, snapshot: Snapshot): readonly Action[] {
  return speeds.map((speed) => ({
    id: `speed-${speed}`,
    group: 'Time',
    words: speed === 1 ? 'Module time as the world’s' : `Module time ${speed} times as fast`,
    also: 'speed slow quick',
    why: () => (snapshot.speed === speed ? 'It is so already.' : null),
    run: () => {
      void changeSpeed(store, speed)
    }
  }))
}
