import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { ConnectionEnd } from '../tls-connection/contract.ts'
import { ftpConnection, secureFtp, type FtpConnectionParts } from './connection.ts'
import type { Control } from './control.ts'
import { DataOpening } from './data-opening.ts'
import { badResponse, connectionFailure, noAnswer, refused } from './failures.ts'
import { replyText, type Reply } from './reply.ts'
import type { TransferEvents, TransferRequest } from './transfer-types.ts'

/**
 * The transfer of one file (RFC 959 3, RFC 4217 9), in this order:
 * 1. an address: PASV asks for the server's, PORT sends the module's;
 * 2. TCP, which in active mode may come after 4;
 * 3. REST, if the download begins in the middle;
 * 4. RETR, STOR, APPE or LIST, which the server accepts (1xx) or refuses;
 * 5. with FTPS a full handshake on the data connection (G-5-3, G-5-4);
 * 6. the data, until one side ends the connection;
 * 7. the server's last reply.
 * Any failure ends it, once, and if possible commands and replies stay matched.
 */
export class Transfer {
  /** Bytes transferred so far. */
  bytes = 0
  private readonly connection: PeerConnection
  private readonly opening: DataOpening
  private phase: 'opening' | 'flowing' | 'ending' | 'over' = 'opening'
  private connected = false
  /** Whether the server has accepted the command. */
  private taken = false
  private asked = false
  private last: Reply | null = null
  private controlGone = false
  /** Whether the host has sent all of an upload. */
  private finished = false
  private dataEnd: CommandFailure | 'closed' | null = null
  private reading = true
  private arrivedSince = false

  constructor(
    private readonly request: TransferRequest,
    private readonly control: Control,
    private readonly parts: FtpConnectionParts,
    private readonly events: TransferEvents,
    private readonly cause: number
  ) {
    this.connection = ftpConnection(
      'data connection',
      parts,
      {
        opened: () => {
          this.connected = true
          // No data is read before the host has its CONNECT.
          this.connection.setReading(false)
          if (this.asked) this.proceed()
          // In active mode the server may connect before it replies to PORT.
          else if (request.passive) this.begin()
        },
        secured: () => this.flow(),
        data: (bytes) => this.arrived(bytes),
        drained: () => events.drained(),
        expired: ({ kind, limitMs, seq }) => {
          const what = kind === 'silent' ? 'got no answer in' : 'was not complete after'
          this.dataEnded({
            kind: 'unreachable',
            sentence: `The handshake on the data connection ${what} ${limitMs / 1000} s.`,
            seq
          })
        },
        ended: (end) => this.dataEnded(end)
      },
      cause
    )
    this.opening = new DataOpening(request, control, this.connection, parts.ip, {
      isWanted: () => this.phase === 'opening',
      waits: (sentence) => this.watchOpening(sentence),
      announced: () => this.begin(),
      refused: (failure) => this.end(failure),
      failed: (sentence) => this.dataEnded({ kind: 'unreachable', sentence, seq: null })
    })
  }

  get flowing(): boolean {
    return this.phase === 'flowing'
  }

  /** Starts the transfer; `opened` or `ended` follows. */
  start(): void {
    this.opening.start()
  }

  /** Sends bytes of an upload, which `causes` brought. Returns false when the caller should wait for `drained`. */
  write(bytes: Uint8Array, causes: readonly number[]): boolean {
    if (this.phase !== 'flowing') return true
    this.bytes += bytes.length
    return this.connection.causes.during(causes, () => this.connection.write(bytes))
  }

  setReading(reading: boolean): void {
    this.reading = reading
    this.connection.setReading(reading)
  }

  /** Ends an upload: closes the connection and waits for the server's confirmation. */
  finish(): void {
    if (this.phase !== 'flowing') return
    this.finished = true
    this.connection.close()
    this.dataOver('closed')
  }

  /** The last bytes were not taken in time: the upload ends, and nothing of them arrives later (D-38). */
  giveUp(failure: CommandFailure): void {
    this.dataEnd = failure
    this.end(failure)
  }

  /** Aborts the transfer for the host. */
  abort(): void {
    if (this.phase === 'over') return
    if (this.phase === 'opening') return this.end(badResponse('The transfer was given up before it began.'))
    this.connection.abort()
    this.dataOver('closed')
  }

  /** The control connection has ended. Data on the way may still arrive. */
  controlLost(failure: CommandFailure): void {
    this.controlGone = true
    if (this.phase === 'over') return
    if (this.phase === 'opening' || this.request.direction === 'upload') return this.end(failure)
    if (this.dataEnd !== null) return this.end(this.dataEnd === 'closed' ? failure : this.dataEnd)
    this.watchData()
  }

  /** Drops everything without a report, because power or context is lost. */
  drop(): void {
    this.phase = 'over'
    this.opening.cancel()
    this.connection.dropUnsent()
  }

  /** Steps 3 and 4. */
  private begin(): void {
    const { position } = this.request
    if (position === 0) return this.askForFile()
    this.control.ask(`REST ${position}`, (reply) => {
      if (reply.code === 350) this.askForFile()
      else this.end(refused('REST', reply))
    })
  }

  private askForFile(): void {
    this.asked = true
    this.control.ask(this.request.command, (reply) => this.fileAnswered(reply), { preliminary: true })
  }

