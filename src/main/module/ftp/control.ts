import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { bytesOf } from '../at/output-buffer.ts'
import type { IpConnection } from '../network/ip-connection.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { ExpiredWait } from '../tls-connection/contract.ts'
import { ftpConnection, secureFtp, type FtpConnectionParts } from './connection.ts'
import { badResponse, connectionFailure, handshakeExpired, nameUnknown, noAnswer } from './failures.ts'
import { ReplyReader, type Reply } from './reply.ts'
import { SecretWords } from './secret-words.ts'

/**
 * The control dialogue (RFC 959 5.4): one command at a time, each with its reply, within the timeout. Unsolicited
 * replies are shown on the timeline and otherwise ignored, so that commands and replies stay matched.
 */
export class Control {
  private readonly connection: PeerConnection
  private readonly replies: ReplyReader
  private waiting: { what: string; answer: (reply: Reply) => void } | null = null
  private whenSecured: (() => void) | null = null
  private whenOpen: (() => void) | null = null
  private server = { host: '', port: 0 }
  /** Whether the reply that ends a transfer is overdue. It may still come, and is not the reply to a later command. */
  private owed = false
  /** Secrets that were sent. The server may repeat them. */
  private readonly secrets = new SecretWords()

  constructor(
    private readonly parts: FtpConnectionParts,
    private readonly events: ControlEvents,
    public cause: number
  ) {
    this.replies = new ReplyReader({
      reply: (reply) => this.replied(reply),
      broken: (sentence) => this.lose(badResponse(sentence))
    })
    this.connection = ftpConnection(
      'control connection',
      parts,
      {
        opened: () => this.whenOpen?.(),
        secured: () => {
          this.unwatch()
          this.whenSecured?.()
        },
        data: (bytes) => this.replies.feed(bytes),
        drained: () => {},
        expired: (wait) => this.lose(this.expiredFailure(wait), wait.seq),
        ended: (end) => this.lose(connectionFailure(end, 'control'), end.seq)
      },
      cause
    )
  }

  /** The TCP connection. Only valid once it is open. */
  get tcp(): IpConnection {
    // A transfer needs a login, and a login needs an open connection.
    return this.connection.tcp!
  }

  /** The server's dotted address; empty until its name was looked up. */
  get address(): string {
    return this.connection.tcp?.remoteAddress ?? ''
  }

  get isOver(): boolean {
    return this.connection.isOver
  }

  /** Looks up the server, connects and waits for the greeting. */
  connect(host: string, port: number, greeted: (reply: Reply) => void): void {
    this.whenOpen = () => {
      this.tcp.shownOf = (bytes) => this.secrets.shown(bytes)
      this.expect('the connection', (reply) => {
        // 120 means: ready in some minutes (RFC 959 5.4).
        if (reply.code < 200) this.patience('the connection')
        else greeted(reply)
      })
    }
    this.server = { host, port }
    this.connection.dial(host, port, { timer: 'ftp', limitMs: this.parts.timeoutMs() })
  }

  /** Starts TLS on the connection. Plain text that came together with the server's consent is ignored (RFC 4217 15). */
  secure(request: SecureClientRequest, secured: () => void): void {
    this.replies.reset()
    this.whenSecured = secured
    secureFtp(this.connection, 'control connection', request, this.parts)
  }

  /**
   * Sends one line and waits for its reply. With `preliminary` a 1xx reply is passed on too, and the wait continues.
   * `shown` is the line's version for the timeline, where it holds a secret.
   */
  ask(line: string, answer: (reply: Reply) => void, { shown = line, preliminary = false }: AskOptions = {}): void {
    this.connection.causes.current = this.cause
    this.parts.timeline.report({ kind: 'ftp', direction: 'out', text: shown }, this.cause)
    const what = shown.split(' ')[0]!
    const secret = line.slice(what.length + 1)
    if (shown !== line) this.secrets.add(secret)
    this.expect(what, (reply) => {
      // A server may repeat a secret, and the failure quotes the reply.
      if (reply.code >= 200 || preliminary)
        return answer(
          shown === line ? reply : { ...reply, lines: reply.lines.map((text) => this.secrets.hidden(text)) }
        )
      this.patience(what)
    })
    const sent = bytesOf(`${line}\r\n`)
    this.connection.write(sent, shown === line ? sent : argumentMasked(sent))
  }

