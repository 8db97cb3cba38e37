import type { Snapshot } from '../calls/snapshot.ts'
import type { Remedy } from './explanation.ts'
import { compared, ownValues, shown, type Builder } from './story.ts'

// The SIM and its codes.

export const simMissing: Builder = () => ({
  title: 'There is no SIM in the module',
  happened: [shown('Everything that needs the SIM or the network waits for one.')],
  values: [compared('SIM', 'inserted', 'none')],
  remedies: () => [{ sentence: 'Insert a SIM.', commands: [], act: 'insert-sim' }],
  parts: ['sim', 'registration']
})

export const pinRequired: Builder = ({ moment }) => ({
  title: 'The SIM asks for its PIN',
  happened: [
    shown(
      `Until the PIN is entered, nothing that needs the SIM or the network works.${tries(moment?.sim.pinTriesLeft)}`
    )
  ],
  values: [compared('SIM', 'ready', 'waits for its PIN')],
  remedies: givePin,
  parts: ['sim']
})

export const pukRequired: Builder = ({ moment }) => ({
  title: 'The SIM asks for its PUK',
  happened: [shown(`The PIN was wrong three times.${tries(moment?.sim.pukTriesLeft)}`)],
  values: [compared('SIM', 'ready', 'waits for its PUK')],
  remedies: givePuk,
  parts: ['sim']
})

export const simBlocked: Builder = () => ({
  title: 'The SIM is permanently blocked',
  happened: [shown('The PUK was wrong ten times; no code can unblock this card.')],
  values: [compared('SIM', 'ready', 'blocked')],
  remedies: () => [exchangeCard],
  parts: ['sim']
})

export const givePin = ({ sim }: Snapshot): Remedy[] => [
  { sentence: "Enter the PIN; this is the PIN of the board's own card.", commands: [`AT+CPIN=${sim.pin || '<PIN>'}`] }
]

export const givePuk = ({ sim }: Snapshot): Remedy[] => [
  { sentence: 'Enter the PUK and a new PIN.', commands: [`AT+CPIN=${sim.puk || '<PUK>'},${sim.pin || '<new PIN>'}`] }
]

const exchangeCard: Remedy = { sentence: 'Replace the card.', commands: [], act: 'exchange-sim' }

export const wrongCode: Builder = (story) => ({
  title: 'The SIM rejected the code',
  happened: [shown(story.failure.sentence)],
  values: [compared('code', 'the code of the card', 'a different one')],
  remedies: (now) =>
    now.sim.state === 'pukRequired' ? givePuk(now) : now.sim.state === 'blocked' ? [exchangeCard] : givePin(now),
  parts: ['sim']
})

export const noCodeAsked: Builder = (story) => ({
  title: 'This is not allowed now',
  happened: [shown(story.failure.sentence)],
  values: ownValues(story, 'state'),
  remedies: () => [{ sentence: 'Check what the SIM asks for.', commands: ['AT+CPIN?'] }],
  parts: ['sim', 'at']
})

const tries = (left: number | undefined): string =>
  left === undefined ? '' : left === 1 ? ' One try is left.' : ` ${left} tries are left.`
