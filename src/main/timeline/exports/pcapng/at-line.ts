import { cmeErrors, type CommandFailure } from '../../../../shared/rules/errors.ts'
import type { TimelineEvent, TimelineFact } from '../../../../shared/timeline/events.ts'

/** Bytes of the serial line, seen from the host, with comments. */
export interface AtPacket {
  readonly atMs: number
  readonly bytes: Uint8Array
  /** Echo and data are not AT commands: a program that reads them as such would report errors. */
  readonly kind: 'command' | 'echo' | 'data'
  readonly fromHost: boolean
  readonly comments: readonly string[]
}

/**
 * Groups the traffic of one AT instance into packets. A command line typed key by key is one packet, an answer is one
 * packet, and each has a comment that explains it.
 */
export class AtLine {
  private readonly typed = new Gathered()
  private readonly printed = new Gathered()
  /** Bytes from the host that the module's next bytes may echo. */
  private echo: Uint8Array = new Uint8Array()
  /** Comments for the module's next bytes. */
  private said: string[] = []

  constructor(private readonly instance: number) {}

  /** Adds an event of this instance. Returns the packets that it completes. */
  add(event: TimelineEvent): AtPacket[] {
    const { what } = event
    const late =
      this.typed.isOlderThan(event.wallMs - TYPING_PAUSE_MS) || this.printed.isOlderThan(event.wallMs - TYPING_PAUSE_MS)
    const before = late ? this.release([]) : []
    return [...before, ...(what.kind === 'bytes' ? this.bytes(event, what) : this.fact(what))]
  }

  /** Returns the packets that are still held back. */
  end(): AtPacket[] {
    return this.release([])
  }

  private bytes(
    event: TimelineEvent,
    { direction, bytes, data }: Extract<TimelineFact, { kind: 'bytes' }>
  ): AtPacket[] {
    if (data) {
      const comment = `${this.who(direction === 'tx')}, online: data.`
      return [
        ...this.release([]),
        { atMs: event.wallMs, bytes, kind: 'data', fromHost: direction === 'tx', comments: [comment] }
      ]
    }
    const gathered = direction === 'tx' ? this.typed : this.printed
    gathered.add(event, bytes)
    if (gathered.bytes > MAX_GATHERED_BYTES) return this.release([])
    // While a line is being typed, the module prints its echo.
    return direction === 'rx' && (this.said.length > 0 || this.typed.bytes === 0) ? this.release([]) : []
  }

  private fact(what: TimelineFact): AtPacket[] {
    switch (what.kind) {
      case 'line':
        return this.release([`Command line: ${what.text}`])
      case 'command':
        return this.say(`Command: ${what.text}`)
      case 'result':
        return this.say(`Result: ${what.word}${what.failure ? ` (${explained(what.failure)})` : ''}.`)
      case 'urc':
        return this.say(`Unsolicited: ${what.text}`)
      default:
        // Anything else ends the line that was being typed, as at the prompt of #SSLSECDATA.
        return this.typed.bytes > 0 ? this.release([]) : []
    }
  }

  private say(sentence: string): AtPacket[] {
    if (this.said.length >= MAX_SENTENCES) this.said.shift()
    this.said.push(sentence)
    return []
  }

  /** Returns the gathered bytes as packets, those of the host first because the module may echo them. */
  private release(ofHost: readonly string[]): AtPacket[] {
    const packets: AtPacket[] = []
    const typed = this.typed.take()
    if (typed) {
      packets.push({ ...typed, kind: 'command', fromHost: true, comments: [`${this.who(true)}.`, ...ofHost] })
      this.echo = typed.bytes
    }
    const printed = this.printed.take()
    if (!printed) return packets
    const { atMs, bytes } = printed
    const echoBytes = commonStart(bytes, this.echo)
    this.echo = this.echo.subarray(echoBytes)
    if (echoBytes > 0)
      packets.push({
        atMs,
        bytes: bytes.subarray(0, echoBytes),
        kind: 'echo',
        fromHost: false,
        comments: [`${this.who(false)}: the echo of what was typed.`]
      })
    if (echoBytes === bytes.length) return packets
    packets.push({
      atMs,
      bytes: bytes.subarray(echoBytes),
      kind: 'command',
      fromHost: false,
      comments: [`${this.who(false)}.`, ...this.said]
    })
    this.said = []
    this.echo = new Uint8Array()
    return packets
  }

  private who(fromHost: boolean): string {
    return fromHost ? `Host to module, AT instance ${this.instance}` : `Module to host, AT instance ${this.instance}`
  }
}

function commonStart(bytes: Uint8Array, other: Uint8Array): number {
  const most = Math.min(bytes.length, other.length)
  let at = 0
  while (at < most && bytes[at] === other[at]) at++
  return at
}

class Gathered {
  bytes = 0
  private pieces: Uint8Array[] = []
  private firstMs = 0
  private lastMs = 0

  add(event: TimelineEvent, bytes: Uint8Array): void {
    if (this.bytes === 0) this.firstMs = event.wallMs
    this.lastMs = event.wallMs
    this.pieces.push(bytes)
    this.bytes += bytes.length
  }

  isOlderThan(wallMs: number): boolean {
    return this.bytes > 0 && this.firstMs < wallMs
  }

  take(): { atMs: number; bytes: Uint8Array } | null {
    if (this.bytes === 0) return null
    const all = Buffer.concat(this.pieces)
    this.pieces = []
    this.bytes = 0
    return { atMs: this.lastMs, bytes: all }
  }
}

/** Returns a text such as `+CME ERROR 839: The certificate has expired. Expected …, got …`. */
function explained({ error, sentence, expected, got, rule }: CommandFailure): string {
  const code = error === null ? '' : `+CME ERROR ${cmeErrors[error].code}: `
  const compared = [
    expected === null ? '' : `expected: ${expected}`,
    got === null ? '' : `got: ${got}`,
    rule ?? ''
  ].filter((one) => one !== '')
  return `${code}${sentence}${compared.length > 0 ? ` ${compared.join('; ')}` : ''}`
}

/** A line may be split where a person stops typing for this long. */
const TYPING_PAUSE_MS = 10_000
/** More bytes are not a line but a certificate or a file. */
const MAX_GATHERED_BYTES = 4096
/** With ATQ1 the module prints nothing, and the comments are never used. */
const MAX_SENTENCES = 16
