import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { TlsMessageEvent } from '../tls/trace.ts'

/**
 * What the timeline knows around a failure: the command it answers, what that command led to, the line on the wire. Every
 * search has a limit, so that an explanation costs the same in a session of a million events.
 */
export interface Evidence {
  /** Causes of the event, root first, with what shows the failure in between. */
  readonly chain: readonly number[]
  /** The last handshake message of this name, in either direction. */
  message(name: string, direction?: 'in' | 'out'): number | null
  /** The last event of a kind that the command led to. */
  last(kind: TimelineEvent['what']['kind']): number | null
  readonly expiredTimer: number | null
}

/** Events after a result in which its bytes are looked for: a transition and what waits for it come in between. */
const ANSWER_EVENTS = 24
/** Between a failure of TLS and its answer come an alert, transitions and the end of TCP. */
const RESULT_EVENTS = 80
/** A handshake has some thirty events; a long transfer has thousands, and only its beginning counts. */
const EFFECT_EVENTS = 400
/** How far back the command is looked for that opened what has ended by itself. */
const LOOK_BACK_EVENTS = 5000
/** What an explanation shows between the command and its answer. */
const CHAIN_EVIDENCE = 8

export function evidenceOf(source: EventSource, event: TimelineEvent, command: TimelineEvent | null): Evidence {
  const causes = source
    .causes(event.seq)
    .map(({ seq }) => seq)
    .toReversed()
  const effects = command ? source.effects(command.seq, EFFECT_EVENTS).filter(({ seq }) => seq < event.seq) : []
  const telling = effects
    .filter(isTelling)
    .map(({ seq }) => seq)
    .slice(-CHAIN_EVIDENCE)
  const backwards = effects.toReversed()
  const lastOf = (is: (one: TimelineEvent) => boolean): number | null => backwards.find(is)?.seq ?? null
  return {
    chain: [
      ...new Set([...(command ? source.causes(command.seq).map(({ seq }) => seq) : []), ...causes, ...telling])
    ].toSorted((a, b) => a - b),
    message: (name, direction) =>
      lastOf((one) => {
        const message = messageOf(one)
        return message?.name === name && (direction === undefined || message.direction === direction)
      }),
    last: (kind) => lastOf(({ what }) => what.kind === kind),
    expiredTimer: lastOf(({ what }) => what.kind === 'timer' && what.what === 'expired')
  }
}

/** The events up to `seq`, as they stood when it came: what happens later is not in it. */
export function upTo(source: EventSource, seq: number): EventSource {
  const nextSeq = Math.min(source.nextSeq, seq + 1)
  const kept = (event: TimelineEvent): boolean => event.seq < nextSeq
  return {
    get firstSeq() {
      return Math.min(source.firstSeq, nextSeq)
    },
    nextSeq,
    at: (one) => (one < nextSeq ? source.at(one) : null),
    range: (fromSeq, toSeq) => source.range(fromSeq, Math.min(toSeq, nextSeq)),
    backwards: (kinds, fromSeq, toSeq) => source.backwards(kinds, fromSeq, Math.min(toSeq, nextSeq)),
    causes: (one) => (one < nextSeq ? source.causes(one) : []),
    effects: (one, limit) => source.effects(one, limit).filter(kept)
  }
}

/** Whether everything before `seq` is looked at by `commandBefore`: only then is what was not found known not to have been. */
export const seesAllBefore = ({ firstSeq }: EventSource, seq: number): boolean =>
  firstSeq === 0 && seq <= LOOK_BACK_EVENTS

/** The command among an event's causes. */
export function commandAmongCauses(source: EventSource, seq: number): TimelineEvent | null {
  return source.causes(seq).find(({ what }) => what.kind === 'command') ?? null
}

/** The last command before `seq` with one of these names; null when none is near enough. */
export function commandBefore(source: EventSource, seq: number, names: readonly string[]): TimelineEvent | null {
  for (const event of source.backwards(['command'], seq - LOOK_BACK_EVENTS, seq)) {
    if (event.what.kind === 'command' && names.includes(event.what.name)) return event
  }
  return null
}

/** The lines that the host saw for a result, without their ends; empty when quiet mode or the store's limit took them. */
export function answerLines(source: EventSource, result: TimelineEvent): readonly string[] {
  for (const { instance, what } of source.range(result.seq + 1, result.seq + ANSWER_EVENTS)) {
    if (what.kind !== 'bytes' || what.direction !== 'rx' || what.data || instance !== result.instance) continue
    return String.fromCharCode(...what.bytes.slice(-ANSWER_BYTES))
      .split(/[\r\n]+/)
      .filter((line) => line !== '')
  }
  return []
}

/** The result by which the host learned of a failure of TLS; null until it does. */
export function resultOf(source: EventSource, { seq, cause: own }: TimelineEvent): TimelineEvent | null {
  const cause = brokenInto(source, own)
  for (const event of source.range(seq + 1, seq + RESULT_EVENTS)) {
    if (event.what.kind === 'result' && (event.cause === seq || (cause !== null && event.cause === cause))) return event
  }
  return null
}

/** What a fault broke into, when it is one that caused this: the answer is still that of the command. */
function brokenInto(source: EventSource, cause: number | null): number | null {
  const event = cause === null ? null : source.at(cause)
  return event?.what.kind === 'fault' ? event.cause : cause
}

/** Longer than any result; data of #SSLRECV may stand before it. */
const ANSWER_BYTES = 200

/** What shows a failure on the way from a command to its answer. */
function isTelling({ what }: TimelineEvent): boolean {
  switch (what.kind) {
    case 'tls':
      return what.trace.kind === 'message' && tellingMessages.has(what.trace.name)
    case 'tcp':
      return what.what !== 'connecting'
    case 'timer':
      return what.what === 'expired'
    case 'tls-failure':
    case 'network':
    case 'nvm':
    case 'overrun':
    case 'fault':
      return true
    case 'ftp':
      return what.direction === 'in'
    default:
      return false
  }
}

const tellingMessages = new Set(['ClientHello', 'ServerHello', 'Certificate', 'Alert'])

function messageOf({ what }: TimelineEvent): TlsMessageEvent | null {
  return what.kind === 'tls' && what.trace.kind === 'message' ? what.trace : null
}
