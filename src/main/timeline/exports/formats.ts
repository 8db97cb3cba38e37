import type { ExportFormat } from '../../../shared/calls/exports.ts'
import type { EventLookUp, Exporter } from '../exporter.ts'
import type { TranscriptHead } from '../transcript/format.ts'
import { TranscriptExporter } from '../transcript/writer.ts'
import { jsonLines, keyLogLines, rowHex, rowText } from './line-formats.ts'
import { PcapngExporter } from './pcapng/exporter.ts'

/** The export formats of the timeline. Add a new one here. */
export const exportMakers: Readonly<Record<ExportFormat, ExportMaker>> = {
  pcapng: { ending: 'pcapng', usesFilter: false, make: ({ lookUp }) => new PcapngExporter(lookUp) },
  'nss-keylog': { ending: 'keylog', usesFilter: false, make: keyLogLines },
  transcript: {
    ending: 'transcript',
    usesFilter: false,
    make: ({ transcriptHead }) => new TranscriptExporter(transcriptHead())
  },
  jsonl: { ending: 'jsonl', usesFilter: true, make: jsonLines },
  text: { ending: 'txt', usesFilter: true, make: rowText },
  hex: { ending: 'hex.txt', usesFilter: true, make: rowHex }
}

export interface ExportMaker {
  /** The file name extension, without the dot. */
  readonly ending: string
  /** Whether the file is still valid when events are left out. */
  readonly usesFilter: boolean
  make(context: ExportContext): Exporter
}

/** What a format may need besides the events. */
export interface ExportContext {
  readonly lookUp: EventLookUp
  /** Returns the head of a transcript: the simulator's settings when it started. */
  transcriptHead(): TranscriptHead
}
