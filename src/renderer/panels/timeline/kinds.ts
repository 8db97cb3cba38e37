import type { MarkName } from '../../../shared/timeline/reading.ts'
import type { EventKind } from '../../state/timeline/view.ts'
import { timelineWords } from './words.ts'

const { kinds } = timelineWords

/** Kinds of event that are filtered together, with their mark and the words in their rows. */
export interface KindGroup {
  readonly label: string
  readonly rowWords: string
  readonly mark: MarkName
  readonly tone: string
  readonly kinds: readonly EventKind[]
}

export const kindGroups: readonly KindGroup[] = [
  { ...kinds.bytes, mark: 'tx', tone: 'tx', kinds: ['bytes'] },
  { ...kinds.lines, mark: 'prompt', tone: 'eng', kinds: ['line'] },
  { ...kinds.commands, mark: 'prompt', tone: 'eng', kinds: ['command'] },
  { ...kinds.results, mark: 'done', tone: 'eng', kinds: ['result'] },
  { ...kinds.urcs, mark: 'urc', tone: 'urc', kinds: ['urc'] },
  { ...kinds.transitions, mark: 'state', tone: 'eng', kinds: ['transition'] },
  { ...kinds.timers, mark: 'timer', tone: 'eng', kinds: ['timer'] },
  { ...kinds.network, mark: 'network', tone: 'eng', kinds: ['network'] },
  { ...kinds.connections, mark: 'tcp', tone: 'eng', kinds: ['tcp', 'segment', 'udp', 'datagram', 'ping', 'dns'] },
  { ...kinds.tls, mark: 'out', tone: 'eng', kinds: ['tls'] },
  { ...kinds.checks, mark: 'error', tone: 'err', kinds: ['tls-failure'] },
  { ...kinds.ftp, mark: 'in', tone: 'eng', kinds: ['ftp'] },
  { ...kinds.nvm, mark: 'memory', tone: 'eng', kinds: ['nvm'] },
  { ...kinds.faults, mark: 'fault', tone: 'inj', kinds: ['fault'] },
  { ...kinds.lostBytes, mark: 'error', tone: 'err', kinds: ['overrun'] },
  { ...kinds.warnings, mark: 'note', tone: 'eng', kinds: ['warning'] },
  { ...kinds.ports, mark: 'port', tone: 'eng', kinds: ['port'] },
  { ...kinds.notes, mark: 'note', tone: 'eng', kinds: ['note'] }
]

/** Adds a group to the chosen kinds, or removes it. No chosen kinds means all. */
export function toggledKinds(chosen: readonly EventKind[], group: KindGroup): readonly EventKind[] {
  const on = group.kinds.every((kind) => chosen.includes(kind))
  const others = chosen.filter((kind) => !group.kinds.includes(kind))
  return on ? others : [...others, ...group.kinds]
}
