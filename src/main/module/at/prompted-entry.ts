import { failed, type Outcome } from './answer.ts'
import { ENTRY_LIMIT_MS, entryTimeout, type Entry, type EntryListener } from './entry.ts'
import type { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import { STAR_BYTE } from './key-scanner.ts'
import type { LineFeedRule } from './line-feed-rule.ts'

/** The parts that an entry needs from its AT instance. */
export interface PromptParts extends Pick<InstanceParts, 'chart' | 'timers'> {
  readonly out: InstanceOutput
  readonly lineFeeds: LineFeedRule
  /** The event that brought the present bytes; `null` before any. */
  cause(): number | null
  flush(): void
  /** Ends the command that prompted. */
  finish(outcome: Outcome): void
}

/**
 * The entry at a `>` prompt: collected and echoed byte by byte until it is complete, cancelled, or timed out (D-10,
 * D-39).
 */
export class PromptedEntry {
  readonly #parts: PromptParts
  #entry: {
    readonly text: Entry
    readonly entered: EntryListener
    readonly secret: string | null
    /** The events that brought its bytes. */
    readonly causes: number[]
  } | null = null

  constructor(parts: PromptParts) {
    this.#parts = parts
  }

  get isOpen(): boolean {
    return this.#entry !== null
  }

  /** Bytes that a counted entry still lacks; `null` for an entry that Ctrl-Z ends, and when none is open. */
  get missingBytes(): number | null {
    return this.#entry?.text.missingBytes ?? null
  }

  /** The name under which the timeline masks the entry; `null` when it may be shown. */
  get secret(): string | null {
    return this.#entry?.secret ?? null
  }

  begin(text: Entry, entered: EntryListener, secret: string | null): void {
    const { chart, out, lineFeeds, cause, flush } = this.#parts
    chart.send('PROMPT', cause())
    this.#entry = { text, entered, secret, causes: [] }
    out.prompt()
    lineFeeds.answered()
    if (text.missingBytes !== null) this.#limit(text)
    flush()
  }

  /** Takes one byte from the host while an entry is open. `shown` is the version for the timeline. */
  push(byte: number, shown: number): void {
    if (!this.#entry) return
    const { out, timers, cause, finish } = this.#parts
    const { text, entered, secret, causes } = this.#entry
    const broughtBy = cause()
    if (broughtBy !== null && causes.at(-1) !== broughtBy) causes.push(broughtBy)
    const event = text.push(byte)
    // A typed-ahead byte was not yet known to be secret.
    if (event === 'taken' || event === 'complete') out.echo(byte, secret === null ? shown : STAR_BYTE)
    else if (event === 'deleted') out.echoDeletion()
    if (text.missingBytes !== null) timers.restart('command')
    if (event !== 'entered' && event !== 'complete' && event !== 'abandoned') return
    if (event === 'complete') timers.stop('command')
    this.#end(event === 'complete', cause())
    if (event === 'abandoned') return finish({ kind: 'ok' })
    const { bytes, surplusBytes } = text.content()
    entered(bytes, surplusBytes, causes)
  }

  /** Drops the entry without output, because the module was powered off. */
  forget(): void {
    this.#entry = null
  }

  #limit(text: Entry): void {
    const { timers, cause, finish } = this.#parts
    timers.start(
      'command',
      ENTRY_LIMIT_MS,
      (expired) => {
        this.#end(false, expired)
        finish(failed(entryTimeout(text)))
      },
      cause()
    )
  }

  #end(counted: boolean, cause: number | null): void {
    this.#entry = null
    this.#parts.lineFeeds.entryEnded(counted)
    this.#parts.chart.send('ENTERED', cause)
    this.#parts.flush()
  }
}
