import { useEffect, useState, type ReactNode } from 'react'
import type { HandshakeMessage } from '../../../shared/calls/handshakes.ts'
import type { TlsField } from '../../../shared/tls/fields.ts'
import { Icon } from '../../parts/icons.tsx'
import { ByteView } from './ByteView.tsx'
import { FieldTree } from './FieldTree.tsx'
import { RecordBar } from './RecordBar.tsx'
import { fieldAt } from './field-tree.ts'
import { useMessage, type MessageSource } from './use-message.ts'
import { handshakeWords, type Ends } from './words.ts'

const words = handshakeWords.detail

interface MessageDetailProps {
  readonly source: MessageSource
  readonly ends: Ends
  readonly message: HandshakeMessage
  /** Written below while no field is selected or pointed at. */
  readonly rest: ReactNode
  readonly onClose: () => void
}

/** One message in detail: its fields as a tree beside its bytes. Selecting in one highlights in the other. */
export function MessageDetail({ source, ends, message, rest, onClose }: MessageDetailProps): ReactNode {
  const opened = useMessage(source, message.seq)
  return (
    <div className={`detail${message.record ? ' with-record' : ''}`}>
      <header>
        {message.encrypted && (
          <span className="lock" title={words.lock}>
            <Icon name="lock" />
          </span>
        )}
        <b>{message.name}</b>
        <span className="dim cut">
          {words.facts(
            message.direction === 'in' ? ends.far : ends.near,
            message.bytes,
            message.encrypted,
            message.record?.number ?? null
          )}
        </span>
        <button
          type="button"
          className="btn sm icon"
          aria-label={words.close}
          title={words.closeTitle}
          onClick={onClose}
        >
          <Icon name="close" />
        </button>
      </header>
      {message.record && <RecordBar record={message.record} />}
      {opened.kind === 'open' ? (
        <FieldsAndBytes bytes={opened.bytes} fields={opened.fields} rest={rest} />
      ) : (
        <p className="empty">
          {opened.kind === 'unknown' && opened.sentence} {rest}
        </p>
      )}
    </div>
  )
}

/** Index of the field that is selected or pointed at (-1 for none), and the list in which the person did so. */
interface Touched {
  readonly at: number
  readonly in: 'fields' | 'bytes'
}

const nothing: Touched = { at: -1, in: 'fields' }

interface FieldsAndBytesProps {
  readonly bytes: Uint8Array
  readonly fields: readonly TlsField[]
  readonly rest: ReactNode
}

function FieldsAndBytes({ bytes, fields, rest }: FieldsAndBytesProps): ReactNode {
  const [picked, setPicked] = useState(nothing)
  const [pointed, setPointed] = useState(nothing)
  useEffect(() => {
    setPicked(nothing)
    setPointed(nothing)
  }, [fields])
  const shown = fields[pointed.at >= 0 ? pointed.at : picked.at]
  // A list scrolls only to what was selected or pointed at in the other one: it must not move under the pointer.
  const from = (side: Touched['in']): number =>
    pointed.at >= 0 && pointed.in === side ? pointed.at : picked.in === side ? picked.at : -1
  return (
    <>
      <FieldTree
        fields={fields}
        picked={picked.at}
        pointed={pointed.at}
        showAt={from('bytes')}
        onPick={(at) => {
          setPicked({ at, in: 'fields' })
        }}
        onPoint={(at) => {
          setPointed({ at, in: 'fields' })
        }}
      />
      <ByteView
        bytes={bytes}
        picked={fields[picked.at] ?? null}
        pointed={fields[pointed.at] ?? null}
        show={fields[from('fields')] ?? null}
        onPick={(byte) => {
          setPicked({ at: fieldAt(fields, byte), in: 'bytes' })
        }}
        onPoint={(byte) => {
          setPointed({ at: byte < 0 ? -1 : fieldAt(fields, byte), in: 'bytes' })
        }}
      />
      <p className="gloss" aria-live="polite" tabIndex={0}>
        {shown ? (
          <>
            <b>{shown.name}</b> {shown.meaning ?? shown.value}
            <span className="dim"> {words.byteRange(shown.startByte, shown.endByte - 1)}</span>
          </>
        ) : (
          rest
        )}
      </p>
    </>
  )
}
