import type { ReactNode } from 'react'
import type { HandshakeRecord } from '../../../shared/calls/handshakes.ts'
import { handshakeWords } from './words.ts'

const words = handshakeWords.record

/** The parts of an encrypted record (RFC 2246 6.2), drawn in proportion to their bytes. */
export function RecordBar({ record }: { readonly record: HandshakeRecord }): ReactNode {
  const { bytes, plainBytes, encrypted, macBytes } = record
  const headerBytes = 5
  const paddingBytes = encrypted ? Math.max(0, bytes - headerBytes - plainBytes - macBytes) : 0
  const all = [
    { name: 'header', bytes: headerBytes },
    { name: 'content', bytes: plainBytes },
    { name: 'MAC', bytes: macBytes },
    { name: 'padding', bytes: paddingBytes }
  ] as const
  const parts = all.filter((part) => part.bytes > 0)
  const sum = parts.map((part) => words.part(part.bytes, words.parts[part.name])).join(' + ')
  return (
    <div
      className="record-bar"
      role="img"
      aria-label={words.label(bytes, sum)}
      title={words.title(record.number, sum, bytes)}
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
      <span className="dim cut">{words.sum(sum, bytes)}</span>
    </div>
  )
}
