import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { SimulatorApi } from '../../../shared/api/api.ts'
import type { CapturedLine } from '../../../shared/calls/capture.ts'
import { Bytes } from '../../panels/timeline/RowText.tsx'
import { useVirtualRows } from '../../parts/virtual-rows.ts'
import { clockTime } from '../../state/sentence/formats.ts'
import { captureWords } from './words.ts'

interface CapturedLinesProps {
  readonly api: SimulatorApi
  readonly captureId: number
  readonly of: 'at' | number
  readonly count: number
  readonly name: string
  /** Another object after the capture was read again. */
  readonly version: unknown
}

const ROW_PX = 22
/** The most lines that a call returns. */
const PAGE_LINES = 500

/** Lines of a serial port, or pieces of a connection's data, with their times. The selected one shows its comments. */
export function CapturedLines({ api, captureId, of, count, name, version }: CapturedLinesProps): ReactNode {
  const box = useRef<HTMLDivElement>(null)
  const rows = useVirtualRows(box, { rowPx: ROW_PX, count })
  const { from, to } = rows
  const { lines, refusal } = useLines({ api, captureId, of, version }, from, to)
  const [selected, setSelected] = useState(0)
  const press = (event: KeyboardEvent): void => {
    const next = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      Home: 0,
      End: count - 1,
      PageDown: selected + 20,
      PageUp: selected - 20
    }[event.key]
    if (next === undefined || count === 0) return
    event.preventDefault()
    const at = Math.max(0, Math.min(count - 1, next))
    setSelected(at)
    rows.show(at)
  }
  const told = lines.get(selected)
  return (
    <div className="captured-lines">
      <div
        ref={box}
        className="rows"
        role="listbox"
        aria-label={name}
        tabIndex={0}
        onKeyDown={press}
        aria-activedescendant={count > 0 ? `captured-${selected}` : undefined}
      >
        <div style={{ height: rows.elementPx }}>
          {Array.from({ length: Math.max(0, to - from) }, (_, index) => {
            const at = from + index
            const line = lines.get(at)
            return (
              <div
                key={at}
                id={`captured-${at}`}
                role="option"
                aria-selected={at === selected}
                aria-setsize={count}
                aria-posinset={at + 1}
                className={`line ${line?.direction ?? ''}`}
                style={{ transform: `translateY(${rows.shiftPx + index * ROW_PX}px)` }}
                onClick={() => {
                  setSelected(at)
                }}
              >
                {line && <Line line={line} />}
              </div>
            )
          })}
        </div>
      </div>
      <p className="gloss" aria-live="polite" tabIndex={0}>
        {refusal ?? (told ? glossOf(told) : count === 0 ? captureWords.line.noData : '')}
      </p>
    </div>
  )
}

function Line({
  line: { atMs, direction, interfaceName, kind, byteCount, bytes }
}: {
  readonly line: CapturedLine
}): ReactNode {
  return (
    <>
      <span className="mono dim">{clockTime(atMs)}</span>
      <b>{direction.toUpperCase()}</b>
      <span className="dim">{interfaceName}</span>
      <span className="mono cut">
        {kind === 'encrypted' ? (
          <span className="dim">{captureWords.line.encrypted(byteCount)}</span>
        ) : kind === 'missing' ? (
          <span className="err">{captureWords.line.missing(byteCount)}</span>
        ) : (
          <Bytes bytes={bytes.subarray(0, SHOWN_BYTES)} />
        )}
      </span>
      <span className="dim">{kind === 'echo' ? captureWords.line.echo : ''}</span>
    </>
  )
}

/** Wider than any window. */
const SHOWN_BYTES = 240

function glossOf({ comments, byteCount, bytes }: CapturedLine): string {
  // A line without bytes is encrypted or missing, and a comment says so.
  const kept = bytes.length > 0 ? bytes.length : byteCount
  return [captureWords.line.size(byteCount, kept), ...comments].join(' ')
}

interface LinesOf {
  readonly api: SimulatorApi
  readonly captureId: number
  readonly of: 'at' | number
  readonly version: unknown
}

/** Returns the visible lines, fetched page by page. */
function useLines(
  { api, captureId, of, version }: LinesOf,
  from: number,
  to: number
): { readonly lines: ReadonlyMap<number, CapturedLine>; readonly refusal: string | null } {
  const [known, setKnown] = useState<{ readonly version: unknown; readonly lines: ReadonlyMap<number, CapturedLine> }>({
    version,
    lines: new Map()
  })
  const [refusal, setRefusal] = useState<string | null>(null)
  const [first, last] = [Math.floor(from / PAGE_LINES), Math.floor(Math.max(from, to - 1) / PAGE_LINES)]
  useEffect(() => {
    let left = false
    const pages = first === last ? [first] : [first, last]
    Promise.all(
      pages.map((page) => api.captureLines({ captureId, of, from: page * PAGE_LINES, limit: PAGE_LINES }))
    ).then(
      (fetched) => {
        if (left) return
        // Only nearby lines are kept, because a capture may have twenty thousand.
        setKnown({
          version,
          lines: new Map(
            fetched.flatMap((lines, at) => lines.map((line, index) => [pages[at]! * PAGE_LINES + index, line] as const))
          )
        })
        setRefusal(null)
      },
      (error: unknown) => {
        if (!left) setRefusal((error as Error).message)
      }
    )
    return () => {
      left = true
    }
  }, [api, captureId, of, version, first, last])
  return { lines: known.version === version ? known.lines : new Map(), refusal }
}
