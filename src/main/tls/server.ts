import type { KeyObject } from 'node:crypto'
import type { KeptSession, TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import { RSA_SIGN } from '../../shared/tls/certificate-types.ts'
import type { CipherSuite } from '../../shared/tls/suites.ts'
import { answeredExtensions, chooseSuite, requireTls10 } from './client-hello.ts'
import { TlsConnection } from './connection.ts'
import type { CheckCertificates, TlsIdentity, TlsOptions } from './endpoint.ts'
import { incompatible, misbehaved, unexpectedMessage } from './failures.ts'
import { acceptFinished, sendFinished } from './finished.ts'
import { helloRandom } from './handshake-role.ts'
import type { HandshakeChannel, HandshakeRole } from './handshake-role.ts'
import { connectionKeys, masterSecretOf } from './key-schedule.ts'
import type { ConnectionKeys } from './key-schedule.ts'
import type { ClientHello, HandshakeMessage } from './messages.ts'
import { recordOpener, recordSealer } from './record-cipher.ts'
import { decryptPremaster, verifyHash } from './rsa.ts'
import type { SessionStore } from './session-store.ts'
import { TranscriptHash } from './transcript-hash.ts'
import { TLS_1_0 } from './wire.ts'

export interface TlsServerOptions extends TlsOptions {
  readonly identity: TlsIdentity
  readonly clientCertificates: ClientCertificatePolicy
  /** The sessions for resumption. Without it, or with `null`, none is kept, and ServerHello has no session id. */
  readonly sessions?: SessionStore | null
}

/** Whether clients are asked for a certificate (RFC 2246 7.4.4), and how it is checked. */
export type ClientCertificatePolicy =
  | { readonly ask: 'never' }
  | {
      readonly ask: 'request' | 'require'
      readonly check: CheckCertificates
      /** DER of the distinguished names in CertificateRequest; may be empty. */
      readonly authorities: readonly Uint8Array[]
    }

/** Returns the server side of a TLS 1.0 connection with RSA key exchange (RFC 2246 7.3, figures 1 and 2). */
export function createTlsServer(options: TlsServerOptions, events: TlsEvents): TlsEndpoint {
  return new TlsConnection(options, events, (channel) => serverHandshake(options, channel))
}

/** Returns the handshake alone, for a connection with a special channel. */
export function serverHandshake(options: TlsServerOptions, channel: HandshakeChannel): HandshakeRole {
  if (options.suites.length === 0) throw new Error('A TLS server needs at least one suite.')
  return new ServerHandshake(options, channel)
}

/** Each state has the data known at that point; `at` names what must come next. */
type ServerState =
  | { readonly at: 'ClientHello' }
  | { readonly at: 'Certificate'; readonly agreed: Agreed }
  | { readonly at: 'ClientKeyExchange'; readonly agreed: Agreed; readonly clientKey: KeyObject | null }
  | {
      readonly at: 'CertificateVerify'
      readonly agreed: Agreed
      readonly clientKey: KeyObject
      readonly secrets: Secrets
    }
  | { readonly at: 'ChangeCipherSpec'; readonly agreed: Agreed; readonly secrets: Secrets }
  | { readonly at: 'Finished'; readonly agreed: Agreed; readonly secrets: Secrets }
  | { readonly at: 'application data'; readonly agreed: Agreed }

/** What both sides know after ServerHello. */
interface Agreed {
  readonly transcript: TranscriptHash
  readonly suite: CipherSuite
  readonly clientRandom: Buffer
  readonly serverRandom: Buffer
  /** The version of ClientHello, which the premaster secret must repeat (RFC 2246 7.4.7.1). */
  readonly clientVersion: number
  /** Empty when the client cannot resume this session. */
  readonly sessionId: Buffer
  /** Whether the session is resumed: then the server's Finished is sent first. */
  readonly isResumed: boolean
}

interface Secrets {
  readonly masterSecret: Buffer
  readonly keys: ConnectionKeys
}

class ServerHandshake implements HandshakeRole {
  private readonly options: TlsServerOptions
  private readonly channel: HandshakeChannel
  private state: ServerState = { at: 'ClientHello' }

  constructor(options: TlsServerOptions, channel: HandshakeChannel) {
    this.options = options
    this.channel = channel
  }

  get expected(): string {
    return this.state.at
  }

  get isOpen(): boolean {
    return this.state.at === 'application data'
  }

  start(): void {
    // A server waits for the client.
  }

  onMessage(message: HandshakeMessage, bytes: Buffer): void {
    const { state } = this
    switch (state.at) {
      case 'ClientHello':
        if (message.name !== 'ClientHello') break
        this.state = this.onClientHello(message, bytes)
        return
      case 'Certificate':
        if (message.name !== 'Certificate') break
        state.agreed.transcript.add(bytes)
        this.state = { ...state, at: 'ClientKeyExchange', clientKey: this.checkClient(message.chainDer) }
        return
      case 'ClientKeyExchange':
        if (message.name !== 'ClientKeyExchange') break
        state.agreed.transcript.add(bytes)
        this.state = this.onClientKeyExchange(message.encryptedPremaster, state.agreed, state.clientKey)
        return
      case 'CertificateVerify':
        if (message.name !== 'CertificateVerify') break
        verifySignature(state.clientKey, state.agreed.transcript.current(), message.signature)
        state.agreed.transcript.add(bytes)
        this.state = { at: 'ChangeCipherSpec', agreed: state.agreed, secrets: state.secrets }
        return
      case 'Finished':
        if (message.name !== 'Finished') break
        this.onFinished(message.verifyData, bytes, state.agreed, state.secrets)
        return
      case 'application data':
        if (message.name !== 'ClientHello') break
        // Renegotiation is refused, and the client may continue without it (RFC 2246 7.2.2).
        this.channel.sendWarning('no_renegotiation')
        return
      case 'ChangeCipherSpec':
    }
    throw unexpectedMessage(state.at, message.name)
  }

  onChangeCipherSpec(): void {
    const { state } = this
    if (state.at !== 'ChangeCipherSpec') throw unexpectedMessage(state.at, 'ChangeCipherSpec')
    this.channel.protectReading(recordOpener(state.agreed.suite, state.secrets.keys.client))
    this.state = { ...state, at: 'Finished' }
  }

  onSessionLost(): void {
    if ('agreed' in this.state) this.options.sessions?.drop(this.state.agreed.sessionId)
  }

  meaningOf(): null {
    return null
  }

  private onClientHello(hello: ClientHello, bytes: Buffer): ServerState {
    requireTls10(hello)
    const transcript = new TranscriptHash()
    transcript.add(bytes)
    const session = this.sessionToResume(hello)
    return session ? this.takeUpAgain(hello, session, transcript) : this.beginSession(hello, transcript)
  }

  /** Returns a kept session whose suite both sides still accept; `null` leads to a full handshake. */
  private sessionToResume(hello: ClientHello): KeptSession | null {
    if (hello.sessionId.length === 0) return null
    const session = this.options.sessions?.find(hello.sessionId)
    if (!session) return null
    const { wireId } = session.suite
    return hello.suiteIds.includes(wireId) && this.options.suites.some((suite) => suite.wireId === wireId)
      ? session
      : null
  }

  /** Derives keys from the kept master secret and new randoms. The server finishes first (RFC 2246 7.3, figure 2). */
  private takeUpAgain(hello: ClientHello, session: KeptSession, transcript: TranscriptHash): ServerState {
    const agreed = this.sendHello(hello, session.suite, Buffer.from(session.sessionId), true, transcript)
    const masterSecret = Buffer.from(session.masterSecret)
    this.channel.secretsKnown({ ...agreed, masterSecret, premaster: null })
    const secrets = { masterSecret, keys: connectionKeys(session.suite, masterSecret, agreed) }
    this.finish(agreed, secrets)
    return { at: 'ChangeCipherSpec', agreed, secrets }
  }

  private sendHello(
    hello: ClientHello,
    suite: CipherSuite,
    sessionId: Buffer,
    isResumed: boolean,
    transcript: TranscriptHash
  ): Agreed {
    const serverRandom = helloRandom(this.options.clockMs(), this.options.random)
    transcript.add(
      this.channel.sendMessage({
        name: 'ServerHello',
        version: TLS_1_0,
        random: serverRandom,
        sessionId,
        suiteId: suite.wireId,
        compressionMethod: 0,
        extensions: answeredExtensions(hello)
      })
    )
    this.channel.settleVersion()
    this.channel.suiteChosen(suite, isResumed)
    return {
      transcript,
      suite,
      clientRandom: hello.random,
      serverRandom,
      clientVersion: hello.version,
      sessionId,
      isResumed
    }
  }

  /** Sends the server's first flight (RFC 2246 7.4.1.3 to 7.4.5). */
  private beginSession(hello: ClientHello, transcript: TranscriptHash): ServerState {
    const sessionId = Buffer.from(this.options.sessions ? this.options.random.bytes(SESSION_ID_BYTES) : [])
    const agreed = this.sendHello(hello, chooseSuite(hello, this.options.suites), sessionId, false, transcript)
    const send = (message: HandshakeMessage): void => transcript.add(this.channel.sendMessage(message))
    send({ name: 'Certificate', chainDer: this.options.identity.chainDer.map((der) => Buffer.from(der)) })
    const { clientCertificates } = this.options
    if (clientCertificates.ask !== 'never') {
      const authorities = clientCertificates.authorities.map((name) => Buffer.from(name))
      send({ name: 'CertificateRequest', certificateTypes: [RSA_SIGN], authorities })
    }
    send({ name: 'ServerHelloDone' })
    return clientCertificates.ask === 'never'
      ? { at: 'ClientKeyExchange', agreed, clientKey: null }
      : { at: 'Certificate', agreed }
  }

  private checkClient(chainDer: readonly Buffer[]): KeyObject | null {
    const policy = this.options.clientCertificates
    if (policy.ask === 'never') throw new Error('A Certificate is expected only after CertificateRequest.')
    if (chainDer.length > 0) return policy.check(chainDer, (remark) => this.channel.remark(remark))
    if (policy.ask === 'request') return null
    throw incompatible('handshake_failure', 'The client sent no certificate, which this server requires.', {
      expected: 'a certificate',
      got: 'none',
      rule: 'RFC 2246 7.4.6'
    })
  }

  private onClientKeyExchange(encrypted: Buffer, agreed: Agreed, clientKey: KeyObject | null): ServerState {
    const premaster = decryptPremaster(
      this.options.identity.privateKey,
      encrypted,
      agreed.clientVersion,
      this.options.random
    )
    const masterSecret = masterSecretOf(premaster, agreed)
    this.channel.secretsKnown({ ...agreed, premaster, masterSecret })
    const secrets = { masterSecret, keys: connectionKeys(agreed.suite, masterSecret, agreed) }
    return clientKey
      ? { at: 'CertificateVerify', agreed, clientKey, secrets }
      : { at: 'ChangeCipherSpec', agreed, secrets }
  }

  private onFinished(received: Buffer, bytes: Buffer, agreed: Agreed, secrets: Secrets): void {
    const { transcript, suite, sessionId } = agreed
    const { masterSecret } = secrets
    acceptFinished(received, bytes, { sender: 'client', transcript, masterSecret })
    if (!agreed.isResumed) this.finish(agreed, secrets)
    this.state = { at: 'application data', agreed }
    const session = sessionId.length > 0 ? { sessionId, suite, masterSecret } : null
    if (session) this.options.sessions?.put(session)
    this.channel.opened(suite, session)
  }

  private finish({ transcript, suite }: Agreed, { masterSecret, keys }: Secrets): void {
    sendFinished(this.channel, recordSealer(suite, keys.server), { sender: 'server', transcript, masterSecret })
  }
}

/** The longest that RFC 2246 7.4.1.3 allows, so that it cannot be guessed. */
const SESSION_ID_BYTES = 32

function verifySignature(clientKey: KeyObject, md5AndSha1: Buffer, signature: Buffer): void {
  if (verifyHash(clientKey, md5AndSha1, signature)) return
  throw misbehaved('decrypt_error', 'CertificateVerify does not verify with the key of the client certificate.', {
    expected: 'a signature by the key of the client certificate',
    got: 'another signature',
    rule: 'RFC 2246 7.4.8'
  })
}
