import type { Snapshot } from '../snapshot.ts'
import type { Remedy } from './explanation.ts'
import { activateContext, atFarEnd } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'

/** SIM, registration, packet service and PDP context (guide chapter 2.1; codes of the AT reference, chapter 8). */

export const contextNotActive: Builder = (story) => ({
  title: 'PDP context 1 is not active',
  happened: [
    shown('Every connection goes over context 1, and it had no address then.'),
    ...lostContext(story),
    ...(story.snapshot.network.attached ? [] : [shown('The module is not attached to packet service either.')])
  ],
  values: [compared('context 1', 'active', 'not active')],
  remedies: [...towardsNetwork(story.snapshot), activateContext()],
  parts: ['pdp', 'registration']
})

export const contextNotDefined: Builder = (story) => {
  const id = story.fact('context')?.id ?? 1
  const apn = someApn(story.snapshot)
  return {
    title: `PDP context ${id} is not defined`,
    happened: [shown(`#SGACT activates what +CGDCONT has defined, and nothing is defined for ${id}.`)],
    values: [compared(`context ${id}`, 'type and APN', 'nothing')],
    remedies: [
      {
        sentence: `Define context ${id} ${apn === '' ? 'without an APN, as this network allows' : `with the APN ${apn}`}, then activate it.`,
        commands: [define(id, apn), `AT#SGACT=${id},1`]
      }
    ],
    parts: ['pdp']
  }
}

export const contextActive: Builder = (story) => {
  const id = story.fact('context')?.id ?? 1
  return {
    title: `PDP context ${id} is active already`,
    happened: [shown(`It has the address ${story.failure.got ?? 'the network gave'}.`)],
    values: [compared(`context ${id}`, 'not active', story.failure.got ?? 'active')],
    remedies: [
      { sentence: 'Nothing has to be done. For another address, deactivate it first.', commands: [`AT#SGACT=${id},0`, `AT#SGACT=${id},1`] }
    ],
    parts: ['pdp']
  }
}

export const apnRefused: Builder = (story) => {
  const { apn } = contextOf(story)
  return {
    title: `The network does not know the APN ${quoted(apn)}`,
    happened: [shown(story.failure.sentence, story.evidence.last('network'))],
    values: [compared('APN', apnsText(story.snapshot), quoted(apn))],
    remedies: [...anotherApn(story), { sentence: 'Or let the network know it.', commands: [], act: 'change-apns' }],
    parts: ['pdp', 'network']
  }
}

/** Where the context's is none that the network has, which it need not say. */
function anotherApn(story: Story): Remedy[] {
  const { id, apn } = contextOf(story)
  const { apns } = story.snapshot.conditions
  const known = someApn(story.snapshot)
  if (apns === 'any' || known === apn || apns.some((one) => one.toLowerCase() === (apn ?? '').toLowerCase())) return []
  return [{ sentence: `Use an APN that this network has: ${known === '' ? 'none at all' : known}.`, commands: [define(id, known), `AT#SGACT=${id},1`] }]
}

export const activationFailed: Builder = (story) => ({
  title: `PDP context ${contextOf(story).id} could not be activated`,
  happened: [shown(story.failure.sentence, story.evidence.last('network'))],
  values: ownValues(story, 'activation'),
  remedies: [...towardsNetwork(story.snapshot), ...anotherApn(story), { ...activateContext(contextOf(story).id), sentence: 'Try again.' }],
  parts: ['pdp', 'network']
})

export const wrongCredentials: Builder = (story) => {
  const { id, apn } = contextOf(story)
  const { credentials } = story.snapshot.conditions
  return {
    title: 'The network did not take user and password',
    happened: [
      shown(story.failure.sentence, story.evidence.last('network')),
      shown('With #SGACTAUTH 0 neither is shown to the network at all; 1 is PAP, 2 is CHAP.')
    ],
    values: [...credentialsGiven(story), compared('APN', null, quoted(apn))],
    remedies: [
      {
        sentence: 'Show user and password with PAP, as the operator gave them.',
        commands: ['AT#SGACTAUTH=1', `AT#SGACT=${id},1,"${credentials?.user ?? '<user>'}","${credentials?.password ?? '<password>'}"`]
      }
    ],
    parts: ['pdp', 'network']
  }
}

