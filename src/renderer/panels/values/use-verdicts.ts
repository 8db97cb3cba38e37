import { useEffect, useState } from 'react'
import type { SlotVerdicts } from '../../../shared/calls/nvm.ts'
import type { Snapshot } from '../../../shared/calls/snapshot.ts'
import { useStore, type Store } from '../../state/store/store.ts'

/**
 * Returns whether the slots would work for the last server; `null` until known. Asks again after each change that can
 * affect this.
 */
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
      // The connection is lost, which the window shows elsewhere. The effect runs again once it is back.
      () => undefined
    )
    return () => {
      wanted = false
    }
  }, [depends, live, store])
  return verdicts
}

/**
 * Returns what the verdicts depend on: slots, product, auth mode, last received certificates, and the module's clock to
 * the hour.
 */
function whatItDependsOn({ slots, product, ssl, handshake, network, nvm }: Snapshot): string {
  const stored = slots.map(
    (slot) => `${slot.storedBytes} ${slot.sha1Fingerprint ?? ''} ${slot.keyBits ?? ''} ${slot.fault ?? ''}`
  )
  const met = handshake?.messages.find((one) => one.name === 'Certificate' && one.direction === 'in')?.seq ?? ''
  // Two keys of the same size have the same facts, so the time of storing is included.
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
