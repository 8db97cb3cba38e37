import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import type { TlsField } from '../../../shared/tls/fields.ts'
import { useVirtualRows } from '../../parts/virtual-rows.ts'
import { hasInner, outerOf, reveal, unfolded } from './field-tree.ts'
import { handshakeWords } from './words.ts'

interface FieldTreeProps {
  readonly fields: readonly TlsField[]
  /** Index of the selected field, and of the one under the pointer; -1 for none. */
  readonly picked: number
  readonly pointed: number
  /** Index of a field to scroll into view; -1 for none. */
  readonly showAt: number
  readonly onPick: (at: number) => void
  readonly onPoint: (at: number) => void
}

/** Must equal `--h-row` of the style sheet. */
const ROW_PX = 17

/** The meaning is written before a longer value: after it, it would be out of view. */
const LONG_VALUE_CHARS = 16

/** The fields of a message as a tree. Arrow keys move and fold; pointing at a field highlights its bytes. */
export function FieldTree({ fields, picked, pointed, showAt, onPick, onPoint }: FieldTreeProps): ReactNode {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const box = useRef<HTMLDivElement>(null)
  const rows = unfolded(fields, folded)
  const list = useVirtualRows(box, { rowPx: ROW_PX, count: rows.length })

  useEffect(() => {
    setFolded(new Set())
    list.scrollTo(0)
    // Only new fields may scroll the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [fields])
  // Unfold the tree so that the field of a selected byte is visible.
  useEffect(() => {
    if (picked >= 0) setFolded((before) => reveal(fields, before, picked))
  }, [fields, picked])
  useEffect(() => {
    list.show(rows.indexOf(showAt))
    // Only a new field may scroll the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [showAt, folded])

  function fold(at: number, close: boolean): void {
    const next = new Set(folded)
    if (close) next.add(at)
    else next.delete(at)
    setFolded(next)
  }

  function press(event: KeyboardEvent): void {
    const at = rows.indexOf(picked)
    const inner = picked >= 0 && hasInner(fields, picked)
    const go = (row: number): void => {
      const next = Math.max(0, Math.min(rows.length - 1, row))
      list.show(next)
      onPick(rows[next] ?? -1)
    }
    if (event.key === 'ArrowDown') go(at + 1)
    else if (event.key === 'ArrowUp') go(at < 0 ? rows.length - 1 : at - 1)
    else if (event.key === 'Home') go(0)
    else if (event.key === 'End') go(rows.length - 1)
    else if (event.key === 'ArrowRight' && inner) fold(picked, false)
    else if (event.key === 'ArrowLeft' && inner && !folded.has(picked)) fold(picked, true)
    else if (event.key === 'ArrowLeft' && picked >= 0) go(rows.indexOf(Math.max(0, outerOf(fields, picked))))
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div
      ref={box}
      className="fields"
      role="tree"
      aria-label={handshakeWords.detail.fields}
      tabIndex={0}
      onKeyDown={press}
      onPointerLeave={() => {
        onPoint(-1)
      }}
      aria-activedescendant={picked >= 0 ? `field-${picked}` : undefined}
    >
      <div style={{ height: list.elementPx }}>
        <div style={{ transform: `translateY(${list.shiftPx}px)` }}>
          {rows.slice(list.from, list.to).map((at) => {
            const { name, value, meaning, depth } = fields[at]!
            const inner = hasInner(fields, at)
            return (
              <div
                key={at}
                id={`field-${at}`}
                role="treeitem"
                aria-level={depth + 1}
                aria-selected={at === picked}
                aria-expanded={inner ? !folded.has(at) : undefined}
                className={`field${at === picked ? ' sel' : ''}${at === pointed ? ' lit' : ''}`}
                title={handshakeWords.detail.field(name, value, meaning)}
                onClick={() => {
                  if (inner && at === picked) fold(at, !folded.has(at))
                  onPick(at)
                }}
                onPointerEnter={() => {
                  onPoint(at)
                }}
              >
                <span className="fn" style={{ paddingLeft: depth * 7 }}>
                  <i className={inner ? `twist${folded.has(at) ? ' shut' : ''}` : ''} aria-hidden="true" />
                  {name}
                </span>
                <span className="fv">
                  {meaning !== null && value.length > LONG_VALUE_CHARS ? (
                    <>
                      {meaning} <span className="dim mono">{value}</span>
                    </>
                  ) : (
                    <>
                      <span className="mono">{value}</span> <span className="dim">{meaning}</span>
                    </>
                  )}
                </span>
              </div>
            )
          })}
        </div>
      </div>
    </div>
  )
}
