/** @module The sheet that shows an opened capture file. */

import { useState, type ReactNode } from 'react'
import type { CapturedStream } from '../../../shared/calls/capture.ts'
import { Sheet } from '../../parts/Sheet.tsx'
import { Icon } from '../../parts/icons.tsx'
import { chooseKeyLog, closeCapture } from '../../state/capture-files.ts'
import type { CaptureView } from '../../state/store/capture-view.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { CapturedLines } from './CapturedLines.tsx'
import { StreamView } from './StreamView.tsx'
import { captureWords, factsOf, streamWords } from './words.ts'
import './capture.css'

/** A capture file over the live window: its connections, its serial lines, and facts about the file. */
export function CaptureSheet({ store }: { readonly store: Store }): ReactNode {
  const open = useStore(store, (state) => state.sheet === 'capture')
  const capture = useStore(store, (state) => state.capture)
  return (
    <Sheet
      open={open}
      name={captureWords.name(capture?.fileName ?? null)}
      className="capture"
      onClose={() => {
        closeCapture(store)
      }}
    >
      {open && capture && (
        <Content store={store} capture={capture} key={capture.kind === 'open' ? capture.captureId : capture.fileName} />
      )}
    </Sheet>
  )
}

function Content({ store, capture }: { readonly store: Store; readonly capture: CaptureView }): ReactNode {
  if (capture.kind === 'loading') return <p role="status">{captureWords.reading}</p>
  if (capture.kind === 'refused')
    return (
      <p role="alert" className="refusal">
        {capture.sentence}
      </p>
    )
  return <Opened store={store} capture={capture} />
}

function Opened({
  store,
  capture
}: {
  readonly store: Store
  readonly capture: CaptureView & { readonly kind: 'open' }
}): ReactNode {
  const { reading, refusal, captureId } = capture
  // Most captures are opened for their first connection with a handshake.
  const [shown, setShown] = useState<'at' | number | null>(
    () =>
      (reading.streams.find(({ handshake }) => handshake) ?? reading.streams[0])?.number ??
      (reading.lines > 0 ? 'at' : null)
  )
  const stream = reading.streams.find(({ number }) => number === shown)
  const closed = reading.streams.some(({ decrypted }) => decrypted === false)
  return (
    <>
      <div className="capture-facts">
        <span className="from-file" title={captureWords.fromFileTitle}>
          <Icon name="choose-file" />
          {captureWords.fromFile}
        </span>
        <span className="about">{factsOf(reading)}</span>
        <button
          type="button"
          className={`btn sm ${closed ? 'line' : ''}`}
          title={captureWords.addKeyLogTitle}
          onClick={() => {
            chooseKeyLog(store)
          }}
        >
          <Icon name="key" />
          {captureWords.addKeyLog}
        </button>
      </div>
      {refusal !== null && (
        <p role="alert" className="refusal">
          {refusal}
        </p>
      )}
      {reading.notes.map((note) => (
        <p key={note} className="note">
          {note}
        </p>
      ))}
      <div className="capture-parts">
        <nav aria-label={captureWords.contents}>
          {reading.lines > 0 && (
            <button
              type="button"
              aria-current={shown === 'at'}
              onClick={() => {
                setShown('at')
              }}
            >
              <b>{captureWords.atLines.heading}</b>
              <span>{captureWords.atLines.count(reading.lines)}</span>
            </button>
          )}
          {reading.streams.map((one) => (
            <Choice
              key={one.number}
              stream={one}
              chosen={one.number === shown}
              onChoose={() => {
                setShown(one.number)
              }}
            />
          ))}
          {reading.streams.length === 0 && <p className="dim">{captureWords.connections.none}</p>}
        </nav>
        {stream ? (
          <StreamView key={stream.number} api={store.api} captureId={captureId} stream={stream} reading={reading} />
        ) : shown === 'at' ? (
          <CapturedLines
            api={store.api}
            captureId={captureId}
            of="at"
            count={reading.lines}
            name={captureWords.atLines.name}
            version={reading}
          />
        ) : (
          <p className="empty">{captureWords.nothing}</p>
        )}
      </div>
      {reading.comments.map((comment) => (
        <p key={comment} className="dim comment">
          {comment}
        </p>
      ))}
    </>
  )
}

function Choice({
  stream,
  chosen,
  onChoose
}: {
  readonly stream: CapturedStream
  readonly chosen: boolean
  readonly onChoose: () => void
}): ReactNode {
  return (
    <button type="button" aria-current={chosen} onClick={onChoose}>
      <b className="mono">{stream.far}</b>
      <span className="mono">{captureWords.connections.from(stream.near)}</span>
      <span className="how" title={streamWords(stream)}>
        {stream.handshake && <Icon name="lock" />}
        <span className="cut">{streamWords(stream)}</span>
      </span>
    </button>
  )
}
