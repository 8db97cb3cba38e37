import { useEffect, useState } from 'react'
import type { SimulatorApi } from '../../../shared/api/api.ts'
import { describeMessage, type TlsField } from '../../../shared/tls/fields.ts'
import { handshakeWords } from './words.ts'

const words = handshakeWords.detail

/** The bytes and decoded fields of a message, or why they are not known. */
export type OpenMessage =
  | { readonly kind: 'loading' }
  | { readonly kind: 'open'; readonly bytes: Uint8Array; readonly fields: readonly TlsField[] }
  | { readonly kind: 'unknown'; readonly sentence: string }

/** Returns the message of an event by its `seq`. Rejects with one sentence. */
export type MessageSource = (seq: number) => Promise<OpenMessage>

/** Fetches and decodes the message of event `seq`. */
export function useMessage(source: MessageSource, seq: number): OpenMessage {
  const [known, setKnown] = useState<{ readonly seq: number; readonly message: OpenMessage } | null>(null)
  useEffect(() => {
    let left = false
    source(seq).then(
      (message) => {
        if (!left) setKnown({ seq, message })
      },
      (error: unknown) => {
        if (!left)
          setKnown({
            seq,
            message: { kind: 'unknown', sentence: error instanceof Error ? error.message : String(error) }
          })
      }
    )
    return () => {
      left = true
    }
  }, [source, seq])
  return known?.seq === seq ? known.message : { kind: 'loading' }
}

/** Returns a source for this module's messages: `seq` is their event in the timeline, which has their bytes. */
export function timelineMessages(api: Pick<SimulatorApi, 'events'>): MessageSource {
  return async (seq) => {
    const { events } = await api.events({ fromSeq: seq, limit: 1 })
    const event = events[0]
    if (event?.seq !== seq) return { kind: 'unknown', sentence: words.dropped }
    const { what } = event
    if (what.kind !== 'tls' || what.trace.kind !== 'message' || !what.trace.raw)
      return { kind: 'unknown', sentence: words.notRecorded }
    return { kind: 'open', bytes: what.trace.raw, fields: describeMessage(what.trace) }
  }
}
