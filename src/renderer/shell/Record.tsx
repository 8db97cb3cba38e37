import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ExportFormat } from '../../shared/calls/exports.ts'
import { Icon } from '../parts/icons.tsx'
import { clockTime } from '../state/sentence/formats.ts'
import { useStore, type Store } from '../state/store/store.ts'
import { fetchExport, saveFile } from '../state/timeline/export-file.ts'
import { recordWords } from './toolbar-words.ts'

const formats = ['pcapng', 'text', 'jsonl'] as const

/** Marks a start. Stopping offers the events since then as a file. */
export function Record({ store }: { readonly store: Store }): ReactNode {
  const recording = useStore(store, (state) => state.recording)
  const nextSeq = useStore(store, (state) => state.snapshot?.timeline.nextSeq ?? null)
  const gone = useStore(store, (state) => state.link.kind !== 'live')
  const box = useRef<HTMLDivElement>(null)
  const runs = recording?.toSeq === null
  const events = recording ? (recording.toSeq ?? nextSeq ?? recording.fromSeq) - recording.fromSeq : 0
  const stopped = recording !== null && !runs
  useEffect(() => {
    if (!stopped) return
    box.current?.querySelector<HTMLElement>('.popover button')?.focus()
    // On the window, because a button that is busy saving has lost the focus.
    const close = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && store.get().sheet === null) store.record('forget')
    }
    window.addEventListener('keydown', close)
    return () => {
      window.removeEventListener('keydown', close)
    }
  }, [stopped, store])
  return (
    <div className="record" ref={box}>
      <button
        type="button"
        className={`btn${runs ? ' recording' : ''}`}
        aria-pressed={runs}
        disabled={nextSeq === null || (gone && !runs)}
        title={runs ? recordWords.stopTitle : recordWords.recordTitle}
        onClick={() => {
          store.record(runs ? 'stop' : 'start')
        }}
      >
        <Icon name="record" />
        <span className="word">{runs ? recordWords.stop(events) : recordWords.record}</span>
        {!runs && <span className="off-screen">{recordWords.fromNowOn}</span>}
      </button>
      {recording && stopped && <Save store={store} recording={recording} events={events} />}
    </div>
  )
}

interface SaveProps {
  readonly store: Store
  readonly recording: { readonly fromSeq: number; readonly toSeq: number | null; readonly startedMs: number }
  readonly events: number
}

function Save({ store, recording, events }: SaveProps): ReactNode {
  const keyLog = useStore(store, (state) => state.snapshot?.keyLog.on === true)
  const [saving, setSaving] = useState<{ readonly format: ExportFormat; readonly share: number } | null>(null)

  async function save(format: ExportFormat): Promise<void> {
    setSaving({ format, share: 0 })
    const { fromSeq, toSeq } = recording
    const request = { format, fromSeq, toSeq, secrets: format === 'pcapng' && keyLog }
    await store.attempt(
      fetchExport(store.api, request, (share) => {
        setSaving({ format, share })
      }).then(({ fileName, parts }) => {
        saveFile(fileName, parts)
      })
    )
    setSaving(null)
  }

  return (
    <div className="popover" role="dialog" aria-label={recordWords.dialog}>
      <p>
        <b>{recordWords.events(events)}</b> {recordWords.since(clockTime(recording.startedMs))}{' '}
        {events === 0 ? recordWords.nothing : recordWords.saveAs}
      </p>
      {formats.map((format) => (
        <div className="save-as" key={format}>
          <button
            type="button"
            className="btn line"
            disabled={events === 0 || saving !== null}
            aria-busy={saving?.format === format}
            onClick={() => {
              void save(format)
            }}
          >
            {saving?.format === format
              ? recordWords.saving(Math.round(saving.share * 100))
              : recordWords.formats[format].name}
          </button>
          <span className="dim">
            {format !== 'pcapng'
              ? recordWords.formats[format].about
              : keyLog
                ? recordWords.decrypted(recordWords.formats.pcapng.about)
                : recordWords.encrypted(recordWords.formats.pcapng.about)}
          </span>
        </div>
      ))}
      <div className="acts">
        <button
          type="button"
          className="btn"
          onClick={() => {
            store.record('forget')
          }}
        >
          {recordWords.done}
        </button>
      </div>
    </div>
  )
}
