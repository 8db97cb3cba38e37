import { useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import type { SlotVerdict } from '../../../shared/calls/nvm.ts'
import { Icon, type IconName } from '../../parts/icons.tsx'
import { isoDate } from '../../state/sentence/formats.ts'
import type { Store } from '../../state/store/store.ts'
import { ValidityTick } from './Lifetime.tsx'
import { Verdict } from './panel-state.tsx'
import { deleteSlot, saveSlot, slotNames } from './slot-acts.ts'
import { validityOf, type Validity } from './validity.ts'

const shortNames = ['Client cert', 'CA cert', 'Private key'] as const

interface SlotProps {
  readonly store: Store
  readonly slot: SlotSnapshot
  readonly clockMs: number | null
  /** Null: not asked yet. */
  readonly verdict: SlotVerdict | null
  readonly authMode: number
  readonly marked: boolean
  readonly live: boolean
  readonly onOpen: () => void
  readonly onFile: (file: File) => void
}

/** One slot as a row: a click opens it, a file dropped on it is stored, Delete empties it. */
export function Slot({ store, slot, clockMs, verdict, authMode, marked, live, onOpen, onFile }: SlotProps): ReactNode {
  const { dataType, storedBytes, capacityBytes } = slot
  const empty = storedBytes === 0
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const name = slotNames[dataType]
  const press = (event: KeyboardEvent): void => {
    if (event.key !== 'Delete' || empty || !live) return
    event.preventDefault()
    void deleteSlot(store, dataType)
  }
  const drop = (event: DragEvent): void => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file && live) onFile(file)
  }
  return (
    <li
      className={`slot${slot.fault === null ? '' : ' faulty'}${marked ? ' marked' : ''}`}
      data-takes-files
      onDragOver={(event) => {
        if (!live) return
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false)
      }}
      onDrop={drop}
    >
      <button
        type="button"
        className="slot-open"
        aria-label={`Slot ${dataType}, ${name}: ${saidOf(slot, verdict)}`}
        title={titleOf(slot, verdict)}
        onClick={onOpen}
        onKeyDown={press}
      />
      <div>
        <div className="nm">
          <i>{dataType}</i>
          <b className={empty ? 'none' : ''}>{shortNames[dataType]}</b>
        </div>
        <div className="verdict">
          <ShortVerdict slot={slot} verdict={verdict} authMode={authMode} />
        </div>
      </div>
      <Content slot={slot} validity={validityOf(slot, clockMs)} />
      <div className="fill-of">
        <div className="cap">
          <span className="mono">
            {storedBytes} {!empty && <Format format={slot.format} />}
          </span>
          <span className="dim mono">{capacityBytes}</span>
        </div>
        <div className="bar" role="img" aria-label={`${storedBytes} of ${capacityBytes} bytes used`}>
          <i style={{ width: `${Math.min(100, (storedBytes / capacityBytes) * 100)}%` }} />
        </div>
      </div>
      {!empty && (
        <div className="more">
          {slot.issuer !== null && <span>issued by {slot.issuer}</span>}
          {slot.sha1Fingerprint !== null && <span className="mono finger">SHA-1 {slot.sha1Fingerprint}</span>}
          {verdict && <span title={verdict.sentence}>{verdict.sentence}</span>}
        </div>
      )}
      <div className="slot-acts">
        <Act
          icon="choose-file"
          name={`Choose a file for the ${name.toLowerCase()}`}
          disabled={!live}
          onAct={() => chooser.current?.click()}
        />
        {dataType !== 2 && (
          <Act
            icon="save"
            name={`Save the ${name.toLowerCase()}`}
            disabled={empty || !live}
            onAct={() => void saveSlot(store, dataType)}
          />
        )}
        <Act
          icon="delete"
          name={`Delete the ${name.toLowerCase()}`}
          disabled={empty || !live}
          onAct={() => void deleteSlot(store, dataType)}
        />
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={`File for slot ${dataType}`}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
      </div>
      {over && (
        <div className="drop-here">
          <Icon name="choose-file" />
          {empty ? `Store as ${name.toLowerCase()}` : `Replace the ${name.toLowerCase()}`}
        </div>
      )}
    </li>
  )
}

