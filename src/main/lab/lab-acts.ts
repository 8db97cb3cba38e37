import type { FaultOrder, LabChange } from '../../shared/lab/calls.ts'
import { isOnTheWay, labFaultById } from '../../shared/lab/faults.ts'
import { labServerTitle } from '../../shared/lab/lab.ts'
import { isPlainServer, type PlainChange } from '../../shared/lab/plain.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { ArmedFaults } from './armed-faults.ts'
import type { LabDesk } from './desk.ts'

/** Changes the settings of a lab server from its next connection on, and reports it on the timeline. */
export async function setLab(
  desk: LabDesk,
  change: LabChange | PlainChange,
  timeline: TimelineReporter
): Promise<void> {
  const { farEnd, ...others } = change
  if (isPlainChange(change)) desk.plain.set(change)
  else await desk.set(change)
  const given = Object.entries(others).filter(([, value]) => value !== undefined)
  const named = given.map(([name, value]) => `${words[name as keyof typeof words]} ${[value].flat().join(', ')}`)
  timeline.report({
    kind: 'note',
    sentence: `The lab’s server ${labServerTitle(farEnd)} was changed: ${named.join('; ') || 'in nothing'}.`,
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

function isPlainChange(change: LabChange | PlainChange): change is PlainChange {
  return isPlainServer(change.farEnd)
}

const words: Readonly<Record<Exclude<keyof LabChange | 'bytesPerSecond' | 'answers', 'farEnd'>, string>> = {
  certificate: 'certificate',
  suites: 'suites',
  clientCertificate: 'client certificate:',
  recordBytes: 'record bytes',
  delayMs: 'delay, ms:',
  bytesPerSecond: 'bytes per second',
  answers: 'answers'
}
