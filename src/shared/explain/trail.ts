import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { TlsMessageEvent } from '../tls/trace.ts'

/**
 * The events around a failure: its command, what the command led to, the response line. Every search has a limit, so
 * that an explanation is as fast in a timeline of a million events.
 */
export interface Evidence {
  /** Causes of the event, root first, with the events that show the failure in between. */
  readonly chain: readonly number[]
  /** Returns the last handshake message of this name, in either direction by default. */
  message(name: string, direction?: 'in' | 'out'): number | null
  /** Returns the last event of a kind among the effects of the command. */
  last(kind: TimelineEvent['what']['kind']): number | null
  readonly expiredTimer: number | null
}

/** Events after a result in which its bytes are searched: a transition and its effects come in between. */
const ANSWER_EVENTS = 24
/** Between a TLS failure and its result there are an alert, transitions and the end of TCP. */
const RESULT_EVENTS = 80
/** A handshake has some thirty events. A transfer has thousands, of which only the first matter. */
const EFFECT_EVENTS = 400
/** How far back to search for the command that opened what has ended. */
const LOOK_BACK_EVENTS = 5000
/** Events shown between the command and its result. */
const CHAIN_EVIDENCE = 8

export function evidenceOf(source: EventSource, event: TimelineEvent, command: TimelineEvent | null): Evidence {
  const causes = withoutTyping(source.causes(event.seq))
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
      ...new Set([
        ...(command ? withoutTyping(source.causes(command.seq)).map(({ seq }) => seq) : []),
        ...causes,
        ...telling
      ])
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

/** Of what was typed byte by byte the last alone, which ended the line: the line itself shows the rest. */
function withoutTyping(causes: readonly TimelineEvent[]): readonly TimelineEvent[] {
  const first = new Set(causes.map(({ cause }) => cause))
  return causes.filter(({ seq, what }) => what.kind !== 'bytes' || what.data || first.has(seq))
}

/** Returns the events up to `seq`, as they were at that moment. */
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

/**
 * Returns whether `commandBefore` examines everything before `seq`. Only then does finding nothing prove that there was
 * nothing.
 */
export const seesAllBefore = ({ firstSeq }: EventSource, seq: number): boolean =>
  firstSeq === 0 && seq <= LOOK_BACK_EVENTS

/** Returns the command among an event's causes, or `null`. */
export function commandAmongCauses(source: EventSource, seq: number): TimelineEvent | null {
  return source.causes(seq).find(({ what }) => what.kind === 'command') ?? null
}

/** Returns the last command before `seq` with one of these names; `null` when there is none within the limit. */
export function commandBefore(source: EventSource, seq: number, names: readonly string[]): TimelineEvent | null {
  for (const event of source.backwards(['command'], seq - LOOK_BACK_EVENTS, seq)) {
    if (event.what.kind === 'command' && names.includes(event.what.name)) return event
  }
  return null
}

/** Returns the texts of the commands before `seq` with one of these names, the newest first. */
export function commandsBefore(source: EventSource, seq: number, names: readonly string[]): readonly string[] {
  const texts: string[] = []
  for (const { what } of source.backwards(['command'], seq - LOOK_BACK_EVENTS, seq))
    if (what.kind === 'command' && names.includes(what.name)) texts.push(what.text)
  return texts
}

/**
 * Returns the lines of a result as the host got them, without line ends; empty in quiet mode, or when they are no
 * longer stored.
 */
export function answerLines(source: EventSource, result: TimelineEvent): readonly string[] {
  for (const { instance, what } of source.range(result.seq + 1, result.seq + ANSWER_EVENTS)) {
    if (what.kind !== 'bytes' || what.direction !== 'rx' || what.data || instance !== result.instance) continue
    return String.fromCharCode(...what.bytes.slice(-ANSWER_BYTES))
      .split(/[\r\n]+/)
      .filter((line) => line !== '')
  }
  return []
}

/** Returns the result by which the host learned of a TLS failure; `null` before it. */
export function resultOf(source: EventSource, { seq, cause: own }: TimelineEvent): TimelineEvent | null {
  const cause = brokenInto(source, own)
  for (const event of source.range(seq + 1, seq + RESULT_EVENTS)) {
    if (event.what.kind === 'result' && (event.cause === seq || (cause !== null && event.cause === cause))) return event
  }
  return null
}

/** Returns the event that a fault interrupted, if the cause is a fault: the result still belongs to the command. */
function brokenInto(source: EventSource, cause: number | null): number | null {
  const event = cause === null ? null : source.at(cause)
  return event?.what.kind === 'fault' ? event.cause : cause
}

/** Longer than any result code; data of #SSLRECV may come before it. */
const ANSWER_BYTES = 200

/** Returns whether an event shows a failure between a command and its result. */
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