function Act({
  icon,
  name,
  disabled,
  onAct
}: {
  readonly icon: IconName
  readonly name: string
  readonly disabled: boolean
  readonly onAct: () => void
}): ReactNode {
  return (
    <button type="button" className="btn sm icon" aria-label={name} title={name} disabled={disabled} onClick={onAct}>
      <Icon name={icon} />
    </button>
  )
}

function ShortVerdict({
  slot,
  verdict,
  authMode
}: {
  readonly slot: SlotSnapshot
  readonly verdict: SlotVerdict | null
  readonly authMode: number
}): ReactNode {
  if (!verdict || slot.storedBytes === 0) {
    if (verdict?.asked) return <Verdict good={false}>needed in mode {authMode}</Verdict>
    return <span className="dim">{slot.storedBytes === 0 ? `not needed in mode ${authMode}` : ''}</span>
  }
  if (verdict.word === 'no') return <Verdict good={false}>{verdict.brief}</Verdict>
  if (!verdict.asked) return <span className="dim">not used in mode {authMode}</span>
  return verdict.word === 'yes' ? <Verdict good>{verdict.brief}</Verdict> : <span className="dim">{verdict.brief}</span>
}

function Content({ slot, validity }: { readonly slot: SlotSnapshot; readonly validity: Validity | null }): ReactNode {
  const { dataType, storedBytes, subject, keyBits, fault } = slot
  if (storedBytes === 0) {
    return (
      <div className="what">
        <span className="dim none">empty</span>
        <span className="dim">
          <code>AT#SSLSECDATA=1,1,{dataType},SIZE</code>
        </span>
      </div>
    )
  }
  return (
    <div className="what">
      <span className="who">
        {[shortName(subject), keyBits === null ? null : `RSA ${keyBits}`].filter(Boolean).join(', ') || 'stored'}
      </span>
      {fault !== null ? (
        <span className="err fault">{fault}</span>
      ) : validity ? (
        <span className="till">
          <span className={validity.verdict === 'expired' || validity.verdict === 'early' ? 'err' : 'dim'}>
            {validityWords(validity)}
          </span>
          <ValidityTick validity={validity} />
        </span>
      ) : (
        <span className="dim">{dataType === 2 ? 'never shown' : 'dates not read'}</span>
      )}
    </div>
  )
}

/** How the stored bytes are written: PEM, DER, or nothing that could be told. */
function Format({ format }: { readonly format: string | null }): ReactNode {
  return <i className="fmt">{format === null || format === 'unknown' ? '?' : format}</i>
}

/** `to 2036-05-31`, by the module's clock. */
export function validityWords({ verdict, fromMs, toMs }: Validity): string {
  return verdict === 'expired'
    ? `expired ${isoDate(toMs)}`
    : verdict === 'early'
      ? `valid from ${isoDate(fromMs)}`
      : `to ${isoDate(toMs)}`
}

/** The common name alone: the whole name is in the sheet. */
function shortName(name: string | null): string | null {
  return name === null ? null : (/(?:^|, )CN=([^,]+)/.exec(name)?.[1] ?? name)
}

function saidOf(slot: SlotSnapshot, verdict: SlotVerdict | null): string {
  if (slot.storedBytes === 0) return 'empty'
  return [`${slot.storedBytes} bytes`, slot.subject, slot.fault, verdict?.brief].filter(Boolean).join(', ')
}

function titleOf(slot: SlotSnapshot, verdict: SlotVerdict | null): string {
  if (slot.storedBytes === 0) return 'Empty. Drop a file here, or click for more.'
  return [
    slot.fault ?? verdict?.sentence,
    slot.subject && `Subject ${slot.subject}`,
    slot.issuer && `issuer ${slot.issuer}`
  ]
    .filter(Boolean)
    .join('\n')
}
