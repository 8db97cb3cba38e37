import type { CommandFailure, ResultWord } from '../../../shared/rules/errors.ts'
import type { SecretPart, TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Settings } from '../settings.ts'
import { failureText, promptText, resultText } from './framing.ts'
import { bytesOf, OutputBuffer } from './output-buffer.ts'
import { allMasked, type Redaction } from './redaction.ts'

/**
 * The output of an AT instance: echo, information, result codes. It is collected until `flush`, so that a response is
 * sent in one write (D-6). The timeline gets the version that may be kept.
 */
export class InstanceOutput {
  readonly buffer = new OutputBuffer()

  constructor(private readonly parts: OutputParts) {}

  /** Adds information, framed by the caller. `shown` is the version for the timeline, of the same length. */
  print(bytes: Uint8Array | string, shown?: Uint8Array): void {
    this.buffer.add(bytes, shown)
  }

  /** Adds user data, in which a private key may occur, also split over several calls. */
  printData(bytes: Uint8Array | string): void {
    const data = typeof bytes === 'string' ? bytesOf(bytes) : bytes
    this.buffer.add(data, this.parts.redaction.data(data, 'rx'))
  }

  /** Adds a private key. The timeline gets asterisks and the name of the key. */
  printSecret(name: string, bytes: Uint8Array): void {
    this.buffer.add(bytes, allMasked(bytes), this.parts.redaction.wholeKey(name, bytes))
  }

  prompt(): void {
    this.buffer.addEnd(promptText(this.parts.settings))
  }

  /** Adds a final result code. `detail` follows the word. */
  result(word: ResultWord, detail = ''): void {
    this.buffer.addEnd(resultText(this.parts.settings, word, detail))
  }

  failure(failure: CommandFailure): void {
    this.buffer.addEnd(failureText(this.parts.settings, failure))
  }

  /** Echoes a byte. `shown` is the version for the timeline. */
  echo(byte: number, shown: number): void {
    if (this.echoes) this.buffer.addEcho(Uint8Array.of(byte), byte === shown ? undefined : Uint8Array.of(shown))
  }

  /** Echoes the deletion of a character. */
  echoDeletion(): void {
    if (this.echoes) this.buffer.addEcho(RUBOUT)
  }

  /** Sends what was collected. Returns false when the port is full. */
  flush(cause: number | null): boolean {
    const output = this.buffer.take()
    if (!output) return true
    const { bytes, shown, secrets } = output
    // To the host first: what is kept for the timeline can follow later.
    const hasRoom = this.parts.toPort(bytes)
    this.tell(this.parts.redaction.printed(bytes, shown, output), false, cause, secrets)
    return hasRoom
  }

  /** Sends data of online mode, which `causes` brought. False: the port is full, hold back. */
  data(bytes: Uint8Array, causes: readonly number[]): boolean {
    this.tell(this.parts.redaction.data(bytes, 'rx'), true, null, [], causes)
    return this.parts.toPort(bytes)
  }

  /** Drops what was collected. */
  discard(): void {
    this.buffer.discard()
  }

  private get echoes(): boolean {
    return this.parts.settings.get('E') !== 0
  }

  private tell(
    bytes: Uint8Array,
    data: boolean,
    cause: number | null,
    secrets: readonly SecretPart[] = [],
    causes: readonly number[] = []
  ): void {
    const fact = { kind: 'bytes', direction: 'rx', bytes, data } as const
    this.parts.timeline.report(secrets.length > 0 ? { ...fact, secrets } : fact, cause, this.parts.instance, causes)
  }
}

export interface OutputParts {
  readonly instance: number
  readonly settings: Settings
  readonly timeline: TimelineReporter
  readonly redaction: Redaction
  /** Sends bytes to the port. Returns false when it is full. */
  toPort(bytes: Uint8Array): boolean
}

/** Deletes a character on the screen of a terminal. */
const RUBOUT = bytesOf('\b \b')
