import type { SimChange } from '../../../shared/api/api.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { SimReader } from '../hardware/sim-reader.ts'

/** Changes the SIM as a person asked. The timeline event is the cause of what follows. */
export function setSim(
  sim: SimReader,
  { fresh, pin, pinEnabled, inserted }: SimChange,
  timeline: TimelineReporter
): void {
  const { card } = sim
  const done = [
    fresh ? 'exchanged for a fresh one' : '',
    pin === undefined ? '' : 'given another PIN',
    pinEnabled === undefined ? '' : `made to ask for ${pinEnabled ? 'its' : 'no'} PIN from the next start on`,
    inserted === undefined ? '' : inserted ? 'put in' : 'taken out'
  ].filter((one) => one !== '')
  const argument = Object.fromEntries(
    Object.entries({ fresh, pinEnabled, inserted }).filter(([, value]) => value !== undefined)
  )
  const act = { name: 'sim' as const, argument, ...(pin === undefined ? {} : { hidden: ['pin'] }) }
  const cause = timeline.report({ kind: 'note', sentence: `The SIM was ${done.join(', ') || 'left as it is'}.`, act })
  if (fresh) {
    const wasIn = card.inserted
    card.inserted = false
    sim.holderChanged(cause)
    card.renew()
    card.inserted = wasIn
  }
  if (pin !== undefined) card.choosePin(pin)
  if (pinEnabled !== undefined) card.pinEnabled = pinEnabled
  if (inserted !== undefined) card.inserted = inserted
  if (fresh || inserted !== undefined) sim.holderChanged(cause)
}
