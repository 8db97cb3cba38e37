import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import { bytesOf } from '../at/output-buffer.ts'
import type { IpConnection } from '../network/ip-stack.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { ExpiredWait } from '../tls-connection/contract.ts'
import { ftpConnection, secureFtp, type FtpConnectionParts } from './connection.ts'
import { badResponse, connectionFailure, handshakeExpired, nameUnknown, noAnswer } from './failures.ts'
import { ReplyReader, type Reply } from './reply.ts'
import { SecretWords } from './secret-words.ts'

/**
 * The control dialogue (RFC 959 5.4): one command at a time, each with its answer, within the timeout. What the server says
 * unasked is shown in the timeline and left aside, so that the dialogue stays in step.
 */
export class Control {
  private readonly connection: PeerConnection
  private readonly replies: ReplyReader
  private waiting: { what: string; answer: (reply: Reply) => void } | null = null
  private whenSecured: (() => void) | null = null
  private whenOpen: (() => void) | null = null
  private server = { host: '', port: 0 }
  /** The end of a transfer that the server has not told of in time; it may still come, and answers no later command. */
  private owed = false
  /** What was sent and nobody should see; the server may say it again. */
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
        expired: (wait) => this.lose(this.expiredFailure(wait)),
        ended: (end) => this.lose(connectionFailure(end, 'control'))
      },
      cause
    )
  }

  /** The TCP connection; only asked for once it is open. */
  get tcp(): IpConnection {
    // A transfer needs a login, and a login an open connection.
    return this.connection.tcp!
  }

  /** The dotted address of the server; empty until its name is known. */
  get address(): string {
    return this.connection.tcp?.remoteAddress ?? ''
  }

  get isOver(): boolean {
    return this.connection.isOver
  }

  /** Looks the server up, opens the connection and waits for the greeting. */
  connect(host: string, port: number, greeted: (reply: Reply) => void): void {
    this.whenOpen = () => {
      this.tcp.shownOf = (bytes) => this.secrets.shown(bytes)
      this.expect('the connection', (reply) => {
        // 120: ready in a while (RFC 959 5.4).
        if (reply.code < 200) this.patience('the connection')
        else greeted(reply)
      })
    }
    this.server = { host, port }
    this.connection.dial(host, port, { timer: 'ftp', limitMs: this.parts.timeoutMs() })
  }

  /** Lays TLS over the dialogue; plain text that came with the server's consent does not count (RFC 4217 15). */
  secure(request: SecureClientRequest, secured: () => void): void {
    this.replies.reset()
    this.whenSecured = secured
    secureFtp(this.connection, 'control connection', request, this.parts)
  }

  /**
   * Sends one line and waits for its answer. A preliminary answer (1xx) is passed on too where `preliminary` says so, and the wait
   * goes on. `shown`: how the line reads in the timeline, where it holds what nobody should see.
   */
  ask(line: string, answer: (reply: Reply) => void, { shown = line, preliminary = false }: AskOptions = {}): void {
    this.connection.cause = this.cause
    this.parts.timeline.report({ kind: 'ftp', direction: 'out', text: shown }, this.cause)
    const what = shown.split(' ')[0]!
    const secret = line.slice(what.length + 1)
    if (shown !== line) this.secrets.add(secret)
    this.expect(what, (reply) => {
      // A server may say again what it was told, and its words go into the failure.
      if (reply.code >= 200 || preliminary)
        return answer(
          shown === line ? reply : { ...reply, lines: reply.lines.map((text) => this.secrets.hidden(text)) }
        )
      this.patience(what)
    })
    const sent = bytesOf(`${line}\r\n`)
    this.connection.write(sent, shown === line ? sent : argumentMasked(sent))
  }

  /** Waits for nothing any more. */
  forget(): void {
    this.waiting = null
    this.unwatch()
  }

  /** A transfer's last answer did not come. */
  oweReply(): void {
    this.forget()
    this.owed = true
  }

  watch(expired: () => void): void {
    this.parts.timers.start('ftp', this.parts.timeoutMs(), expired, this.cause)
  }

  unwatch(): void {
    this.parts.timers.stop('ftp')
  }

  /** Ends the connection; nothing is reported any more. */
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
    this.watch(() => this.lose(noAnswer(what, this.parts.timeoutMs())))
  }

  private replied(reply: Reply): void {
    for (const text of reply.lines)
      this.parts.timeline.report({ kind: 'ftp', direction: 'in', text: this.secrets.hidden(text) }, this.cause)
    this.events.said(
      reply,
      reply.lines.map((text) => this.secrets.starred(text))
    )
    const { waiting } = this
    const { owed } = this
    this.owed = false
    if (!waiting) {
      // The server takes leave of its own accord (RFC 959 5.4).
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
    return connectionFailure({ kind: 'unreachable', sentence }, 'control')
  }

  private lose(failure: CommandFailure): void {
    this.forget()
    this.connection.close()
    this.events.lost(failure)
  }
}

/** The line with every byte of its argument a star: what the network carried, but for what nobody should see. */
function argumentMasked(line: Uint8Array): Uint8Array {
  const masked = Uint8Array.from(line)
  const from = masked.indexOf(SPACE) + 1
  return from === 0 ? masked : masked.fill(STAR, from, masked.length - LINE_END_BYTES)
}

const SPACE = 0x20
const STAR = 0x2a
const LINE_END_BYTES = 2

export interface ControlEvents {
  /** Every answer, asked for or not; `shown`: what may be kept of its lines, character for character. */
  said(reply: Reply, shown: readonly string[]): void
  /** The session is over: the connection failed, ended, or carries no FTP. */
  lost(failure: CommandFailure): void
}

export interface AskOptions {
  readonly shown?: string
  readonly preliminary?: boolean
}

/** RFC 959 4.2.1: service not available, closing control connection. */
const SERVICE_CLOSING = 421
/** What ends a transfer and answers nothing else. */
const transferEnds = new Set([226, 425, 426, 451, 522, 552])
