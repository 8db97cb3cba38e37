import { failed, type Outcome } from '../at/answer.ts'
import { isAddress } from '../network/dotted.ts'
import type { CommandContext } from '../parts.ts'
import { settingsOf } from '../plain-sockets/config.ts'
import { openingFailure } from '../plain-sockets/failures.ts'

/** Looks up a name over the context of a connection, unless it is an address. Ends the command with 558 without one. */
export function resolved(
  { module, cause }: CommandContext,
  connId: number,
  host: string,
  finish: (outcome: Outcome) => void,
  found: (address: string) => void
): void {
  if (isAddress(host)) return found(host)
  const stack = module.stacks.get(settingsOf(module.nvm, connId).cid)!
  stack.resolveName(host, cause, (answer) => {
    if (answer.kind === 'found') return found(answer.address)
    const { sentence, seq } = answer
    finish(failed(openingFailure({ kind: 'unresolved', sentence, seq }, connId, host), [seq]))
  })
}
