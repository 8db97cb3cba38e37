/** @module The TLS 1.0 engine, client and server: bytes in, bytes out, no sockets and no time of its own. */

import type { KeyObject } from 'node:crypto'
import type { KeptSession, TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import { meaningAfterAnswer, meaningInsteadOfHello } from './client-alerts.ts'
import { encryptPremaster, newPremaster, signTranscript } from './client-key.ts'
import { TlsConnection } from './connection.ts'
import type { CheckCertificates, TlsIdentity, TlsOptions } from './endpoint.ts'
import { misbehaved, unexpectedMessage } from './failures.ts'
import { acceptFinished, sendFinished } from './finished.ts'
import { helloRandom } from './handshake-role.ts'
import type { AlertMeaning, HandshakeChannel, HandshakeRole } from './handshake-role.ts'
import { connectionKeys, masterSecretOf } from './key-schedule.ts'
import type { CertificateRequest, HandshakeMessage, ServerHello } from './messages.ts'
import { recordOpener, recordSealer } from './record-cipher.ts'
import type { RecordOpener, RecordSealer } from './record-cipher.ts'
import { chosenSuite, extensionsRemark, requireVersion } from './server-hello.ts'
import { TranscriptHash } from './transcript-hash.ts'
import { TLS_1_0 } from './wire.ts'

export interface TlsClientOptions extends TlsOptions {
  /** Called with the server's chain before anything secret is sent. */
  readonly checkServerCertificates: CheckCertificates
  /** The identity for a CertificateRequest; `null` to send an empty Certificate. */
  readonly identity: TlsIdentity | null
  /** Returns why the identity does not fit a CertificateRequest, as a clause, or `null`. By default it always fits. */
  readonly whyUnfit?: (request: CertificateRequest) => string | null
  /** A session to offer (RFC 2246 7.4.1.2), if its suite is among the proposed ones. */
  readonly resume?: KeptSession | null
}

/** Returns the client side of a TLS 1.0 connection with RSA key exchange (RFC 2246 7.3, figures 1 and 2). */
export function createTlsClient(options: TlsClientOptions, events: TlsEvents): TlsEndpoint {
  if (options.suites.length === 0) throw new Error('A TLS client needs at least one suite to propose.')
  return new TlsConnection(options, events, (channel) => new ClientHandshake(options, channel))
}

/** Each state has the data known at that point; `at` names what must come next. */
type ClientState =
  | { readonly at: 'start' }
  | { readonly at: 'ServerHello'; readonly greeting: Greeting }
  | { readonly at: 'Certificate'; readonly agreed: Agreed }
  | { readonly at: 'CertificateRequest or ServerHelloDone'; readonly agreed: Agreed; readonly serverKey: KeyObject }
  | {
      readonly at: 'ServerHelloDone'
      readonly agreed: Agreed
      readonly serverKey: KeyObject
      readonly request: CertificateRequest
    }
  | { readonly at: 'ChangeCipherSpec'; readonly agreed: Agreed; readonly keyed: Keyed; readonly opener: RecordOpener }
  | { readonly at: 'Finished'; readonly agreed: Agreed; readonly keyed: Keyed }
  | { readonly at: 'application data' }

/** The values of ClientHello. */
interface Greeting {
  readonly transcript: TranscriptHash
  readonly clientRandom: Buffer
  readonly offered: KeptSession | null
}

/** What both sides know after ServerHello. */
interface Agreed {
  readonly transcript: TranscriptHash
  readonly suite: CipherSuite
  readonly clientRandom: Buffer
  readonly serverRandom: Buffer
  /** Empty when the server will not resume this session. */
  readonly sessionId: Buffer
}

/** What is known once there are keys. */
interface Keyed {
  readonly masterSecret: Buffer
  /**
   * When resuming, encrypts the client's ChangeCipherSpec and Finished, which come last; `null` once they were sent.
   */
  readonly sealer: RecordSealer | null
}

class ClientHandshake implements HandshakeRole {
  private readonly options: TlsClientOptions
  private readonly channel: HandshakeChannel
  private state: ClientState = { at: 'start' }
  /** Why the client certificate was not sent although there is one. */
  private withheld: string | null = null

  constructor(options: TlsClientOptions, channel: HandshakeChannel) {
    this.options = options
    this.channel = channel
  }

  get expected(): string {
    return this.state.at
  }

  get isOpen(): boolean {
    return this.state.at === 'application data'
  }

  /** Sends a ClientHello without extensions and compression, like the modules of the guide (G-2.2-1). */
  start(): void {
    const { suites, resume } = this.options
    const offered = resume && suites.some(({ wireId }) => wireId === resume.suite.wireId) ? resume : null
    const transcript = new TranscriptHash()
    const clientRandom = helloRandom(this.options.clockMs(), this.options.random)
    transcript.add(
      this.channel.sendMessage({
        name: 'ClientHello',
        version: TLS_1_0,
        random: clientRandom,
        sessionId: Buffer.from(offered?.sessionId ?? []),
        suiteIds: suites.map((suite) => suite.wireId),
        compressionMethods: [0],
        extensions: null
      })
    )
    this.state = { at: 'ServerHello', greeting: { transcript, clientRandom, offered } }
  }

  onMessage(message: HandshakeMessage, bytes: Buffer): void {
    if (message.name === 'HelloRequest') return this.onHelloRequest()
    const { state } = this
    switch (state.at) {
      case 'ServerHello':
        if (message.name !== 'ServerHello') break
        state.greeting.transcript.add(bytes)
        this.state = this.onServerHello(message, state.greeting)
        return
      case 'Certificate':
        if (message.name !== 'Certificate') break
        state.agreed.transcript.add(bytes)
        this.state = {
          ...state,
          at: 'CertificateRequest or ServerHelloDone',
          serverKey: this.checkServer(message.chainDer)
        }
        return
      case 'CertificateRequest or ServerHelloDone':
        if (message.name !== 'CertificateRequest' && message.name !== 'ServerHelloDone') break
        state.agreed.transcript.add(bytes)
        if (message.name === 'CertificateRequest') this.state = { ...state, at: 'ServerHelloDone', request: message }
        else this.answer(state.agreed, state.serverKey, null)
        return
      case 'ServerHelloDone':
        if (message.name !== 'ServerHelloDone') break
        state.agreed.transcript.add(bytes)
        this.answer(state.agreed, state.serverKey, state.request)
        return
      case 'Finished':
        if (message.name !== 'Finished') break
        this.onFinished(message.verifyData, bytes, state.agreed, state.keyed)
        return
      case 'start':
      case 'ChangeCipherSpec':
      case 'application data':
    }
    throw unexpectedMessage(state.at, message.name)
  }

  onChangeCipherSpec(): void {
    const { state } = this
    if (state.at !== 'ChangeCipherSpec') throw unexpectedMessage(state.at, 'ChangeCipherSpec')
    this.channel.protectReading(state.opener)
    this.state = { at: 'Finished', agreed: state.agreed, keyed: state.keyed }
  }

  onSessionLost(): void {
    // The owner keeps the session, and forgets it because of the failure.
  }

  meaningOf(alert: AlertName | `alert ${number}`): AlertMeaning | null {
    const { state } = this
    if (state.at === 'ServerHello') {
      const offered = this.options.suites.map((suite) => suite.shortName)
      return meaningInsteadOfHello(alert, offered)
    }
    const hadSentOwn = (state.at === 'ChangeCipherSpec' || state.at === 'Finished') && state.keyed.sealer === null
    return hadSentOwn ? meaningAfterAnswer(alert, this.options.identity !== null, this.withheld) : null
  }

  /** Ignored during a handshake; refused afterwards, since the modules never renegotiate (RFC 2246 7.4.1.1). */
  private onHelloRequest(): void {
    if (this.isOpen) this.channel.sendWarning('no_renegotiation')
  }

  private onServerHello(hello: ServerHello, greeting: Greeting): ClientState {
    const { offered } = greeting
    const resumed = offered !== null && hello.sessionId.equals(offered.sessionId) ? offered : null
    const agreed = this.agree(hello, greeting)
    if (resumed && agreed.suite.wireId !== resumed.suite.wireId) {
      throw misbehaved('illegal_parameter', `The server takes the session up again with ${agreed.suite.shortName}.`, {
        expected: `${resumed.suite.shortName}, the session's suite`,
        got: agreed.suite.shortName,
        rule: 'RFC 2246 7.4.1.3'
      })
    }
    this.channel.suiteChosen(agreed.suite, resumed !== null)
    const remark = extensionsRemark(hello)
    if (remark) this.channel.remark(remark)
    return resumed ? this.takeUpAgain(agreed, resumed) : { at: 'Certificate', agreed }
  }

  /** Derives keys from the kept master secret and new randoms (RFC 2246 7.3, figure 2). The server finishes first. */
  private takeUpAgain(agreed: Agreed, session: KeptSession): ClientState {
    const masterSecret = Buffer.from(session.masterSecret)
    this.channel.secretsKnown({ ...agreed, masterSecret, premaster: null })
    const keys = connectionKeys(agreed.suite, masterSecret, agreed)
    const keyed = { masterSecret, sealer: recordSealer(agreed.suite, keys.client) }
    return { at: 'ChangeCipherSpec', agreed, keyed, opener: recordOpener(agreed.suite, keys.server) }
  }

  private agree(hello: ServerHello, { transcript, clientRandom }: Greeting): Agreed {
    requireVersion(hello)
    this.channel.settleVersion()
    const suite = chosenSuite(hello, this.options.suites)
    return { transcript, suite, clientRandom, serverRandom: hello.random, sessionId: hello.sessionId }
  }

  private checkServer(chainDer: readonly Buffer[]): KeyObject {
    if (chainDer.length === 0) {
      const particulars = { expected: 'a certificate', got: 'none', rule: 'RFC 2246 7.4.2' }
      throw misbehaved('bad_certificate', 'The server sent no certificate.', particulars)
    }
    return this.options.checkServerCertificates(chainDer, (remark) => this.channel.remark(remark))
  }

  /**
   * Returns the certificate to send; `null` when none was requested, there is none, or it does not fit (RFC 2246
   * 7.4.6).
   */
  private identityFor(request: CertificateRequest | null): TlsIdentity | null {
    const { identity, whyUnfit } = this.options
    if (request === null || identity === null) return null
    this.withheld = whyUnfit?.(request) ?? null
    if (this.withheld === null) return identity
    this.channel.remark({
      id: 'client-certificate-withheld',
      rule: 'RFC 2246 7.4.6',
      sentence: `The client certificate is kept back, and an empty Certificate goes out: ${this.withheld}. What follows is for the server to say.`
    })
    return null
  }

  /** Sends the client's second flight (RFC 2246 7.4.6 to 7.4.9). */
  private answer(agreed: Agreed, serverKey: KeyObject, request: CertificateRequest | null): void {
    const { transcript, suite } = agreed
    const identity = this.identityFor(request)
    if (request !== null) {
      const chainDer = (identity?.chainDer ?? []).map((der) => Buffer.from(der))
      transcript.add(this.channel.sendMessage({ name: 'Certificate', chainDer }))
    }

    const { random } = this.options
    const premaster = newPremaster(random)
    transcript.add(
      this.channel.sendMessage({
        name: 'ClientKeyExchange',
        encryptedPremaster: encryptPremaster(serverKey, premaster, random)
      })
    )
    const masterSecret = masterSecretOf(premaster, agreed)
    this.channel.secretsKnown({ ...agreed, premaster, masterSecret })

    if (identity) {
      transcript.add(
        this.channel.sendMessage({
          name: 'CertificateVerify',
          signature: signTranscript(identity.privateKey, transcript.current())
        })
      )
    }

    const keys = connectionKeys(suite, masterSecret, agreed)
    sendFinished(this.channel, recordSealer(suite, keys.client), { sender: 'client', transcript, masterSecret })
    this.state = {
      at: 'ChangeCipherSpec',
      agreed,
      keyed: { masterSecret, sealer: null },
      opener: recordOpener(suite, keys.server)
    }
  }

  private onFinished(
    received: Buffer,
    bytes: Buffer,
    { transcript, suite, sessionId }: Agreed,
    { masterSecret, sealer }: Keyed
  ): void {
    acceptFinished(received, bytes, { sender: 'server', transcript, masterSecret })
    if (sealer) sendFinished(this.channel, sealer, { sender: 'client', transcript, masterSecret })
    this.state = { at: 'application data' }
    this.channel.opened(suite, sessionId.length > 0 ? { sessionId, suite, masterSecret } : null)
  }
}
