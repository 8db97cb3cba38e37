/** @module The FTP client of the module (guide chapter 5). */

import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { ChartEvent } from '../../../shared/statecharts/index.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { AtInstance } from '../at/instance.ts'
import type { Chart } from '../chart.ts'
import { clientRequest } from '../ssl/client-request.ts'
import { tlsCommandFailure } from '../ssl/failures.ts'
import { BlockingCommand } from './blocking-command.ts'
import { Control } from './control.ts'
import {
  connectedAlready,
  contextDown,
  dataSocketOpen,
  fileLost,
  notConnected,
  notOneLine,
  refused,
  usedByAnother,
  wrongState
} from './failures.ts'
import { greetingFailure, logIn } from './login.ts'
import type { OnlineFile } from './online.ts'
import type { Reply } from './reply.ts'
import { SessionFiles, type FilesSession } from './session-files.ts'
import {
  factoryConfig,
  type FtpConfig,
  type FtpSessionParts,
  type OpenRequest,
  type OpenSession
} from './session-types.ts'

/**
 * The only FTP session of the module (guide chapter 5, at-reference 7), with or without TLS, from #FTPOPEN to its end.
 * Its chart decides what is legal.
 */
export class FtpSession {
  /** Set by `#FTPCFG` and `#FTPTO` for this power cycle (D-25). */
  config: FtpConfig = factoryConfig
  readonly files: SessionFiles
  private opened: OpenSession | null = null
  private lastReply: { readonly lines: readonly string[]; readonly shown: readonly string[] } | null = null
  private readonly blocking = new BlockingCommand()
  /** Why the control connection ended, while a file is still arriving. */
  private controlFailure: CommandFailure | null = null

  constructor(
    private readonly chart: Chart<'ftp'>,
    private readonly parts: FtpSessionParts
  ) {
    this.files = new SessionFiles(this.asFilesKnowIt(), this.blocking, chart, parts)
    parts.context.onDown((cause) => {
      if (this.opened) this.lost(contextDown(), cause)
    })
  }

  /** 0 for binary, 1 for ASCII; `null` while there is no session. */
  get type(): 0 | 1 | null {
    return this.opened?.loggedIn ? this.opened.type : null
  }

  /** The lines of the server's last reply, and their version for the timeline. */
  get message(): { readonly lines: readonly string[]; readonly shown: readonly string[] } {
    return this.lastReply ?? { lines: [], shown: [] }
  }

  /** `#FTPOPEN`: OK after the login, or the failure. */
  open(request: OpenRequest, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.openRefusal(instance) ?? notOneLine(request.user, request.password)
    const { nvm, securityData, transport } = this.parts
    const { secure } = this.config
    const missing = secure
      ? transport.checkStored(securityData.forDial(nvm.contents.sslSecurity.authMode), securityData.policy)
      : null
    if (refusal) return finish(failed(refusal))
    if (missing) return finish(failed(tlsCommandFailure(missing)))
    this.chart.send('OPEN', cause)
    this.blocking.begin(finish)
    const opened: OpenSession = {
      control: this.newControl(cause),
      request,
      instance,
      secure,
      type: 0,
      loggedIn: false
    }
    this.opened = opened
    this.connect(opened, cause)
  }

  /** `#FTPCLOSE`: OK after the server's reply to QUIT, or after the timeout. */
  close(instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const refusal = this.refusal(instance)
    if (refusal) return finish(failed(refusal))
    if (!this.chart.send('CLOSE', cause)) return finish(failed(wrongState(this.chart.state)))
    const { control } = this.opened!
    this.files.drop()
    this.blocking.begin(finish)
    control.cause = cause
    control.ask('QUIT', () => this.closed(cause))
  }

  /** Sends one command to the server. `accept` returns the outcome for a positive reply. */
  ask(
    line: string,
    instance: AtInstance,
    cause: number,
    accept: (reply: Reply) => Outcome,
    finish: (outcome: Outcome) => void
  ): void {
    const refusal = notOneLine(line) ?? this.commandRefusal(instance, 'COMMAND', cause)
    if (refusal) return finish(failed(refusal))
    const { control } = this.opened!
    this.blocking.begin(finish)
    control.cause = cause
    control.ask(line, (reply) => {
      this.blocking.settle(reply.code < 300 ? accept(reply) : failed(refused(line.split(' ')[0]!, reply)))
    })
  }

  /** Handles `#FTPTYPE`. */
  chooseType(type: 0 | 1, instance: AtInstance, cause: number, finish: (outcome: Outcome) => void): void {
    const took = (): Outcome => {
      this.opened!.type = type
      return ok
    }
    this.ask(`TYPE ${type === 0 ? 'I' : 'A'}`, instance, cause, took, finish)
  }

