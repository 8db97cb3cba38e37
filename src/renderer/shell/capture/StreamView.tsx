import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { CapturedStream, CaptureReading } from '../../../shared/calls/capture.ts'
import { describeMessage } from '../../../shared/tls/fields.ts'
import { LadderView } from '../../panels/handshake/LadderView.tsx'
import type { MessageSource } from '../../panels/handshake/use-message.ts'
import { moduleEnds } from '../../panels/handshake/words.ts'
import { SideTabs } from '../../parts/SideTabs.tsx'
import { clockTime } from '../../state/sentence/formats.ts'
import { CapturedLines } from './CapturedLines.tsx'
import { captureWords, clientEnds, footOf } from './words.ts'

const words = captureWords.connections

interface StreamViewProps {
  readonly api: SimulatorApi
  readonly captureId: number
  readonly stream: CapturedStream
  readonly reading: CaptureReading
}

/** One connection of a capture: its handshake as a ladder, its data, and the comments on its packets. */
export function StreamView({ api, captureId, stream, reading }: StreamViewProps): ReactNode {
  const sides = [
    ...(stream.handshake ? ([words.handshake] as const) : []),
    ...(stream.lines > 0 || !stream.handshake ? ([words.data] as const) : []),
    ...(stream.comments.length > 0 ? ([words.comments] as const) : [])
  ]
  const [active, setActive] = useState(0)
  const side = sides[Math.min(active, sides.length - 1)]
  return (
    <section className="stream" aria-label={words.name(stream.far)}>
      <div className="tabs">
        <SideTabs
          name={words.sides}
          sides={{ names: sides, active: Math.min(active, sides.length - 1), onChoose: setActive }}
          from={0}
        />
        <span className="fill" />
        <span className="dim">{clockTime(stream.beganMs)}</span>
      </div>
      {side === words.handshake && <CapturedLadder api={api} captureId={captureId} stream={stream} reading={reading} />}
      {side === words.data && (
        <CapturedLines
          api={api}
          captureId={captureId}
          of={stream.number}
          count={stream.lines}
          name={words.dataName}
          version={reading}
        />
      )}
      {side === words.comments && (
        <ul className="comments" tabIndex={0} aria-label={words.commentsName}>
          {stream.comments.map(({ atMs, text }, at) => (
            // Comments never change, so the index identifies a comment.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              <span className="mono dim">{clockTime(atMs)}</span> {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function CapturedLadder({ api, captureId, stream, reading }: StreamViewProps): ReactNode {
  const [selected, setSelected] = useState<number | null>(null)
  // After a capture was read again with a key log, the same message has other bytes.
  const source = useMemo(() => capturedMessages(api, captureId, reading), [api, captureId, reading])
  // The ladder names its rows by the number of the handshake. Numbers below 0 never belong to the live panel.
  const handshake = useMemo(() => ({ ...stream.handshake!, id: -stream.number }), [stream])
  const press = (event: KeyboardEvent): void => {
    // The first Escape closes the message, the next one the sheet.
    if (event.key !== 'Escape' || selected === null) return
    event.preventDefault()
    setSelected(null)
  }
  return (
    <div className="capture-ladder" onKeyDown={press}>
      <LadderView
        source={source}
        handshake={handshake}
        full={null}
        selected={selected === null ? null : { handshake, at: selected }}
        opened
        step={null}
        captured={{ ends: reading.isOwn ? moduleEnds : clientEnds, foot: footOf(stream), purposes: reading.isOwn }}
        onSelect={(_, at) => {
          setSelected(at)
        }}
        onGo={() => undefined}
      />
    </div>
  )
}

/** Returns a source of the capture's messages. `reading` is unused: a new reading needs a new source. */
function capturedMessages(api: SimulatorApi, captureId: number, _reading: CaptureReading): MessageSource {
  return async (seq) => {
    const { name, bytes } = await api.captureMessage({ captureId, seq })
    return { kind: 'open', bytes, fields: describeMessage({ name, raw: bytes }) }
  }
}
