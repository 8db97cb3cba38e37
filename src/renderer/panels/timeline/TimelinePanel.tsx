/** @module The timeline panel: events, filters, search and selection. */

import { useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent, type ReactNode } from 'react'
import type { ExportFormat, ExportRequest } from '../../../shared/calls/exports.ts'
import { writeClipboard } from '../../parts/CopyButton.tsx'
import { Menu } from '../../parts/Menu.tsx'
import { Empty, Panel } from '../../parts/Panel.tsx'
import { Icon } from '../../parts/icons.tsx'
import { useStore, type Store } from '../../state/store/store.ts'
import { Transfers } from '../../state/timeline/copy.ts'
import { saveFile } from '../../state/timeline/export-file.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import { timelineOf } from '../../state/timeline/of.ts'
import { byteViews, noChoice, type SeqRange } from '../../state/timeline/view.ts'
import { EventList, NewPill, newRows } from './EventList.tsx'
import { RowSkeleton } from './EventRow.tsx'
import { FilterField } from './FilterField.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { rowMenu, viewMenu, type MenuHands } from './menus.ts'
import { Selection } from './selection.ts'
import { timelineWords as words } from './words.ts'
import './timeline.css'

interface TimelinePanelProps {
  readonly store: Store
  readonly selected: number | null
  readonly onSelect: (seq: number | null) => void
}

/** All events in order, newest at the bottom, connected to their causes. */
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
      void transfers.copy(requestOf(format, range), words.rows(rows))
    },
    save: (format) => {
      const { rows, ...range } = selection.range()
      void transfers.save({ ...requestOf(format, range), secrets: format === 'pcapng' && keyLog }, words.rows(rows))
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
    if (seq === null) store.say(words.bookmark.none)
    else onSelect(seq)
  }

  /** Selects the next or previous match of the search, wrapping around at the ends. */
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
      <span className="tl-views" role="radiogroup" aria-label={words.byteViewsLabel}>
        {byteViews.map((one) => (
          <button
            key={one}
            type="button"
            role="radio"
            aria-checked={view.bytes === one}
            title={words.byteViews[one].title}
            onClick={() => {
              view.show({ bytes: one })
            }}
          >
            {words.byteViews[one].label}
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
        aria-label={words.bookmark.label}
        aria-pressed={marked !== null && view.hasBookmark(marked)}
        disabled={marked === null}
        title={marked === null ? words.bookmark.selectFirst : words.bookmark.title}
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
        aria-label={words.hold.label}
        title={following ? words.hold.hold : words.hold.follow}
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
        aria-label={words.more.label}
        aria-haspopup="menu"
        aria-expanded={menu === 'view'}
        title={words.more.title}
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
    <Panel name={words.panel} controls={controls} className="p-timeline">
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
                  {words.list.tryAgain}
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
          name={menu === 'view' ? words.menu.name : words.menu.rowName}
          anchor={menu === 'view' ? more : row}
          items={menu === 'view' ? viewMenu(hands) : rowMenu(hands, menu.seq)}
          onClose={closeMenu}
        />
      )}
    </Panel>
  )
}

function Nothing({ model }: { readonly model: TimelineModel }): ReactNode {
  const { choice, filter } = model.view
  if (filter === null) {
    const { before, command, after } = words.list.nothingYet
    return (
      <Empty>
        {before} <code>{command}</code> {after}
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
          {words.list.showAll(model.nextSeq - model.firstSeq)}
        </button>
      }
    >
      {choice.text === '' || choice.keepOthers ? words.list.noMatch : words.list.noText(choice.text.trim(), others)}
    </Empty>
  )
}

/** Placeholder for the first rows. */
function Loading(): ReactNode {
  return (
    <div className="tl-seen" aria-hidden="true">
      {[0, 1, 2, 3, 4, 5].map((at) => (
        <RowSkeleton key={at} at={at} />
      ))}
    </div>
  )
}