/** The user stands in the command; the password does not, but where the user is right it was the password. */
function credentialsGiven({ command, snapshot }: Story): ReturnType<typeof compared>[] {
  const wanted = snapshot.conditions.credentials?.user
  const user = /^#SGACT=[^,]*,[^,]*,\s*"?([^",]+)/i.exec(command?.text ?? '')?.[1] ?? null
  if (user !== null && user === wanted) return [compared('password', `that of ${user}`, 'another')]
  return [compared('user', wanted ?? 'one of the operator', user ?? 'none')]
}

export const nameUnknown: Builder = (story) => {
  const host = /"([^"]+)"/.exec(story.command?.text ?? '')?.[1] ?? story.fact('far-end')?.name ?? 'the name'
  return {
    title: `No address is known for ${host}`,
    happened: [
      shown(story.failure.sentence, story.evidence.expiredTimer),
      shown('Names are looked up as on the machine that the simulator runs on.')
    ],
    values: [compared('name', 'one that resolves', host)],
    remedies: [
      ...(story.command?.name === '#QDNS' ? [] : [{ sentence: 'See whether the name resolves by now.', commands: [`AT#QDNS="${host}"`] }]),
      atFarEnd('Use the address instead, or mend the name; --route leads any name elsewhere.')
    ],
    parts: ['network', 'far-end']
  }
}

export const notRegistered: Builder = (story) => ({
  title: 'The module is in no network',
  happened: [
    shown(`Registration is ${story.snapshot.charts.find(({ id }) => id === 'registration')?.state ?? 'not known'}.`),
    ...airText(story.snapshot)
  ],
  values: [compared('registration', 'home or roaming', story.snapshot.charts.find(({ id }) => id === 'registration')?.state ?? null)],
  remedies: [...towardsNetwork(story.snapshot), lookForAny],
  parts: ['registration', 'network']
})

export const noSuchNetwork: Builder = (story) => ({
  title: `There is no network ${quoted(story.failure.got)} in reach`,
  values: [compared('operator', story.failure.expected, story.failure.got)],
  remedies: [lookForAny, { sentence: 'See which there are.', commands: ['AT+COPS=?'] }],
  parts: ['registration', 'network']
})

export const networkNotAllowed: Builder = (story) => ({
  title: 'The network does not admit this SIM',
  happened: [shown(story.failure.sentence, story.evidence.last('network'))],
  values: [compared('registration', 'home or roaming', 'denied')],
  remedies: [{ sentence: 'Let the network admit it, then look for a network again.', commands: ['AT+COPS=0'], act: 'restore-network' }],
  parts: ['registration', 'network', 'sim']
})

export const packetServiceRefused: Builder = (story) => ({
  title: 'The network refuses packet service to this SIM',
  happened: [
    shown(
      'The module is registered for calls; data needs packet service (+CGATT) on top, and the network said no.',
      story.evidence.last('network')
    )
  ],
  values: [compared('packet service', 'granted', 'refused')],
  remedies: [{ sentence: 'Let the network grant it, then attach.', commands: ['AT+CGATT=1'], act: 'allow-packet-service' }],
  parts: ['registration', 'network', 'sim']
})

export const simMissing: Builder = () => ({
  title: 'There is no SIM in the module',
  happened: [shown('Everything that touches SIM or network waits for one.')],
  values: [compared('SIM', 'inserted', 'none')],
  remedies: [{ sentence: 'Put a SIM in.', commands: [], act: 'insert-sim' }],
  parts: ['sim', 'registration']
})

export const pinRequired: Builder = ({ snapshot }) => ({
  title: 'The SIM asks for its PIN',
  happened: [shown(`Until it is given, nothing that needs the SIM or the network works. ${tries(snapshot.sim.pinTriesLeft)}`)],
  values: [compared('SIM', 'ready', 'waits for its PIN')],
  remedies: [{ sentence: "Give it; the board's own card has this one.", commands: [`AT+CPIN=${snapshot.sim.pin || '<PIN>'}`] }],
  parts: ['sim']
})

