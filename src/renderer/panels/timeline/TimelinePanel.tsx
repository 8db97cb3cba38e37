/** @module The timeline panel: events, filters, search and selection. */

import { useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react'
import type { ExportFormat, ExportRequest } from '../../../shared/calls/exports.ts'
import { Menu } from '../../parts/Menu.tsx'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import { Icon } from '../../parts/icons.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { saveFile } from '../../state/timeline/export-file.ts'
import { grouped } from '../../state/sentence/formats.ts'
import { useStore, type Store } from '../../state/store/store.ts'
import { Transfers } from '../../state/timeline/copy.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import { timelineOf } from '../../state/timeline/of.ts'
import { byteViews, noChoice, type SeqRange } from '../../state/timeline/view.ts'
import { EventList, NewPill, newRows } from './EventList.tsx'
import { RowSkeleton } from './EventRow.tsx'
import { FilterField } from './FilterField.tsx'
import { rowMenu, viewMenu, type MenuHands } from './menus.ts'
import { Selection } from './selection.ts'
import { SelectionBar } from './SelectionBar.tsx'
import './timeline.css'

interface TimelinePanelProps {
  readonly store: Store
  readonly selected: number | null
  readonly onSelect: (seq: number | null) => void
}

/** Everything that happened, in order, joined by cause; the newest below. */
export function TimelinePanel({ store, selected, onSelect }: TimelinePanelProps): ReactNode {
  const model = timelineOf(store)
  useSyncExternalStore(model.subscribe, () => model.version)
  const link = useStore(store, (state) => state.link)
  const ready = useStore(store, (state) => state.snapshot !== null)
  const layout = useStore(store, (state) => state.desk)
  const keyLog = useStore(store, (state) => state.snapshot?.keyLog.on === true)
  const [heldAt, setHeldAt] = useState<number | null>(null)
  const [menu, setMenu] = useState<'view' | { readonly seq: number } | null>(null)
  const [, drawTransfer] = useState(0)
  const more = useRef<HTMLButtonElement>(null)
  const row = useRef<HTMLElement | null>(null)
  const body = useRef<HTMLDivElement>(null)
  const selection = useMemo(() => new Selection(model, () => store.get().selected, onSelect), [model, store, onSelect])
  const transfers = useMemo(
    () =>
      new Transfers(store.api, { write: writeClipboard, save: saveFile }, () => {
        drawTransfer((count) => count + 1)
      }),
    [store]
  )
  const { view, order } = model
  const following = heldAt === null
  const marked = selected === null ? null : model.ownerOf(selected)
  const hands: MenuHands = {
    model,
    selected: marked,
    copy: (format) => {
      const { rows, ...range } = selection.range()
      void transfers.copy(requestOf(format, range), rowWords(rows))
    },
    save: (format) => {
      const { rows, ...range } = selection.range()
      void transfers.save({ ...requestOf(format, range), secrets: format === 'pcapng' && keyLog }, rowWords(rows))
    },
    bookmark: (seq) => {
      view.toggleBookmark(seq)
    },
    goToBookmark
  }

  function requestOf(format: ExportFormat, range: SeqRange): ExportRequest {
    return { format, ...range, ...(view.filter ? { filter: view.filter } : {}), secrets: false }
  }

  function goToBookmark(step: 1 | -1): void {
    const seq = view.bookmarkFrom(marked, step)
    if (seq === null) store.say('There is no bookmark; B sets one on the selected event.')
    else onSelect(seq)
  }

  /** To the next event that the search found, around at the ends. */
  function goToHit(step: 1 | -1): void {
    const hits = model.hits ?? order
    if (hits.count === 0) return
    const at = marked === null ? (step > 0 ? 0 : -1) : hits.rowOf(step > 0 ? marked + 1 : marked) - (step > 0 ? 0 : 1)
    onSelect(hits.seqAt((at + hits.count) % hits.count))
  }

  function listKey(event: KeyboardEvent): boolean {
    const mod = event.ctrlKey || event.metaKey
    const key = event.key.toLowerCase()
    if (mod && key === 'c') hands.copy('text')
    else if (mod || event.altKey) return false
    else if (key === 'b' && marked !== null) view.toggleBookmark(marked)
    else if (key === 'n') goToBookmark(1)
    else if (key === 'p') goToBookmark(-1)
    else if (event.key === 'Enter' && view.choice.text !== '') goToHit(event.shiftKey ? -1 : 1)
    else if ((event.key === 'F10' && event.shiftKey) || event.key === 'ContextMenu') openRowMenu()
    else return false
    return true
  }

  function openRowMenu(): void {
    row.current = body.current?.querySelector<HTMLElement>('.sel') ?? null
    if (row.current && marked !== null) setMenu({ seq: marked })
  }

  function closeMenu(back: boolean): void {
    const focus = menu === 'view' ? more.current : body.current?.querySelector<HTMLElement>('.tl')
    setMenu(null)
    if (back) focus?.focus()
  }

  const controls = (
    <>
      <span className="tl-views" role="radiogroup" aria-label="How bytes are shown">
        {byteViews.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={view.bytes === one}
            title={viewWords[one]}
            onClick={() => {
              view.show({ bytes: one })
            }}
          >
            {one[0]!.toUpperCase() + one.slice(1)}
          </button>
        ))}
      </span>
      <FilterField
        model={model}
        selected={marked}
        onLeave={(step) => {
          if (step !== 0 && model.order.count > 0) goToHit(step)
          else body.current?.querySelector<HTMLElement>('.tl')?.focus()
        }}
      />
      <button
        type="button"
        className={`btn sm icon${marked !== null && view.hasBookmark(marked) ? ' on' : ''}`}
        aria-label="Bookmark the selected event"
        aria-pressed={marked !== null && view.hasBookmark(marked)}
        disabled={marked === null}
        title={
          marked === null
            ? 'Select an event to set a bookmark on it'
            : 'Bookmark (B); N and P go to the next and the one before'
        }
        onClick={() => {
          if (marked !== null) view.toggleBookmark(marked)
        }}
      >
        <Icon name="bookmark" />
      </button>
      <button
        type="button"
        className={`btn sm icon${following ? '' : ' on'}`}
        aria-pressed={!following}
        aria-label="Hold the list"
        title={following ? 'Hold the list still (Space in the list)' : 'Follow the newest event again'}
        onClick={() => {
          setHeldAt(following ? model.nextSeq - 1 : null)
        }}
      >
        <Icon name="hold" />
      </button>
      <button
        ref={more}
        type="button"
        className="btn sm icon"
        aria-label="Views, copy, save, bookmarks"
        aria-haspopup="menu"
        aria-expanded={menu === 'view'}
        title="Views, times, copy, save, bookmarks"
        onClick={() => {
          setMenu(menu === 'view' ? null : 'view')
        }}
      >
        <Icon name="more" />
      </button>
    </>
  )

  const fault = model.filterFault ?? model.fault
  return (
    <Panel name="Timeline" controls={controls} className="p-timeline">
      <div className={`tl-body${link.kind === 'gone' ? ' stale' : ''}`} ref={body}>
        <p className="tl-say" role="status">
          {fault && (
            <>
              {fault}
              {model.filterFault === null && (
                <button
                  type="button"
                  className="link"
                  onClick={() => {
                    model.retry()
                  }}
                >
                  Try again
                </button>
              )}
            </>
          )}
        </p>
        <div className="tl-place">
          <EventList
            model={model}
            selection={selection}
            selected={selected}
            heldAt={heldAt}
            onHold={setHeldAt}
            layout={layout}
            onKey={listKey}
            onMenu={(element, seq) => {
              row.current = element
              const { range } = view
              if (!range || seq < range.fromSeq || seq >= range.toSeq) selection.go(order.rowOf(seq))
              setMenu({ seq })
            }}
          >
            {!ready && <Loading />}
            {ready && order.count === 0 && <Nothing model={model} />}
          </EventList>
          {!following && (
            <NewPill
              fresh={newRows(model, heldAt)}
              onFollow={() => {
                setHeldAt(null)
              }}
            />
          )}
        </div>
        <SelectionBar model={model} selection={selection} transfers={transfers} hands={hands} />
      </div>
      {menu !== null && (
        <Menu
          name={menu === 'view' ? 'Timeline' : 'Event'}
          anchor={menu === 'view' ? more : row}
          items={menu === 'view' ? viewMenu(hands) : rowMenu(hands, menu.seq)}
          onClose={closeMenu}
        />
      )}
    </Panel>
  )
}

