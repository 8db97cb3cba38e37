import type { CommandLine } from './command-line.ts'
import type { HostHold } from './host-hold.ts'
import type { HostPace } from './host-pace.ts'
import type { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import type { LineFeedRule } from './line-feed-rule.ts'
import type { OnlineMode } from './online-mode.ts'
import type { PromptedEntry } from './prompted-entry.ts'
import { behindCtrlZ, behindLine, type Shown } from './redaction.ts'
import { TypeAhead } from './type-ahead.ts'

/** What the input of one AT instance needs, and where its bytes go. */
export interface HostInputParts {
  /** Number of the AT instance, for the timeline. */
  readonly index: number
  readonly instance: InstanceParts
  readonly lineFeeds: LineFeedRule
  readonly line: CommandLine
  readonly entry: PromptedEntry
  readonly online: OnlineMode
  readonly out: InstanceOutput
  readonly hold: HostHold
  readonly pace: HostPace
  flush(): void
}

/**
 * The bytes from the host of one AT instance. Depending on the data mode at each byte, it goes to the command line, to
 * an entry or to the connection, or it waits. The timeline gets a masked version.
 */
export class HostInput {
  /** Event of the newest bytes, the cause of their effects; `null` before any. */
  cause: number | null = null
  /** Called for bytes that are typed while a command blocks, instead of keeping them; `null`: they are kept (D-23). */
  onTyped: (() => void) | null = null
  readonly #parts: HostInputParts
  readonly #typeAhead: TypeAhead

  constructor(parts: HostInputParts) {
    this.#parts = parts
    this.#typeAhead = new TypeAhead(parts.instance.profile.commandLineChars + 1)
  }

  /** Takes bytes from the port. */
  receive(bytes: Uint8Array): void {
    const { instance, index, line, hold, pace } = this.#parts
    // Not for its LF: the effect of the line decides how these bytes are handled and masked.
    if (line.waits && bytes.length > 0 && bytes[0] !== LF) this.#carryOut()
    // In pieces, because the effect of a line or an entry decides how the next bytes are masked.
    for (let at = 0; at < bytes.length;) {
      if (hold.outputFull) {
        this.#lose(
          hold.keep(bytes.subarray(at)),
          'The host sent on although its port was held, and did not read its answers; the rest is lost.'
        )
        break
      }
      const piece = bytes.subarray(at, this.#pieceEnd(bytes, at))
      const { bytes: shown, secrets } = this.#shownOf(piece)
      const fact = {
        kind: 'bytes',
        direction: 'tx',
        bytes: shown,
        data: this.#mode === 'online',
        ...(secrets.length > 0 ? { secrets } : {})
      } as const
      this.cause = instance.timeline.report(fact, null, index)
      const before = this.#mode
      this.#consume(piece, shown)
      at += piece.length
      // They follow a line in the same write, so they were sent before the prompt or CONNECT.
      if (before === 'command' && at < bytes.length && (this.#mode === 'entry' || this.#mode === 'online'))
        pace.cameEarly()
    }
    this.#parts.flush()
  }

  /** Another program has the port: incomplete lines and habits of the last one are forgotten. */
  clientChanged(): void {
    const { instance, line, pace, lineFeeds } = this.#parts
    if (line.waits) this.#carryOut()
    instance.redaction.hostChanged()
    pace.forget()
    lineFeeds.forget()
    line.reset()
  }

  /** Takes the bytes that were typed while a command was running. */
  replayTypeAhead(): void {
    const typed = this.#typeAhead.take()
    if (typed) this.#parts.pace.replay(() => this.#consume(typed.bytes, typed.shown))
  }

  /** The module is powered off: waiting bytes are dropped. */
  forget(): void {
    this.onTyped = null
    this.#typeAhead.clear()
  }

  get #mode(): string {
    return this.#parts.instance.chart.state
  }

  /** Returns the index behind the byte that may change the mode: the end of the line, of the entry, or of the bytes. */
  #pieceEnd(bytes: Uint8Array, from: number): number {
    const { instance, line, entry } = this.#parts
    if (line.waits) return from + 1
    const mode = this.#mode
    if (mode === 'online' || mode === 'off') return bytes.length
    // A/ needs no end of line, and each one gives a response: a host that does not read must be stopped between two of
    // them.
    if (mode !== 'entry' && isRepeat(bytes, from)) return from + 2
    if (mode !== 'entry') return behindLine(bytes, from, instance.settings.get('S3'))
    const missing = entry.missingBytes
    return missing === null ? behindCtrlZ(bytes, from) : Math.min(bytes.length, from + missing)
  }

  /** Returns the masked version of bytes from the host. */
  #shownOf(piece: Uint8Array): Shown {
    const { instance, entry } = this.#parts
    const { redaction, settings } = instance
    if (this.#mode === 'online') return { bytes: redaction.data(piece, 'tx'), secrets: [] }
    if (!entry.isOpen) return redaction.typed(piece, settings.get('S3'), settings.get('S5'))
    const { secret, missingBytes } = entry
    return redaction.entered(piece, { secret, counted: missingBytes !== null, isLast: missingBytes === piece.length })
  }

  /** `shown` is the masked version, for the echo. */
  #consume(bytes: Uint8Array, shown: Uint8Array): void {
    const { line, entry, online, pace } = this.#parts
    let at = 0
    while (at < bytes.length) {
      const byte = bytes[at]!
      const passedOver = this.#passesOver(byte)
      // Either its LF has come, or another byte: it no longer waits.
      if (line.waits) this.#carryOut()
      if (passedOver) {
        at += 1
        continue
      }
      switch (this.#mode) {
        case 'online':
          online.fromHost(bytes.subarray(at))
          return
        case 'blocking':
          if (this.onTyped) return this.onTyped()
          this.#keepForLater(bytes.subarray(at), shown.subarray(at))
          return
        case 'entry':
          entry.push(byte, shown[at]!)
          break
        case 'command':
          pace.typed(byte)
          if (line.push(byte, shown[at]!, this.cause) && at + 1 === bytes.length) this.#lineComplete()
          break
        default:
          return
      }
      at += 1
    }
  }

  /** Whether to skip this byte: an LF after the CR of a command, which is echoed (D-11). */
  #passesOver(byte: number): boolean {
    const { lineFeeds, out } = this.#parts
    const mode = this.#mode
    const how = lineFeeds.passesOver(byte, mode)
    if (how === 'echoed' && mode !== 'online' && mode !== 'off') out.echo(byte, byte)
    return how !== 'no'
  }

  /** A line is complete. Its LF may follow, whose echo must come before the response. */
  #lineComplete(): void {
    const { lineFeeds } = this.#parts
    if (!lineFeeds.expectsLineFeed) return this.#carryOut()
    lineFeeds.wait(() => this.#carryOut())
  }

  #carryOut(): void {
    const { lineFeeds, pace, line, flush } = this.#parts
    lineFeeds.waitNoLonger()
    pace.lineCame()
    line.carryOut()
    flush()
  }

  #keepForLater(bytes: Uint8Array, shown: Uint8Array): void {
    this.#parts.pace.cameEarly()
    this.#lose(
      this.#typeAhead.keep(bytes, shown),
      'More than one line was typed while a command was busy; the rest is lost.'
    )
  }

  #lose(droppedBytes: number, sentence: string): void {
    const { instance, index } = this.#parts
    if (droppedBytes > 0) instance.timeline.report({ kind: 'overrun', droppedBytes, sentence }, this.cause, index)
  }
}

const isRepeat = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] === UPPER_A || bytes[at] === LOWER_A) && bytes[at + 1] === SLASH

const LF = 0x0a
const UPPER_A = 0x41
const LOWER_A = 0x61
const SLASH = 0x2f
