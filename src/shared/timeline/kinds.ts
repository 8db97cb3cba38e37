import type { TimelineKind } from './events.ts'

/** Every kind of event, in the order in which a filter shows them. */
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

/** Fails to compile when a kind of event is missing above. */
const everyKind: TimelineKind extends (typeof timelineKinds)[number] ? true : never = true
void everyKind
