import { useCallback } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import type { Action, ActionSource } from '../../state/store/actions.ts'
import type { Store } from '../../state/store/store.ts'
import { handshakeWords } from './words.ts'

const words = handshakeWords.actions

interface PanelHands {
  readonly view: 'ladder' | 'keys'
  readonly step: number | null
  readonly onView: (view: 'ladder' | 'keys') => void
  readonly onGo: (step: number | null) => void
}

/** The actions on the shown handshake, for the palette and the keys. */
export function useHandshakeActions(
  store: Store,
  shown: HandshakeSnapshot | undefined,
  hands: PanelHands
): ActionSource {
  const { step, onView, onGo } = hands
  return useCallback((): readonly Action[] => {
    const why = (): string | null => (shown ? null : words.none)
    const open = (): void => {
      store.desk.show('handshake', true)
    }
    return [
      {
        id: 'handshake-step',
        ...words.step,
        why,
        run: () => {
          open()
          onGo(step ?? 0)
        }
      },
      {
        id: 'handshake-keys',
        ...words.keys,
        why,
        run: () => {
          open()
          onView('keys')
        }
      },
      {
        id: 'handshake-arrows',
        ...words.arrows,
        keys: ['ArrowRight', 'ArrowLeft']
      },
      {
        id: 'handshake-close',
        ...words.close,
        keys: ['Escape']
      }
    ]
    // The functions only set state: those of an earlier rendering do the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [store, shown?.id, step])
}
