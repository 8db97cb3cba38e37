/** @module Plays a transcript against a fresh module in virtual time and reports what differs. */

import type { TimelineEvent } from '../../shared/timeline/events.ts'
import {
  escapeText,
  type Piece,
  type Transcript,
  type TranscriptEntry,
  type TranscriptHead
} from '../timeline/transcript/format.ts'
import { TranscriptExporter } from '../timeline/transcript/writer.ts'
import { withAuthority } from './authority-swap.ts'
import { compare, decisiveChars, tokensOf, type Match, type Token } from './masks.ts'
import { CheckRig } from './rig.ts'
import { Said } from './said.ts'
import type { SecretBook } from './secret-book.ts'

/**
 * Plays the host's side of a transcript against a fresh module and compares the module's output. The recorded times are
 * kept, including the silence around `+++`. Where the module takes longer than recorded, all later steps move by that
 * time.
 */
export async function playTranscript(
  { head, entries }: Transcript,
  { seed, secrets }: PlayOptions
): Promise<PlayOutcome> {
  const exporter = new TranscriptExporter({ ...head, seed })
  const written: Uint8Array[] = [exporter.begin()]
  const heard = (event: TimelineEvent): void => {
    const bytes = exporter.add(event)
    if (bytes) written.push(bytes)
    player.heard(event)
  }
  const player: Player = new Player(head, entries, secrets)
  const rig = await CheckRig.make(head, seed, heard)
  await player.play(rig)
  written.push(exporter.end())
  return { ...player.outcome(rig), transcript: Buffer.concat(written).toString('latin1') }
}

export interface PlayOptions {
  readonly seed: number
  readonly secrets: SecretBook
}

export interface PlayOutcome {
  readonly differences: readonly Difference[]
  /** Steps that could not be replayed as recorded, one sentence each. */
  readonly skipped: readonly { readonly line: number; readonly sentence: string }[]
  /** Possible reasons for differences, one sentence each. */
  readonly notes: readonly string[]
  /** Number of masked values, by the name of the mask. */
  readonly masked: Readonly<Record<string, number>>
  /** Number of transcript lines that were compared. */
  readonly comparedLines: number
  /** The transcript of this run. */
  readonly transcript: string
}

export interface Difference {
  /** Line in the transcript: of the expected output, or the last one before unexpected output. */
  readonly line: number
  readonly instance: number
  /** What the host typed last, with escapes; `null` when it had typed nothing. */
  readonly after: string | null
  /** With escapes. A masked value is shown as the mask's name in `<…>`. */
  readonly expected: string
  readonly got: string
}

class Player {
  private readonly differences: Difference[] = []
  private readonly skipped: { line: number; sentence: string }[] = []
  private readonly notes: string[] = []
  private readonly masked: Record<string, number> = {}
  private readonly channels: Channel[]
  private comparedLines = 0
  private lateMs = 0

  constructor(
    private readonly head: TranscriptHead,
    private readonly entries: readonly TranscriptEntry[],
    private readonly secrets: SecretBook
  ) {
    this.channels = Array.from({ length: head.instances }, () => ({
      said: new Said(),
      pieces: [],
      expected: null,
      line: 0,
      lastTyped: null,
      unjudged: 'no'
    }))
  }

  /** Takes the module's output from the timeline, where secrets are masked as they are in the transcript. */
  heard({ what, instance }: TimelineEvent): void {
    if (what.kind !== 'bytes' || what.direction !== 'rx') return
    const channel = this.channels[instance ?? 0]!
    channel.said.add(Buffer.from(what.bytes).toString('latin1'))
    if (channel.expected) channel.expected.match = null
  }

  async play(rig: CheckRig): Promise<void> {
    const entries = withAuthority(this.entries, this.head.authority, rig.authority, (sentence) =>
      this.notes.push(sentence)
    )
    if (this.head.state === 'kept')
      this.notes.push('The transcript begins with a module whose NVM was not empty; here it is empty.')
    const first = entries.find((entry) => entry.kind !== 'module')
    if (first && !(first.kind === 'act' && first.name === 'key')) {
      this.notes.push('The transcript begins with a running module; here the module is started first.')
      await rig.act('key', { key: 'on' })
      rig.clock.advance(START_MS)
      this.lateMs = rig.clock.nowMs() - Math.min(first.atMs, rig.clock.nowMs())
      for (const channel of this.channels) channel.said.takeAll()
    }
    for (const entry of entries) {
      if (entry.kind === 'module') this.expect(entry)
      else await this.perform(entry, rig)
    }
    this.settle(rig, (entries.at(-1)?.atMs ?? 0) + this.lateMs)
    for (const [instance, channel] of this.channels.entries()) {
      if (channel.said.length > 0 && channel.unjudged === 'no')
        this.differ(instance, channel.line, [], channel.said.takeAll())
    }
  }

  outcome(rig: CheckRig): Omit<PlayOutcome, 'transcript'> {
    const unknown = [...rig.unknownPlaces]
    const elsewhere =
      unknown.length > 0
        ? [
            `The transcript dials ${unknown.join(', ')}: check has only the lab's servers, so the results of these dials differ.`
          ]
        : []
    const { differences, skipped, notes, masked, comparedLines } = this
    return { differences, skipped, notes: [...notes, ...elsewhere], masked, comparedLines }
  }

  private expect({ instance, pieces, line }: Extract<TranscriptEntry, { kind: 'host' | 'module' }>): void {
    const channel = this.channels[instance]
    if (!channel) return
    this.comparedLines += 1
    if (channel.pieces.length === 0) channel.line = line
    channel.pieces.push(...pieces)
    channel.expected = null
  }

