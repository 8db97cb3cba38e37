/** @module Why: what caused an error or the end of a connection, and the acts and commands that fix it. */

import type { Snapshot } from '../calls/snapshot.ts'
import { commands } from '../commands/index.ts'
import { cmeErrors } from '../rules/errors.ts'
import type { EndReason } from '../rules/failure-facts.ts'
import { ruleById } from '../rules/rules.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { ExplainedError, ExplainedRule, Explanation } from './explanation.ts'
import { general } from './general.ts'
import { onPurpose } from './on-purpose.ts'
import { makeStory, type Builder, type Story, type StoryFailure } from './story.ts'
import { byError, byFinding } from './tables.ts'
import { answerLines, commandAmongCauses, commandBefore, evidenceOf, resultOf, upTo } from './trail.ts'
import { explainWarning } from './warnings.ts'

/**
 * Returns why an event is a failure: a failed result, an end that the host did not ask for, or a TLS failure. It uses
 * the values in the failure, the state at that moment, and the events before it. `null` for an event that is not a
 * failure or no longer kept. Only the remedies depend on the module's state in `snapshot`; the rest never changes.
 */
export function explain(source: EventSource, seq: number, snapshot: Snapshot): Explanation | null {
  const event = source.at(seq)
  if (event?.what.kind === 'warning') return explainWarning(upTo(source, seq), event, { askedBy, ruleOf })
  const failure = event && failureOf(event)
  if (!event || !failure) return null
  const past = upTo(source, seq)
  const command = commandOf(past, event, failure)
  const about = {
    command: summaryOf(command),
    evidence: evidenceOf(past, event, command),
    source: past,
    moment: momentOf(event)
  }
  // The host learns of a TLS failure by a later result.
  const result = event.what.kind === 'tls-failure' ? resultOf(source, event) : event
  return assemble(makeStory(event, failure, about), result && errorOf(source, result), command, snapshot)
}

function assemble(
  story: Story,
  error: ExplainedError | null,
  command: TimelineEvent | null,
  now: Snapshot
): Explanation {
  const { failure, seq, evidence } = story
  const builder = builderOf(failure)
  const told = builder(story)
  return {
    id: idOf(failure),
    seq,
    title: told.title,
    error,
    asked: askedOf(story, command),
    happened: [...(told.happened ?? [{ sentence: failure.sentence, seq: null }]), ...onPurpose(story)],
    values: told.values ?? [],
    picture: told.picture ?? null,
    rule: ruleOf(told.rule ?? failure.rule),
    remedies: told.remedies(now),
    chain: evidence.chain.includes(seq) ? evidence.chain : [...evidence.chain, seq],
    parts: told.parts
  }
}

function builderOf({ finding, error }: StoryFailure): Builder {
  if (finding) return byFinding[finding]
  return error ? byError[error] : general
}

/**
 * Returns the id of an explanation: `certificate-expired`, or the name of the error in the same style:
 * `ssl-not-activated`.
 */
function idOf({ finding, error }: StoryFailure): string {
  return finding ?? error?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) ?? 'error'
}

/** Returns the failure in an event, or `null`. */
function failureOf({ what }: TimelineEvent): StoryFailure | null {
  if (what.kind === 'result') {
    if (!what.failure) return what.because ? endOf(what.because, what.word) : null
    const { error, sentence, expected, got, rule, finding, facts } = what.failure
    return {
      error,
      sentence,
      expected,
      got,
      rule,
      finding: finding ?? null,
      facts: facts ?? [],
      word: null,
      under: null
    }
  }
  if (what.kind === 'urc') return what.because ? endOf(what.because, what.text) : null
  if (what.kind !== 'tls-failure') return null
  const { sentence, expected = null, got = null, rule, finding, facts } = what
  return {
    error: null,
    sentence,
    expected,
    got,
    rule,
    finding: finding ?? 'protocol-broken',
    facts: facts ?? [],
    word: null,
    under: null
  }
}

