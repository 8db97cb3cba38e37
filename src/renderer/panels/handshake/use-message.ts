import { useEffect, useState } from 'react'
import type { SimulatorApi } from '../../../shared/api.ts'
import { describeMessage, type TlsField } from '../../../shared/tls/fields.ts'

/** A message taken apart, or why it cannot be. */
export type OpenMessage =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly bytes: Uint8Array; readonly fields: readonly TlsField[] }
  | { readonly kind: 'unknown'; readonly sentence: string }

/** Fetches the bytes of the message whose event is `seq`; they are in the timeline and nowhere else. */
export function useMessage(api: SimulatorApi, seq: number): OpenMessage {
  const [known, setKnown] = useState<{ readonly seq: number; readonly message: OpenMessage } | null>(null)
  useEffect(() => {
    let left = false
    void fetchMessage(api, seq).then((message) => {
      if (!left) setKnown({ seq, message })
    })
    return () => {
      left = true
    }
  }, [api, seq])
  return known?.seq === seq ? known.message : { kind: 'loading' }
}

async function fetchMessage(api: SimulatorApi, seq: number): Promise<OpenMessage> {
  try {
    const { events } = await api.events({ fromSeq: seq, limit: 1 })
    const event = events[0]
    if (event?.seq !== seq) return { kind: 'unknown', sentence: 'Its bytes have fallen off the timeline.' }
    const { what } = event
    if (what.kind !== 'tls' || what.trace.kind !== 'message' || !what.trace.raw)
      return { kind: 'unknown', sentence: 'Its bytes were not recorded.' }
    return { kind: 'open', bytes: what.trace.raw, fields: describeMessage(what.trace) }
  } catch (error) {
    return { kind: 'unknown', sentence: error instanceof Error ? error.message : String(error) }
  }
}
