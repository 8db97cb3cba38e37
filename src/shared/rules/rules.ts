/** @module The rules of the guide, the decisions, the error numbers and the facts of a failure. */

import { decisions } from './decisions.ts'
import { guideRules } from './guide-rules.ts'
import type { Confidence, Rule } from './rule.ts'

/** A rule whose absence was found with a real driver or from outside; `M-<n>`, in order of number. */
const outside = (id: string, chapter: string | null, confidence: Confidence, sentence: string): Rule => ({
  id,
  chapter,
  sentence,
  confidence
})

export const foundFromOutside: readonly Rule[] = [
  outside(
    'M-1',
    null,
    'seen',
    'An LF after the CR of a command is echoed as it came, so that answers are at the offsets that drivers count.'
  ),
  outside(
    'M-2',
    '4.1',
    'seen',
    'After CONNECT and at a counted prompt every byte is data, also an LF that arrives late.'
  ),
  outside(
    'M-3',
    '4.2',
    'inferred',
    'A connection that ended with unread data can still enter online mode: #SSLO gives CONNECT, the data, NO CARRIER.'
  ),
  outside('M-7', null, 'seen', 'UMTS lines give the access technology in +CREG, +CGREG and +COPS; GSM lines do not.'),
  outside(
    'M-12',
    '4.3',
    'inferred',
    'Data received before the context or the network was lost stays readable until it is read or #SSLH closes the socket.'
  )
]

/** The tables, with their headings in reports. */
export const ruleTables: readonly { readonly heading: string; readonly rules: readonly Rule[] }[] = [
  { heading: 'Rules and decisions', rules: [...guideRules, ...decisions] },
  { heading: 'Found from outside', rules: foundFromOutside }
]

export const rules: readonly Rule[] = ruleTables.flatMap((table) => table.rules)

const byId = new Map(rules.map((rule) => [rule.id, rule]))

/**
 * Returns the rule or decision with this id; `undefined` for other citations, such as a chapter of the AT reference.
 */
export function ruleById(id: string): Rule | undefined {
  return byId.get(id)
}

/** Errors in the guide, and how the simulator behaves (G-4.5-1 to G-4.5-5). */
export const errata: readonly { readonly chapter: string; readonly sentence: string }[] = [
  { chapter: '2.1.2', sentence: 'The answer of #SGACT has a space before the address; it is missing in the guide.' },
  {
    chapter: '3.5.2',
    sentence:
      'The examples for HE910 and UE910 are cut off in our copy; they are run with PEM by default, PEM given explicitly, and DER.'
  },
  {
    chapter: '4.1',
    sentence:
      'The cell on 12.00 and 13.00 is cut off in our copy; those versions are assumed not to need #CPUMODE and not to have it.'
  },
  { chapter: '4.5.2', sentence: 'The first #SSLRECV prints TIMEOUT after its 0; the word is missing in the guide.' },
  {
    chapter: '4.5.2',
    sentence: 'The second #SSLRECV gives the 15 bytes that the third lacks; the guide shows no data for it.'
  },
  {
    chapter: '4.5.2',
    sentence: 'The rest of the text is 8 bytes long, not 6: the space and the exclamation mark count.'
  },
  { chapter: '4.5.4', sentence: '#SSLFASTD answers CONNECT in online mode; it is missing in the guide.' }
]