  /** Cancels the wait. */
  forget(): void {
    this.waiting = null
    this.unwatch()
  }

  /** Notes that the reply which ends a transfer did not come in time. */
  oweReply(): void {
    this.forget()
    this.owed = true
  }

  /** `expired` gets the event that says that the time is over. */
  watch(expired: (seq: number) => void): void {
    this.parts.timers.start('ftp', this.parts.timeoutMs(), expired, this.cause)
  }

  unwatch(): void {
    this.parts.timers.stop('ftp')
  }

  /** Ends the connection without further reports. */
  close(): void {
    this.forget()
    this.connection.close()
  }

  abort(): void {
    this.forget()
    this.connection.abort()
  }

  private expect(what: string, answer: (reply: Reply) => void): void {
    this.waiting = { what, answer }
    this.patience(what)
  }

  private patience(what: string): void {
    this.watch((seq) => this.lose(noAnswer(what, this.parts.timeoutMs()), seq))
  }

  private replied(reply: Reply): void {
    let seq = this.cause
    for (const text of reply.lines)
      seq = this.parts.timeline.report({ kind: 'ftp', direction: 'in', text: this.secrets.hidden(text) }, this.cause)
    this.events.said(
      reply,
      reply.lines.map((text) => this.secrets.starred(text)),
      seq
    )
    const { waiting } = this
    const { owed } = this
    this.owed = false
    if (!waiting) {
      // The server ends the session on its own (RFC 959 5.4).
      if (reply.code === SERVICE_CLOSING) this.lose(badResponse(`The server closes the session: ${reply.lines[0]}.`))
      return
    }
    if (owed && transferEnds.has(reply.code)) return
    if (reply.code < 200) return waiting.answer(reply)
    this.forget()
    waiting.answer(reply)
    if (reply.code === SERVICE_CLOSING && !this.isOver)
      this.lose(badResponse(`The server closes the session: ${reply.lines[0]}.`))
  }

  private expiredFailure(wait: ExpiredWait): CommandFailure {
    const { host, port } = this.server
    if (wait.kind === 'name') return nameUnknown(`No name server answered for ${host}.`)
    if (wait.kind !== 'tcp') return handshakeExpired(wait)
    const sentence = `${this.address}:${port} did not answer in ${wait.limitMs / 1000} s.`
    return connectionFailure({ kind: 'unreachable', sentence, seq: wait.seq }, 'control')
  }

  private lose(failure: CommandFailure, seq: number | null = null): void {
    this.forget()
    this.connection.close()
    this.events.lost(failure, seq)
  }
}

/** Returns the line with each byte of its argument replaced by an asterisk: the length stays true. */
function argumentMasked(line: Uint8Array): Uint8Array {
  const masked = Uint8Array.from(line)
  const from = masked.indexOf(SPACE) + 1
  return from === 0 ? masked : masked.fill(STAR, from, masked.length - LINE_END_BYTES)
}

const SPACE = 0x20
const STAR = 0x2a
const LINE_END_BYTES = 2

export interface ControlEvents {
  /** Every answer, asked for or not; `shown`: what may be kept of its lines, character for character; `seq`: the event of its last line. */
  said(reply: Reply, shown: readonly string[], seq: number): void
  /** The session is over: the connection failed, ended, or carries no FTP. `seq`: the event that says so, `null` where none does. */
  lost(failure: CommandFailure, seq: number | null): void
}

export interface AskOptions {
  readonly shown?: string
  readonly preliminary?: boolean
}

/** Service not available, closing control connection (RFC 959 4.2.1). */
const SERVICE_CLOSING = 421
/** Reply codes that only end a transfer. */
const transferEnds = new Set([226, 425, 426, 451, 522, 552])
