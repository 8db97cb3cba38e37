import { useEffect, useRef, useState, type ReactNode } from 'react'
import type { ExportFormat } from '../../shared/calls/exports.ts'
import { Icon } from '../parts/icons.tsx'
import { fetchExport, saveFile } from '../state/timeline/export-file.ts'
import { clockTime, grouped } from '../state/sentence/formats.ts'
import { useStore, type Store } from '../state/store/store.ts'

const formats: readonly (readonly [ExportFormat, word: string, about: string])[] = [
  ['pcapng', 'Capture', 'pcapng, for Wireshark'],
  ['text', 'Text', 'a line each event, to read'],
  ['jsonl', 'JSON lines', 'an object each event, for programs']
]

/** Marks a start; stopping offers what happened in between as a file. */
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
    // On the window: a button that is busy saving has lost the focus.
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
        title={
          runs
            ? 'Stops and offers what happened since as a file'
            : 'Marks this moment as the start of what is to be saved'
        }
        onClick={() => {
          store.record(runs ? 'stop' : 'start')
        }}
      >
        <Icon name="record" />
        <span className="word">{runs ? `Stop, ${grouped(events)}` : 'Record'}</span>
        {!runs && <span className="off-screen"> what happens from here</span>}
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
    <div className="popover" role="dialog" aria-label="Save the recording">
      <p>
        <b>{grouped(events)} events</b> since {clockTime(recording.startedMs)}
        {events === 0 ? '. Nothing happened: there is nothing to save.' : '. Save them as often as you like.'}
      </p>
      {formats.map(([format, word, about]) => (
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
            {saving?.format === format ? `Saving, ${Math.round(saving.share * 100)} %` : word}
          </button>
          <span className="dim">
            {format === 'pcapng' ? `${about}, ${keyLog ? 'opens decrypted' : 'encrypted: the key log is off'}` : about}
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
          Done
        </button>
      </div>
    </div>
  )
}
