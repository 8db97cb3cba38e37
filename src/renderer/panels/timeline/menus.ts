import type { MenuItem } from '../../parts/Menu.tsx'
import type { ExportFormat } from '../../../shared/calls/exports.ts'
import type { TimelineModel } from '../../state/timeline/model.ts'
import type { ByteView, TimeView } from '../../state/timeline/view.ts'
import { kindGroups } from './kinds.ts'

/** What the menus of the timeline can do. Copies and saves take what is selected, or everything. */
export interface MenuHands {
  readonly model: TimelineModel
  /** The row that is marked. */
  readonly selected: number | null
  readonly copy: (format: CopyFormat) => void
  readonly save: (format: SaveFormat) => void
  readonly bookmark: (seq: number) => void
  readonly goToBookmark: (step: 1 | -1) => void
}

export type CopyFormat = Extract<ExportFormat, 'text' | 'hex' | 'transcript'>
export type SaveFormat = Extract<ExportFormat, 'text' | 'jsonl' | 'transcript' | 'pcapng'>

const byteWords: readonly (readonly [ByteView, string])[] = [
  ['text', 'Bytes as text'],
  ['hex', 'Bytes as hex'],
  ['mixed', 'Bytes as hex and text']
]
const timeWords: readonly (readonly [TimeView, string, string])[] = [
  ['cause', 'Time since the cause', 'relative'],
  ['wall', 'Wall clock', 'every row'],
  ['delta', 'Time since the row before', 'delta']
]
const copyWords: readonly (readonly [CopyFormat, string, string])[] = [
  ['text', 'Copy as text', 'Ctrl+C'],
  ['hex', 'Copy as hex', 'with every byte'],
  ['transcript', 'Copy as transcript', 'for check']
]
const saveWords: readonly (readonly [SaveFormat, string, string])[] = [
  ['text', 'Save as text', 'a line each'],
  ['jsonl', 'Save as JSON lines', 'for programs'],
  ['transcript', 'Save as transcript', 'for check'],
  ['pcapng', 'Save as capture', 'pcapng, for Wireshark']
]

/** Views and times, copy and save, bookmarks. */
export function viewMenu(hands: MenuHands): readonly MenuItem[] {
  const { model } = hands
  const { view } = model
  const noBookmark = view.bookmarks.length === 0 ? 'none is set' : null
  return [
    ...byteWords.map(([bytes, label]): MenuItem => ({
      label,
      mark: { kind: 'radio', on: view.bytes === bytes },
      onChoose: () => {
        view.show({ bytes })
      }
    })),
    ...timeWords.map(([times, label, hint], at): MenuItem => ({
      label,
      hint,
      apart: at === 0,
      mark: { kind: 'radio', on: view.times === times },
      onChoose: () => {
        view.show({ times })
      }
    })),
    ...copyItems(hands),
    ...saveItems(hands),
    {
      label: 'Next bookmark',
      hint: 'N',
      apart: true,
      unfit: noBookmark,
      onChoose: () => {
        hands.goToBookmark(1)
      }
    },
    {
      label: 'Bookmark before',
      hint: 'P',
      unfit: noBookmark,
      onChoose: () => {
        hands.goToBookmark(-1)
      }
    },
    {
      label: 'Clear bookmarks',
      hint: String(view.bookmarks.length),
      unfit: noBookmark,
      onChoose: () => {
        view.clearBookmarks()
      }
    }
  ]
}

/** What can be done with one row, or with the rows that are selected around it. */
export function rowMenu(hands: MenuHands, seq: number): readonly MenuItem[] {
  const { model } = hands
  const { view } = model
  const event = model.eventOf(seq)
  const group = event && kindGroups.find(({ kinds }) => kinds.includes(event.what.kind))
  return [
    ...copyItems(hands).map((item) => ({ ...item, apart: false })),
    ...saveItems(hands),
    {
      label: view.hasBookmark(seq) ? 'Take the bookmark away' : 'Set a bookmark',
      hint: 'B',
      apart: true,
      onChoose: () => {
        hands.bookmark(seq)
      }
    },
    {
      label: 'Show only its chain',
      hint: 'all of one cause',
      apart: true,
      onChoose: () => {
        view.choose({ cause: { of: seq, what: 'chain' } })
      }
    },
    {
      label: 'Show only what led to it',
      onChoose: () => {
        view.choose({ cause: { of: seq, what: 'ancestors' } })
      }
    },
    ...(group
      ? [
          {
            label: 'Show only this kind',
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
            label: `Show only AT${event.instance}`,
            onChoose: () => {
              view.choose({ instances: [event.instance] })
            }
          }
        ])
  ]
}

function copyItems({ copy }: MenuHands): readonly MenuItem[] {
  return copyWords.map(([format, label, hint], at) => ({
    label,
    hint,
    apart: at === 0,
    onChoose: () => {
      copy(format)
    }
  }))
}

function saveItems({ save }: MenuHands): readonly MenuItem[] {
  return saveWords.map(([format, label, hint], at) => ({
    label,
    hint,
    apart: at === 0,
    onChoose: () => {
      save(format)
    }
  }))
}
