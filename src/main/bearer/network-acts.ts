import type { NetworkAct } from '../../shared/api/api.ts'
import type { NetworkChange } from '../../shared/hardware/network-conditions.ts'
import type { TimelineReporter } from '../../shared/timeline/events.ts'
import type { RadioAccess } from './radio-access.ts'

/** Changes the network as a person asked. Each act gets a timeline event, which is the cause of what follows. */
export function setNetwork(network: RadioAccess, change: NetworkChange, timeline: TimelineReporter): void {
  const { credentials, ...others } = change
  const named = Object.entries(others).map(([name, value]) => `${name} ${[value].flat().join(', ')}`)
  if (credentials !== undefined)
    named.push(credentials ? 'a user and password are asked for' : 'no password is asked for')
  const hidden = credentials ? { hidden: ['credentials'] } : {}
  const act = { name: 'network' as const, argument: credentials === null ? change : others, ...hidden }
  network.change(
    change,
    timeline.report({ kind: 'note', sentence: `The network was changed: ${named.join('; ') || 'in nothing'}.`, act })
  )
}

export function makeNetworkAct(
  network: RadioAccess,
  { kind, contextId = 1 }: NetworkAct,
  timeline: TimelineReporter
): void {
  const acts = {
    'drop-context': [`drop context ${contextId}`, (cause: number) => network.dropContext(contextId, cause)],
    detach: ['detach the module', (cause: number) => network.detachModule(cause)],
    'lose-coverage': ['go out of reach', (cause: number) => network.loseCoverage(cause)],
    restore: ['come back into reach', (cause: number) => network.restoreCoverage(cause)]
  } as const
  const [words, act] = acts[kind]
  act(
    timeline.report({
      kind: 'note',
      sentence: `The network was told to ${words}.`,
      act: { name: 'network-event', argument: { kind, contextId } }
    })
  )
}
