import type { Snapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { Remedy } from './explanation.ts'
import { connectionOf, isPlain } from './plain-socket.ts'
import { activateContext, atFarEnd, sendAgain } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'

// SIM, registration, packet service and PDP context (guide chapter 2.1; codes of the AT reference, chapter 8).

export const contextNotActive: Builder = (story) => {
  const id = story.fact('context')?.id ?? 1
  const whose = isPlain(story) ? `Connection ${connectionOf(story)} uses` : 'Every connection uses'
  return {
    title: `PDP context ${id} is not active`,
    happened: [
      shown(`${whose} context ${id}, which had no address at that time.`),
      ...lostContext(story),
      ...(story.moment?.attached !== false ? [] : [shown('The module is not attached to packet service either.')])
    ],
    values: [compared(`context ${id}`, 'active', 'not active')],
    remedies: (now) => [...towardsNetwork(now), activateContext(id)],
    parts: ['pdp', 'registration']
  }
}

export const contextNotDefined: Builder = (story) => {
  const id = story.fact('context')?.id ?? 1
  return {
    title: `PDP context ${id} is not defined`,
    happened: [shown(`#SGACT activates a context that +CGDCONT has defined, and context ${id} is not defined.`)],
    values: [compared(`context ${id}`, 'type and APN', 'nothing')],
    remedies: (now) => {
      const apn = someApn(now) ?? '<APN>'
      return [
        {
          sentence: `Define context ${id} ${apn === '' ? 'without an APN, as this network allows' : `with the APN ${apn}`}, then activate it.`,
          commands: [define(id, apn), `AT#SGACT=${id},1`]
        }
      ]
    },
    parts: ['pdp']
  }
}

export const contextActive: Builder = (story) => {
  const id = story.fact('context')?.id ?? 1
  return {
    title: `PDP context ${id} is already active`,
    happened: [shown(`It has the address ${story.failure.got ?? 'the network gave'}.`)],
    values: [compared(`context ${id}`, 'not active', story.failure.got ?? 'active')],
    remedies: () => [
      {
        sentence: 'Nothing needs to be done. To get another address, deactivate the context first.',
        commands: [`AT#SGACT=${id},0`, `AT#SGACT=${id},1`]
      }
    ],
    parts: ['pdp']
  }
}

export const apnRefused: Builder = (story) => {
  const { apn } = contextOf(story)
  const known = story.fact('apns')?.known ?? null
  const refusesAll = known?.length === 0
  return {
    title: refusesAll ? 'The network refuses every APN' : `The network does not know the APN ${quoted(apn)}`,
    happened: [shown(story.failure.sentence, story.evidence.last('network'))],
    values: [compared('APN', refusesAll ? 'none is accepted' : (known?.join(', ') ?? null), quoted(apn))],
    remedies: (now) => [...anotherApn(story, now), ...letIn(story, now)],
    parts: ['pdp', 'network']
  }
}

/** Suggests another APN if the network does not have the context's, which it need not say. */
function anotherApn(story: Story, now: Snapshot): Remedy[] {
  const { id } = contextOf(story)
  const known = someApn(now)
  if (known === null || takesApn(story, now)) return []
  return [
    {
      sentence: `Use an APN of this network: ${known === '' ? 'the empty one' : known}.`,
      commands: [define(id, known), `AT#SGACT=${id},1`]
    }
  ]
}

function letIn(story: Story, now: Snapshot): Remedy[] {
  const { id } = contextOf(story)
  if (takesApn(story, now)) return [{ ...activateContext(id), sentence: 'The network accepts it now: try again.' }]
  const all = now.conditions.apns !== 'any' && now.conditions.apns.length === 0
  return all
    ? [
        {
          sentence: 'Make the network accept APNs again, then activate the context.',
          commands: [`AT#SGACT=${id},1`],
          act: 'change-apns'
        }
      ]
    : [{ sentence: 'Or add it to the APNs that the network accepts.', commands: [], act: 'change-apns' }]
}

/** Returns whether the network at present accepts the context's APN. */
function takesApn(story: Story, { conditions: { apns } }: Snapshot): boolean {
  const { apn } = contextOf(story)
  return apns === 'any' || apns.some((one) => one.toLowerCase() === (apn ?? '').toLowerCase())
}

export const activationFailed: Builder = (story) => ({
  title: `PDP context ${contextOf(story).id} could not be activated`,
  happened: [shown(story.failure.sentence, story.evidence.last('network'))],
  values: ownValues(story, 'activation'),
  remedies: (now) => [
    ...towardsNetwork(now),
    ...anotherApn(story, now),
    ...refusedApn(story, now),
    { ...activateContext(contextOf(story).id), sentence: 'Try again.' }
  ],
  parts: ['pdp', 'network']
})

export const wrongCredentials: Builder = (story) => {
  const { id, apn } = contextOf(story)
  const shownToIt = story.fact('credentials')?.wrong === 'user' || story.fact('credentials')?.wrong === 'password'
  return {
    title: 'The network rejected user and password',
    happened: [
      shown(story.failure.sentence, story.evidence.last('network')),
      ...(shownToIt ? [] : [shown('With #SGACTAUTH=0 the module sends neither to the network; 1 is PAP, 2 is CHAP.')])
    ],
    values: [...credentialsGiven(story), compared('APN', null, quoted(apn))],
    remedies: ({ conditions: { credentials } }) =>
      credentials === null
        ? [{ ...activateContext(id), sentence: 'The network no longer asks for them: try again.' }]
        : [
            {
              sentence: 'Send the user and password of the operator with PAP.',
              commands: ['AT#SGACTAUTH=1', `AT#SGACT=${id},1,"${credentials.user}","${credentials.password}"`]
            }
          ],
    parts: ['pdp', 'network']
  }
}

/** The user is in the command. The one that the network accepts is secret and in no event. */
function credentialsGiven({ command, fact }: Story): ReturnType<typeof compared>[] {
  const user = /^#SGACT=[^,]*,[^,]*,\s*"?([^",]+)/i.exec(command?.text ?? '')?.[1] ?? null
  if (fact('credentials')?.wrong === 'password')
    return [compared('password', `that of ${user ?? 'the user'}`, 'another')]
  return [compared('user', 'one of the operator', user ?? 'none')]
}

export const nameUnknown: Builder = (story) => {
  const host = /"([^"]+)"/.exec(story.command?.text ?? '')?.[1] ?? story.fact('far-end')?.name ?? 'the name'
  return {
    title: `No address is known for ${host}`,
    happened: [
      shown(story.failure.sentence, story.evidence.expiredTimer),
      shown('The simulator resolves names in the same way as the machine on which it runs.')
    ],
    values: [compared('name', 'one that resolves', host)],
    remedies: () => [
      ...(story.command?.name === '#QDNS'
        ? []
        : [{ sentence: 'Check whether the name resolves now.', commands: [`AT#QDNS="${host}"`] }]),
      atFarEnd('Use the address instead, or correct the name; --route redirects any name.')
    ],
    parts: ['network', 'far-end']
  }
}

