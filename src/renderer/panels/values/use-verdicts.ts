import { useEffect, useState } from 'react'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import type { SlotVerdicts } from '../../../shared/calls/nvm.ts'
import { useStore, type Store } from '../../state/store/store.ts'

/** Whether the slots would do for the far end that was met last; asked anew whenever something changed that it depends on. */
export function useVerdicts(store: Store): SlotVerdicts | null {
  const live = useStore(store, (state) => state.link.kind === 'live')
  const depends = useStore(store, ({ snapshot }) => (snapshot ? whatItDependsOn(snapshot) : null))
  const [verdicts, setVerdicts] = useState<SlotVerdicts | null>(null)
  useEffect(() => {
    if (depends === null || !live) return
    let wanted = true
    store.api.wouldItWork().then(
      (told) => {
        if (wanted) setVerdicts(told)
      },
      // The connection is gone, which the window says elsewhere; it is asked again when it is back.
      () => undefined
    )
    return () => {
      wanted = false
    }
  }, [depends, live, store])
  return verdicts
}

/** Slots, product, auth mode, the last certificates that came, and the module's clock to the hour. */
function whatItDependsOn({ slots, product, ssl, handshake, network, nvm }: Snapshot): string {
  const stored = slots.map(
    (slot) => `${slot.storedBytes} ${slot.sha1Fingerprint ?? ''} ${slot.keyBits ?? ''} ${slot.fault ?? ''}`
  )
  const met = handshake?.messages.find((one) => one.name === 'Certificate' && one.direction === 'in')?.seq ?? ''
  // Two keys of one size look alike; when they were stored does not.
  return [
    ...stored,
    nvm.savedAtMs ?? '',
    product.name,
    product.software,
    ssl.authMode,
    ssl.certificateFormat ?? '',
    met,
    network.clockChip.slice(0, 11)
  ].join('|')
}