  /** Returns why an AT instance cannot use the session: it belongs to another one (612), or there is none (607). */
  refusal(instance: AtInstance): CommandFailure | null {
    if (!this.opened) return notConnected()
    return this.opened.instance === instance ? null : usedByAnother(this.opened.instance.index)
  }

  /** The module is powered off: everything is dropped without output. */
  powerLost(cause: number | null): void {
    this.forget()
    this.files.reset()
    this.config = factoryConfig
    this.lastReply = null
    this.chart.send('POWER_LOST', cause)
  }

  private connect(opened: OpenSession, cause: number): void {
    const { request, control } = opened
    control.connect(request.host, request.port, (greeting) => {
      const unwilling = greetingFailure(greeting)
      if (unwilling) return this.lost(unwilling, cause)
      const secure = opened.secure ? this.secureRequest(opened) : null
      logIn(
        control,
        { user: request.user, password: request.password, secure },
        {
          greeted: () => this.chart.send('GREETED', cause),
          securing: () => this.chart.send('SECURE', cause),
          secured: () => this.chart.send('SECURED', cause),
          failed: (failure) => this.lost(failure, cause),
          loggedIn: (binary) => {
            opened.loggedIn = true
            opened.type = binary ? 0 : 1
            this.chart.send('LOGGED_IN', cause)
            this.blocking.settle(ok)
          }
        }
      )
    })
  }

  private newControl(cause: number): Control {
    const control: Control = new Control(
      { ...this.parts, timeoutMs: () => this.timeoutMs() },
      {
        said: ({ lines }, shown, seq) => {
          this.lastReply = { lines, shown }
          this.blocking.serverTold(seq)
        },
        lost: (failure, seq) => {
          if (seq !== null) this.blocking.serverTold(seq)
          this.controlLost(failure, control.cause)
        }
      },
      cause
    )
    return control
  }

  private controlLost(failure: CommandFailure, cause: number): void {
    if (!this.opened) return
    // The server may close after its reply to QUIT.
    if (this.chart.within('closing')) return this.closed(cause)
    this.controlFailure = failure
    if (!this.files.controlLost(failure)) this.lost(failure, cause)
  }

  /** The session ended without #FTPCLOSE: by the server, the network or the PDP context. */
  private lost(failure: CommandFailure, cause: number | null): void {
    this.sessionOver(failure, cause)
    const { online, finish } = this.forget()
    online?.over(cause, fileLost(failure, 'transfer-over'))
    finish?.(failed(failure))
  }

  private sessionOver(failure: CommandFailure, cause: number | null): void {
    this.parts.timeline.report({ kind: 'note', sentence: `The FTP session is over: ${failure.sentence}` }, cause)
    this.opened?.control.close()
    this.opened = null
    this.controlFailure = null
    if (!this.chart.send('LOST', cause) && !this.chart.send('FAILED', cause)) this.chart.send('CLOSED', cause)
  }

  private closed(cause: number): void {
    const { finish } = this.forget()
    this.chart.send('CLOSED', cause)
    finish?.(ok)
  }

  /** Drops everything. Returns whom to tell. */
  private forget(): { readonly online: OnlineFile | null; readonly finish: ((outcome: Outcome) => void) | null } {
    const online = this.files.forget()
    const finish = this.blocking.take()
    this.opened?.control.close()
    this.opened = null
    this.controlFailure = null
    return { online, finish }
  }

  private asFilesKnowIt(): FilesSession {
    const session = (): FtpSession => this
    return {
      get opened() {
        return session().opened
      },
      get config() {
        return session().config
      },
      refusal: (instance) => this.refusal(instance),
      commandRefusal: (instance, event, cause) => this.commandRefusal(instance, event, cause),
      secureRequest: (opened) => this.secureRequest(opened),
      timeoutMs: () => this.timeoutMs(),
      fileEnded: (cause) => {
        // The server may have ended the session while the file was still arriving.
        if (this.controlFailure) this.sessionOver(this.controlFailure, cause)
        else this.chart.send('ENDED', cause)
      }
    }
  }

  private openRefusal(instance: AtInstance): CommandFailure | null {
    if (this.opened) return this.refusal(instance) ?? connectedAlready(this.opened.request.host)
    if (!this.parts.context.active) return contextDown()
    return this.chart.can('OPEN') ? null : wrongState(this.chart.state)
  }

  /** Takes the transition of the command, or returns why there is none. */
  private commandRefusal(instance: AtInstance, event: ChartEvent<'ftp'>, cause: number): CommandFailure | null {
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
}
