import type { KeyLogSnapshot, RecordingSnapshot } from '../../../shared/calls/exports.ts'
import type { Exporter } from '../exporter.ts'
import type { TimelineStore } from '../store.ts'
import type { TranscriptHead } from '../transcript/format.ts'
import { exportMakers } from './formats.ts'
import { KeyLog } from './key-log.ts'
import { Recorder } from './recorder.ts'

/** Paths of the files that the command line asks for; `null` for each that is not wanted. */
export interface RecordingFiles {
  readonly capture: string | null
  readonly keyLog: string | null
  readonly transcript: string | null
}

/** The files that grow while the simulator runs, and the key log, which is on from the start when it has a file. */
export class Recording {
  readonly keyLog: KeyLog
  private readonly recorder: Recorder
  private unsubscribe = (): void => {}

  constructor(
    private readonly files: RecordingFiles,
    private readonly timeline: TimelineStore,
    wallMs: () => number,
    private readonly transcriptHead: () => TranscriptHead
  ) {
    this.keyLog = new KeyLog(wallMs)
    this.recorder = new Recorder((sentence) => this.stopped(sentence))
  }

  /** Opens the files. `notice` receives a sentence when one can no longer be written. Rejects with a RecordingError. */
  async start(notice: (sentence: string) => void): Promise<void> {
    const { capture, keyLog, transcript } = this.files
    this.notice = notice
    if (keyLog !== null) {
      await this.recorder.recordKeys(keyLog, this.keyLog)
      this.keyLog.switch(true)
    }
    // Secrets go into the capture only when the command line asks for a key log.
    if (capture !== null) await this.recorder.record('capture', capture, this.exporter('pcapng'), keyLog !== null)
    if (transcript !== null) await this.recorder.record('transcript', transcript, this.exporter('transcript'), false)
    if (capture !== null || transcript !== null)
      this.unsubscribe = this.timeline.subscribe((events) => this.recorder.take(events))
  }

  get snapshot(): { keyLog: KeyLogSnapshot; recording: RecordingSnapshot } {
    return {
      keyLog: { on: this.keyLog.on, sessions: this.keyLog.lines.length, file: this.files.keyLog },
      recording: this.recorder.snapshot
    }
  }

  /** Completes the files. Later events are not in them. */
  async close(): Promise<void> {
    this.timeline.flush()
    this.unsubscribe()
    await this.recorder.close()
  }

  private notice: (sentence: string) => void = () => {}

  private exporter(format: keyof typeof exportMakers): Exporter {
    return exportMakers[format].make({ lookUp: (seq) => this.timeline.at(seq), transcriptHead: this.transcriptHead })
  }

  private stopped(sentence: string): void {
    this.timeline.report({ kind: 'note', sentence })
    this.notice(sentence)
  }
}