export const notRegistered: Builder = (story) => ({
  title: 'The module is not registered with a network',
  happened: [
    ...(story.moment
      ? [shown(registrationWords[story.moment.registration] ?? `Registration was ${story.moment.registration}.`)]
      : []),
    ...airText(story)
  ],
  values: [compared('registration', 'home or roaming', story.moment?.registration ?? null)],
  remedies: (now) =>
    isRegistered(now)
      ? [...sendAgain(story, 'The module is registered now: try again.'), lookForAny]
      : [...towardsNetwork(now), lookForAny],
  parts: ['registration', 'network']
})

export const noSuchNetwork: Builder = (story) => ({
  title: `There is no network ${quoted(story.failure.got)} in range`,
  values: [compared('operator', story.failure.expected, story.failure.got)],
  remedies: () => [lookForAny, { sentence: 'List the networks in range.', commands: ['AT+COPS=?'] }],
  parts: ['registration', 'network']
})

export const networkNotAllowed: Builder = (story) => ({
  title: 'The network rejects this SIM',
  happened: [shown(story.failure.sentence, story.evidence.last('network'))],
  values: [compared('registration', 'home or roaming', 'denied')],
  remedies: () => [
    {
      sentence: 'Make the network accept it, then search for a network again.',
      commands: ['AT+COPS=0'],
      act: 'restore-network'
    }
  ],
  parts: ['registration', 'network', 'sim']
})

