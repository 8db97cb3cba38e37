import type { ExportFormat } from '../../../shared/calls/exports.ts'
import type { TranscriptHead } from '../transcript/format.ts'
import { TranscriptExporter } from '../transcript/writer.ts'
import type { EventLookUp, Exporter } from '../exporter.ts'
import { jsonLines, keyLogLines, rowHex, rowText } from './line-formats.ts'
import { PcapngExporter } from './pcapng/exporter.ts'

/** The formats in which the timeline leaves the program. A new one is plugged in here. */
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
  /** Of the file's name, without the dot. */
  readonly ending: string
  /** Whether events may be left out without spoiling the file. */
  readonly usesFilter: boolean
  make(context: ExportContext): Exporter
}

/** What a format may want to know beside the events. */
export interface ExportContext {
  readonly lookUp: EventLookUp
  /** What the simulator was when it started. */
  transcriptHead(): TranscriptHead
}
