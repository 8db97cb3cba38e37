import { useRef, type ReactNode } from 'react'
import type { SlotSnapshot } from '../../../shared/calls/snapshot.ts'
import { Icon } from '../../parts/icons.tsx'
import type { Store } from '../../state/store/store.ts'
import { preloadCa } from './slot-acts.ts'

interface PreloadActsProps {
  readonly store: Store
  readonly slot: SlotSnapshot
  readonly live: boolean
}

/** The CA certificate that a module comes with (G-3.3-8): set from a file, which makes the slot as from the factory, or taken away. */
export function PreloadActs({ store, slot, live }: PreloadActsProps): ReactNode {
  const chooser = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="btn line"
        disabled={!live}
        title="The CA certificate that the module is delivered with. No command stores it; once deleted, only this field restores it."
        onClick={() => chooser.current?.click()}
      >
        <Icon name="choose-file" />
        Set as preloaded
      </button>
      <input
        ref={chooser}
        type="file"
        hidden
        aria-label="File of the preloaded CA certificate"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          event.target.value = ''
          if (file) void preloadCa(store, slot, file)
        }}
      />
      {slot.preload?.held && (
        <button type="button" className="btn line" disabled={!live} onClick={() => void preloadCa(store, slot, null)}>
          Come without one
        </button>
      )}
    </>
  )
}
