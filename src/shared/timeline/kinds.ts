import type { TimelineKind } from './events.ts'

/** All kinds of events, in the order of the filter. */
export const timelineKinds = [
  'bytes',
  'line',
  'command',
  'result',
  'urc',
  'transition',
  'timer',
  'network',
  'tcp',
  'segment',
  'udp',
  'datagram',
  'ping',
  'dns',
  'tls',
  'tls-failure',
  'ftp',
  'nvm',
  'fault',
  'overrun',
  'warning',
  'port',
  'note'
] as const satisfies readonly TimelineKind[]

/** Does not compile when a kind of event is missing above. */
const everyKind: TimelineKind extends (typeof timelineKinds)[number] ? true : never = true
void everyKind
