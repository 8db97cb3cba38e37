import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { parseClockChip } from '../../state/sentence/formats.ts'
import { useMarked } from '../../state/sentence/why.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { ChainSheet } from './ChainSheet.tsx'
import { FileSheet } from './FileSheet.tsx'
import { Slot } from './Slot.tsx'
import { SlotSheet } from './SlotSheet.tsx'
import { nvmWords } from './nvm-words.ts'
import { Bones, usePanelState, Values } from './panel-state.tsx'
import { asksFirst, offerFile, storeInSlot, type DataType, type OfferedFile } from './slot-acts.ts'
import { useVerdicts } from './use-verdicts.ts'
import './values.css'

/** The three security data slots: what each holds, and whether it would work. Files can be dropped on them. */
export function NvmPanel({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const clockChip = snapshot?.network.clockChip ?? ''
  const clock = useMemo(() => parseClockChip(clockChip), [clockChip])
  const state = usePanelState(store)
  const marked = useMarked(store)
  const verdicts = useVerdicts(store)
  const [opened, setOpened] = useState<DataType | null>(null)
  const [offered, setOffered] = useState<OfferedFile | null>(null)
  const [asking, setAsking] = useState(false)
  useKeptPage()

  const take = async (dataType: DataType, file: File): Promise<void> => {
    const one = await offerFile(store, dataType, file)
    if (!one) return
    setOpened(null)
    if (asksFirst(one)) setOffered(one)
    else await storeInSlot(store, { dataType, bytes: one.bytes, form: 'as-is' })
  }
  const askServer = (): void => {
    setOpened(null)
    setAsking(true)
  }
  const live = state === 'live' || state === 'off'
  const slot = opened === null ? undefined : snapshot?.slots.find((one) => one.dataType === opened)
  const format = snapshot?.ssl.certificateFormat ?? null
  return (
    <Panel
      name={words.name}
      controls={
        <>
          {snapshot && (
            <span className="nw dim" title={format === null ? words.aboutOnly : words.aboutFormat}>
              {words.takes}
              <b className="ink2">{format === 0 ? words.formats.der : words.formats.pem}</b>
              {format === null && words.only}
              <span className="wide">{words.dropFile}</span>
            </span>
          )}
          <button type="button" className="btn sm" disabled={!live} title={words.aboutFromServer} onClick={askServer}>
            <Icon name="server" />
            {words.fromServer}
          </button>
        </>
      }
    >
      <Values state={state}>
        {!snapshot ? (
          <Bones lines={3} />
        ) : (
          <ul className="slots">
            {snapshot.slots.map((one) => (
              <Slot
                key={one.slot}
                store={store}
                slot={one}
                clockMs={clock?.ms ?? null}
                verdict={verdicts?.slots[one.dataType] ?? null}
                authMode={snapshot.ssl.authMode}
                marked={marked.includes(`nvm:${one.slot}`)}
                live={live}
                onOpen={() => {
                  setOpened(one.dataType)
                }}
                onFile={(file) => {
                  void take(one.dataType, file)
                }}
              />
            ))}
          </ul>
        )}
      </Values>
      {slot && (
        <SlotSheet
          store={store}
          slot={slot}
          clock={clock}
          verdict={verdicts?.slots[slot.dataType] ?? null}
          farEnd={verdicts?.farEnd ?? null}
          live={live}
          onFile={(file) => {
            void take(slot.dataType, file)
          }}
          onAskServer={askServer}
          onClose={() => {
            setOpened(null)
          }}
        />
      )}
      {offered && (
        <FileSheet
          store={store}
          file={offered}
          capacityBytes={snapshot?.slots[offered.dataType]?.capacityBytes ?? 0}
          onOther={setOffered}
          onClose={() => {
            setOffered(null)
          }}
        />
      )}
      {asking && (
        <ChainSheet
          store={store}
          onClose={() => {
            setAsking(false)
          }}
        />
      )}
    </Panel>
  )
}

const words = nvmWords.panel

/** Prevents the browser from opening a file that is dropped outside a slot. */
function useKeptPage(): void {
  useEffect(() => {
    const keep = (event: DragEvent): void => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault()
    }
    window.addEventListener('dragover', keep)
    window.addEventListener('drop', keep)
    return () => {
      window.removeEventListener('dragover', keep)
      window.removeEventListener('drop', keep)
    }
  }, [])
}
