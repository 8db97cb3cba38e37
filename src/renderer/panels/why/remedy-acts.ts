import { farEndParts } from '../../../shared/lab/far-end-name.ts'
import { usualSettings } from '../../../shared/lab/calls.ts'
import { allSuites } from '../../../shared/tls/suites.ts'
import type { BoardAct, Remedy } from '../../../shared/explain/explanation.ts'
import { changeNetwork, changeSim } from '../../state/terminal/hand-acts.ts'
import { sendLines, whyNotTyped } from '../../state/terminal/send-lines.ts'
import type { Store, WindowState } from '../../state/store/store.ts'
import { typedLinesOf } from '../../state/terminal/typed-lines.ts'
import { changeLab, clearFaults } from '../lab/lab-acts.ts'
import { followTyped, keysToReplace } from '../../state/terminal/typed-line.ts'

/** The button of a remedy. */
export interface RemedyButton {
  /** A verb and what it is done to: `Set 2026-10-30`. */
  readonly label: string
  /** While it is done: `Sending`. */
  readonly busy: string
  /** Why it cannot be pressed now, one sentence; null when it can. */
  readonly why: string | null
  /** True: it is done, and the command that failed can be tried again. */
  readonly run: (signal: AbortSignal) => Promise<boolean>
}

/** What a remedy's button does: the commands into the AT port, or what has to be done on the board. Null: nothing here can do it. */
export function buttonOf(store: Store, remedy: Remedy, instance: number): RemedyButton | null {
  const { commands, entry, act } = remedy
  const open = commands.findIndex((line) => line.includes('<'))
  if (open >= 0 || entry?.includes('<')) {
    if (commands.some((line) => line.startsWith('AT#SSLSECDATA='))) return shows(store, 'nvm', 'NVM slots')
    return begins(store, commands[open] ?? '', instance)
  }
  if (commands.length > 0 || entry !== undefined) return sends(store, remedy, instance)
  return act ? boardActs[act](store) : null
}

function sends(store: Store, { commands, instances, entry, act }: Remedy, instance: number): RemedyButton {
  const state = store.get()
  return {
    label: labelOf(commands, entry, act),
    busy: 'Sending',
    why: whyNotTyped(state, instances?.[0] ?? instance, commands.length === 0 ? entry : undefined),
    run: async (signal) => {
      if (act === 'restore-network') await changeNetwork(store, 'Network back', { registration: 'home' })
      if (act === 'change-apns') await changeNetwork(store, 'Any APN is accepted', { apns: 'any' })
      if (act === 'allow-packet-service')
        await changeNetwork(store, 'Packet service allowed', { packetService: 'allowed' })
      const sending = {
        lines: commands,
        ...(instances ? { instances } : {}),
        ...(entry === undefined ? {} : { entry })
      }
      return (await sendLines(store, instance, sending, signal)).outcome === 'done'
    }
  }
}

/** The part that somebody has to complete: typed into the terminal as far as it is known. */
function begins(store: Store, line: string, instance: number): RemedyButton {
  const known = line.slice(0, line.indexOf('<'))
  return {
    label: 'Begin it',
    busy: 'Typing',
    why: whyNotTyped(store.get(), instance),
    run: async () => {
      const lines = typedLinesOf(store)
      const keys = keysToReplace(lines.get(instance), known)
      if (await store.attempt(store.api.type({ instance, bytes: new TextEncoder().encode(keys) }))) {
        lines.set(instance, followTyped(lines.get(instance), keys).line)
        store.desk.show('terminal', true)
      }
      return false
    }
  }
}

const CTRL_Z = '\x1a'

