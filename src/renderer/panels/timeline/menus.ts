import type { ExportFormat } from '../../../shared/calls/exports.ts'
import type { MenuItem } from '../../parts/Menu.tsx'
import type { TimelineModel } from '../../state/timeline/model.ts'
import { byteViews, timeViews } from '../../state/timeline/view.ts'
import { kindGroups } from './kinds.ts'
import { timelineWords } from './words.ts'

/** What the timeline's menus can do. Copy and save take the selection, or everything if nothing is selected. */
export interface MenuHands {
  readonly model: TimelineModel
  /** The `seq` of the selected row; `null` for none. */
  readonly selected: number | null
  readonly copy: (format: CopyFormat) => void
  readonly save: (format: SaveFormat) => void
  readonly bookmark: (seq: number) => void
  readonly goToBookmark: (step: 1 | -1) => void
}

export type CopyFormat = Extract<ExportFormat, 'text' | 'hex' | 'transcript'>
export type SaveFormat = Extract<ExportFormat, 'text' | 'jsonl' | 'transcript' | 'pcapng'>

const words = timelineWords.menu
const copyFormats: readonly CopyFormat[] = ['text', 'hex', 'transcript']
const saveFormats: readonly SaveFormat[] = ['text', 'jsonl', 'transcript', 'pcapng']

/** Returns the panel's menu: views, times, copy, save and bookmarks. */
export function viewMenu(hands: MenuHands): readonly MenuItem[] {
  const { model } = hands
  const { view } = model
  const noBookmark = view.bookmarks.length === 0 ? words.bookmarks.none : null
  return [
    ...byteViews.map((bytes): MenuItem => ({
      label: words.bytes[bytes],
      mark: { kind: 'radio', on: view.bytes === bytes },
      onChoose: () => {
        view.show({ bytes })
      }
    })),
    ...timeViews.map((times, at): MenuItem => ({
      ...words.times[times],
      apart: at === 0,
      mark: { kind: 'radio', on: view.times === times },
      onChoose: () => {
        view.show({ times })
      }
    })),
    ...copyItems(hands),
    ...saveItems(hands),
    {
      ...words.bookmarks.next,
      apart: true,
      unfit: noBookmark,
      onChoose: () => {
        hands.goToBookmark(1)
      }
    },
    {
      ...words.bookmarks.previous,
      unfit: noBookmark,
      onChoose: () => {
        hands.goToBookmark(-1)
      }
    },
    {
      label: words.bookmarks.clear,
      hint: String(view.bookmarks.length),
      unfit: noBookmark,
      onChoose: () => {
        view.clearBookmarks()
      }
    }
  ]
}

/** Returns the menu of a row: it acts on the row, copy and save on the selection. */
export function rowMenu(hands: MenuHands, seq: number): readonly MenuItem[] {
  const { model } = hands
  const { view } = model
  const event = model.eventOf(seq)
  const group = event && kindGroups.find(({ kinds }) => kinds.includes(event.what.kind))
  return [
    ...copyItems(hands).map((item) => ({ ...item, apart: false })),
    ...saveItems(hands),
    {
      label: view.hasBookmark(seq) ? words.bookmarks.remove : words.bookmarks.set,
      hint: words.bookmarks.hint,
      apart: true,
      onChoose: () => {
        hands.bookmark(seq)
      }
    },
    {
      ...words.only.chain,
      apart: true,
      onChoose: () => {
        view.choose({ cause: { of: seq, what: 'chain' } })
      }
    },
    {
      label: words.only.causes,
      onChoose: () => {
        view.choose({ cause: { of: seq, what: 'ancestors' } })
      }
    },
    ...(group
      ? [
          {
            label: words.only.kind,
            hint: group.label,
            onChoose: () => {
              view.choose({ kinds: group.kinds })
            }
          }
        ]
      : []),
    ...(event?.instance == null
      ? []
      : [
          {
            label: words.only.instance(event.instance),
            onChoose: () => {
              view.choose({ instances: [event.instance] })
            }
          }
        ])
  ]
}

function copyItems({ copy }: MenuHands): readonly MenuItem[] {
  return copyFormats.map((format, at) => ({
    ...words.copy[format],
    apart: at === 0,
    onChoose: () => {
      copy(format)
    }
  }))
}

function saveItems({ save }: MenuHands): readonly MenuItem[] {
  return saveFormats.map((format, at) => ({
    ...words.save[format],
    apart: at === 0,
    onChoose: () => {
      save(format)
    }
  }))
}
