import { grouped } from '../../state/sentence/formats.ts'
import type { ByteView, TimeView } from '../../state/timeline/view.ts'

/** The texts of the timeline panel: list, filter, menus and selection. */
export const timelineWords = {
  panel: 'Timeline',
  rows: (count: number) => (count === 1 ? '1 row' : `${grouped(count)} rows`),

  byteViewsLabel: 'How bytes are shown',
  byteViews: {
    text: { label: 'Text', title: 'Bytes as characters, control characters by name' },
    hex: { label: 'Hex', title: 'Bytes as hexadecimal digits' },
    mixed: { label: 'Mixed', title: 'The first bytes as hexadecimal digits, all bytes as characters' }
  } satisfies Record<ByteView, unknown>,

  bookmark: {
    label: 'Bookmark the selected event',
    title: 'Bookmark (B); N goes to the next bookmark, P to the previous one',
    selectFirst: 'Select an event to bookmark it',
    none: 'There is no bookmark. Press B to bookmark the selected event.'
  },
  hold: {
    label: 'Hold the list',
    hold: 'Hold the list: do not scroll to new events (Space in the list)',
    follow: 'Follow new events again'
  },
  more: { label: 'Views, copy, save, bookmarks', title: 'Views, times, copy, save, bookmarks' },

  list: {
    label: 'Events',
    dropped: (count: number) =>
      `${count === 1 ? '1 older event was' : `${grouped(count)} older events were`} removed: the timeline has reached its memory limit.`,
    fresh: (count: number) => (count > 0 ? `${grouped(count)} new` : 'Newest'),
    tryAgain: 'Try again',
    nothingYet: { before: 'Nothing has happened yet. Type', command: 'AT', after: 'in the terminal and press Enter.' },
    noMatch: 'No event matches the filter.',
    noText: (text: string, hasOtherParts: boolean) =>
      `No event contains “${text}”${hasOtherParts ? ' and matches the rest of the filter' : ''}.`,
    showAll: (count: number) => (count === 1 ? 'Show the only event' : `Show all ${grouped(count)} events`)
  },
  row: {
    bookmarked: 'Bookmark',
    time: (clock: string, moduleMs: number, seq: number, instance: number | null) =>
      `${clock}, module time ${moduleMs} ms, event ${seq}${instance === null ? '' : `, AT${instance}`}`,
    moreBytes: (count: number) => `and ${count === 1 ? '1 more byte' : `${grouped(count)} more bytes`}`
  },

  filter: {
    label: 'Filter events',
    title:
      'Text or pattern to find in the events (key /). Enter goes to the next match, Shift+Enter to the previous one.',
    filter: 'Filter',
    search: 'Search',
    regex: 'Regular expression',
    parts: (set: number) => `Filter by kind, source and cause${set > 0 ? `, ${set} set` : ''}`,
    partsTitle: 'Kind, source and cause'
  },
  filterMenu: {
    label: 'Filter',
    kinds: 'Kind',
    source: { legend: 'Source', instance: (instance: number) => `AT${instance}`, module: 'Module' },
    cause: {
      legend: 'Cause',
      any: 'Any',
      chain: 'Whole chain of the selected event',
      ancestors: 'Only its causes',
      selectFirst: 'Select an event first'
    },
    text: { legend: 'Text', matchCase: 'Match case', keepOthers: 'Mark matches, keep the other events' },
    none: 'If nothing is chosen, all events are shown.',
    showAll: 'Show all'
  },

  menu: {
    name: 'Timeline',
    rowName: 'Event',
    bytes: {
      text: 'Bytes as text',
      hex: 'Bytes as hex',
      mixed: 'Bytes as hex and text'
    } satisfies Record<ByteView, string>,
    times: {
      cause: { label: 'Time since the cause', hint: 'relative' },
      wall: { label: 'Wall clock', hint: 'every row' },
      delta: { label: 'Time since the previous row', hint: 'delta' }
    } satisfies Record<TimeView, unknown>,
    copy: {
      text: { label: 'Copy as text', hint: 'Ctrl+C' },
      hex: { label: 'Copy as hex', hint: 'every byte' },
      transcript: { label: 'Copy as transcript', hint: 'for telit-sim check' }
    },
    save: {
      text: { label: 'Save as text', hint: 'one line per event' },
      jsonl: { label: 'Save as JSON lines', hint: 'for programs' },
      transcript: { label: 'Save as transcript', hint: 'for telit-sim check' },
      pcapng: { label: 'Save as capture', hint: 'pcapng, for Wireshark' }
    },
    bookmarks: {
      next: { label: 'Next bookmark', hint: 'N' },
      previous: { label: 'Previous bookmark', hint: 'P' },
      clear: 'Clear bookmarks',
      none: 'no bookmark set',
      hint: 'B',
      set: 'Set a bookmark',
      remove: 'Remove the bookmark'
    },
    only: {
      chain: { label: 'Show only its chain', hint: 'all events of one cause' },
      causes: 'Show only its causes',
      kind: 'Show only this kind',
      instance: (instance: number) => `Show only AT${instance}`
    }
  },

  selection: {
    copying: 'Copying',
    saving: 'Saving',
    percent: (share: number) => `${Math.round(share * 100)} %`,
    copyNow: 'Copy now',
    cancel: 'Cancel',
    dismiss: 'Dismiss',
    span: (span: string) => `${span} from the first to the last`,
    copyText: 'Copy text',
    copyHex: 'Copy hex',
    copyTranscript: 'Copy transcript',
    oneOnly: 'Select only one row'
  },

  /** Kinds of event in the filter, and the words in their rows. */
  kinds: {
    bytes: { label: 'Bytes', rowWords: 'TX RX' },
    lines: { label: 'Lines', rowWords: 'LINE' },
    commands: { label: 'Commands', rowWords: 'CMD' },
    results: { label: 'Result codes', rowWords: 'RESULT' },
    urcs: { label: 'URCs', rowWords: 'URC' },
    transitions: { label: 'State changes', rowWords: 'STATE' },
    timers: { label: 'Timers', rowWords: 'TIMER' },
    network: { label: 'Network', rowWords: 'NET' },
    connections: { label: 'Connections', rowWords: 'TCP SEG UDP DGRAM PING DNS' },
    tls: { label: 'TLS', rowWords: 'TLS REC' },
    checks: { label: 'Failed checks', rowWords: 'CHECK' },
    ftp: { label: 'FTP', rowWords: 'FTP' },
    nvm: { label: 'NVM', rowWords: 'NVM' },
    faults: { label: 'Faults', rowWords: 'INJ' },
    lostBytes: { label: 'Lost bytes', rowWords: 'LOST' },
    warnings: { label: 'Warnings', rowWords: 'WARN' },
    ports: { label: 'Ports', rowWords: 'PORT' },
    notes: { label: 'Notes', rowWords: 'NOTE' }
  }
}
