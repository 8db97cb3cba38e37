import { useState, type ReactNode } from 'react'
import type { SlotForm } from '../../../shared/calls/nvm.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import type { Store } from '../../state/store/store.ts'
import { nvmWords } from './nvm-words.ts'
import { Verdict } from './panel-state.tsx'
import { storeInSlot, type OfferedFile } from './slot-acts.ts'

interface FileSheetProps {
  readonly store: Store
  readonly file: OfferedFile
  readonly capacityBytes: number
  /** Called when another certificate of the same file is chosen. */
  readonly onOther: (file: OfferedFile) => void
  readonly onClose: () => void
}

/** The sheet for a file that the module cannot use as it is: why, how to fix it, and what each form would be in the slot. */
export function FileSheet({ store, file, capacityBytes, onOther, onClose }: FileSheetProps): ReactNode {
  const { name, dataType, bytes, offer } = file
  const { asIs, mended, changes, refusal, warnings, certificates, pick } = offer
  const [busy, setBusy] = useState(false)
  const put = async (form: 'as-is' | 'mended'): Promise<void> => {
    setBusy(true)
    const stored = await storeInSlot(store, { dataType, bytes, form, ...(form === 'mended' ? { pick } : {}) })
    setBusy(false)
    if (stored) onClose()
  }
  const choose = async (other: number): Promise<void> => {
    onOther({ ...file, offer: await store.api.offerFile({ dataType, bytes, pick: other }) })
  }
  return (
    <Sheet open name={words.name(name, dataType, nvmWords.slots[dataType].title)} className="nvm" onClose={onClose}>
      {refusal !== null ? (
        <p className="say err">{refusal}</p>
      ) : mended && asIs?.fault ? (
        <p className="say">{words.unchanged(asIs.fault)}</p>
      ) : null}
      {warnings.map((sentence) => (
        <p key={sentence} className="say">
          {sentence}
        </p>
      ))}
      {certificates.length > 1 && (
        <label className="save-as">
          <span>{words.which}</span>
          <span className="select">
            <select
              className="field"
              value={pick}
              onChange={(event) => {
                void choose(Number(event.target.value))
              }}
            >
              {certificates.map((one, at) => (
                <option key={at} value={at}>
                  {one.isRoot ? words.root(one.subject) : one.subject}
                </option>
              ))}
            </select>
          </span>
        </label>
      )}
      {(asIs || mended) && (
        <div className="file-forms">
          {mended && (
            <Form name={words.converted} form={mended} capacityBytes={capacityBytes} note={changes.join(', ')} />
          )}
          {asIs && (
            <Form
              name={words.asItIs}
              form={asIs}
              capacityBytes={capacityBytes}
              note=""
              saidAbove={refusal !== null || mended !== null}
            />
          )}
        </div>
      )}
      <div className="acts">
        {mended && (
          <button
            type="button"
            className="btn lead"
            disabled={busy}
            aria-busy={busy}
            onClick={() => void put('mended')}
          >
            {busy ? words.storing : certificates.length > 1 ? words.storeChosen : words.storeConverted}
          </button>
        )}
        {asIs && (
          <button
            type="button"
            className={`btn ${mended || asIs.fault !== null ? 'line' : 'lead'}`}
            disabled={busy}
            title={asIs.fault === null ? undefined : words.aboutForTests}
            onClick={() => void put('as-is')}
          >
            {asIs.fault === null && warnings.length > 0
              ? words.storeAnyway
              : asIs.fault === null
                ? words.store
                : words.storeForTests}
          </button>
        )}
        <span className="fill" />
        <button type="button" className="btn" onClick={onClose}>
          {asIs || mended ? words.cancel : words.close}
        </button>
      </div>
    </Sheet>
  )
}

const words = nvmWords.file

interface FormProps {
  readonly name: string
  readonly form: SlotForm
  readonly capacityBytes: number
  readonly note: string
  /** Whether the reason is already written above. */
  readonly saidAbove?: boolean
}

/** One form in which the file can be stored: how much of the slot it takes, and whether a dial would accept it. */
function Form({ name, form, capacityBytes, note, saidAbove }: FormProps): ReactNode {
  return (
    <div>
      <b>{name}</b>
      <span>
        <span className="cap">
          <span className="mono">{form.storedBytes}</span>
          <span className="dim mono">{form.format === 'unknown' ? words.ofCapacity(capacityBytes) : form.format}</span>
        </span>
        <span className={`bar${form.fault === null ? '' : ' faulty'}`} style={{ display: 'block' }}>
          <i style={{ width: `${Math.min(100, (form.storedBytes / capacityBytes) * 100)}%` }} />
        </span>
      </span>
      <span className="why">
        {form.fault === null ? (
          <Verdict good>
            {[form.subject ?? (form.keyBits === null ? words.usable : words.rsa(form.keyBits)), note]
              .filter(Boolean)
              .join('; ')}
          </Verdict>
        ) : (
          <Verdict good={false}>{saidAbove ? words.dialFails : form.fault}</Verdict>
        )}
      </span>
    </div>
  )
}
