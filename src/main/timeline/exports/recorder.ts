/** @module Exports of the timeline: key log, JSON lines, text, and files that are written while the simulator runs. */

import type { RecordingSnapshot } from '../../../shared/calls/exports.ts'
import type { TimelineEvent } from '../../../shared/timeline/events.ts'
import type { Exporter } from '../exporter.ts'
import type { KeyLog } from './key-log.ts'
import { LiveFile, type LiveFileOptions } from './live-file.ts'

/** Writes events to files as they happen: a capture, a key log, a transcript. */
export class Recorder {
  private readonly tracks: Track[] = []
  private keyFile: LiveFile | null = null
  private pending: (readonly TimelineEvent[])[] = []
  private newKeys: string[] = []

  /** `onFault` receives one sentence when a file can no longer be written. */
  constructor(private readonly onFault: (sentence: string) => void) {}

  /** Opens a file in a format. `keys`: whether it contains key log lines. Rejects with a RecordingError. */
  async record(kind: 'capture' | 'transcript', path: string, exporter: Exporter, keys: boolean): Promise<void> {
    const file = await LiveFile.open(path, this.optionsFor(kind))
    file.write(exporter.begin())
    this.tracks.push({ kind, file, exporter, keys })
  }

  /** Opens the key log's file. Its lines come from `keyLog`. */
  async recordKeys(path: string, keyLog: KeyLog): Promise<void> {
    this.keyFile = await LiveFile.open(path, this.optionsFor('key log'))
    keyLog.onLine((line) => {
      this.keyFile!.write(Buffer.from(`${line}\n`, 'latin1'))
      this.newKeys.push(line)
    })
  }

  take(events: readonly TimelineEvent[]): void {
    if (this.tracks.length === 0) return
    this.pending.push(events)
    // After the module's current work: the key log line of a handshake comes after its packets and must be written
    // before them.
    if (this.pending.length === 1) queueMicrotask(() => this.write())
  }

  get snapshot(): RecordingSnapshot {
    return {
      capture: this.fileOf('capture'),
      keyLog: this.keyFile && facts(this.keyFile),
      transcript: this.fileOf('transcript')
    }
  }

  /** Writes the ends of the files and closes them. */
  async close(): Promise<void> {
    this.write()
    for (const { file, exporter } of this.tracks) file.write(exporter.end())
    await Promise.all([...this.tracks.map(({ file }) => file.close()), this.keyFile?.close()])
  }

  private write(): void {
    const batches = this.pending
    const keys = this.newKeys
    this.pending = []
    this.newKeys = []
    for (const track of this.tracks) {
      if (track.file.fault !== null) continue
      if (track.keys && keys.length > 0 && track.exporter.addKeys) track.file.write(track.exporter.addKeys(keys))
      const pieces = batches.flatMap((events) =>
        events.map((event) => track.exporter.add(event)).filter((piece) => piece !== null)
      )
      if (pieces.length > 0) track.file.write(Buffer.concat(pieces))
    }
  }

  private fileOf(kind: Track['kind']): RecordingSnapshot['capture'] {
    const track = this.tracks.find((one) => one.kind === kind)
    return track ? facts(track.file) : null
  }

  private optionsFor(name: string): LiveFileOptions {
    return { name, onFault: (sentence) => this.onFault(sentence) }
  }
}

interface Track {
  readonly kind: 'capture' | 'transcript'
  readonly file: LiveFile
  readonly exporter: Exporter
  readonly keys: boolean
}

function facts({ path, bytes, fault }: LiveFile): NonNullable<RecordingSnapshot['capture']> {
  return { path, bytes, fault }
}
