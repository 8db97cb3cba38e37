import type { PingAnswer, PingRequest } from '../../shared/contracts/bearer.ts'

/** What the network knows when an echo request leaves. */
export interface EchoWay {
  readonly isLab: boolean
  readonly inReach: boolean
  readonly roundTripMs: number
}

/**
 * Returns the answer to an echo request, and after how long it comes. Only the lab's hosts answer: what else is out there
 * can be asked only by a program with rights for ICMP.
 */
export function echoOf(
  address: string,
  { timeToLive, timeoutMs }: PingRequest,
  { isLab, inReach, roundTripMs }: EchoWay
): { readonly afterMs: number; readonly answer: PingAnswer } {
  const none = (sentence: string) => ({ afterMs: timeoutMs, answer: { kind: 'none', sentence } as const })
  if (!inReach) return none(`No echo came from ${address}: no cell is in reach.`)
  if (!isLab) return none(`No echo came from ${address}: ICMP leaves this machine only by programs with rights for it.`)
  if (timeToLive < LAB_HOPS)
    return none(`No echo came from ${address}: it is ${LAB_HOPS} hops away, and the time to live was ${timeToLive}.`)
  if (roundTripMs > timeoutMs)
    return none(`No echo came from ${address} in time: it takes ${roundTripMs} ms, and the limit was ${timeoutMs} ms.`)
  const answer = { kind: 'reply', timeMs: roundTripMs, timeToLive: SENT_TIME_TO_LIVE - LAB_HOPS } as const
  return { afterMs: roundTripMs, answer }
}

/** How many routers are between the module and the lab. */
const LAB_HOPS = 4
/** What most systems send. */
const SENT_TIME_TO_LIVE = 64