function labelOf(commands: readonly string[], entry: string | undefined, act: BoardAct | undefined): string {
  if (commands.length === 0)
    return entry === CTRL_Z ? 'Send Ctrl-Z' : entry === '\x1b' ? 'Send ESC' : `Send ${entry ?? ''}`
  const clock = act === 'set-clock' ? /\+CCLK="(\d\d)\/(\d\d)\/(\d\d)/.exec(commands.at(-1)!) : null
  if (clock) return `Set ${Number(clock[1]) >= 80 ? '19' : '20'}${clock[1]}-${clock[2]}-${clock[3]}`
  return commands.length === 1 ? 'Send it' : `Send ${commands.length} lines`
}

const shows = (store: Store, id: string, title: string): RemedyButton => ({
  label: title,
  busy: 'Opening',
  why: null,
  run: () => {
    store.desk.show(id, true)
    return Promise.resolve(false)
  }
})

const does = (store: Store, label: string, busy: string, run: () => Promise<boolean>): RemedyButton => ({
  label,
  busy,
  why: liveOrWhy(store.get()),
  run
})

const liveOrWhy = ({ link }: WindowState): string | null =>
  link.kind === 'live' ? null : 'The simulator is not connected.'

/** A panel that this window may have or not. */
function ifThere(store: Store, id: string, title: string): RemedyButton | null {
  return store.actions.all().some((action) => action.id === `show-${id}`) ? shows(store, id, title) : null
}

/** The far end that was met last, where it is one of the lab's and is not as usual: back to that. Another one is mended by its owner. */
function mendLab(store: Store): RemedyButton | null {
  const { snapshot } = store.get()
  const met = farEndParts(snapshot?.handshake?.farEnd ?? '').address
  const farEnd = snapshot?.lab.farEnds.find(({ host, port, dial }) =>
    [`${host}:${port}`, `${dial.host}:${dial.port}`].includes(met)
  )
  if (!snapshot || !farEnd) return null
  const { certificate, suites } = farEnd.settings
  if (certificate !== usualSettings.certificate)
    return does(store, 'Lab: good cert', 'Changing', () =>
      changeLab(store, 'good certificate', { farEnd: farEnd.id, certificate: 'good' })
    )
  if (suites.length < usualSettings.suites.length)
    return does(store, 'Lab: all suites', 'Changing', () =>
      changeLab(store, 'all suites', { farEnd: farEnd.id, suites: [...allShortNames] })
    )
  const { faults } = snapshot.lab
  if (faults.length > 0) return does(store, 'Clear faults', 'Clearing', () => clearFaults(store, faults))
  return ifThere(store, 'lab', 'Lab')
}

const allShortNames = allSuites.map(({ shortName }) => shortName)

const boardActs: Readonly<Record<BoardAct, (store: Store) => RemedyButton | null>> = {
  'press-on': (store) => does(store, 'Press ON', 'Starting', () => store.attempt(store.api.pressKey({ key: 'on' }))),
  'plug-in': (store) =>
    does(store, 'Plug in', 'Plugging in', () =>
      store.act(
        'Supply plugged in',
        () => store.api.setSupply({ on: true }),
        () => store.api.setSupply({ on: false })
      )
    ),
  'insert-sim': (store) =>
    does(store, 'Put in SIM', 'Putting in', () => changeSim(store, 'SIM put in', { inserted: true })),
  'exchange-sim': (store) =>
    does(store, 'New SIM', 'Exchanging', () => store.attempt(store.api.setSim({ fresh: true, inserted: true }))),
  'set-clock': (store) => shows(store, 'board', 'Clock'),
  'restore-network': (store) =>
    does(store, 'Network back', 'Restoring', () => changeNetwork(store, 'Network back', { registration: 'home' })),
  'allow-packet-service': (store) =>
    does(store, 'Allow it', 'Allowing', () =>
      changeNetwork(store, 'Packet service allowed', { packetService: 'allowed' })
    ),
  'change-apns': (store) =>
    does(store, 'Any APN', 'Changing', () => changeNetwork(store, 'Any APN is accepted', { apns: 'any' })),
  'choose-product': () => null,
  'mend-far-end': mendLab,
  'mend-nvm': () => null
}
