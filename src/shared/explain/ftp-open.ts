import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'

/**
 * The last `#FTPOPEN`: its server, whether it succeeded, and whether TLS was established. User and password are stored
 * nowhere.
 */
export interface FtpOpening {
  readonly seq: number
  readonly text: string
  readonly worked: boolean
}

/** Returns the last `#FTPOPEN` up to the failure (which it may be itself), or `null`. */
export function lastOpening({ source, seq, command }: Pick<Story, 'source' | 'seq' | 'command'>): FtpOpening | null {
  const event = command?.name === '#FTPOPEN' ? source.at(command.seq) : commandBefore(source, seq, ['#FTPOPEN'])
  if (event?.what.kind !== 'command') return null
  const result = source.effects(event.seq, OPENING_EFFECTS).findLast(({ what }) => what.kind === 'result')
  return {
    seq: event.seq,
    text: event.what.text,
    worked: result?.what.kind === 'result' && result.what.failure === null
  }
}

/** Returns `server:port` of an `#FTPOPEN`. */
export function serverOf(text: string | undefined): string | undefined {
  return /^#FTPOPEN=\s*"?([^",]+)/i.exec(text ?? '')?.[1]
}

/** Returns whether TLS protected the control connection at the failure, by the transitions of the chart. */
export function hadTls({ source, seq }: Pick<Story, 'source' | 'seq'>): boolean {
  for (const { what } of source.backwards(['transition'], seq - LOOK_BACK_EVENTS, seq)) {
    if (what.kind !== 'transition' || what.chart !== 'ftp') continue
    if (what.event === 'SECURED') return true
    if (what.event === 'GREETED' || what.event === 'OPEN') return false
  }
  return false
}

/** More events than between `#FTPOPEN` and its result, with a handshake. */
const OPENING_EFFECTS = 400
const LOOK_BACK_EVENTS = 5000