  private fileAnswered(reply: Reply): void {
    if (this.phase === 'over') return
    if (reply.code >= 200) this.last = reply
    if (reply.code >= 400 && (this.phase === 'opening' || this.request.direction === 'upload'))
      return this.refusedNow(reply)
    if (this.dataEnd !== null && this.last) return this.end(this.failure())
    if (!this.taken) {
      this.taken = true
      return this.proceed()
    }
    if (!this.last) return
    // The server takes an upload for complete. Of a download, data on the way still arrives.
    if (this.request.direction === 'upload')
      return this.end(badResponse(`The server ended the upload early: ${replyText(reply)}.`))
    this.watchData()
  }

  private refusedNow(reply: Reply): void {
    const refusal = refused(this.request.command.split(' ')[0]!, reply)
    this.end(this.dataEnd !== null && this.dataEnd !== 'closed' ? this.dataEnd : refusal)
  }

  /** Step 5, once there is a connection and the server has accepted the command. */
  private proceed(): void {
    if (this.phase !== 'opening' || !this.taken || this.dataEnd !== null) return
    if (!this.connected) return this.watchOpening('The server did not connect')
    this.opening.cancel()
    const { secure } = this.request
    if (!secure) return this.flow()
    secureFtp(this.connection, 'data connection', secure, this.parts)
  }

  private flow(): void {
    this.phase = 'flowing'
    this.control.unwatch()
    this.events.opened()
    if (this.last && this.request.direction === 'download') this.watchData()
    this.connection.setReading(this.reading)
  }

  private arrived(bytes: Uint8Array): void {
    if (this.phase !== 'flowing' || this.request.direction === 'upload') return
    this.arrivedSince = true
    this.bytes += bytes.length
    this.events.data(bytes, this.connection.causes.broughtBy)
  }

  private dataEnded(end: ConnectionEnd): void {
    if (this.phase === 'over') return
    const failure = connectionFailure(end, 'data')
    if (!this.asked) return this.end(failure, true)
    if (end.kind === 'closed' && !end.orderly && this.phase === 'flowing' && this.request.direction === 'download')
      this.doubt(end.sentence)
    // A server that refuses the file may close first and reply afterwards.
    this.dataOver(end.kind === 'closed' && (this.phase !== 'opening' || !this.taken) ? 'closed' : failure)
  }

  /** Step 7: waits for the server's last reply, if it has not come yet. */
  private dataOver(end: CommandFailure | 'closed'): void {
    const linkFailed = this.phase === 'opening'
    this.dataEnd = end
    if (this.last || this.controlGone) return this.end(this.failure(), linkFailed)
    if (!linkFailed) this.phase = 'ending'
    this.control.watch(() => {
      const failure = end === 'closed' ? noAnswer('the end of the transfer', this.parts.timeoutMs()) : end
      this.connection.dropUnsent()
      this.end(failure, linkFailed)
    })
  }

  /**
   * Limits the silence of the data connection, which alone can end the transfer. A slow host does not count as silence.
   */
  private watchData(): void {
    this.arrivedSince = false
    this.control.watch(() => {
      if (this.arrivedSince || !this.reading) return this.watchData()
      this.connection.abort()
      this.end(this.failure() ?? noAnswer('on the data connection', this.parts.timeoutMs()))
    })
  }

  private watchOpening(sentence: string): void {
    const timeoutMs = this.parts.timeoutMs()
    this.control.watch((seq) =>
      this.dataEnded({ kind: 'unreachable', sentence: `${sentence} in ${timeoutMs / 1000} s.`, seq })
    )
  }

  private failure(): CommandFailure | null {
    if (this.dataEnd !== null && this.dataEnd !== 'closed') return this.dataEnd
    if (this.last && this.last.code >= 400) return refused(this.request.command.split(' ')[0]!, this.last)
    const cutShort = this.request.direction === 'upload' && this.dataEnd === 'closed' && !this.finished
    return cutShort ? badResponse('The server closed the data connection before the upload had come to its end.') : null
  }

  /** The server may report success, but it cannot know what was cut off on the way (RFC 2246 7.2.1). */
  private doubt(sentence: string): void {
    this.parts.timeline.report(
      { kind: 'note', sentence: `Nothing shows that the file has come to its end: ${sentence}` },
      this.cause
    )
  }

  private end(reason: CommandFailure | null, linkFailed = false): void {
    if (this.phase === 'over') return
    const opened = this.phase !== 'opening'
    const failure = reason ?? (opened ? null : badResponse('The data connection ended before the file began.'))
    const dataLink =
      linkFailed ||
      (this.dataEnd !== null && this.dataEnd !== 'closed') ||
      (this.last !== null && linkReplies.has(this.last.code))
    this.phase = 'over'
    this.opening.cancel()
    // The host is told that what TCP has not taken has failed, so the server must not get it later (D-38).
    if (opened && failure && this.request.direction === 'upload' && this.connection.holdsUnsent)
      this.connection.dropUnsent()
    else if (opened) this.connection.close()
    else this.connection.abort()
    // An outstanding reply may still come, and must not be matched with another command.
    if (this.asked && this.last === null && !this.controlGone) this.control.oweReply()
    else this.control.forget()
    if (failure)
      this.parts.timeline.report({ kind: 'note', sentence: `The file is not whole: ${failure.sentence}` }, this.cause)
    this.events.ended({ failure, linkFailed: !opened && (dataLink || reason === null) })
  }
}

/** Replies about the data connection, not about the file (RFC 959 4.2.1, RFC 4217 10). */
const linkReplies = new Set([425, 426, 522])
