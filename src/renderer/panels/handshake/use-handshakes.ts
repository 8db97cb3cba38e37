import { useEffect, useState } from 'react'
import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { HandshakeMessage, HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import { helloFacts } from '../../../shared/tls/hello-facts.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { isResumed } from './steps.ts'

/**
 * Returns the kept handshakes, newest first. The newest is the snapshot's; the others are fetched when a handshake
 * begins or ends.
 */
export function useHandshakes(store: Store): readonly HandshakeSnapshot[] {
  const newest = useStore(store, (state) => state.snapshot?.handshake ?? null)
  const live = useStore(store, (state) => state.link.kind === 'live')
  const [kept, setKept] = useState<readonly HandshakeSnapshot[]>([])
  const { api } = store
  const [id, startedMs, outcome] = [newest?.id, newest?.startedMs, newest?.outcome]
  useEffect(() => {
    if (!live || id === undefined) return undefined
    let left = false
    api.handshakes().then(
      (all) => {
        if (!left) setKept(all)
      },
      // The connection is lost. The path strip shows this, and the effect runs again once it is back.
      () => undefined
    )
    return () => {
      left = true
    }
  }, [api, live, id, startedMs, outcome])
  if (!newest) return []
  return [newest, ...kept.filter((one) => one.id < newest.id)]
}

/** Returns the full handshake whose TLS session a resumed one uses, found by the session id; `null` if it is not kept. */
export function useShortened(
  api: SimulatorApi,
  shown: HandshakeSnapshot | undefined,
  all: readonly HandshakeSnapshot[]
): HandshakeSnapshot | null {
  const [found, setFound] = useState<{ readonly id: number; readonly full: number | null } | null>(null)
  const own = shown && isResumed(shown) ? serverHelloOf(shown) : undefined
  const candidates =
    shown && own ? all.filter((one) => one.id < shown.id && one.outcome === 'open' && !isResumed(one)) : []
  const key = [shown?.id, ...candidates.map((one) => one.id)].join(' ')
  useEffect(() => {
    if (!shown || !own || candidates.length === 0) return undefined
    let left = false
    const hellos = candidates.map((one) => serverHelloOf(one)?.seq ?? -1)
    const seqs = [own.seq, ...hellos.filter((seq) => seq >= 0)]
    api.eventsAt({ seqs }).then(
      (events) => {
        const ids = new Map(events.map((event) => [event.seq, sessionIdOf(event)]))
        const session = ids.get(own.seq)
        const at = session ? hellos.findIndex((seq) => ids.get(seq) === session) : -1
        if (!left) setFound({ id: shown.id, full: candidates[at]?.id ?? null })
      },
      () => undefined
    )
    return () => {
      left = true
    }
    // The key identifies the handshakes; their other values do not matter here.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [api, key, own?.seq])
  return (found && found.id === shown?.id && all.find((one) => one.id === found.full)) || null
}

/** Returns the handshake and message that an event belongs to: a message, its record, or the failure that the message caused. */
export function messageOf(
  all: readonly HandshakeSnapshot[],
  seq: number | null,
  broken: (handshake: HandshakeSnapshot) => number
): { readonly handshake: HandshakeSnapshot; readonly at: number } | null {
  if (seq === null) return null
  for (const handshake of all) {
    const itself = handshake.messages.findIndex((message) => message.seq === seq)
    const at = itself >= 0 ? itself : handshake.messages.findIndex((message) => message.record?.seq === seq)
    if (at >= 0) return { handshake, at }
    if (handshake.failureSeq === seq && broken(handshake) >= 0) return { handshake, at: broken(handshake) }
  }
  return null
}

function serverHelloOf(handshake: HandshakeSnapshot): HandshakeMessage | undefined {
  return handshake.messages.find((message) => message.name === 'ServerHello')
}

function sessionIdOf({ what }: TimelineEvent): string {
  const raw = what.kind === 'tls' && what.trace.kind === 'message' ? what.trace.raw : undefined
  return raw ? (helloFacts(raw)?.sessionId.join(' ') ?? '') : ''
}