export const pukRequired: Builder = ({ snapshot }) => ({
  title: 'The SIM asks for its PUK',
  happened: [shown(`The PIN was wrong three times. ${tries(snapshot.sim.pukTriesLeft)}`)],
  values: [compared('SIM', 'ready', 'waits for its PUK')],
  remedies: [
    { sentence: 'Give the PUK and a new PIN.', commands: [`AT+CPIN=${snapshot.sim.puk || '<PUK>'},${snapshot.sim.pin || '<new PIN>'}`] }
  ],
  parts: ['sim']
})

export const simBlocked: Builder = () => ({
  title: 'The SIM is blocked for good',
  happened: [shown('The PUK was wrong ten times; no code opens this card any more.')],
  values: [compared('SIM', 'ready', 'blocked')],
  remedies: [{ sentence: 'Exchange the card.', commands: [], act: 'exchange-sim' }],
  parts: ['sim']
})

export const wrongCode: Builder = (story) => {
  const { state } = story.snapshot.sim
  const next = state === 'pukRequired' ? pukRequired(story) : state === 'blocked' ? simBlocked(story) : pinRequired(story)
  return {
    title: 'The SIM did not take the code',
    happened: [shown(story.failure.sentence)],
    values: [compared('code', "the card's own", 'another')],
    remedies: next.remedies,
    parts: ['sim']
  }
}

export const noCodeAsked: Builder = (story) => ({
  title: 'This is not allowed now',
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'state'),
  remedies: [{ sentence: 'See what the SIM asks for.', commands: ['AT+CPIN?'] }],
  parts: ['sim', 'at']
})

/** What stands between the module and a network, the first first. */
export function towardsNetwork({ sim, charts, conditions }: Snapshot): Remedy[] {
  const registration = charts.find(({ id }) => id === 'registration')?.state ?? ''
  if (!sim.inserted) return [{ sentence: 'Put a SIM in.', commands: [], act: 'insert-sim' }]
  if (sim.state === 'pinRequired') return [{ sentence: 'Give the PIN.', commands: [`AT+CPIN=${sim.pin || '<PIN>'}`] }]
  if (registration === 'home' || registration === 'roaming') return []
  if (conditions.registration === 'none' || conditions.registration === 'denied') {
    return [
      {
        sentence:
          conditions.registration === 'none' ? 'Bring the network back: there is no coverage.' : 'Let the network admit the module.',
        commands: [],
        act: 'restore-network'
      }
    ]
  }
  return [
    registration === 'idle' ? { sentence: 'Turn the radio on and look for a network.', commands: ['AT+CFUN=1', 'AT+COPS=0'] } : lookForAny
  ]
}

const lookForAny: Remedy = { sentence: 'Let the module take any network.', commands: ['AT+COPS=0'] }

function airText({ network, conditions }: Snapshot): ReturnType<typeof shown>[] {
  return [
    shown(
      conditions.registration === 'none'
        ? 'There is no coverage where the module is.'
        : `The signal is ${network.signalQuality} of 31, as +CSQ gives it.`
    )
  ]
}

function lostContext({ source, seq }: Story): ReturnType<typeof shown>[] {
  for (const { seq: at, what } of source.backwards(['transition'], seq - 2000, seq)) {
    if (what.kind !== 'transition' || what.chart !== 'pdp') continue
    return what.event === 'DROPPED' ? [shown('The network took it away before.', at)] : []
  }
  return []
}

function contextOf(story: Story): { id: number; apn: string | null } {
  return story.fact('context') ?? { id: 1, apn: null }
}

const define = (id: number, apn: string): string => `AT+CGDCONT=${id},"IP","${apn}"`

/** One that the network takes; the empty one where it takes any. */
function someApn({ conditions: { apns } }: Snapshot): string {
  return apns === 'any' ? '' : (apns.find((one) => one !== '') ?? '')
}

const apnsText = ({ conditions: { apns } }: Snapshot): string => (apns === 'any' ? 'any' : apns.join(', ') || 'none')

const quoted = (text: string | null): string => `"${text ?? ''}"`

const tries = (left: number): string => (left === 1 ? 'One try is left.' : `${left} tries are left.`)
