import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { factOf } from '../../../shared/rules/failure-facts.ts'
import type { ChartEvent } from '../../../shared/statecharts/index.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import type { Held } from '../sockets/held-bytes.ts'
import type { BlockingCommand } from './blocking-command.ts'
import { dataSocketClosed, fileLost, noAnswer, notOneLine } from './failures.ts'
import { HeldFile } from './held-file.ts'
import { OnlineFile } from './online.ts'
import type { FileEvents, FileRequest, FtpConfig, FtpSessionParts, OpenSession } from './session-types.ts'
import { type TransferRequest } from './transfer-types.ts'
import { Transfer } from './transfer.ts'

/**
 * The files of the FTP session, one at a time: in online mode, where the port carries them (D-18), and in command mode,
 * with #FTPRECV and #FTPAPPEXT.
 */
export class SessionFiles {
  /** `#FTPREST`: where the next download begins, in bytes. */
  position = 0
  private held: HeldFile | null = null
  private transfer: Transfer | null = null
  private atPort: OnlineFile | null = null
  private whenDrained: (() => void) | null = null
  private lastFailure: CommandFailure | null = null

  constructor(
    private readonly session: FilesSession,
    private readonly blocking: BlockingCommand,
    private readonly chart: Chart<'ftp'>,
    private readonly parts: FtpSessionParts
  ) {}

  /** The download of `#FTPGETPKT`, until the next transfer in command mode. */
  get download(): HeldFile | null {
    return this.held
  }

  /**
   * Starts `#FTPGET`, `#FTPLIST`, `#FTPPUT` or `#FTPAPP` in online mode: CONNECT, or NO CARRIER without a data
   * connection.
   */
  online(file: FileRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = notOneLine(file.command) ?? this.session.commandRefusal(instance, 'TRANSFER_ONLINE', cause)
    if (refusal) return finish(failed(refusal))
    this.blocking.begin(finish)
    this.begin(file, cause, {
      opened: (transfer) => {
        const online = new OnlineFile(transfer, file.direction, instance)
        this.atPort = online
        this.blocking.settle({ kind: 'connect', begin: () => instance.attach(online) })
      },
      refused: ({ failure, linkFailed }) =>
        this.blocking.settle(
          linkFailed ? { kind: 'no-carrier', because: fileLost(failure!, 'transfer-refused') } : failed(failure!)
        ),
      data: (bytes, broughtBy) => this.atPort?.fromServer(bytes, broughtBy),
      ended: () => {
        const online = this.atPort
        this.atPort = null
        online?.over(cause, this.lastFailure ? fileLost(this.lastFailure, 'transfer-over') : undefined)
      }
    })
  }

  /** Starts `#FTPGETPKT`, `#FTPPUT=…,1` or `#FTPAPP=…,1`: OK once data can be transferred. */
  inCommandMode(file: FileRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = notOneLine(file.command) ?? this.session.commandRefusal(instance, 'TRANSFER_COMMAND', cause)
    if (refusal) return finish(failed(refusal))
    this.held = null
    this.blocking.begin(finish)
    this.begin(file, cause, {
      opened: (transfer) => {
        if (file.direction === 'download') this.held = new HeldFile(file, transfer)
        this.blocking.settle(ok)
      },
      refused: ({ failure }) => this.blocking.settle(failed(failure!)),
      data: (bytes, broughtBy) => this.held?.arrived(bytes, broughtBy),
      ended: () => {
        if (this.held) this.held.complete = true
        this.drained()
      }
    })
  }

  /** `#FTPRECV`: what there is, at most `maxBytes`; 614 where nothing is there and nothing will come. */
  receive(maxBytes: number, instance: AtInstance, cause: number): Held | CommandFailure {
    const refusal = this.session.refusal(instance)
    if (refusal) return refusal
    if (!this.chart.send('RECEIVE', cause) || !this.held) return dataSocketClosed('download', null)
    return this.held.exhausted
      ? dataSocketClosed('download', 'The file has been read to its end.')
      : this.held.take(maxBytes)
  }

  /** Returns why `#FTPAPPEXT` cannot take data now, or `null`. */
  appendRefusal(instance: AtInstance): CommandFailure | null {
    const refusal = this.session.refusal(instance)
    if (refusal) return refusal
    if (this.chart.can('APPEND') && this.transfer?.flowing && !this.held) return null
    return dataSocketClosed('upload', this.uploadEnd)
  }

