import type { TimelineEvent } from '../../../shared/timeline/events.ts'

/** Returns the bytes of an event on the serial line, of a TCP segment or of a handshake message; `null` if it has none. */
export function bytesOf({ what }: TimelineEvent): Uint8Array | null {
  if (what.kind === 'bytes' || what.kind === 'segment' || what.kind === 'datagram')
    return what.bytes.length > 0 ? what.bytes : null
  return what.kind === 'tls' && what.trace.kind === 'message' ? (what.trace.raw ?? null) : null
}

/** More than fits in any panel; an export has all bytes. */
const MAX_HEX_BYTES = 96

/** Returns bytes as hex text, `41 54 0D`, and how many are left out. */
export function hexOf(bytes: Uint8Array, limit = MAX_HEX_BYTES): { readonly text: string; readonly more: number } {
  const digits = Array.from(bytes.subarray(0, limit), (byte) => byte.toString(16).padStart(2, '0').toUpperCase())
  return { text: digits.join(' '), more: Math.max(0, bytes.length - limit) }
}
