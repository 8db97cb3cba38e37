import type { Batch, SimulatorApi } from '../../../shared/api/api.ts'
import { callsOver } from '../../../shared/carrier/calls-over.ts'
import { decode, encode } from '../../../shared/carrier/wire.ts'
import type { Connection, LinkState } from './connection.ts'
import { carrierWords } from './words.ts'

/**
 * Pauses between attempts; the last one repeats. The first are short, because a simulator restarted by hand is back
 * soon.
 */
const retryMs = [500, 1000, 2000, 4000]

/** Longer than the slowest real answer (a restart is answered when it begins), so that no button waits for ever. */
const ANSWER_TIMEOUT_MS = 15_000

/** Close code 1008, policy violation: the simulator's answer to a wrong token. */
const WRONG_TOKEN = 1008

interface Waiting {
  readonly resolve: (value: unknown) => void
  readonly reject: (reason: Error) => void
  readonly timer: number
}

/**
 * Returns SimulatorApi over a WebSocket, which is opened again whenever it is lost. Calls without a connection are
 * refused with one sentence. Subscriptions are kept and renewed.
 */
export function connectSocket(url: string, token: string): Connection {
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(batch: Batch) => void>()
  const watchers = new Set<(state: LinkState) => void>()
  let state: LinkState = { kind: 'connecting' }
  let socket: WebSocket | null = null
  let nextId = 1
  let attempt = 0
  let retryTimer = 0

  function become(next: LinkState): void {
    state = next
    for (const watcher of watchers) watcher(next)
  }

  function call(name: string, args: readonly unknown[]): Promise<unknown> {
    const open = socket
    if (!open || open.readyState !== WebSocket.OPEN) return Promise.reject(new Error(carrierWords.notConnected))
    return new Promise((resolve, reject) => {
      const id = nextId++
      const timer = window.setTimeout(() => {
        waiting.delete(id)
        reject(new Error(carrierWords.noAnswer(name, ANSWER_TIMEOUT_MS / 1000)))
      }, ANSWER_TIMEOUT_MS)
      waiting.set(id, { resolve, reject, timer })
      open.send(encode({ id, call: name, args }))
    })
  }

  function settle(id: number): Waiting | undefined {
    const found = waiting.get(id)
    if (found) window.clearTimeout(found.timer)
    waiting.delete(id)
    return found
  }

  function receive(text: string): void {
    const message = decode(text) as { id?: number; result?: unknown; error?: string; batch?: Batch }
    if (message.batch) for (const listener of listeners) listener(message.batch)
    if (message.id === undefined) return
    if (message.error === undefined) settle(message.id)?.resolve(message.result)
    else settle(message.id)?.reject(new Error(message.error))
  }

  function open(): void {
    window.clearTimeout(retryTimer)
    const mine = new WebSocket(`${url}?token=${encodeURIComponent(token)}`)
    socket = mine
    let opened = false
    mine.onopen = () => {
      opened = true
      attempt = 0
      // The subscription is sent first, so that no event is missed before the next question of the watchers.
      if (listeners.size > 0) void call('subscribe', []).catch(() => undefined)
      become({ kind: 'live' })
    }
    mine.onmessage = (event) => {
      if (typeof event.data === 'string') receive(event.data)
    }
    mine.onclose = (event) => {
      if (socket !== mine) return
      for (const id of waiting.keys()) settle(id)?.reject(new Error(carrierWords.lostBeforeAnswer))
      become({
        kind: 'gone',
        forGood: event.code === WRONG_TOKEN,
        sinceMs: state.kind === 'gone' ? state.sinceMs : Date.now(),
        sentence: reasonOf(event, opened || state.kind === 'gone')
      })
      // A refused token stays wrong. Only a person or another address can fix that.
      if (event.code !== WRONG_TOKEN)
        retryTimer = window.setTimeout(open, retryMs[Math.min(attempt++, retryMs.length - 1)])
    }
  }

  function reasonOf(event: CloseEvent, knewIt: boolean): string {
    if (event.code === WRONG_TOKEN) return carrierWords.wrongToken
    return knewIt ? carrierWords.lost : carrierWords.nobody(location.host)
  }

  const api: SimulatorApi = {
    ...callsOver(call),
    subscribe(listener) {
      listeners.add(listener)
      if (listeners.size === 1 && socket?.readyState === WebSocket.OPEN)
        void call('subscribe', []).catch(() => undefined)
      return () => {
        listeners.delete(listener)
      }
    }
  }

  open()
  return {
    api,
    address: location.host,
    link: `${location.origin}/#token=${encodeURIComponent(token)}`,
    watch(listener) {
      watchers.add(listener)
      listener(state)
      return () => {
        watchers.delete(listener)
      }
    },
    retry: () => {
      if (state.kind === 'gone') {
        attempt = 0
        open()
      }
    }
  }
}
