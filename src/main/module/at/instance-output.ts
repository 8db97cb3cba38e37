import type { CommandFailure, ResultWord } from '../../../shared/rules/errors.ts'
import type { SecretPart, TimelineReporter } from '../../../shared/timeline/events.ts'
import type { Settings } from '../settings.ts'
import { failureText, promptText, resultText } from './framing.ts'
import { bytesOf, OutputBuffer } from './output-buffer.ts'
import { allMasked, type Redaction } from './redaction.ts'

/**
 * What an AT instance prints: echo, information, results. It gathers until `flush`, so that an answer leaves in one write (D-6), and
 * the timeline gets of it what may be kept.
 */
export class InstanceOutput {
  readonly buffer = new OutputBuffer()

  constructor(private readonly parts: OutputParts) {}

  /** Information, framed by the caller. `shown`: what may be kept of it, as long as it is. */
  print(bytes: Uint8Array | string, shown?: Uint8Array): void {
    this.buffer.add(bytes, shown)
  }

  /** Data of the user's, which may come in pieces and hold a private key all the same. */
  printData(bytes: Uint8Array | string): void {
    const data = typeof bytes === 'string' ? bytesOf(bytes) : bytes
    this.buffer.add(data, this.parts.redaction.data(data, 'rx'))
  }

  /** A private key, which must not be kept: the timeline gets stars, and its name. */
  printSecret(name: string, bytes: Uint8Array): void {
    this.buffer.add(bytes, allMasked(bytes), this.parts.redaction.wholeKey(name, bytes))
  }

  prompt(): void {
    this.buffer.addEnd(promptText(this.parts.settings))
  }

  /** A final result; `detail` follows the word. */
  result(word: ResultWord, detail = ''): void {
    this.buffer.addEnd(resultText(this.parts.settings, word, detail))
  }

  failure(failure: CommandFailure): void {
    this.buffer.addEnd(failureText(this.parts.settings, failure))
  }

  /** Echoes a byte that was taken; `shown` is what may be kept of it. */
  echo(byte: number, shown: number): void {
    if (this.echoes) this.buffer.addEcho(Uint8Array.of(byte), byte === shown ? undefined : Uint8Array.of(shown))
  }

  /** Echoes that a byte was taken back. */
  echoDeletion(): void {
    if (this.echoes) this.buffer.addEcho(RUBOUT)
  }

  /** Sends what was gathered; false where the port is full. */
  flush(cause: number | null): boolean {
    const output = this.buffer.take()
    if (!output) return true
    const { bytes, shown, secrets } = output
    // The host first: what is kept of it need not be waited for.
    const hasRoom = this.parts.toPort(bytes)
    this.tell(this.parts.redaction.printed(bytes, shown, output), false, cause, secrets)
    return hasRoom
  }

  /** Sends data of online mode. False: the port is full, hold back. */
  data(bytes: Uint8Array): boolean {
    this.tell(this.parts.redaction.data(bytes, 'rx'), true, null)
    return this.parts.toPort(bytes)
  }

  /** Forgets what was gathered. */
  discard(): void {
    this.buffer.discard()
  }

  private get echoes(): boolean {
    return this.parts.settings.get('E') !== 0
  }

  private tell(bytes: Uint8Array, data: boolean, cause: number | null, secrets: readonly SecretPart[] = []): void {
    const fact = { kind: 'bytes', direction: 'rx', bytes, data } as const
    this.parts.timeline.report(secrets.length > 0 ? { ...fact, secrets } : fact, cause, this.parts.instance)
  }
}

export interface OutputParts {
  readonly instance: number
  readonly settings: Settings
  readonly timeline: TimelineReporter
  readonly redaction: Redaction
  /** Bytes to the port; false when it is full. */
  toPort(bytes: Uint8Array): boolean
}

/** Takes a character back on a terminal's screen. */
const RUBOUT = bytesOf('\b \b')
