import type { TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import { alertCodes, alertName } from '../../shared/tls/alerts.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsMessageEvent } from '../../shared/tls/trace.ts'
import { AlertReader } from './alert-reader.ts'
import type { ReceivedAlert } from './alert-reader.ts'
import type { TlsOptions } from './endpoint.ts'
import { EventQueue } from './event-queue.ts'
import { decodeError, internalError, misbehaved, unexpectedMessage } from './failures.ts'
import { HandshakeJoiner } from './handshake-joiner.ts'
import type { RawHandshakeMessage } from './handshake-joiner.ts'
import type { HandshakeRole, RawChannel } from './handshake-role.ts'
import { keyLogLine } from './key-schedule.ts'
import { defaultLimits } from './limits.ts'
import { decodeHandshake, encodeHandshake } from './messages.ts'
import type { HandshakeMessage } from './messages.ts'
import { RecordLayer } from './record-layer.ts'
import type { PlainRecord } from './record-layer.ts'
import { secretsByName } from './secrets.ts'
import { alertText, summarizeAlert, summarizeHandshake } from './summaries.ts'
import type { DescribeCertificate } from './summaries.ts'
import { handshakeTypeName } from './wire.ts'

/**
 * The part that client and server share: records, content types, alerts and closing (RFC 2246 6 and 7.2). The handshake
 * is in the role.
 */
export class TlsConnection implements TlsEndpoint {
  private readonly records: RecordLayer
  private readonly joiner: HandshakeJoiner
  private readonly alerts = new AlertReader()
  private readonly events: EventQueue
  private readonly role: HandshakeRole
  private readonly describeCertificate: DescribeCertificate
  private started = false
  private over = false

  constructor(
    options: Pick<TlsOptions, 'limits' | 'describeCertificate' | 'secrets'>,
    events: TlsEvents,
    makeRole: (channel: RawChannel) => HandshakeRole,
    private readonly output: TlsEvents['output'] = (bytes) => events.output(bytes)
  ) {
    const limits = { ...defaultLimits, ...options.limits }
    this.events = new EventQueue(events, options.secrets ?? null)
    this.records = new RecordLayer(limits, (event) => this.events.add({ kind: 'trace', event }))
    this.joiner = new HandshakeJoiner(limits.maxHandshakeMessageBytes)
    this.describeCertificate = options.describeCertificate ?? ((der) => `${der.length} bytes`)
    this.role = makeRole(this.channel())
  }

  start(): void {
    if (this.started) throw new Error('A TLS connection can be started only once.')
    this.started = true
    if (!this.over) this.run(() => this.role.start())
  }

  receive(bytes: Uint8Array): void {
    if (this.over) return
    this.run(() => {
      this.records.feed(asBuffer(bytes))
      for (let record = this.records.next(); record && !this.over; record = this.records.next()) this.onRecord(record)
    })
  }

  send(bytes: Uint8Array): void {
    if (this.over) return
    if (!this.role.isOpen) throw new Error('Application data cannot be sent before the handshake is complete.')
    this.run(() => this.records.write('application_data', asBuffer(bytes)))
  }

  close(): void {
    if (this.over) return
    this.over = true
    this.events.silence()
    if (this.started) this.run(() => this.sendAlert(false, 'close_notify'))
  }

  transportEnded(how: 'closed' | 'reset' = 'closed'): void {
    if (this.over) return
    const did = how === 'reset' ? 'reset' : 'ended'
    const expected = this.role.expected
    const sentence = this.role.isOpen
      ? `The peer ${did} the TCP connection without saying close_notify first.`
      : `The peer ${did} the TCP connection in the handshake, where ${expected} was expected.`
    this.run(() => {
      const got = how === 'reset' ? 'reset of the TCP connection' : 'end of the TCP connection'
      throw new TlsFailure({
        blame: 'transport',
        alert: null,
        sentence,
        expected,
        got,
        rule: 'RFC 2246 7.2.1',
        finding: 'far-end-left'
      })
    })
  }

  /**
   * Runs one step of the engine. An exception in it becomes a failure of the connection and never reaches the caller.
   */
  private run(step: () => void): void {
    try {
      step()
    } catch (error) {
      this.fail(error instanceof TlsFailure ? error : internalError(error))
    }
    const output = this.records.takeOutput()
    if (output) this.output(output)
    this.events.deliver()
  }

  private fail(failure: TlsFailure): void {
    const { blame, alert } = failure.reason
    this.over = true
    if (blame !== 'alert-received' && alert !== null && alert in alertCodes) this.sendAlert(true, alert as AlertName)
    // A handshake that is cut off has not made or used the session yet, but an open connection has (RFC 2246 7.2.1).
    const cutOff = blame === 'transport' && this.role.isOpen
    if (cutOff || (alert !== null && alert !== 'close_notify')) this.role.onSessionLost()
    this.events.add({ kind: 'failed', failure: failure.facts(this.role.isOpen) })
  }

  private onRecord({ contentType, content }: PlainRecord): void {
    if (this.joiner.inMessage && contentType !== 'handshake')
      throw unexpectedMessage('the rest of a handshake message', contentType)
    if (this.alerts.inMessage && contentType !== 'alert') throw unexpectedMessage('the rest of an alert', contentType)
    switch (contentType) {
      case 'handshake':
        return this.onHandshake(content)
      case 'change_cipher_spec':
        return this.onChangeCipherSpec(content)
      case 'alert':
        return this.onAlertRecord(content)
      case 'application_data':
        return this.onApplicationData(content)
    }
  }

  private onApplicationData(content: Buffer): void {
    if (!this.role.isOpen) throw unexpectedMessage(this.role.expected, 'application data')
    if (content.length === 0) return
    this.records.progressed()
    this.events.add({ kind: 'data', bytes: content })
  }

  private onHandshake(content: Buffer): void {
    this.joiner.feed(content)
    for (let raw = this.joiner.next(); raw; raw = this.joiner.next()) {
      const message = this.decode(raw)
      this.traceMessage('in', message.name, Uint8Array.from(raw.bytes), this.summarize(message))
      // Once open, a handshake message asks for renegotiation, which is not supported.
      if (message.name === 'HelloRequest' || this.role.isOpen) this.records.countIdle()
      else this.records.progressed()
      this.role.onMessage(message, raw.bytes)
    }
  }

  private decode(raw: RawHandshakeMessage): HandshakeMessage {
    const name = handshakeTypeName(raw.typeCode) ?? `handshake message ${raw.typeCode}`
    const unreadable = (summary: string): void => this.traceMessage('in', name, Uint8Array.from(raw.bytes), summary)
    let message: HandshakeMessage | null
    try {
      message = decodeHandshake(raw)
    } catch (error) {
      unreadable('cannot be read')
      throw error
    }
    if (message) return message
    unreadable('unknown to TLS 1.0')
    throw unexpectedMessage(this.role.expected, name)
  }

  private onChangeCipherSpec(content: Buffer): void {
    this.traceMessage('in', 'ChangeCipherSpec', Uint8Array.from(content), 'what follows is encrypted')
    if (content.length !== 1) throw decodeError('ChangeCipherSpec', '1 byte', `${content.length}`)
    if (content[0] !== 1) {
      const particulars = { expected: '1', got: `${content[0]}`, rule: 'RFC 2246 7.1' }
      throw misbehaved('illegal_parameter', `ChangeCipherSpec holds ${content[0]} instead of 1.`, particulars)
    }
    this.records.progressed()
    this.role.onChangeCipherSpec()
  }

  private onAlertRecord(content: Buffer): void {
    for (const alert of this.alerts.read(content)) {
      if (!this.over) this.onAlert(alert)
    }
  }

  private onAlert({ isFatal, code }: ReceivedAlert): void {
    const isClose = code === alertCodes.close_notify
    this.traceMessage('in', 'Alert', alertBytes(isFatal, code), summarizeAlert(isFatal, code), isFatal && !isClose)
    if (isClose) this.onCloseNotify()
    else if (isFatal) throw this.alertReceived(code)
    else this.records.countIdle()
  }

  private onCloseNotify(): void {
    const wasOpen = this.role.isOpen
    this.sendAlert(false, 'close_notify')
    this.over = true
    if (wasOpen) this.events.add({ kind: 'closedByPeer' })
    else throw this.alertReceived(alertCodes.close_notify)
  }

  private alertReceived(code: number): TlsFailure {
    const alert = alertName(code)
    const when = this.role.isOpen ? 'the connection' : 'the handshake'
    const meaning = this.role.meaningOf(alert)
    return new TlsFailure({
      blame: 'alert-received',
      alert,
      sentence: `The peer ended ${when} with the alert ${alertText(code)}${meaning === null ? '' : `: ${meaning.sentence}`}.`,
      expected: this.role.expected,
      got: `alert ${alertText(code)}`,
      rule: 'RFC 2246 7.2.2',
      finding: meaning?.finding ?? 'alert-received',
      facts: [
        { kind: 'alert', name: alertText(code), direction: 'received', expected: this.role.expected },
        ...(meaning?.facts ?? [])
      ]
    })
  }

  private sendAlert(isFatal: boolean, alert: AlertName): void {
    const code = alertCodes[alert]
    this.traceMessage('out', 'Alert', alertBytes(isFatal, code), summarizeAlert(isFatal, code), isFatal)
    this.records.write('alert', Buffer.from(alertBytes(isFatal, code)))
  }

  private channel(): RawChannel {
    return {
      sendMessage: (message) => {
        const bytes = encodeHandshake(message)
        this.traceMessage('out', message.name, bytes, this.summarize(message))
        this.records.write('handshake', bytes)
        return bytes
      },
      sendChangeCipherSpec: (sealer) => {
        this.traceMessage('out', 'ChangeCipherSpec', Uint8Array.of(1), 'what follows is encrypted')
        this.records.write('change_cipher_spec', Buffer.from([1]))
        this.records.protectWriting(sealer)
      },
      protectReading: (opener) => this.records.protectReading(opener),
      sendWarning: (alert) => this.sendAlert(false, alert),
      sendAlert: (isFatal, alert) => this.sendAlert(isFatal, alert),
      sendRecord: (contentType, content) => this.records.writeRecord(contentType, content),
      settleVersion: () => this.records.settleVersion(),
      suiteChosen: (suite, resumed) =>
        this.events.add({ kind: 'trace', event: { kind: 'suite', suiteWireId: suite.wireId, resumed } }),
      secretsKnown: (secrets) => {
        if (!this.events.wantsSecrets) return
        this.events.add({ kind: 'secret', line: keyLogLine(secrets.clientRandom, secrets.masterSecret) })
        for (const secret of secretsByName(secrets)) this.events.add({ kind: 'secretBytes', secret })
      },
      opened: (suite, session) => this.events.add({ kind: 'opened', suite, session }),
      remark: (remark) => this.events.add({ kind: 'trace', event: { kind: 'remark', remark } })
    }
  }

  private summarize(message: HandshakeMessage): string {
    return summarizeHandshake(message, this.describeCertificate)
  }

  private traceMessage(
    direction: TlsMessageEvent['direction'],
    name: string,
    raw: Uint8Array,
    summary: string,
    fatal = false
  ): void {
    const encrypted = direction === 'in' ? this.records.readIsProtected : this.records.writeIsProtected
    this.events.add({
      kind: 'trace',
      event: { kind: 'message', direction, name, bytes: raw.length, encrypted, summary, fatal, raw }
    })
  }
}

function alertBytes(isFatal: boolean, code: number): Uint8Array {
  return Uint8Array.of(isFatal ? 2 : 1, code)
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
