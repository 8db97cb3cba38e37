import type { BoardAct, Remedy } from '../../../shared/explain/explanation.ts'
import { usualSettings } from '../../../shared/lab/calls.ts'
import { farEndParts } from '../../../shared/lab/far-end-name.ts'
import { allSuites } from '../../../shared/tls/suites.ts'
import type { Store, WindowState } from '../../state/store/store.ts'
import { changeNetwork, changeSim } from '../../state/terminal/hand-acts.ts'
import { sendLines, whyNotTyped } from '../../state/terminal/send-lines.ts'
import { followTyped, keysToReplace } from '../../state/terminal/typed-line.ts'
import { typedLinesOf } from '../../state/terminal/typed-lines.ts'
import { changeLab, clearFaults } from '../lab/lab-acts.ts'
import { whyWords } from './words.ts'

const words = whyWords.remedies

/** The button of a remedy. */
export interface RemedyButton {
  /** A verb and its object: `Set 2026-10-30`. */
  readonly label: string
  /** The label while it works: `Sending`. */
  readonly busy: string
  /** Why it cannot be pressed now, in one sentence; `null` if it can. */
  readonly why: string | null
  /** Resolves to `true` if it succeeded; the failed command can then be tried again. */
  readonly run: (signal: AbortSignal) => Promise<boolean>
}

/** Returns the button of a remedy: it types commands, or acts on board, network or lab. `null` if the window cannot do it. */
export function buttonOf(store: Store, remedy: Remedy, instance: number): RemedyButton | null {
  const { commands, entry, act } = remedy
  const open = commands.findIndex((line) => line.includes('<'))
  if (open >= 0 || entry?.includes('<')) {
    if (commands.some((line) => line.startsWith('AT#SSLSECDATA='))) return shows(store, 'nvm', words.open.slots)
    return begins(store, commands[open] ?? '', instance)
  }
  if (commands.length > 0 || entry !== undefined) return sends(store, remedy, instance)
  return act ? boardActs[act](store) : null
}

function sends(store: Store, { commands, instances, entry, act }: Remedy, instance: number): RemedyButton {
  const state = store.get()
  return {
    label: labelOf(commands, entry, act),
    busy: words.send.busy,
    why: whyNotTyped(state, instances?.[0] ?? instance, commands.length === 0 ? entry : undefined),
    run: async (signal) => {
      if (act === 'restore-network') await restoreNetwork(store)
      if (act === 'change-apns') await acceptAnyApn(store)
      if (act === 'allow-packet-service') await allowPacketService(store)
      const sending = {
        lines: commands,
        ...(instances ? { instances } : {}),
        ...(entry === undefined ? {} : { entry })
      }
      return (await sendLines(store, instance, sending, signal)).outcome === 'done'
    }
  }
}

/** Returns a button that types an incomplete line up to the first `<placeholder>`; the person completes it. */
function begins(store: Store, line: string, instance: number): RemedyButton {
  const known = line.slice(0, line.indexOf('<'))
  return {
    ...words.begin,
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
    return entry === CTRL_Z ? words.send.ctrlZ : entry === '\x1b' ? words.send.esc : words.send.entry(entry ?? '')
  const clock = act === 'set-clock' ? /\+CCLK="(\d\d)\/(\d\d)\/(\d\d)/.exec(commands.at(-1)!) : null
  if (clock) return words.setClock(`${Number(clock[1]) >= 80 ? '19' : '20'}${clock[1]}-${clock[2]}-${clock[3]}`)
  return commands.length === 1 ? words.send.one : words.send.lines(commands.length)
}

const shows = (store: Store, id: string, title: string): RemedyButton => ({
  label: title,
  busy: words.open.busy,
  why: null,
  run: () => {
    store.desk.show(id, true)
    return Promise.resolve(false)
  }
})

interface ButtonWords {
  readonly label: string
  readonly busy: string
}

const does = (store: Store, { label, busy }: ButtonWords, run: () => Promise<boolean>): RemedyButton => ({
  label,
  busy,
  why: liveOrWhy(store.get()),
  run
})

const liveOrWhy = ({ link }: WindowState): string | null => (link.kind === 'live' ? null : words.notConnected)

/** Returns a button that shows a panel; `null` if this window does not have the panel. */
function ifThere(store: Store, id: string, title: string): RemedyButton | null {
  return store.actions.all().some((action) => action.id === `show-${id}`) ? shows(store, id, title) : null
}

/**
 * Returns a button that restores the usual settings of the last lab server. `null` for any other server: only its owner
 * can fix it.
 */
function mendLab(store: Store): RemedyButton | null {
  const { snapshot } = store.get()
  const met = farEndParts(snapshot?.handshake?.farEnd ?? '').address
  const farEnd = snapshot?.lab.farEnds.find(({ host, port, dial }) =>
    [`${host}:${port}`, `${dial.host}:${dial.port}`].includes(met)
  )
  if (!snapshot || !farEnd) return null
  const { certificate, suites } = farEnd.settings
  if (certificate !== usualSettings.certificate)
    return does(store, words.lab.certificate, () =>
      changeLab(store, words.lab.certificate.done, { farEnd: farEnd.id, certificate: 'good' })
    )
  if (suites.length < usualSettings.suites.length)
    return does(store, words.lab.suites, () =>
      changeLab(store, words.lab.suites.done, { farEnd: farEnd.id, suites: [...allShortNames] })
    )
  const { faults } = snapshot.lab
  if (faults.length > 0) return does(store, words.lab.faults, () => clearFaults(store, faults))
  return ifThere(store, 'lab', words.open.lab)
}

const allShortNames = allSuites.map(({ shortName }) => shortName)

const restoreNetwork = (store: Store): Promise<boolean> =>
  changeNetwork(store, words.network.done, { registration: 'home' })

const acceptAnyApn = (store: Store): Promise<boolean> => changeNetwork(store, words.apns.done, { apns: 'any' })

const allowPacketService = (store: Store): Promise<boolean> =>
  changeNetwork(store, words.packetService.done, { packetService: 'allowed' })

const boardActs: Readonly<Record<BoardAct, (store: Store) => RemedyButton | null>> = {
  'press-on': (store) => does(store, words.pressOn, () => store.attempt(store.api.pressKey({ key: 'on' }))),
  'plug-in': (store) =>
    does(store, words.plugIn, () =>
      store.act(
        words.plugIn.done,
        () => store.api.setSupply({ on: true }),
        () => store.api.setSupply({ on: false })
      )
    ),
  'insert-sim': (store) =>
    does(store, words.insertSim, () => changeSim(store, words.insertSim.done, { inserted: true })),
  'exchange-sim': (store) =>
    does(store, words.replaceSim, () => store.attempt(store.api.setSim({ fresh: true, inserted: true }))),
  'set-clock': (store) => shows(store, 'board', words.open.clock),
  'restore-network': (store) => does(store, words.network, () => restoreNetwork(store)),
  'allow-packet-service': (store) => does(store, words.packetService, () => allowPacketService(store)),
  'change-apns': (store) => does(store, words.apns, () => acceptAnyApn(store)),
  'choose-product': () => null,
  'mend-far-end': mendLab,
  'mend-nvm': () => null
}
