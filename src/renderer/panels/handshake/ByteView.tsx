import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react'
import type { TlsField } from '../../../shared/tls/fields.ts'
import { useVirtualRows } from '../../parts/virtual-rows.ts'
import { handshakeWords } from './words.ts'

interface ByteViewProps {
  readonly bytes: Uint8Array
  /** The fields whose bytes are highlighted; `null` for none. */
  readonly picked: TlsField | null
  readonly pointed: TlsField | null
  /** A field to scroll into view; `null` for none. */
  readonly show: TlsField | null
  readonly onPick: (byte: number) => void
  /** Called with -1 when the pointer leaves the bytes. */
  readonly onPoint: (byte: number) => void
}

const ROW_PX = 15
const ROW_BYTES = 8

/** The bytes of a message, eight in a row, with their characters. Pointing at a byte highlights its field. */
export function ByteView({ bytes, picked, pointed, show, onPick, onPoint }: ByteViewProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const cursor = useRef(0)
  const count = Math.ceil(bytes.length / ROW_BYTES)
  const rows = useVirtualRows(box, { rowPx: ROW_PX, count })
  const { from, to } = rows
  const shown = pointed ?? picked
  const lit = (byte: number): string => {
    if (shown && byte >= shown.startByte && byte < shown.endByte) return 'lit'
    return picked && byte >= picked.startByte && byte < picked.endByte ? 'near' : ''
  }

  useEffect(() => {
    cursor.current = 0
    rows.scrollTo(0)
    // Only new bytes may scroll the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [bytes])
  useEffect(() => {
    if (!show) return
    // The end first and the beginning last: of a long field, the beginning stays in view.
    rows.show(Math.floor((show.endByte - 1) / ROW_BYTES))
    rows.show(Math.floor(show.startByte / ROW_BYTES))
    // Only a new field may scroll the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [show])

  function press(event: KeyboardEvent): void {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -ROW_BYTES, ArrowDown: ROW_BYTES }[event.key]
    if (step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    cursor.current = Math.max(0, Math.min(bytes.length - 1, cursor.current + step))
    rows.show(Math.floor(cursor.current / ROW_BYTES))
    onPick(cursor.current)
  }

  const cell = (byte: number, text: string): ReactNode => (
    <span key={byte} data-byte={byte} className={lit(byte)}>
      {text}
    </span>
  )
  const byteUnder = (target: EventTarget): number => Number((target as HTMLElement).dataset['byte'] ?? -1)
  return (
    <div
      ref={box}
      className="bytes mono"
      role="group"
      aria-label={handshakeWords.detail.bytes(bytes.length)}
      tabIndex={0}
      onKeyDown={press}
      onPointerOver={(event) => {
        onPoint(byteUnder(event.target))
      }}
      onPointerLeave={() => {
        onPoint(-1)
      }}
      onClick={(event) => {
        const byte = byteUnder(event.target)
        if (byte < 0) return
        cursor.current = byte
        onPick(byte)
      }}
    >
      <div style={{ height: rows.elementPx }}>
        <div style={{ transform: `translateY(${rows.shiftPx}px)` }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, offset) => {
            const start = (from + offset) * ROW_BYTES
            const row = [...bytes.subarray(start, start + ROW_BYTES)]
            return (
              <div key={start} className="byte-row">
                <span className="off">{start.toString(16).padStart(4, '0')}</span>
                <span className="hex">
                  {row.map((byte, at) => cell(start + at, byte.toString(16).padStart(2, '0')))}
                </span>
                <span className="chars" aria-hidden="true">
                  {row.map((byte, at) =>
                    cell(start + at, byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·')
                  )}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