const momentOf = ({ what }: TimelineEvent): Story['moment'] =>
  what.kind === 'result' || what.kind === 'tls-failure' ? (what.moment ?? null) : null

/** Prefers the failure that broke the connection, if there is one: it is more specific. */
function endOf(because: EndReason, word: string): StoryFailure {
  const isTransfer = because.finding === 'transfer-over' || because.finding === 'transfer-refused'
  const { finding, sentence, rule, facts } =
    !isTransfer && because.failure
      ? { ...because.failure, finding: because.failure.finding ?? because.finding }
      : because
  return {
    error: null,
    sentence,
    expected: null,
    got: null,
    rule,
    finding,
    facts,
    word,
    under: because.failure?.finding ?? null
  }
}

/** Returns the command that failed or, for a connection that ended by itself, the command that opened it. */
function commandOf(source: EventSource, event: TimelineEvent, { word }: StoryFailure): TimelineEvent | null {
  const asked = commandAmongCauses(source, event.seq)
  return (
    asked ??
    (word === 'NO CARRIER' || event.what.kind === 'tls-failure' ? commandBefore(source, event.seq, openers) : null)
  )
}

/** Commands that open a connection or a transfer, and so may be behind its end. */
const openers = ['#SSLD', '#SSLFASTD', '#SSLO', '#SD', '#SO', '#FTPGET', '#FTPPUT', '#FTPAPP', '#FTPLIST']

function summaryOf(command: TimelineEvent | null): Story['command'] {
  return command?.what.kind === 'command'
    ? { seq: command.seq, name: command.what.name, text: command.what.text }
    : null
}

function askedOf(story: Story, command: TimelineEvent | null): Explanation['asked'] {
  return (command && askedBy(command)) ?? askedByLine(story)
}

function askedBy(command: TimelineEvent): Explanation['asked'] | null {
  if (command.what.kind !== 'command') return null
  const { name, text } = command.what
  const summary = commands.find((one) => one.name === name)?.summary
  const line = `AT${text}`
  return { sentence: `${line}${summary ? `: ${summary}` : ''}.`, seq: command.seq, line }
}

/** Describes a line of which no command was reached. */
function askedByLine({ source, evidence, fact }: Story): Explanation['asked'] {
  const size = fact('size')
  const seq = evidence.chain.find((one) => source.at(one)?.what.kind === 'line') ?? null
  return {
    sentence:
      size?.label === 'line' ? `A command line of ${size.gotBytes} characters.` : 'A line that is not a command.',
    seq
  }
}

/** Returns what the host received. `result` may come later than the failure. */
function errorOf(source: EventSource, result: TimelineEvent): ExplainedError | null {
  const told = failureOf(result)
  if (!told) return null
  const { error, word } = told
  const lines = answerLines(source, result)
  const entry = error ? cmeErrors[error] : null
  const usual = word ?? (entry ? `+CME ERROR: ${entry.code}` : 'ERROR')
  return {
    name: error,
    code: entry?.code ?? null,
    text: entry?.text ?? word ?? 'ERROR',
    answer: answerAmong(lines, word) ?? usual
  }
}

/** Returns the last line that reports a failure; for #SSLRECV the word before OK. */
function answerAmong(lines: readonly string[], word: string | null): string | null {
  if (word === 'OK') return lines.find((line) => line === 'TIMEOUT' || line === 'DISCONNECTED') ?? null
  return lines.findLast((line) => /^(\+CME ERROR: |ERROR$|NO CARRIER|[34]$)/.test(line)) ?? null
}

function ruleOf(id: string | null): ExplainedRule | null {
  if (id === null) return null
  const rule = ruleById(id)
  if (rule)
    return {
      id,
      where:
        rule.chapter === null ? 'Decision' : `${id.startsWith('D-') ? 'Decision on guide' : 'Guide'} ${rule.chapter}`,
      text: rule.sentence
    }
  return { id, where: id.replace('at-reference', 'AT reference, chapter'), text: '' }
}
