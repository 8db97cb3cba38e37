import { useRef, type ReactNode } from 'react'
import type { SlotVerdict } from '../../../shared/calls/nvm.ts'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import { CopyButton } from '../../parts/CopyButton.tsx'
import { Sheet } from '../../parts/Sheet.tsx'
import { Icon } from '../../parts/icons.tsx'
import type { Store } from '../../state/store/store.ts'
import { Mark } from '../timeline/Mark.tsx'
import { Lifetime } from './Lifetime.tsx'
import { PreloadActs } from './PreloadActs.tsx'
import { nvmWords } from './nvm-words.ts'
import { deleteSlot, saveSlot } from './slot-acts.ts'
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

/** The sheet of one slot, with all its facts and actions. */
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
    <Sheet open name={words.name(dataType, nvmWords.slots[dataType].title)} className="nvm" onClose={onClose}>
      {verdict && <Would verdict={verdict} farEnd={farEnd} />}
      {validity && <Lifetime validity={validity} clockText={clock?.text.slice(0, 10) ?? null} />}
      <dl className="facts">
        <Fact name={words.stored}>
          <span className="fill-line">
            <span className={`bar${fault === null ? '' : ' faulty'}`}>
              <i style={{ width: `${Math.min(100, (storedBytes / capacityBytes) * 100)}%` }} />
            </span>
            <span>
              {storedBytes} <span className="dim">{words.ofCapacity(capacityBytes, format)}</span>
            </span>
          </span>
        </Fact>
        {slot.preload?.held && <Fact name={words.origin}>{words.preloaded}</Fact>}
        {subject !== null && <Fact name={words.subject}>{subject}</Fact>}
        {issuer !== null && (
          <Fact name={words.issuer}>
            {issuer === subject ? <span className="dim">{words.selfIssued}</span> : issuer}
          </Fact>
        )}
        {keyBits !== null && (
          <Fact name={words.key}>
            {words.rsa(keyBits)}
            {dataType === 2 && <span className="dim">{words.neverShown}</span>}
          </Fact>
        )}
        {sha1Fingerprint !== null && (
          <Fact name={words.sha1}>
            <code className="finger">{sha1Fingerprint}</code>{' '}
            <CopyButton text={sha1Fingerprint} what={words.copyFingerprint} />
          </Fact>
        )}
        {fault !== null && (
          <Fact name={words.problem}>
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
          {empty ? words.choose : words.replace}
        </button>
        <input
          ref={chooser}
          type="file"
          hidden
          aria-label={words.file}
          onChange={(event) => {
            const [file] = event.target.files ?? []
            event.target.value = ''
            if (file) onFile(file)
          }}
        />
        {dataType === 1 && (
          <button type="button" className="btn line" disabled={!live} onClick={onAskServer}>
            <Icon name="server" />
            {words.fromServer}
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
            {words.save}
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
          {words.delete}
        </button>
      </div>
    </Sheet>
  )
}

const words = nvmWords.sheet

/** The result of the checks that a dial makes on the stored data. */
function Would({ verdict, farEnd }: { readonly verdict: SlotVerdict; readonly farEnd: string | null }): ReactNode {
  const { word, brief, sentence, rule, asked } = verdict
  const head = words.verdicts[word]
  return (
    <div className={`would ${word}`} role="status">
      <span className={word === 'yes' ? 'ok' : ''}>
        <Mark name={word === 'yes' ? 'done' : word === 'no' ? 'error' : 'note'} />
      </span>
      <b>
        {word === 'yes' || word === 'no' ? words.verdict(head, brief) : head} {rule !== null && <code>{rule}</code>}
      </b>
      <p>
        {sentence}
        {!asked && word !== 'empty' && words.notUsed}
        {farEnd === null && word !== 'empty' && words.dialOnce}
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
