/** @module Fetches the certificate chain of a server with the TLS of this machine and follows it up to a root. */

import type { ChainFetch, ChainSource, FetchedChain } from '../../shared/calls/nvm.ts'
import { askServer, FETCH_LIMIT_MS, type ServerChain } from './ask-server.ts'

/** What the fetches need from the simulator. */
export interface ChainFetchParts {
  /** Returns where a name or an address leads, by the routes. */
  routed(asked: { readonly host: string; readonly port: number }): { readonly host: string; readonly port: number }
  /** Completes and describes a chain for the window. */
  complete(chain: ServerChain, where: Pick<FetchedChain, 'source' | 'leadsTo' | 'protocol'>): FetchedChain
}

/** Fetches by number. A fetch takes seconds, and a carrier answers calls in order, so its result is polled. */
export class ChainFetches {
  private readonly fetches = new Map<number, { state: ChainFetch }>()
  private nextId = 1

  constructor(private readonly parts: ChainFetchParts) {}

  /** Starts a fetch and returns its number. Throws while `MAX_OPEN` others are running. */
  begin(source: ChainSource): number {
    if ([...this.fetches.values()].filter(({ state }) => state.state === 'running').length >= MAX_OPEN) {
      throw new Error(`${MAX_OPEN} servers are being asked already; one of them has to answer first.`)
    }
    const fetchId = this.nextId++
    const one: { state: ChainFetch } = { state: { state: 'running' } }
    this.fetches.set(fetchId, one)
    for (const id of [...this.fetches.keys()].slice(0, -MAX_KEPT)) this.fetches.delete(id)
    void this.ask(source).then((state) => {
      one.state = state
    })
    return fetchId
  }

  state(fetchId: number): ChainFetch {
    const found = this.fetches.get(fetchId)
    if (!found) throw new Error('That answer is no longer kept; ask the server again.')
    return found.state
  }

  private async ask({ host, port, protocol }: ChainSource): Promise<ChainFetch> {
    const target = this.parts.routed({ host, port })
    const source = `${host}:${port}`
    const leadsTo = target.host === host && target.port === port ? null : `${target.host}:${target.port}`
    try {
      const chain = await askServer({ ...target, name: host, protocol }, AbortSignal.timeout(FETCH_LIMIT_MS))
      return { state: 'done', chain: this.parts.complete(chain, { source, leadsTo, protocol: chain.protocol }) }
    } catch (error) {
      return { state: 'failed', sentence: (error as Error).message }
    }
  }
}

/** A person asks one server at a time; each fetch costs a connection. */
const MAX_OPEN = 4
/** Finished and running fetches that are kept, for a window that asks late. */
const MAX_KEPT = 8
