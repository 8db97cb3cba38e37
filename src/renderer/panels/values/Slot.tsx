import { useRef, useState, type DragEvent, type KeyboardEvent, type ReactNode } from 'react'
import type { SlotVerdict } from '../../../shared/calls/nvm.ts'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import { Icon, type IconName } from '../../parts/icons.tsx'
import { isoDate } from '../../state/sentence/formats.ts'
import type { Store } from '../../state/store/store.ts'
import { ValidityTick } from './Lifetime.tsx'
import { nvmWords } from './nvm-words.ts'
import { Verdict } from './panel-state.tsx'
import { deleteSlot, saveSlot } from './slot-acts.ts'
import { validityOf, type Validity } from './validity.ts'

const words = nvmWords.slot

interface SlotProps {
  readonly store: Store
  readonly slot: SlotSnapshot
  readonly clockMs: number | null
  /** `null` while it is not known yet. */
  readonly verdict: SlotVerdict | null
  readonly authMode: number
  readonly marked: boolean
  readonly live: boolean
  readonly onOpen: () => void
  readonly onFile: (file: File) => void
}

/** One slot as a row. A click opens its sheet, a dropped file is stored, Delete empties the slot. */
export function Slot({ store, slot, clockMs, verdict, authMode, marked, live, onOpen, onFile }: SlotProps): ReactNode {
  const { dataType, storedBytes, capacityBytes } = slot
  const empty = storedBytes === 0
  const [over, setOver] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  const { title, short, name } = nvmWords.slots[dataType]
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
        aria-label={words.open(dataType, title, saidOf(slot, verdict))}
        title={titleOf(slot, verdict)}
        onClick={onOpen}
        onKeyDown={press}
      />
      <div>
        <div className="nm">
          <i>{dataType}</i>
          <b className={empty ? 'none' : ''}>{short}</b>
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
        <div className="bar" role="img" aria-label={words.used(storedBytes, capacityBytes)}>
          <i style={{ width: `${Math.min(100, (storedBytes / capacityBytes) * 100)}%` }} />
        </div>
      </div>
      {!empty && (
        <div className="more">
          {slot.issuer !== null && <span>{words.issuedBy(slot.issuer)}</span>}
          {slot.sha1Fingerprint !== null && <span className="mono finger">{words.sha1(slot.sha1Fingerprint)}</span>}
          {verdict && <span title={verdict.sentence}>{verdict.sentence}</span>}
        </div>
      )}
      <div className="slot-acts">
        <Act icon="choose-file" name={words.choose(name)} disabled={!live} onAct={() => chooser.current?.click()} />
        {dataType !== 2 && (
          <Act
            icon="save"
            name={words.save(name)}
            disabled={empty || !live}
            onAct={() => void saveSlot(store, dataType)}
          />
        )}
        <Act
          icon="delete"
          name={words.delete(name)}
          disabled={empty || !live}
          onAct={() => void deleteSlot(store, dataType)}
        />
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={words.file(dataType)}
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
          {empty ? words.dropToStore(name) : words.dropToReplace(name)}
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
    if (verdict?.asked) return <Verdict good={false}>{words.needed(authMode)}</Verdict>
    return <span className="dim">{slot.storedBytes === 0 ? words.notNeeded(authMode) : ''}</span>
  }
  if (verdict.word === 'no') return <Verdict good={false}>{verdict.brief}</Verdict>
  if (!verdict.asked) return <span className="dim">{words.notUsed(authMode)}</span>
  return verdict.word === 'yes' ? <Verdict good>{verdict.brief}</Verdict> : <span className="dim">{verdict.brief}</span>
}

function Content({ slot, validity }: { readonly slot: SlotSnapshot; readonly validity: Validity | null }): ReactNode {
  const { dataType, storedBytes, subject, keyBits, fault } = slot
  if (storedBytes === 0) {
    return (
      <div className="what">
        <span className="dim none">{words.empty}</span>
        <span className="dim">
          <code>{words.storeCommand(dataType)}</code>
        </span>
      </div>
    )
  }
  return (
    <div className="what">
      <span className="who">
        {[shortName(subject), keyBits === null ? null : words.rsa(keyBits)].filter(Boolean).join(', ') || words.stored}
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
        <span className="dim">{dataType === 2 ? words.neverShown : words.noDates}</span>
      )}
    </div>
  )
}

/** The format of the stored bytes: PEM, DER, or `?` if unknown. */
function Format({ format }: { readonly format: string | null }): ReactNode {
  return <i className="fmt">{format === null || format === 'unknown' ? '?' : format}</i>
}

/** Returns the validity in words: `to 2036-05-31`, or its first or last day if the module's clock is outside it. */
export function validityWords({ verdict, fromMs, toMs }: Validity): string {
  return verdict === 'expired'
    ? words.expired(isoDate(toMs))
    : verdict === 'early'
      ? words.validFrom(isoDate(fromMs))
      : words.validTo(isoDate(toMs))
}

/** Returns only the common name. The sheet shows the whole name. */
function shortName(name: string | null): string | null {
  return name === null ? null : (/(?:^|, )CN=([^,]+)/.exec(name)?.[1] ?? name)
}

function saidOf(slot: SlotSnapshot, verdict: SlotVerdict | null): string {
  if (slot.storedBytes === 0) return words.empty
  return [words.bytes(slot.storedBytes), slot.subject, slot.fault, verdict?.brief].filter(Boolean).join(', ')
}

function titleOf(slot: SlotSnapshot, verdict: SlotVerdict | null): string {
  if (slot.storedBytes === 0) return words.aboutEmpty
  return [
    slot.fault ?? verdict?.sentence,
    slot.subject && words.subject(slot.subject),
    slot.issuer && words.issuer(slot.issuer)
  ]
    .filter(Boolean)
    .join('\n')
}
