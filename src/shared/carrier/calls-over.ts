import { apiCalls, type ApiCallName, type SimulatorApi } from '../api/api.ts'

/** The calls of the API, without its subscription: a carrier brings those in its own way. */
export type SimulatorCalls = Pick<SimulatorApi, ApiCallName>

/** All calls of the API over one function that carries a call with its arguments and answers with its result. */
export function callsOver(carry: (name: ApiCallName, args: readonly unknown[]) => Promise<unknown>): SimulatorCalls {
  // What the far side answers to a call is what the API says of it: there the same table is checked against the simulator.
  return Object.fromEntries(
    apiCallNames.map((name) => [name, (...args: unknown[]) => carry(name, args)])
  ) as unknown as SimulatorCalls
}

export const apiCallNames = Object.keys(apiCalls) as readonly ApiCallName[]
