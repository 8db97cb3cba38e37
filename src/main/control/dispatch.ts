import * as v from 'valibot'
import { apiCalls } from '../../shared/api/api.ts'
import type { ApiCallName, SimulatorApi } from '../../shared/api/api.ts'

/**
 * A call that never reached the simulator: its name is unknown or its arguments do not fit. The message is one
 * sentence.
 */
export class CallRefused extends Error {
  override readonly name = 'CallRefused'
}

/**
 * Runs one call from outside, after checking it against `apiCalls`. Both carriers (Electron's IPC and the WebSocket)
 * use it. Rejects with CallRefused, or with the simulator's own error.
 */
export async function dispatch(api: SimulatorApi, call: unknown, args: unknown): Promise<unknown> {
  if (typeof call !== 'string' || !Object.hasOwn(apiCalls, call))
    throw new CallRefused(`There is no call ${shown(call)}.`)
  const name = call as ApiCallName
  const schema = apiCalls[name]
  if (!Array.isArray(args)) throw new CallRefused(`The arguments of ${name} are not a list.`)
  if (args.length !== schema.items.length) {
    throw new CallRefused(`The call ${name} takes ${schema.items.length} argument(s), not ${args.length}.`)
  }
  const checked = v.safeParse(schema, args)
  if (!checked.success) throw new CallRefused(refusal(name, checked.issues[0]))
  return await (Reflect.apply(api[name], api, checked.output) as Promise<unknown>)
}

/** Returns what a person may see of an error: its first line, never its stack. */
export function sentenceOf(error: unknown): string {
  const line = error instanceof Error ? error.message.split('\n', 1)[0]!.trim() : ''
  return line === '' ? 'The simulator failed and gave no reason.' : line
}

/** Enough to recognise a wrong value, which may have up to 64 KiB. */
const MAX_SHOWN_CHARACTERS = 60

function refusal(name: ApiCallName, issue: v.BaseIssue<unknown>): string {
  const place = (issue.path ?? [])
    .slice(1)
    .map((step) => String(step.key))
    .join('.')
  // Prefer the schema's own wording: a person cannot read a pattern.
  const expected = issue.message.startsWith('expected ')
    ? issue.message
    : issue.expected === null
      ? null
      : `expected ${cut(issue.expected)}`
  return `The call ${name} was refused: ${[`${place === '' ? 'its argument' : place} is wrong`, expected, `got ${cut(issue.received)}`].filter(Boolean).join(', ')}.`
}

function shown(value: unknown): string {
  return typeof value === 'string' ? cut(JSON.stringify(value)) : `of type ${typeof value}`
}

function cut(text: string): string {
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}…` : text
}
