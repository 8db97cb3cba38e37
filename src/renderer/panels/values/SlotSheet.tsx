import { useRef, type ReactNode } from 'react'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import type { SlotVerdict } from '../../../shared/calls/nvm.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import type { Store } from '../../state/store/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { Lifetime } from './Lifetime.tsx'
import { PreloadActs } from './PreloadActs.tsx'
import { deleteSlot, saveSlot, slotNames } from './slot-acts.ts'
import { validityOf } from './validity.ts'

interface SlotSheetProps {
  readonly store: Store
  readonly slot: SlotSnapshot
  readonly clock: { readonly ms: number; readonly text: string } | null
  readonly verdict: SlotVerdict | null
  readonly farEnd: string | null
  readonly live: boolean
  readonly onFile: (file: File) => void
  readonly onAskServer: () => void
  readonly onClose: () => void
}

/** All there is to say of a slot, and all that can be done with it. */
export function SlotSheet({
  store,
  slot,
  clock,
  verdict,
  farEnd,
  live,
  onFile,
  onAskServer,
  onClose
}: SlotSheetProps): ReactNode {
  const { dataType, storedBytes, capacityBytes, format, subject, issuer, keyBits, sha1Fingerprint, fault } = slot
  const chooser = useRef<HTMLInputElement>(null)
  const empty = storedBytes === 0
  const validity = validityOf(slot, clock?.ms ?? null)
  return (
    <Sheet open name={`Slot ${dataType}, ${slotNames[dataType]}`} className="nvm" onClose={onClose}>
      {verdict && <Would verdict={verdict} farEnd={farEnd} />}
      {validity && <Lifetime validity={validity} clockText={clock?.text.slice(0, 10) ?? null} />}
      <dl className="facts">
        <Fact name="Stored">
          <span className="fill-line">
            <span className={`bar${fault === null ? '' : ' faulty'}`}>
              <i style={{ width: `${Math.min(100, (storedBytes / capacityBytes) * 100)}%` }} />
            </span>
            <span>
              {storedBytes}{' '}
              <span className="dim">
                of {capacityBytes} B{format === null ? '' : `, ${format}`}
              </span>
            </span>
          </span>
        </Fact>
        {slot.preload?.held && <Fact name="Origin">came with the module</Fact>}
        {subject !== null && <Fact name="Subject">{subject}</Fact>}
        {issuer !== null && (
          <Fact name="Issuer">{issuer === subject ? <span className="dim">itself: a root</span> : issuer}</Fact>
        )}
        {keyBits !== null && (
          <Fact name="Key">
            RSA, {keyBits} bit{dataType === 2 && <span className="dim">; never shown, never saved</span>}
          </Fact>
        )}
        {sha1Fingerprint !== null && (
          <Fact name="SHA-1">
            <code className="finger">{sha1Fingerprint}</code>{' '}
            <CopyButton text={sha1Fingerprint} what="the fingerprint" />
          </Fact>
        )}
        {fault !== null && (
          <Fact name="Fault">
            <span className="err">{fault}</span>
          </Fact>
        )}
      </dl>
      <div className="acts">
        <button
          type="button"
          className={`btn ${empty ? 'lead' : 'line'}`}
          disabled={!live}
          onClick={() => chooser.current?.click()}
        >
          <Icon name="choose-file" />
          {empty ? 'Choose a file' : 'Replace by a file'}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label="File for this slot"
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
        {dataType === 1 && (
          <button type="button" className="btn line" disabled={!live} onClick={onAskServer}>
            <Icon name="server" />
            Get it from a server
          </button>
        )}
        {dataType !== 2 && (
          <button
            type="button"
            className="btn line"
            disabled={empty || !live}
            onClick={() => void saveSlot(store, dataType)}
          >
            <Icon name="save" />
            Save
          </button>
        )}
        {slot.preload && <PreloadActs store={store} slot={slot} live={live} />}
        <span className="fill" />
        <button
          type="button"
          className="btn line"
          disabled={empty || !live}
          onClick={() => {
            void deleteSlot(store, dataType)
            onClose()
          }}
        >
          <Icon name="delete" />
          Delete
        </button>
      </div>
    </Sheet>
  )
}

/** Would it work? The answer of the checks that a dial makes. */
function Would({ verdict, farEnd }: { readonly verdict: SlotVerdict; readonly farEnd: string | null }): ReactNode {
  const { word, brief, sentence, rule, asked } = verdict
  const head = { yes: 'It would work', no: 'It would not work', unknown: 'Not known yet', empty: 'Empty' }[word]
  return (
    <div className={`would ${word}`} role="status">
      <span className={word === 'yes' ? 'ok' : ''}>
        <Mark name={word === 'yes' ? 'done' : word === 'no' ? 'error' : 'note'} />
      </span>
      <b>
        {head}
        {word === 'yes' || word === 'no' ? `: ${brief}` : ''} {rule !== null && <code>{rule}</code>}
      </b>
      <p>
        {sentence}
        {!asked && word !== 'empty' && ' The auth mode that is set does not ask for it.'}
        {farEnd === null && word !== 'empty' && ' Dial once, and the far end’s certificates are known.'}
      </p>
    </div>
  )
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactNode {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
