import { apiCalls, type ApiCallName, type SimulatorApi } from '../api/api.ts'

/** The calls of the API without the subscription, which each carrier implements itself. */
export type SimulatorCalls = Pick<SimulatorApi, ApiCallName>

/** Implements all calls of the API by one function that carries a call with its arguments and returns the result. */
export function callsOver(carry: (name: ApiCallName, args: readonly unknown[]) => Promise<unknown>): SimulatorCalls {
  // The type holds because the other side checks the same table against the simulator.
  return Object.fromEntries(
    apiCallNames.map((name) => [name, (...args: unknown[]) => carry(name, args)])
  ) as unknown as SimulatorCalls
}

export const apiCallNames = Object.keys(apiCalls) as readonly ApiCallName[]
