import type { ReactNode } from 'react'
import type { RecordedFile } from '../../shared/calls/exports.ts'
import { CopyButton } from '../parts/CopyButton.tsx'
import { Icon } from '../parts/icons.tsx'
import { dialScript } from '../state/sentence/dial.ts'
import { grouped, parseClockChip, shortTime } from '../state/sentence/formats.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { statusWords as words } from './status-words.ts'

/** Where data is stored and how much of it there is. */
export function StatusBar({ store }: { readonly store: Store }): ReactNode {
  const snapshot = useStore(store, (state) => state.snapshot)
  const skipped = useStore(store, (state) => state.skipped)
  if (!snapshot) return <footer className="status" />
  const { network, nvm, lab, timeline, keyLog, recording } = snapshot
  const server = lab.tls && `${lab.tls.host}:${lab.tls.port}`
  return (
    <footer className="status" aria-label={words.name}>
      <span title={network.nitz ? words.clock.byNetwork : words.clock.byHand}>
        {words.clock.label} <b className="mono">{parseClockChip(network.clockChip)?.text ?? network.clockChip}</b>
        {!network.clockSet && ` ${words.clock.notSet}`}
      </span>
      <NvmWords nvm={nvm} />
      {server ? (
        <span className="do" title={words.lab.title(server)}>
          {words.lab.label} <b className="mono">{server}</b>
          <CopyButton text={dialScript(lab)} what={words.lab.copy} />
        </span>
      ) : (
        <span>
          {words.lab.offLabel} <b>{words.lab.off}</b>
        </span>
      )}
      <span className="fill" />
      {skipped.events + skipped.outputBytes > 0 && (
        <span title={words.missed.title}>
          <b>{words.missed.label}</b> {words.missed.parts(skipped.events, skipped.outputBytes)}
        </span>
      )}
      <span title={words.events.title}>
        <b>{grouped(timeline.nextSeq)}</b> {words.events.rest(timeline.nextSeq, timeline.dropped)}
      </span>
      <Recorded word={words.files.capture} file={recording.capture} />
      {recording.transcript && <Recorded word={words.files.transcript} file={recording.transcript} />}
      {keyLog.on ? (
        <button
          type="button"
          className="badge-warn"
          title={words.keyLog.onTitle(keyLog.sessions, keyLog.file)}
          onClick={() => {
            void store.attempt(store.api.setKeyLog({ on: false }))
          }}
        >
          <Icon name="key" />
          {words.keyLog.on(keyLog.sessions)}
        </button>
      ) : (
        <span title={words.keyLog.offTitle}>
          {words.keyLog.label} <b>{words.keyLog.off}</b>
        </span>
      )}
    </footer>
  )
}

/** A file that the command line asked for, with its size. */
function Recorded({ word, file }: { readonly word: string; readonly file: RecordedFile | null }): ReactNode {
  if (!file) {
    return (
      <span title={words.files.offTitle}>
        {word} <b>{words.files.off}</b>
      </span>
    )
  }
  return (
    <span className={file.fault === null ? '' : 'err'} title={file.fault ?? file.path}>
      {word}{' '}
      <b className={file.fault === null ? '' : 'err'}>
        {file.fault === null ? words.files.bytes(file.bytes) : words.files.stopped}
      </b>
    </span>
  )
}

function NvmWords({
  nvm
}: {
  readonly nvm: { readonly folder: string | null; readonly savedAtMs: number | null; readonly fault: string | null }
}): ReactNode {
  const { label, notKept, notKeptTitle, savedTitle, unchanged, saved } = words.nvm
  if (nvm.fault !== null)
    return (
      <span className="shrink err" title={nvm.fault}>
        <b className="err">{label}</b> {nvm.fault}
      </span>
    )
  if (nvm.folder === null)
    return (
      <span title={notKeptTitle}>
        {label} <b>{notKept}</b>
      </span>
    )
  return (
    <span className="shrink" title={savedTitle(nvm.folder)}>
      {label} <b>{nvm.savedAtMs === null ? unchanged : saved(shortTime(nvm.savedAtMs, Date.now()))}</b>
    </span>
  )
}