export const packetServiceRefused: Builder = (story) => ({
  title: 'The network refuses packet service to this SIM',
  happened: [
    shown(
      'The module is registered for calls. Data also needs packet service (+CGATT), which the network refused.',
      story.evidence.last('network')
    )
  ],
  values: [compared('packet service', 'granted', 'refused')],
  remedies: () => [
    { sentence: 'Make the network grant it, then attach.', commands: ['AT+CGATT=1'], act: 'allow-packet-service' }
  ],
  parts: ['registration', 'network', 'sim']
})

/** Returns the remedies for what stands between the module and a network, in order. */
export function towardsNetwork(now: Snapshot): Remedy[] {
  const { sim, conditions } = now
  if (!sim.inserted) return [{ sentence: 'Insert a SIM.', commands: [], act: 'insert-sim' }]
  if (sim.state === 'pinRequired') return [{ sentence: 'Enter the PIN.', commands: [`AT+CPIN=${sim.pin || '<PIN>'}`] }]
  if (isRegistered(now)) return []
  if (conditions.registration === 'none' || conditions.registration === 'denied') {
    return [
      {
        sentence:
          conditions.registration === 'none'
            ? 'Restore the network: there is no coverage.'
            : 'Make the network accept the module.',
        commands: [],
        act: 'restore-network'
      }
    ]
  }
  return [
    stateOf(now, 'registration') === 'idle'
      ? { sentence: 'Turn the radio on and search for a network.', commands: ['AT+CFUN=1', 'AT+COPS=0'] }
      : lookForAny
  ]
}

const lookForAny: Remedy = { sentence: 'Let the module register with any network.', commands: ['AT+COPS=0'] }

const isRegistered = (now: Snapshot): boolean => ['home', 'roaming'].includes(stateOf(now, 'registration'))

/** What each state of the chart meant for the command. */
const registrationWords: Readonly<Record<string, string>> = {
  idle: 'The module was not searching for a network: its radio was off, or it was set not to register.',
  searching: 'The module was searching for a network and had found none yet.',
  denied: 'The network had refused the module.',
  home: 'The module was registered with its own network.',
  roaming: 'The module was registered with a visited network.'
}

function airText({ moment }: Story): ReturnType<typeof shown>[] {
  if (moment === null) return []
  if (moment.outOfReach) return [shown('There was no coverage at the place of the module.')]
  return moment.signalQuality === UNKNOWN_SIGNAL
    ? []
    : [shown(`The signal quality was ${moment.signalQuality} of 31 (+CSQ).`)]
}

/** +CSQ: signal quality not known or not detectable. */
const UNKNOWN_SIGNAL = 99

/** Returns who ended the context, if that was reported before. */
function lostContext({ source, seq }: Story): ReturnType<typeof shown>[] {
  for (const { seq: at, what } of source.backwards(['transition'], seq - 2000, seq)) {
    if (what.kind !== 'transition' || what.chart !== 'pdp') continue
    if (what.event !== 'DROPPED') return []
    const note = source.causes(at).find((one) => one.what.kind === 'note')
    const asTold = note?.what.kind === 'note' ? [shown(note.what.sentence, note.seq)] : []
    return [shown('The network had deactivated the context before.', at), ...asTold]
  }
  return []
}

function contextOf(story: Story): { id: number; apn: string | null } {
  return story.fact('context') ?? { id: 1, apn: null }
}

const define = (id: number, apn: string): string => `AT+CGDCONT=${id},"IP","${apn}"`

/** Returns an APN that the network accepts: empty if it accepts any, `null` if it accepts none. */
function someApn({ conditions: { apns } }: Snapshot): string | null {
  return apns === 'any' ? '' : (apns.find((one) => one !== '') ?? apns[0] ?? null)
}

/** The network does not always say that the APN is wrong; the board knows whether it accepts any. */
function refusedApn(story: Story, now: Snapshot): Remedy[] {
  return story.fact('apns') && !takesApn(story, now) ? letIn(story, now) : []
}

const quoted = (text: string | null): string => `"${text ?? ''}"`