  /** What ended the upload, if it failed. The end of a download is no reason why there is no upload. */
  private get uploadEnd(): string | null {
    const asked = factOf(this.lastFailure?.facts ?? [], 'reply')?.asked
    return asked === undefined || /^(STOR|APPE)/.test(asked) ? (this.lastFailure?.sentence ?? null) : null
  }

  /**
   * Sends the bytes of `#FTPAPPEXT`. Ends when TCP has taken them or, with `eof`, when the server has confirmed the
   * file.
   */
  append(
    { bytes, causes }: Held,
    eof: boolean,
    instance: AtInstance,
    cause: number,
    finish: (outcome: Outcome) => void
  ): void {
    const refusal = this.appendRefusal(instance)
    if (refusal) return finish(failed(refusal))
    this.chart.send('APPEND', cause)
    const { control } = this.session.opened!
    const transfer = this.transfer!
    const taken = (): void => {
      if (!eof) return this.blocking.settle(ok)
      // The end of the transfer is handled here too, with the server's reply.
      this.whenDrained = () => this.blocking.settle(this.lastFailure ? failed(this.lastFailure) : ok)
      transfer.finish()
    }
    control.cause = cause
    this.blocking.begin(finish)
    if (transfer.write(bytes, [...causes, cause])) return taken()
    this.whenDrained = () => {
      control.unwatch()
      if (transfer.flowing) taken()
      else this.blocking.settle(failed(dataSocketClosed('upload', this.uploadEnd)))
    }
    control.watch(() => {
      this.whenDrained = null
      const failure = noAnswer('the data', this.session.timeoutMs())
      transfer.giveUp(failure)
      this.blocking.settle(failed(failure))
    })
  }

  /** The control connection has ended. Returns false when no file is being transferred that could still arrive. */
  controlLost(failure: CommandFailure): boolean {
    if (!this.transfer) return false
    this.transfer.controlLost(failure)
    return true
  }

  /** Drops the present file without telling the host. */
  drop(): void {
    this.transfer?.drop()
    this.transfer = null
  }

  /** The session is over. Returns the file in online mode, whose host must be told. */
  forget(): OnlineFile | null {
    const online = this.atPort
    this.drop()
    this.atPort = null
    this.whenDrained = null
    this.held = null
    return online
  }

  /** The module is powered off. */
  reset(): void {
    this.forget()
    this.position = 0
    this.lastFailure = null
  }

  private begin(file: FileRequest, cause: number, events: FileEvents): void {
    const opened = this.session.opened!
    opened.control.cause = cause
    this.lastFailure = null
    let flows = false
    const timeoutMs = (): number => this.session.timeoutMs()
    const transfer: Transfer = new Transfer(
      this.requestFor(file, opened),
      opened.control,
      { ...this.parts, timeoutMs },
      {
        opened: () => {
          flows = true
          events.opened(transfer)
        },
        data: events.data,
        drained: () => this.drained(),
        ended: (result) => {
          this.transfer = null
          this.lastFailure = result.failure
          this.session.fileEnded(cause)
          if (flows) events.ended()
          else events.refused(result)
        }
      },
      cause
    )
    this.transfer = transfer
    transfer.start()
  }

  private requestFor(file: FileRequest, opened: OpenSession): TransferRequest {
    const position = file.resumable ? this.position : 0
    // For one download only (at-reference 7).
    if (file.resumable) this.position = 0
    return {
      direction: file.direction,
      command: file.command,
      position,
      passive: opened.request.passive,
      controlAddress: opened.control.address,
      ignoresPassiveAddress: this.session.config.ignoresPassiveAddress,
      secure: opened.secure ? this.session.secureRequest(opened) : null
    }
  }

  private drained(): void {
    this.atPort?.serverDrained()
    const { whenDrained } = this
    this.whenDrained = null
    whenDrained?.()
  }
}

/** What the files need from the session. */
export interface FilesSession {
  readonly opened: OpenSession | null
  readonly config: FtpConfig
  /** Returns why an AT instance cannot use the session, or `null`. */
  refusal(instance: AtInstance): CommandFailure | null
  /** Takes the transition of the command, or returns why there is none. */
  commandRefusal(instance: AtInstance, event: ChartEvent<'ftp'>, cause: number): CommandFailure | null
  secureRequest(opened: OpenSession): SecureClientRequest
  timeoutMs(): number
  /** The present file has ended. The session continues, or ends with it. */
  fileEnded(cause: number): void
}