const viewWords = {
  text: 'Bytes as characters, control characters by name',
  hex: 'Bytes as hexadecimal digits',
  mixed: 'The first bytes as digits, all as characters'
} as const

function rowWords(rows: number): string {
  return rows === 1 ? '1 row' : `${grouped(rows)} rows`
}

function Nothing({ model }: { readonly model: TimelineModel }): ReactNode {
  const { choice, filter } = model.view
  if (filter === null) {
    return (
      <Empty>
        Nothing has happened yet. Type <code>AT</code> in the terminal and press Enter.
      </Empty>
    )
  }
  if (model.isSearching || model.filterFault !== null) return null
  const others = choice.kinds.length + choice.instances.length > 0 || choice.cause !== null
  return (
    <Empty
      action={
        <button
          type="button"
          className="btn line sm"
          onClick={() => {
            model.view.choose(noChoice)
          }}
        >
          Show all {grouped(model.nextSeq - model.firstSeq)}
        </button>
      }
    >
      {choice.text === '' || choice.keepOthers
        ? 'No event fits the filter.'
        : `No event contains “${choice.text.trim()}”${others ? ' and fits the rest of the filter' : ''}.`}
    </Empty>
  )
}

/** Lines where the first rows will be. */
function Loading(): ReactNode {
  return (
    <div className="tl-seen" aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((at) => (
        <RowSkeleton key={at} at={at} />
      ))}
    </div>
  )
}
