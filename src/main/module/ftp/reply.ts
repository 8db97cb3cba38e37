/** One reply of the server (RFC 959 4.2): its code, and its lines including the code. */
export interface Reply {
  readonly code: number
  /** At most the first `MAX_KEPT_LINES`. */
  readonly lines: readonly string[]
}

/** Returns the first line, for people. */
export function replyText(reply: Reply): string {
  return reply.lines[0] ?? String(reply.code)
}

/**
 * Assembles replies from bytes split anywhere. A reply of several lines begins with `123-` and ends with a line that
 * begins with `123 `; lines in between have any form (RFC 959 4.2). All sizes are bounded: surplus text is dropped, and
 * an endless reply is an error.
 */
export class ReplyReader {
  private line = ''
  private lineBytes = 0
  private open: { code: string; lines: string[]; bytes: number } | null = null
  /** Increases with each `reset`, so that the rest of a packet before it is ignored. */
  private generation = 0

  constructor(private readonly events: ReplyEvents) {}

  feed(bytes: Uint8Array): void {
    const generation = this.generation
    for (const byte of bytes) {
      if (generation !== this.generation) return
      if (byte === LF) this.lineEnded()
      else if (byte !== CR) this.add(byte)
    }
  }

  /** Forgets an incomplete reply, since another dialogue begins (after AUTH TLS). */
  reset(): void {
    this.generation += 1
    this.line = ''
    this.lineBytes = 0
    this.open = null
  }

  private add(byte: number): void {
    this.lineBytes += 1
    if (this.line.length < MAX_LINE_CHARS) this.line += String.fromCharCode(byte)
    const total = this.lineBytes + (this.open?.bytes ?? 0)
    if (total > MAX_REPLY_BYTES) this.tooLong()
  }

  private lineEnded(): void {
    const { line, lineBytes } = this
    this.line = ''
    this.lineBytes = 0
    if (this.open) return this.continued(line, lineBytes)
    const match = /^([1-5]\d\d)([ -]|$)/.exec(line)
    if (!match) return this.broken(`The server sent a line that is no answer: "${line.slice(0, SHOWN_CHARS)}".`)
    const code = match[1]!
    if (match[2] === '-') this.open = { code, lines: [line], bytes: lineBytes }
    else this.events.reply({ code: Number(code), lines: [line] })
  }

  private continued(line: string, lineBytes: number): void {
    const open = this.open!
    // Count line ends too: a reply of empty lines may also be endless.
    open.bytes += lineBytes + 1
    if (open.bytes > MAX_REPLY_BYTES) return this.tooLong()
    if (open.lines.length < MAX_KEPT_LINES) open.lines.push(line)
    if (!line.startsWith(`${open.code} `) && line !== open.code) return
    this.open = null
    this.events.reply({ code: Number(open.code), lines: open.lines })
  }

  private tooLong(): void {
    this.broken(`An answer of the server goes on beyond ${MAX_REPLY_BYTES} bytes.`)
  }

  private broken(sentence: string): void {
    this.reset()
    this.events.broken(sentence)
  }
}

export interface ReplyEvents {
  reply(reply: Reply): void
  /** The server does not speak FTP; nothing that follows can be trusted. */
  broken(sentence: string): void
}

const CR = 0x0d
const LF = 0x0a
/** The rest of a longer line is dropped. RFC 959 has no limit; servers stay below 512. */
const MAX_LINE_CHARS = 1024
/** Lines of a long greeting that #FTPMSG prints. */
const MAX_KEPT_LINES = 32
/** Far more than any greeting. */
const MAX_REPLY_BYTES = 65_536
const SHOWN_CHARS = 60
