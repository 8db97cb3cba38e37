import type { ReactNode } from 'react'
import { CopyButton } from '../parts/CopyButton.tsx'
import { dialScript } from '../state/dial.ts'
import { grouped, parseClockChip, shortTime } from '../state/formats.ts'
import { useStore, type Store } from '../state/store.ts'

/** Where things are kept and how much there is of them: read once, looked up seldom. */
export function StatusBar({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const skipped = useStore(store, (state) => state.skipped)
  if (!snapshot) return <footer className="status" />
  const { network, nvm, lab, timeline } = snapshot
  return (
    <footer className="status" aria-label="Status">
      <span title={network.nitz ? 'The network sets the clock chip (NITZ)' : 'The network does not set the clock chip'}>
        Module time <b className="mono">{parseClockChip(network.clockChip)?.text ?? network.clockChip}</b>
        {!network.clockSet && ' not set'}
      </span>
      <span className="shrink" title={nvm.fault ?? nvm.folder ?? 'NVM lives as long as the simulator runs'}>
        {nvm.fault !== null ? (
          <span className="err">
            <b className="err">NVM</b> {nvm.fault}
          </span>
        ) : nvm.folder === null ? (
          <>
            NVM <b>not kept</b>
          </>
        ) : (
          <>
            NVM <b className="mono">{nvm.folder}</b>
            {nvm.savedAtMs === null ? ', nothing saved yet' : `, saved ${shortTime(nvm.savedAtMs, Date.now())}`}
          </>
        )}
      </span>
      {lab.tls ? (
        <span className="do">
          Far end{' '}
          <b className="mono">
            {lab.tls.host}:{lab.tls.port}
          </b>
          <CopyButton text={dialScript(lab)} what="the AT commands that dial it" />
        </span>
      ) : (
        <span>
          Far ends <b>outside only</b>
        </span>
      )}
      <span className="fill" />
      {skipped.events + skipped.outputBytes > 0 && (
        <span title="More came than this window could draw. The simulator has the events; reopening the window fetches the newest ones.">
          <b>This window missed</b> {missedWords(skipped)}
        </span>
      )}
      <span>
        <b>{grouped(timeline.nextSeq)}</b> events, {grouped(timeline.dropped)} dropped
      </span>
    </footer>
  )
}

function missedWords({ events, outputBytes }: { readonly events: number; readonly outputBytes: number }): string {
  const parts = [events > 0 ? `${grouped(events)} events` : '', outputBytes > 0 ? `${grouped(outputBytes)} B of output` : '']
  return parts.filter((part) => part !== '').join(', ')
}
