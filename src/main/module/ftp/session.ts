import type { Cancellable } from '../../../shared/bearer.ts'
import { hostFailure, type CommandFailure } from '../../../shared/errors.ts'
import type { SecureClientRequest } from '../../../shared/security.ts'
import { failed, noCarrier, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import { clientRequest } from '../ssl/client-request.ts'
import type { HandshakeLog } from '../ssl/handshake-log.ts'
import { Control } from './control.ts'
import {
  connectedAlready, contextDown, dataSocketClosed, dataSocketOpen, nameUnknown, noAnswer, notConnected, notOneLine, refused, usedByAnother, wrongState
} from './failures.ts'
import { HeldFile } from './held-file.ts'
import { greetingFailure, logIn } from './login.ts'
import { OnlineFile } from './online.ts'
import type { Reply } from './reply.ts'
import { factoryConfig, type FileEvents, type FileRequest, type FtpConfig, type FtpSessionParts, type OpenRequest, type OpenSession } from './session-types.ts'
import { Transfer, type TransferRequest } from './transfer.ts'

/**
 * The one FTP session (guide chapter 5, at-reference 7). Its chart decides what is legal; this class carries it out: opening with
 * or without TLS, commands to the server, files online and in command mode.
 */
export class FtpSession {
  /** `#FTPCFG` and `#FTPTO`, for this power cycle (D-25). */
  config: FtpConfig = factoryConfig
  /** `#FTPREST`: where the next download begins. */
  position = 0
  /** The download of `#FTPGETPKT`. */
  download: HeldFile | null = null
  private opened: OpenSession | null = null
  private lookUp: Cancellable | null = null
  private lastReply: Reply | null = null
  private transfer: Transfer | null = null
  private online: OnlineFile | null = null
  private whenDrained: (() => void) | null = null
  /** Ends the command that blocks, should the session end under it. */
  private pending: ((outcome: Outcome) => void) | null = null
  private lastFailure: CommandFailure | null = null
  /** The control connection is gone while a file still comes in. */
  private controlFailure: CommandFailure | null = null
  private lastHandshake: () => HandshakeLog | null = () => null

  constructor(
    private readonly chart: Chart,
    private readonly parts: FtpSessionParts
  ) {
    parts.context.onDown((cause) => {
      if (this.opened) this.lost(contextDown(), cause)
    })
  }

  /** 0 binary, 1 ASCII; null while there is no session. */
  get type(): 0 | 1 | null {
    return this.opened?.loggedIn ? this.opened.type : null
  }

  /** The server's last answer, line by line. */
  get message(): readonly string[] {
    return this.lastReply?.lines ?? []
  }

  /** The last handshake of either connection, for the window. */
  get handshake(): HandshakeLog | null {
    return this.lastHandshake()
  }

  /** `#FTPOPEN`: OK once the server has let the module in, or the failure. */
  open(request: OpenRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.openRefusal(instance) ?? notOneLine(request.user, request.password)
    const { nvm, securityData, transport, network } = this.parts
    const { secure } = this.config
    const missing = secure ? transport.checkStored(securityData.forDial(nvm.contents.sslSecurity.authMode), securityData.policy) : null
    if (refusal) return finish(failed(refusal))
    if (missing) {
      const { sentence, expected, got, rule } = missing
      return finish(failed(hostFailure('sslSecurityData', sentence, { expected, got, rule })))
    }
    this.chart.send('OPEN', cause)
    this.pending = finish
    const opened: OpenSession = { control: this.newControl(cause), request, instance, secure, address: '', type: 0, loggedIn: false }
    this.opened = opened
    this.lastHandshake = () => opened.control.handshake
    if (isDotted(request.host)) return this.connect(opened, request.host, cause)
    opened.control.watch(() => this.lost(nameUnknown(`No name server answered for ${request.host}.`), cause))
    this.lookUp = network.resolveName(request.host, (result) => {
      this.lookUp = null
      if (this.opened !== opened) return
      opened.control.unwatch()
      if (result.kind === 'found') this.connect(opened, result.address, cause)
      else this.lost(nameUnknown(result.sentence), cause)
    })
  }

  /** `#FTPCLOSE`: OK once the server has taken leave, or has not in time. */
  close(instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.refusal(instance)
    if (refusal) return finish(failed(refusal))
    if (!this.chart.send('CLOSE', cause)) return finish(failed(wrongState(this.chart.state)))
    const { control } = this.opened!
    this.transfer?.drop()
    this.transfer = null
    this.pending = finish
    control.cause = cause
    control.ask('QUIT', () => this.closed(cause))
  }

  /** One command to the server and its answer; `accept` makes the outcome of one that the server took. */
  ask(line: string, instance: AtInstance, cause: number, accept: (reply: Reply) => Outcome, finish: (outcome: Outcome) => void): void {
    const refusal = notOneLine(line) ?? this.commandRefusal(instance, 'COMMAND', cause)
    if (refusal) return finish(failed(refusal))
    const { control } = this.opened!
    this.pending = finish
    control.cause = cause
    control.ask(line, (reply) => {
      this.pending = null
      finish(reply.code < 400 ? accept(reply) : failed(refused(line.split(' ')[0]!, reply)))
    })
  }

  /** `#FTPTYPE`. */
  chooseType(type: 0 | 1, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const took = (): Outcome => {
      this.opened!.type = type
      return ok
    }
    this.ask(`TYPE ${type === 0 ? 'I' : 'A'}`, instance, cause, took, finish)
  }

  /** `#FTPGET`, `#FTPLIST`, `#FTPPUT` and `#FTPAPP` online: CONNECT, or NO CARRIER where no data connection comes about. */
  transferOnline(file: FileRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = notOneLine(file.command) ?? this.commandRefusal(instance, 'TRANSFER_ONLINE', cause)
    if (refusal) return finish(failed(refusal))
    this.begin(file, cause, {
      opened: (transfer) => {
        this.pending = null
        const online = new OnlineFile(transfer, file.direction, instance)
        this.online = online
        finish({ kind: 'connect', begin: () => instance.attach(online) })
      },
      refused: ({ failure, linkFailed }) => finish(linkFailed ? noCarrier : failed(failure!)),
      data: (bytes) => this.online?.fromServer(bytes),
      ended: () => {
        const { online } = this
        this.online = null
        online?.over(cause)
      }
    }, finish)
  }

  /** `#FTPGETPKT`, `#FTPPUT=…,1`, `#FTPAPP=…,1`: OK once the bytes may flow. */
  transferInCommandMode(file: FileRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = notOneLine(file.command) ?? this.commandRefusal(instance, 'TRANSFER_COMMAND', cause)
    if (refusal) return finish(failed(refusal))
    this.download = null
    this.begin(file, cause, {
      opened: (transfer) => {
        this.pending = null
        if (file.direction === 'download') this.download = new HeldFile(file, transfer)
        finish(ok)
      },
      refused: ({ failure }) => finish(failed(failure!)),
      data: (bytes) => this.download?.arrived(bytes),
      ended: () => {
        if (this.download) this.download.complete = true
        this.drained()
      }
    }, finish)
  }

  /** `#FTPRECV`: what there is, at most `maxBytes`; 614 where nothing is there and nothing will come. */
  receive(maxBytes: number, instance: AtInstance): Uint8Array | CommandFailure {
    const refusal = this.refusal(instance)
    if (refusal) return refusal
    if (!this.chart.can('RECEIVE') || !this.download) return dataSocketClosed(null)
    return this.download.exhausted ? dataSocketClosed('The file has been read to its end.') : this.download.take(maxBytes)
  }

  /** Whether `#FTPAPPEXT` may ask for data now. */
  appendRefusal(instance: AtInstance): CommandFailure | null {
    const refusal = this.refusal(instance)
    if (refusal) return refusal
    if (this.chart.can('APPEND') && this.transfer?.flowing && !this.download) return null
    return dataSocketClosed(this.lastFailure?.sentence ?? null)
  }

  /** The bytes of `#FTPAPPEXT`; ends when TCP has taken them, with `eof` when the server has said that it has the file. */
  append(bytes: Uint8Array, eof: boolean, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.appendRefusal(instance)
    if (refusal) return finish(failed(refusal))
    const { control } = this.opened!
    const transfer = this.transfer!
    const taken = (): void => {
      if (!eof) return this.settle(ok)
      // The end of the transfer comes the same way, with the server's word.
      this.whenDrained = () => this.settle(this.lastFailure ? failed(this.lastFailure) : ok)
      transfer.finish()
    }
    control.cause = cause
    this.pending = finish
    if (transfer.write(bytes)) return taken()
    this.whenDrained = () => {
      control.unwatch()
      if (transfer.flowing) taken()
      else this.settle(failed(dataSocketClosed(this.lastFailure?.sentence ?? null)))
    }
    control.watch(() => {
      this.whenDrained = null
      this.settle(failed(noAnswer('the data', this.timeoutMs())))
    })
  }

  /** Why an AT instance cannot use the session: it belongs to another (612), or there is none (607). */
  refusal(instance: AtInstance): CommandFailure | null {
    if (!this.opened) return notConnected()
    return this.opened.instance === instance ? null : usedByAnother(this.opened.instance.index)
  }

  /** The module goes down: everything is dropped, nothing said. */
  powerLost(cause: number | null): void {
    this.forget()
    this.config = factoryConfig
    this.position = 0
    this.lastReply = null
    this.lastFailure = null
    this.chart.send('POWER_LOST', cause)
  }

  private connect(opened: OpenSession, address: string, cause: number): void {
    const { request, control } = opened
    opened.address = address
    control.connect(address, request.port, (greeting) => {
      const unwilling = greetingFailure(greeting)
      if (unwilling) return this.lost(unwilling, cause)
      const secure = opened.secure ? this.secureRequest(opened) : null
      logIn(control, { user: request.user, password: request.password, secure }, {
        greeted: () => this.chart.send('GREETED', cause),
        securing: () => this.chart.send('SECURE', cause),
        secured: () => this.chart.send('SECURED', cause),
        failed: (failure) => this.lost(failure, cause),
        loggedIn: (binary) => {
          opened.loggedIn = true
          opened.type = binary ? 0 : 1
          this.chart.send('LOGGED_IN', cause)
          this.settle(ok)
        }
      })
    })
  }

  private begin(file: FileRequest, cause: number, events: FileEvents, finish: (outcome: Outcome) => void): void {
    const opened = this.opened!
    opened.control.cause = cause
    this.lastFailure = null
    this.pending = finish
    const request: TransferRequest = {
      direction: file.direction,
      command: file.command,
      position: file.resumable ? this.position : 0,
      passive: opened.request.passive,
      controlAddress: opened.address,
      ignoresPassiveAddress: this.config.ignoresPassiveAddress,
      secure: opened.secure ? this.secureRequest(opened) : null
    }
    // For one download only (at-reference 7).
    if (file.resumable) this.position = 0
    let flows = false
    const transfer: Transfer = new Transfer(request, opened.control, { ...this.parts, timeoutMs: () => this.timeoutMs() }, {
      opened: () => {
        flows = true
        this.lastHandshake = () => transfer.handshake
        events.opened(transfer)
      },
      data: events.data,
      drained: () => this.drained(),
      ended: (result) => {
        this.lastHandshake = () => transfer.handshake ?? opened.control.handshake
        this.transfer = null
        this.lastFailure = result.failure
        // The server may have ended the session while the file was still coming.
        if (this.controlFailure) this.sessionOver(this.controlFailure, cause)
        else this.chart.send('ENDED', cause)
        if (flows) return events.ended()
        this.pending = null
        events.refused(result)
      }
    }, cause)
    this.transfer = transfer
    transfer.start()
  }

  private drained(): void {
    this.online?.serverDrained()
    const { whenDrained } = this
    this.whenDrained = null
    whenDrained?.()
  }

  private newControl(cause: number): Control {
    const control: Control = new Control({ ...this.parts, timeoutMs: () => this.timeoutMs() }, {
      said: (reply) => {
        this.lastReply = reply
      },
      lost: (failure) => this.controlLost(failure, control.cause)
    }, cause)
    return control
  }

  private controlLost(failure: CommandFailure, cause: number): void {
    if (!this.opened) return
    // The server may close after its last answer: that is what QUIT asks for.
    if (this.chart.within('closing')) return this.closed(cause)
    this.controlFailure = failure
    if (this.transfer) this.transfer.controlLost(failure)
    else this.lost(failure, cause)
  }

  /** The session is over without #FTPCLOSE: the server, the network or the context has ended it. */
  private lost(failure: CommandFailure, cause: number | null): void {
    const { online, pending } = this
    this.sessionOver(failure, cause)
    this.forget()
    online?.over(cause)
    pending?.(failed(failure))
  }

  private sessionOver(failure: CommandFailure, cause: number | null): void {
    this.parts.timeline.report({ kind: 'note', sentence: `The FTP session is over: ${failure.sentence}` }, cause)
    this.opened?.control.close()
    this.opened = null
    this.controlFailure = null
    if (!this.chart.send('LOST', cause) && !this.chart.send('FAILED', cause)) this.chart.send('CLOSED', cause)
  }

  private closed(cause: number): void {
    const { pending } = this
    this.forget()
    this.chart.send('CLOSED', cause)
    pending?.(ok)
  }

  private forget(): void {
    this.lookUp?.cancel()
    this.lookUp = null
    this.transfer?.drop()
    this.transfer = null
    this.online = null
    this.whenDrained = null
    this.pending = null
    this.opened?.control.close()
    this.opened = null
    this.download = null
    this.controlFailure = null
  }

  private openRefusal(instance: AtInstance): CommandFailure | null {
    if (this.opened) return this.refusal(instance) ?? connectedAlready(this.opened.request.host)
    if (!this.parts.context.active) return contextDown()
    return this.chart.can('OPEN') ? null : wrongState(this.chart.state)
  }

  /** Takes the transition that the command needs, or says why there is none. */
  private commandRefusal(instance: AtInstance, event: string, cause: number): CommandFailure | null {
    const refusal = this.refusal(instance)
    if (refusal) return refusal
    if (this.chart.send(event, cause)) return null
    return this.chart.within('transfer.command') ? dataSocketOpen() : wrongState(this.chart.state)
  }

  private timeoutMs(): number {
    return this.config.timeout100ms * 100
  }

  private secureRequest({ request }: OpenSession): SecureClientRequest {
    return clientRequest(this.parts, `${request.host}:${request.port}`, null)
  }

  private settle(outcome: Outcome): void {
    const { pending } = this
    this.pending = null
    pending?.(outcome)
  }
}

const isDotted = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host)
