import { failed, type Outcome } from './answer.ts'
import { ENTRY_LIMIT_MS, entryTimeout, type Entry, type EntryListener } from './entry.ts'
import type { InstanceOutput } from './instance-output.ts'
import type { InstanceParts } from './instance-parts.ts'
import { STAR_BYTE } from './key-scanner.ts'
import type { LineFeedRule } from './line-feed-rule.ts'

/** What the entry of one AT instance works with. */
export interface PromptParts extends Pick<InstanceParts, 'chart' | 'timers'> {
  readonly out: InstanceOutput
  readonly lineFeeds: LineFeedRule
  /** The event that brought the bytes at hand; `null` before any. */
  cause(): number | null
  flush(): void
  /** Ends the command that prompted. */
  finish(outcome: Outcome): void
}

/** What a command asks for with the `>` prompt: gathered and echoed byte by byte until it is complete, abandoned, or out of time (D-10, D-39). */
export class PromptedEntry {
  readonly #parts: PromptParts
  #entry: { readonly text: Entry; readonly entered: EntryListener; readonly secret: string | null } | null = null

  constructor(parts: PromptParts) {
    this.#parts = parts
  }

  get isOpen(): boolean {
    return this.#entry !== null
  }

  /** How many bytes a counted entry still lacks; `null` for an entry that Ctrl-Z ends, and where none is open. */
  get missingBytes(): number | null {
    return this.#entry?.text.missingBytes ?? null
  }

  /** The name under which the entry is hidden from the timeline; `null` where it may be shown. */
  get secret(): string | null {
    return this.#entry?.secret ?? null
  }

  begin(text: Entry, entered: EntryListener, secret: string | null): void {
    const { chart, out, lineFeeds, cause, flush } = this.#parts
    chart.send('PROMPT', cause())
    this.#entry = { text, entered, secret }
    out.prompt()
    lineFeeds.answered()
    if (text.missingBytes !== null) this.#limit(text)
    flush()
  }

  /** Takes one byte from the host while an entry is open; `shown` is what may be kept of it. */
  push(byte: number, shown: number): void {
    if (!this.#entry) return
    const { out, timers, cause, finish } = this.#parts
    const { text, entered, secret } = this.#entry
    const event = text.push(byte)
    // What was typed ahead did not know yet that it is one.
    if (event === 'taken' || event === 'complete') out.echo(byte, secret === null ? shown : STAR_BYTE)
    else if (event === 'deleted') out.echoDeletion()
    if (text.missingBytes !== null) timers.restart('command')
    if (event !== 'entered' && event !== 'complete' && event !== 'abandoned') return
    if (event === 'complete') timers.stop('command')
    this.#end(event === 'complete', cause())
    if (event === 'abandoned') return finish({ kind: 'ok' })
    const { bytes, surplusBytes } = text.content()
    entered(bytes, surplusBytes)
  }

  /** The module went down: nothing is said of what was begun. */
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
