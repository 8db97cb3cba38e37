import type { EventKind } from '../../state/timeline/view.ts'
import type { MarkName } from '../../../shared/timeline/reading.ts'

/** Kinds of event as a person looks for them: each with its mark, and with the words that stand in its rows. */
export interface KindGroup {
  readonly label: string
  readonly words: string
  readonly mark: MarkName
  readonly tone: string
  readonly kinds: readonly EventKind[]
}

export const kindGroups: readonly KindGroup[] = [
  { label: 'Bytes', words: 'TX RX', mark: 'tx', tone: 'tx', kinds: ['bytes'] },
  { label: 'Lines', words: 'LINE', mark: 'prompt', tone: 'eng', kinds: ['line'] },
  { label: 'Commands', words: 'CMD', mark: 'prompt', tone: 'eng', kinds: ['command'] },
  { label: 'Results', words: 'RESULT', mark: 'done', tone: 'eng', kinds: ['result'] },
  { label: 'Unsolicited', words: 'URC', mark: 'urc', tone: 'urc', kinds: ['urc'] },
  { label: 'Transitions', words: 'STATE', mark: 'state', tone: 'eng', kinds: ['transition'] },
  { label: 'Timers', words: 'TIMER', mark: 'timer', tone: 'eng', kinds: ['timer'] },
  { label: 'Network', words: 'NET', mark: 'network', tone: 'eng', kinds: ['network'] },
  { label: 'Connections', words: 'TCP SEG DNS', mark: 'tcp', tone: 'eng', kinds: ['tcp', 'segment', 'dns'] },
  { label: 'TLS', words: 'TLS REC', mark: 'out', tone: 'eng', kinds: ['tls'] },
  { label: 'Failed checks', words: 'CHECK', mark: 'error', tone: 'err', kinds: ['tls-failure'] },
  { label: 'FTP', words: 'FTP', mark: 'in', tone: 'eng', kinds: ['ftp'] },
  { label: 'NVM', words: 'NVM', mark: 'memory', tone: 'eng', kinds: ['nvm'] },
  { label: 'Faults', words: 'INJ', mark: 'fault', tone: 'inj', kinds: ['fault'] },
  { label: 'Lost bytes', words: 'LOST', mark: 'error', tone: 'err', kinds: ['overrun'] },
  { label: 'Warnings', words: 'WARN', mark: 'note', tone: 'eng', kinds: ['warning'] },
  { label: 'Ports', words: 'PORT', mark: 'port', tone: 'eng', kinds: ['port'] },
  { label: 'Notes', words: 'NOTE', mark: 'note', tone: 'eng', kinds: ['note'] }
]

/** What is wanted with a group more or less; none stands for all. */
export function toggledKinds(kinds: readonly EventKind[], group: KindGroup): readonly EventKind[] {
  const on = group.kinds.every((kind) => kinds.includes(kind))
  const others = kinds.filter((kind) => !group.kinds.includes(kind))
  return on ? others : [...others, ...group.kinds]
}
