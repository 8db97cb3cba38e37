import type { ReactNode } from 'react'
import type { HandshakeRecord } from '../../../shared/calls/handshakes.ts'

/** What a record is made of on the wire (RFC 2246 6.2), each part as long as its bytes. */
export function RecordBar({ record }: { readonly record: HandshakeRecord }): ReactNode {
  const { bytes, plainBytes, encrypted, macBytes } = record
  const headerBytes = 5
  const paddingBytes = encrypted ? Math.max(0, bytes - headerBytes - plainBytes - macBytes) : 0
  const all = [
    { name: 'header', bytes: headerBytes, about: 'type, version and length, always in the clear' },
    { name: 'content', bytes: plainBytes, about: encrypted ? 'encrypted' : 'in the clear; messages may share it' },
    { name: 'MAC', bytes: macBytes, about: 'seals the content and its place among the records' },
    { name: 'padding', bytes: paddingBytes, about: 'fills the last block' }
  ]
  const parts = all.filter((part) => part.bytes > 0)
  const words = parts.map((part) => `${part.bytes} ${part.name}`).join(' + ')
  return (
    <div
      className="record-bar"
      role="img"
      aria-label={`Record of ${bytes} bytes: ${words}`}
      title={`Record ${record.number}: ${words} = ${bytes} bytes`}
    >
      <span className="track" aria-hidden="true">
        {parts.map((part) => (
          <i
            key={part.name}
            className={`${part.name}${encrypted && part.name !== 'header' ? ' sealed' : ''}`}
            style={{ flexGrow: part.bytes }}
          />
        ))}
      </span>
      <span className="dim cut">
        {words} = {bytes} B
      </span>
    </div>
  )
}
