import type { NetworkConditions } from '../hardware/network-conditions.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { Happening } from './explanation.ts'
import { shown, type Story } from './story.ts'
import { listText } from './words.ts'

/**
 * Returns what a person or a scenario did to make this fail: a fault that struck, or a network condition. The reader
 * need not look for a mistake then.
 */
export function onPurpose(story: Story): Happening[] {
  const fault = struck(story)
  if (fault) return [shown(`It was caused on purpose: ${fault.sentence}`, fault.seq)]
  const act = actBehind(story)
  return act === null ? [] : [shown(`It was caused on purpose: ${wordsOf(act, story)}`, act.seq)]
}

/** Returns the fault that struck here, or `null`. If there is one, guesses at other causes would be wrong. */
export function struck({ evidence, source }: Story): { readonly seq: number; readonly sentence: string } | null {
  const seq = evidence.chain.findLast((one) => source.at(one)?.what.kind === 'fault')
  const event = seq === undefined ? null : source.at(seq)
  return event?.what.kind === 'fault' ? { seq: event.seq, sentence: event.what.sentence } : null
}

interface NetworkAct {
  readonly condition: keyof NetworkConditions | null
  readonly seq: number
}

/** Returns the act on the network that led to this, or `null`. */
export function actBehind(story: Story): NetworkAct | null {
  const refused = story.fact('network-act')
  if (refused) return { condition: refused.condition, seq: refused.seq }
  const { evidence, source, moment, failure } = story
  const seq = evidence.chain.findLast((one) => isNetworkAct(source.at(one)))
  if (seq !== undefined) return { condition: null, seq }
  const air =
    failure.error === 'noNetworkService' || failure.error === 'networkNotAllowed' || failure.error === 'networkTimeout'
  return air && moment?.networkAct != null ? { condition: 'registration', seq: moment.networkAct } : null
}

const isNetworkAct = (event: TimelineEvent | null): boolean =>
  event?.what.kind === 'note' && (event.what.act?.name === 'network' || event.what.act?.name === 'network-event')

/** Returns a sentence about the act that names the control in the window. */
function wordsOf({ condition, seq }: NetworkAct, { source, fact, moment }: Story): string {
  switch (condition) {
    case 'apns': {
      const known = fact('apns')?.known ?? []
      return known.length === 0
        ? 'the network was set to refuse every APN (button "Refuse" in the panel PDP context).'
        : `the network was set to accept only ${listText(known.map((apn) => `"${apn}"`))}.`
    }
    case 'packetService':
      return 'the network was set to refuse packet service ("Refuse packet service" among the actions).'
    case 'credentials':
      return 'the network was set to require a user and a password.'
    case 'registration':
      return moment?.outOfReach ? 'the network was taken out of reach.' : 'the network was set to reject the module.'
    default: {
      const what = source.at(seq)?.what
      return what?.kind === 'note'
        ? what.sentence.charAt(0).toLowerCase() + what.sentence.slice(1)
        : 'the network was changed.'
    }
  }
}
