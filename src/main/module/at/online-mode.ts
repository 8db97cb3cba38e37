import type { EndReason } from '../../../shared/rules/failure-facts.ts'
import { noCarrier, type Outcome } from './answer.ts'
import { EscapeDetector, escapeOptions } from './escape.ts'
import type { HostPace } from './host-pace.ts'
import type { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import type { OnlineLink } from './online-link.ts'

/** What online mode of one AT instance needs. */
export interface OnlineModeParts {
  /** Number of the AT instance, for the timeline. */
  readonly index: number
  readonly instance: InstanceParts
  readonly out: InstanceOutput
  readonly pace: HostPace
  /** The event that brought the present bytes; `null` before any. */
  cause(): number | null
  /** Sets the event that is the cause of what follows. */
  causedBy(cause: number): void
  /** An escape sequence came without its silence. */
  unguarded(): void
  /** Gives the outcome of a transfer that the escape sequence ended. */
  result(outcome: Outcome, cause: number): void
  /** A result code was sent, and command mode begins. */
  commandModeAgain(): void
}

/**
 * Online mode of one AT instance: the connection on the port, and the three ways to leave it: +++, DTR, and the end of
 * the connection.
 */
export class OnlineMode {
  readonly #parts: OnlineModeParts
  #now: { readonly link: OnlineLink; readonly escape: EscapeDetector } | null = null
  /** The last command that went online. It is among the causes of NO CARRIER. */
  #connectedBy: readonly number[] = []
  /** Events of bytes that may begin an escape sequence and were not passed on yet. */
  #heldBackBy: number[] = []

  constructor(parts: OnlineModeParts) {
    this.#parts = parts
  }

  /** A command goes online; `attach` follows. */
  connectedBy(command: number): void {
    this.#connectedBy = [command]
  }

  /** Connects the port with `link`. Called from `begin` of a CONNECT outcome. */
  attach(link: OnlineLink): void {
    const { clock, timers, settings } = this.#parts.instance
    const escape = new EscapeDetector(
      escapeOptions(settings, link.escapeEnds === true),
      clock,
      timers,
      (guard) => this.#escaped([guard]),
      () => this.#parts.unguarded()
    )
    this.#heldBackBy = []
    this.#now = { link, escape }
  }

  fromHost(bytes: Uint8Array): void {
    const { link, escape } = this.#now!
    const data = escape.feed(bytes)
    const cause = this.#parts.cause()
    if (cause !== null && this.#heldBackBy.at(-1) !== cause) this.#heldBackBy.push(cause)
    if (data.length > 0) link.fromHost(data, this.#heldBackBy.splice(0))
  }

  /** The port takes data again. */
  hostDrained(): void {
    this.#now?.link.hostDrained()
  }

  /** The connection ended: sends NO CARRIER, with `detail` after the word, and returns to command mode (G-4.2-4). */
  carrierLost(cause: number | null, detail: string, because?: EndReason): void {
    if (!this.#now) return
    this.forget()
    const { index, instance, out, pace, commandModeAgain } = this.#parts
    instance.chart.send('CARRIER_LOST', cause)
    instance.timeline.report(
      { kind: 'result', word: 'NO CARRIER', failure: null, ...(because ? { because } : {}) },
      cause,
      index,
      this.#connectedBy
    )
    out.result('NO CARRIER', detail)
    pace.answered()
    commandModeAgain()
  }

  /** AT&D1 works like +++, AT&D2 also ends the connection (at-reference 2.1). */
  dtrDropped(hangUp: boolean): void {
    if (!this.#now) return
    const { link, escape } = this.#now
    const { index, instance, causedBy } = this.#parts
    const cause = instance.timeline.report(
      { kind: 'port', sentence: `DTR dropped: AT&D${hangUp ? '2 ends the connection' : '1 goes back to commands'}.` },
      null,
      index
    )
    causedBy(cause)
    escape.stop()
    if (hangUp && link.hangUp) link.hangUp(cause)
    else this.#escaped([])
  }

  /** Leaves the connection without output. */
  forget(): void {
    this.#now?.escape.stop()
    this.#now = null
  }

  /** `causes`: events besides the last bytes. */
  #escaped(causes: readonly number[]): void {
    const { index, instance, out, pace, result, commandModeAgain } = this.#parts
    const cause = this.#parts.cause()
    const link = this.#now?.link
    this.#now = null
    instance.chart.send('ESCAPED', cause)
    if (link?.escaped) {
      // NO CARRIER follows the server's last reply. Input until then waits (D-23).
      instance.chart.send('BLOCK', cause)
      return link.escaped(() => result({ ...noCarrier, causes }, cause ?? 0))
    }
    const ended = link?.suspend(cause) ?? null
    const word = ended ? 'NO CARRIER' : 'OK'
    const because = ended ? { because: ended.because } : {}
    instance.timeline.report({ kind: 'result', word, failure: null, ...because }, cause, index, causes)
    out.result(word, ended?.detail)
    pace.answered()
    commandModeAgain()
  }
}
