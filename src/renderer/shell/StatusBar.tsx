import type { ReactNode } from 'react'
import type { KeyLogSnapshot, RecordedFile } from '../../shared/calls/exports.ts'
import { Icon } from '../parts/icons.tsx'
import { CopyButton } from '../parts/CopyButton.tsx'
import { dialScript } from '../state/sentence/dial.ts'
import { grouped, parseClockChip, shortTime } from '../state/sentence/formats.ts'
import { useStore, type Store } from '../state/store/store.ts'

/** Where things are kept and how much there is of them: read once, looked up seldom. */
export function StatusBar({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const skipped = useStore(store, (state) => state.skipped)
  if (!snapshot) return <footer className="status" />
  const { network, nvm, lab, timeline, keyLog, recording } = snapshot
  return (
    <footer className="status" aria-label="Status">
      <span title={network.nitz ? 'The network sets the clock chip (NITZ)' : 'The network does not set the clock chip'}>
        Module time <b className="mono">{parseClockChip(network.clockChip)?.text ?? network.clockChip}</b>
        {!network.clockSet && ' not set'}
      </span>
      <NvmWords nvm={nvm} />
      {lab.tls ? (
        <span
          className="do"
          title={`The built-in TLS echo: ${lab.tls.host}:${lab.tls.port}, also at 123.124.125.126:443 as in the guide`}
        >
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
      <span title="Events since the simulator started; the oldest are dropped when memory for them is full">
        <b>{grouped(timeline.nextSeq)}</b> events, {grouped(timeline.dropped)} dropped
      </span>
      <Recorded word="Capture" file={recording.capture} />
      {recording.transcript && <Recorded word="Transcript" file={recording.transcript} />}
      {keyLog.on ? (
        <button
          type="button"
          className="badge-warn"
          title={keyLogWords(keyLog)}
          onClick={() => {
            void store.attempt(store.api.setKeyLog({ on: false }))
          }}
        >
          <Icon name="key" />
          Key log on, {keyLog.sessions}
        </button>
      ) : (
        <span title="No secrets of TLS sessions are kept">
          Key log <b>off</b>
        </span>
      )}
    </footer>
  )
}

function keyLogWords({ sessions, file }: KeyLogSnapshot): string {
  const kept = `The secrets of ${sessions} TLS ${sessions === 1 ? 'session' : 'sessions'} are kept${file ? ` and written to ${file}` : ''}.`
  return `${kept} Press to switch it off and forget them.`
}

/** A file that the command line asked for, and how much is in it. */
function Recorded({ word, file }: { readonly word: string; readonly file: RecordedFile | null }): ReactNode {
  if (!file) {
    return (
      <span title={`${word} to a file: --capture FILE. Record in the toolbar saves a range.`}>
        {word} <b>off</b>
      </span>
    )
  }
  return (
    <span className={file.fault === null ? '' : 'err'} title={file.fault ?? file.path}>
      {word}{' '}
      <b className={file.fault === null ? '' : 'err'}>{file.fault === null ? `${grouped(file.bytes)} B` : 'stopped'}</b>
    </span>
  )
}

function NvmWords({
  nvm
}: {
  readonly nvm: { readonly folder: string | null; readonly savedAtMs: number | null; readonly fault: string | null }
}): ReactNode {
  if (nvm.fault !== null)
    return (
      <span className="shrink err" title={nvm.fault}>
        <b className="err">NVM</b> {nvm.fault}
      </span>
    )
  if (nvm.folder === null)
    return (
      <span title="NVM lives as long as the simulator runs">
        NVM <b>not kept</b>
      </span>
    )
  return (
    <span className="shrink" title={`NVM is kept in ${nvm.folder}`}>
      NVM {nvm.savedAtMs === null ? <b>as at the start</b> : <b>saved {shortTime(nvm.savedAtMs, Date.now())}</b>}
    </span>
  )
}

function missedWords({ events, outputBytes }: { readonly events: number; readonly outputBytes: number }): string {
  const parts = [
    events > 0 ? `${grouped(events)} events` : '',
    outputBytes > 0 ? `${grouped(outputBytes)} B of output` : ''
  ]
  return parts.filter((part) => part !== '').join(', ')
}
