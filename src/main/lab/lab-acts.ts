import { isOnTheWay, labFaultById } from '../../shared/lab/faults.ts'
import { labFarEnd } from '../../shared/lab/lab.ts'
import type { FaultOrder, LabChange } from '../../shared/lab/calls.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { ArmedFaults } from './armed-faults.ts'
import type { LabDesk } from './desk.ts'

/** Changes the settings of a lab server from its next connection on, and reports it on the timeline. */
export async function setLab(desk: LabDesk, change: LabChange, timeline: TimelineReporter): Promise<void> {
  const { farEnd, ...others } = change
  await desk.set(change)
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  const named = given.map(([name, value]) => `${words[name as keyof typeof words]} ${[value].flat().join(', ')}`)
  timeline.report({
    kind: 'note',
    sentence: `The lab’s server ${labFarEnd(farEnd).title} was changed: ${named.join('; ') || 'in nothing'}.`,
    act: { name: 'lab', argument: { farEnd, ...Object.fromEntries(given) } }
  })
}

/** Arms a fault and returns its id. `deskOf` is called only for faults of a server. */
export async function armFault(faults: ArmedFaults, deskOf: () => LabDesk, order: FaultOrder): Promise<number> {
  const fault = labFaultById(order.fault)
  // Prepared before it is armed, because the next connection may come at once.
  if (!isOnTheWay(fault)) await deskOf().prepare(fault.id, fault.misbehaviour)
  return faults.arm(order)
}

const words: Readonly<Record<Exclude<keyof LabChange, 'farEnd'>, string>> = {
  certificate: 'certificate',
  suites: 'suites',
  clientCertificate: 'client certificate:',
  recordBytes: 'record bytes',
  delayMs: 'delay, ms:'
}
