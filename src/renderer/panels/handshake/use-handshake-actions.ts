import { useCallback } from 'react'
import type { HandshakeSnapshot } from '../../../shared/calls/handshakes.ts'
import type { Action, ActionSource } from '../../state/store/actions.ts'
import type { Store } from '../../state/store/store.ts'

interface PanelHands {
  readonly view: 'ladder' | 'keys'
  readonly step: number | null
  readonly onView: (view: 'ladder' | 'keys') => void
  readonly onGo: (step: number | null) => void
}

/** What palette and keys can do with the handshake that is shown. */
export function useHandshakeActions(
  store: Store,
  shown: HandshakeSnapshot | undefined,
  hands: PanelHands
): ActionSource {
  const { step, onView, onGo } = hands
  return useCallback((): readonly Action[] => {
    const why = (): string | null => (shown ? null : 'There is no handshake yet.')
    const open = (): void => {
      store.desk.show('handshake', true)
    }
    return [
      {
        id: 'handshake-step',
        group: 'Go to',
        words: 'Step through the handshake',
        also: 'message by message tls lesson',
        why,
        run: () => {
          open()
          onGo(step ?? 0)
        }
      },
      {
        id: 'handshake-keys',
        group: 'Go to',
        words: 'Show where the keys came from',
        also: 'key derivation secrets master premaster handshake',
        why,
        run: () => {
          open()
          onView('keys')
        }
      },
      {
        id: 'handshake-arrows',
        group: 'In a panel',
        words: 'Handshake: next or previous message, in step mode',
        keys: ['ArrowRight', 'ArrowLeft']
      },
      {
        id: 'handshake-close',
        group: 'In a panel',
        words: 'Handshake: close the message, leave step mode or the keys',
        keys: ['Escape']
      }
    ]
    // The functions only set state and may be those of an earlier drawing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [store, shown?.id, step])
}
