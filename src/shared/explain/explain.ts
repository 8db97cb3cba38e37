import type { Snapshot } from '../snapshot.ts'
import { commands } from '../commands/index.ts'
import { cmeErrors } from '../errors.ts'
import type { EndReason } from '../failure-facts.ts'
import { ruleById } from '../rules.ts'
import type { TimelineEvent } from '../timeline/events.ts'
import type { EventSource } from '../timeline/source.ts'
import type { ExplainedError, ExplainedRule, Explanation } from './explanation.ts'
import { general } from './general.ts'
import { makeStory, type Builder, type Story, type StoryFailure } from './story.ts'
import { byError, byFinding } from './tables.ts'
import { answerLines, commandAmongCauses, commandBefore, evidenceOf, resultOf } from './trail.ts'
import { explainWarning } from './warnings.ts'

/**
 * Why an event is a failure, from the values that the failure carries and the events that led to it: a failed result, an end
 * that nobody asked for, a failure of TLS. Null for an event that is none, or is not kept any more. What can be done is told
 * for the module as it is in `snapshot`.
 */
export function explain(source: EventSource, seq: number, snapshot: Snapshot): Explanation | null {
  const event = source.at(seq)
  if (!event) return null
  if (event.what.kind === 'warning') return explainWarning(source, event, { askedOf, ruleOf })
  const found = failureOf(source, event)
  if (!found) return null
  const { failure, result } = found
  const command = commandOf(source, event, failure)
  const about = { command: summaryOf(command), evidence: evidenceOf(source, event, command), source, snapshot }
  const story = makeStory(event, failure, about)
  return assemble(story, result && errorOf(source, result, failure), command)
}

/** Whether `explain` has something to say of an event. */
export function isFailure({ what }: TimelineEvent): boolean {
  if (what.kind === 'urc') return what.because !== undefined
  return (what.kind === 'result' && (what.failure !== null || what.because !== undefined)) || what.kind === 'tls-failure'
}

function assemble(story: Story, error: ExplainedError | null, command: TimelineEvent | null): Explanation {
  const { failure, seq, evidence } = story
  const builder = builderOf(failure)
  const told = builder(story)
  return {
    id: idOf(failure),
    seq,
    title: told.title,
    error,
    asked: askedOf(command),
    happened: [...(told.happened ?? [{ sentence: failure.sentence, seq: null }]), ...onPurpose(story)],
    values: told.values ?? [],
    picture: told.picture ?? null,
    rule: ruleOf(told.rule ?? failure.rule),
    remedies: told.remedies,
    chain: evidence.chain.includes(seq) ? evidence.chain : [...evidence.chain, seq],
    parts: told.parts
  }
}

/** A fault that somebody armed and that struck here: whoever reads why should not look for a mistake. */
function onPurpose({ evidence, source }: Story): Explanation['happened'] {
  const seq = evidence.chain.findLast((one) => source.at(one)?.what.kind === 'fault')
  const event = seq === undefined ? null : source.at(seq)
  return event?.what.kind === 'fault' ? [{ sentence: `It was made to go wrong on purpose: ${event.what.sentence}`, seq: event.seq }] : []
}

function builderOf({ finding, error }: StoryFailure): Builder {
  if (finding) return byFinding[finding]
  return error ? byError[error] : general
}

/** `certificate-expired`, or the error's name written the same way: `ssl-not-activated`. */
function idOf({ finding, error }: StoryFailure): string {
  return finding ?? error?.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`) ?? 'error'
}

/** The failure in an event, with the result that told the host of it where it has been told. */
function failureOf(source: EventSource, event: TimelineEvent): { failure: StoryFailure; result: TimelineEvent | null } | null {
  const { what } = event
  if (what.kind === 'result') {
    if (what.failure) {
      const { error, sentence, expected, got, rule, finding, facts } = what.failure
      return { failure: { error, sentence, expected, got, rule, finding: finding ?? null, facts: facts ?? [], word: null }, result: event }
    }
    return what.because ? { failure: endOf(what.because, what.word), result: event } : null
  }
  if (what.kind === 'urc') return what.because ? { failure: endOf(what.because, what.text), result: null } : null
  if (what.kind !== 'tls-failure') return null
  const result = resultOf(source, event)
  const told = result && failureOf(source, result)
  if (told) return { failure: told.failure, result }
  const { sentence, rule, finding, facts } = what
  return {
    failure: {
      error: null,
      sentence,
      expected: null,
      got: null,
      rule,
      finding: finding ?? 'protocol-broken',
      facts: facts ?? [],
      word: null
    },
    result: null
  }
}

/** What broke a connection says more than that it broke. */
function endOf(because: EndReason, word: string): StoryFailure {
  const isTransfer = because.finding === 'transfer-over' || because.finding === 'transfer-refused'
  const { finding, sentence, rule, facts } =
    !isTransfer && because.failure ? { ...because.failure, finding: because.failure.finding ?? because.finding } : because
  return { error: null, sentence, expected: null, got: null, rule, finding, facts, word }
}

/** What was asked: the command that failed or, where a connection ended by itself, the one that had opened it. */
function commandOf(source: EventSource, event: TimelineEvent, { word }: StoryFailure): TimelineEvent | null {
  const asked = commandAmongCauses(source, event.seq)
  return asked ?? (word === 'NO CARRIER' || event.what.kind === 'tls-failure' ? commandBefore(source, event.seq, openers) : null)
}

/** What opens a connection or a transfer, and so is behind its end. */
const openers = ['#SSLD', '#SSLFASTD', '#SSLO', '#FTPGET', '#FTPPUT', '#FTPAPP', '#FTPLIST']

function summaryOf(command: TimelineEvent | null): Story['command'] {
  return command?.what.kind === 'command' ? { seq: command.seq, name: command.what.name, text: command.what.text } : null
}

function askedOf(command: TimelineEvent | null): Explanation['asked'] {
  if (command?.what.kind !== 'command') return { sentence: 'A line that is no command.', seq: null }
  const { name, text } = command.what
  const summary = commands.find((one) => one.name === name)?.summary
  return { sentence: `AT${text}${summary ? `: ${summary}` : ''}.`, seq: command.seq }
}

function errorOf(source: EventSource, result: TimelineEvent, { error, word }: StoryFailure): ExplainedError {
  const lines = answerLines(source, result)
  const entry = error ? cmeErrors[error] : null
  const usual = word ?? (entry ? `+CME ERROR: ${entry.code}` : 'ERROR')
  return { name: error, code: entry?.code ?? null, text: entry?.text ?? word ?? 'ERROR', answer: answerAmong(lines, word) ?? usual }
}

/** The last line that is a bad answer; after #SSLRECV it is the word before OK. */
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
      where: rule.chapter === null ? 'Decision' : `${id.startsWith('D-') ? 'Decision on guide' : 'Guide'} ${rule.chapter}`,
      text: rule.sentence
    }
  return { id, where: id.replace('at-reference', 'AT reference, chapter'), text: '' }
}
