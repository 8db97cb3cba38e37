import type { Story } from './story.ts'
import { commandBefore } from './trail.ts'

/** The parts of a `#SSLD`. */
export interface Dial {
  readonly port: string
  /** As it was typed, with quotes. */
  readonly host: string
  readonly closureType: number
  readonly mode: number
  readonly timeout100ms: number | null
}

/** Returns the dial that failed or, for another command, the last one before it; `null` when none is known. */
export function dialledBy({ source, seq, command }: Pick<Story, 'source' | 'seq' | 'command'>): Dial | null {
  const before = command?.name === '#SSLD' ? null : commandBefore(source, seq, ['#SSLD'])
  const text = command?.name === '#SSLD' ? command.text : before?.what.kind === 'command' ? before.what.text : ''
  const match =
    /^#SSLD=\s*1\s*,\s*(\d+)\s*,\s*("[^"]*"|[^,]*)\s*,\s*([01])(?:\s*,\s*([01]))?(?:\s*,\s*(\d+))?\s*$/i.exec(text)
  if (!match) return null
  const [, port, host, closureType, mode, timeout] = match
  return {
    port: port!,
    host: host!,
    closureType: Number(closureType),
    mode: Number(mode ?? 1),
    timeout100ms: timeout === undefined ? null : Number(timeout)
  }
}

export function dialText({ port, host, closureType, mode, timeout100ms }: Dial): string {
  return `AT#SSLD=1,${port},${host},${closureType},${mode}${timeout100ms === null ? '' : `,${timeout100ms}`}`
}
