import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'

/** The last `#FTPOPEN`: where it led, whether it worked, and whether TLS came to stand. User and password are kept nowhere. */
export interface FtpOpening {
  readonly seq: number
  readonly text: string
  readonly worked: boolean
}

/** The last `#FTPOPEN` up to the failure, the failing one included; null when none is known. */
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

/** `server:port` of an `#FTPOPEN`. */
export function serverOf(text: string | undefined): string | undefined {
  return /^#FTPOPEN=\s*"?([^",]+)/i.exec(text ?? '')?.[1]
}

/** Whether TLS protected the control connection at the failure, as the chart of the session went. */
export function hadTls({ source, seq }: Pick<Story, 'source' | 'seq'>): boolean {
  for (const { what } of source.backwards(['transition'], seq - LOOK_BACK_EVENTS, seq)) {
    if (what.kind !== 'transition' || what.chart !== 'ftp') continue
    if (what.event === 'SECURED') return true
    if (what.event === 'GREETED' || what.event === 'OPEN') return false
  }
  return false
}

/** Everything between `#FTPOPEN` and its answer, a handshake included. */
const OPENING_EFFECTS = 400
const LOOK_BACK_EVENTS = 5000
