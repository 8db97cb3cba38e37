import { useRef, type ReactNode } from 'react'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import { Icon } from '../../parts/icons.tsx'
import type { Store } from '../../state/store/store.ts'
import { nvmWords } from './nvm-words.ts'
import { preloadCa } from './slot-acts.ts'

interface PreloadActsProps {
  readonly store: Store
  readonly slot: SlotSnapshot
  readonly live: boolean
}

/** Buttons for the CA certificate with which the module is delivered (G-3.3-8): set it from a file, or remove it. */
export function PreloadActs({ store, slot, live }: PreloadActsProps): ReactNode {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="btn line"
        disabled={!live}
        title={words.aboutSet}
        onClick={() => chooser.current?.click()}
      >
        <Icon name="choose-file" />
        {words.set}
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label={words.file}
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void preloadCa(store, slot, file)
        }}
      />
      {slot.preload?.held && (
        <button type="button" className="btn line" disabled={!live} onClick={() => void preloadCa(store, slot, null)}>
          {words.remove}
        </button>
      )}
    </>
  )
}

const words = nvmWords.preload
