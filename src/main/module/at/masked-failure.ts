import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { FailureFact } from '../../../shared/rules/failure-facts.ts'

/**
 * Returns a failure without the secrets of its line. `text` is the line as typed, `shown` its version for the timeline.
 */
export function maskedFailure(failure: CommandFailure, text: string, shown: string): CommandFailure {
  if (text === shown) return failure
  const secrets = [...shown.matchAll(/\*+/g)]
    .map((stars) => text.slice(stars.index, stars.index + stars[0].length))
    .filter((one) => !/^\**$/.test(one))
    .toSorted((a, b) => b.length - a.length)
  const hide = (said: string): string => {
    const at = text.indexOf(said)
    return at >= 0 ? shown.slice(at, at + said.length) : hideParts(said)
  }
  const hideParts = (said: string): string =>
    secrets.reduce((left, secret) => {
      if (left.toUpperCase() === secret.toUpperCase()) return stars(left)
      if (secret.length < SHORTEST_SOUGHT_CHARS) return left
      return left.replace(new RegExp(secret.replace(/[^A-Za-z0-9]/g, '\\$&'), 'gi'), stars)
    }, said)
  const got =
    failure.got === null
      ? null
      : secrets.some((one) => failure.got !== '' && one.toUpperCase().includes(failure.got!.toUpperCase()))
        ? stars(failure.got)
        : hide(failure.got)
  const facts = failure.facts?.map((fact) => hiddenIn(fact, hide))
  return {
    ...failure,
    sentence: hide(failure.sentence),
    expected: failure.expected === null ? null : hide(failure.expected),
    got,
    ...(facts ? { facts } : {})
  }
}

/** Hides the free texts of a fact. Names and words from a fixed set reveal nothing. */
function hiddenIn(fact: FailureFact, hide: (said: string) => string): FailureFact {
  switch (fact.kind) {
    case 'context':
      return fact.apn === null ? fact : { ...fact, apn: hide(fact.apn) }
    case 'far-end':
      return { ...fact, name: hide(fact.name) }
    case 'reply':
      return { ...fact, asked: hide(fact.asked), text: hide(fact.text) }
    case 'certificate':
      return { ...fact, subject: hide(fact.subject), issuer: hide(fact.issuer) }
    default:
      return fact
  }
}

const stars = (text: string): string => '*'.repeat(text.length)
/** Shorter words occur in many texts by chance. */
const SHORTEST_SOUGHT_CHARS = 3