  private async perform(entry: Exclude<TranscriptEntry, { kind: 'module' }>, rig: CheckRig): Promise<void> {
    this.settle(rig, entry.atMs + this.lateMs)
    if (entry.kind === 'act') {
      const sentence = await rig.act(entry.name, entry.argument)
      if (sentence) this.skipped.push({ line: entry.line, sentence })
      return
    }
    const channel = this.channels[entry.instance]
    if (!channel) return
    this.wait(rig, () => rig.maySend(entry.instance))
    const bytes = this.bytesOf(entry, channel)
    if (!bytes) return
    channel.lastTyped = entry.pieces
      .map((piece) => (piece.kind === 'text' ? escapeText(piece.text) : `<${piece.kind}>`))
      .join('')
    channel.line = entry.line
    rig.type(entry.instance, bytes)
  }

  /** Returns the bytes that the host types, or `null` when a secret among them is not available. */
  private bytesOf(
    { pieces, line }: { readonly pieces: readonly Piece[]; readonly line: number },
    channel: Channel
  ): Uint8Array | null {
    const parts: Uint8Array[] = []
    for (const piece of pieces) {
      if (piece.kind === 'text') {
        parts.push(Buffer.from(piece.text, 'latin1'))
        if (channel.unjudged === 'line' && endsLine(piece.text)) channel.unjudged = 'answer'
      } else if (piece.kind === 'secret') {
        const { bytes, known } = this.secrets.fill(piece)
        parts.push(bytes)
        if (known) continue
        channel.unjudged = 'line'
        const sentence = `The secret ${piece.name} is not known; pass it with --secret ${piece.name}=FILE. Stars are typed instead, and the answer is not compared.`
        this.skipped.push({ line, sentence })
      } else {
        channel.unjudged = 'answer'
        this.skipped.push({
          line,
          sentence: `${piece.lengthBytes} bytes of data were too long for the transcript: they are not sent, and the answer is not compared.`
        })
        return null
      }
    }
    return Buffer.concat(parts)
  }

  /** Advances time to `dueMs`, and further until the module has sent the expected output; then compares. */
  private settle(rig: CheckRig, dueMs: number): void {
    if (rig.clock.nowMs() < dueMs) rig.clock.advance(dueMs - rig.clock.nowMs())
    this.wait(rig, () =>
      this.channels.every(
        (channel) => channel.pieces.length === 0 || channel.unjudged !== 'no' || this.matchOf(channel).kind !== 'more'
      )
    )
    for (const [instance, channel] of this.channels.entries()) {
      if (channel.pieces.length > 0) this.judge(instance, channel)
    }
  }

  private wait(rig: CheckRig, done: () => boolean): void {
    for (let waitedMs = 0; !done() && waitedMs < PATIENCE_MS;) {
      // Nothing changes before the next timer: do the steps up to it in one.
      const idleMs = Math.min(PATIENCE_MS - waitedMs, (rig.clock.nextDueMs ?? Infinity) - rig.clock.nowMs())
      const passedMs = STEP_MS * Math.max(1, Math.ceil(idleMs / STEP_MS))
      rig.clock.advance(passedMs)
      waitedMs += passedMs
      this.lateMs += passedMs
    }
  }

  private judge(instance: number, channel: Channel): void {
    const match = this.matchOf(channel)
    const { pieces, said, unjudged, line } = channel
    channel.pieces = []
    channel.expected = null
    if (match.kind === 'same') {
      said.take(match.chars)
      for (const name of match.masked) this.masked[name] = (this.masked[name] ?? 0) + 1
    } else {
      const got = said.takeAll()
      if (unjudged === 'no') this.differ(instance, line, tokensOf(pieces), got)
    }
    if (unjudged === 'answer') channel.unjudged = 'no'
  }

  private matchOf(channel: Channel): Match {
    // Called at every step of a wait: the expectation is parsed once, and compared again only when there is more
    // output.
    const expected = (channel.expected ??= expectation(channel.pieces))
    return (expected.match ??= compare(expected.tokens, channel.said.front(expected.decisiveChars)))
  }

  private differ(instance: number, line: number, expected: readonly Token[], got: string): void {
    const text = expected
      .map((token) =>
        token.kind === 'text'
          ? escapeText(token.text)
          : token.kind === 'mask'
            ? `<${token.name}>`
            : `<${token.lengthBytes} bytes ${token.digest}>`
      )
      .join('')
    this.differences.push({
      line,
      instance,
      after: this.channels[instance]!.lastTyped,
      expected: text,
      got: escapeText(got)
    })
  }
}

/** The state of one AT instance during the run. */
interface Channel {
  readonly said: Said
  /** The expected output, and the line where it begins. */
  pieces: Piece[]
  /** The same, prepared for comparison; `null` until it is needed. */
  expected: Expectation | null
  line: number
  lastTyped: string | null
  /**
   * Set when input was not typed as recorded: output is not compared until its line has ended, and the response to it.
   */
  unjudged: 'no' | 'line' | 'answer'
}

interface Expectation {
  readonly tokens: readonly Token[]
  readonly decisiveChars: number
  /** `null` when the module has sent more since. */
  match: Match | null
}

function expectation(pieces: readonly Piece[]): Expectation {
  const tokens = tokensOf(pieces)
  return { tokens, decisiveChars: decisiveChars(tokens), match: null }
}

/** Returns whether the text ends a command line (CR) or the entry at a prompt (Ctrl-Z). */
function endsLine(text: string): boolean {
  return text.includes('\r') || text.includes('\x1a')
}

/** Longer than any command takes: #SGACT and #SSLD give up after 180 s at most. */
const PATIENCE_MS = 200_000
const STEP_MS = 10
/** Boot and registration, with real latency too. */
const START_MS = 30_000
