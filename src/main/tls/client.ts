import type { KeyObject } from 'node:crypto'
import type { CipherSuite } from '../../shared/suites.ts'
import type { AlertName } from '../../shared/tls/alerts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import { TlsConnection } from './connection.ts'
import type { CheckCertificates, TlsEndpoint, TlsEvents, TlsIdentity, TlsOptions } from './endpoint.ts'
import { incompatible, misbehaved, unexpectedMessage } from './failures.ts'
import { helloRandom } from './handshake-role.ts'
import type { HandshakeChannel, HandshakeRole } from './handshake-role.ts'
import { connectionKeys, keyLogLine, masterSecretOf, verifyData } from './key-schedule.ts'
import type { HandshakeMessage, ServerHello } from './messages.ts'
import { recordOpener, recordSealer } from './record-cipher.ts'
import type { RecordOpener } from './record-cipher.ts'
import { PREMASTER_BYTES, encryptPkcs1, modulusBytes, signHash } from './rsa.ts'
import { suiteName } from './summaries.ts'
import { TranscriptHash } from './transcript-hash.ts'
import { TLS_1_0, versionName } from './wire.ts'

export interface TlsClientOptions extends TlsOptions {
  /** Called with the server's chain before anything secret is sent. */
  readonly checkServerCertificates: CheckCertificates
  /** What a CertificateRequest is answered with; null: the empty Certificate. */
  readonly identity: TlsIdentity | null
}

/** The client side of a TLS 1.0 connection with RSA key exchange (RFC 2246 7.3, figure 1). */
export function createTlsClient(options: TlsClientOptions, events: TlsEvents): TlsEndpoint {
  if (options.suites.length === 0) throw new Error('a TLS client needs at least one suite to propose')
  return new TlsConnection(options, events, (channel) => new ClientHandshake(options, channel))
}

/** Each state owns what is known by then; `at` names what has to come next. */
type ClientState =
  | { readonly at: 'start' }
  | { readonly at: 'ServerHello'; readonly transcript: TranscriptHash; readonly clientRandom: Buffer }
  | { readonly at: 'Certificate'; readonly agreed: Agreed }
  | { readonly at: 'CertificateRequest or ServerHelloDone'; readonly agreed: Agreed; readonly serverKey: KeyObject }
  | { readonly at: 'ServerHelloDone'; readonly agreed: Agreed; readonly serverKey: KeyObject }
  | { readonly at: 'ChangeCipherSpec'; readonly agreed: Agreed; readonly masterSecret: Buffer; readonly opener: RecordOpener }
  | { readonly at: 'Finished'; readonly agreed: Agreed; readonly masterSecret: Buffer }
  | { readonly at: 'application data' }

/** What both sides know after ServerHello. */
interface Agreed {
  readonly transcript: TranscriptHash
  readonly suite: CipherSuite
  readonly clientRandom: Buffer
  readonly serverRandom: Buffer
  /** Empty: the server will not resume this session. */
  readonly sessionId: Buffer
}

class ClientHandshake implements HandshakeRole {
  private readonly options: TlsClientOptions
  private readonly channel: HandshakeChannel
  private state: ClientState = { at: 'start' }

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

  /** A bare ClientHello: no extensions, no compression, no session, as the modules of the guide send it (G-2.2-1). */
  start(): void {
    const transcript = new TranscriptHash()
    const clientRandom = helloRandom(this.options.clockMs(), this.options.random)
    transcript.add(this.channel.sendMessage({
      name: 'ClientHello', version: TLS_1_0, random: clientRandom, sessionId: Buffer.alloc(0),
      suiteIds: this.options.suites.map((suite) => suite.wireId), compressionMethods: [0], extensions: null
    }))
    this.state = { at: 'ServerHello', transcript, clientRandom }
  }

  onMessage(message: HandshakeMessage, bytes: Buffer): void {
    if (message.name === 'HelloRequest') return this.onHelloRequest()
    const { state } = this
    switch (state.at) {
      case 'ServerHello':
        if (message.name !== 'ServerHello') break
        state.transcript.add(bytes)
        this.state = { at: 'Certificate', agreed: this.agree(message, state.transcript, state.clientRandom) }
        return
      case 'Certificate':
        if (message.name !== 'Certificate') break
        state.agreed.transcript.add(bytes)
        this.state = { ...state, at: 'CertificateRequest or ServerHelloDone', serverKey: this.checkServer(message.chainDer) }
        return
      case 'CertificateRequest or ServerHelloDone':
        if (message.name !== 'CertificateRequest' && message.name !== 'ServerHelloDone') break
        state.agreed.transcript.add(bytes)
        if (message.name === 'CertificateRequest') this.state = { ...state, at: 'ServerHelloDone' }
        else this.answer(state.agreed, state.serverKey, false)
        return
      case 'ServerHelloDone':
        if (message.name !== 'ServerHelloDone') break
        state.agreed.transcript.add(bytes)
        this.answer(state.agreed, state.serverKey, true)
        return
      case 'Finished':
        if (message.name !== 'Finished') break
        this.onFinished(message.verifyData, state.agreed, state.masterSecret)
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
    this.state = { at: 'Finished', agreed: state.agreed, masterSecret: state.masterSecret }
  }

  meaningOf(alert: AlertName | `alert ${number}`): string | null {
    const offered = this.options.suites.map((suite) => suite.shortName).join(', ')
    const hadSentOwn = this.state.at === 'ChangeCipherSpec' || this.state.at === 'Finished'
    if (this.state.at === 'ServerHello') {
      const isAboutSuites = alert === 'handshake_failure' || alert === 'insufficient_security'
      if (isAboutSuites) return `most likely it takes none of the suites proposed (${offered})`
      if (alert === 'protocol_version') return 'it does not take TLS 1.0'
    }
    // Every server has an alert of its own for a client certificate that is missing or not to its liking.
    if (hadSentOwn && this.options.identity === null && alert === 'handshake_failure') return 'most likely it wants a client certificate'
    if (hadSentOwn && alert === 'unknown_ca') return 'it does not trust the issuer of the client certificate'
    return null
  }

  /** RFC 2246 7.4.1.1: ignored while negotiating; afterwards refused, since the modules never negotiate twice. */
  private onHelloRequest(): void {
    if (this.isOpen) this.channel.sendWarning('no_renegotiation')
  }

  private agree(hello: ServerHello, transcript: TranscriptHash, clientRandom: Buffer): Agreed {
    if (hello.version !== TLS_1_0) {
      throw incompatible('protocol_version', `The far end answers in ${versionName(hello.version)}; the module speaks TLS 1.0 only.`, {
        expected: versionName(TLS_1_0), got: versionName(hello.version), rule: 'G-2.2-1'
      })
    }
    this.channel.settleVersion()
    const suite = this.options.suites.find(({ wireId }) => wireId === hello.suiteId)
    if (!suite) {
      const offered = this.options.suites.map(({ shortName }) => shortName).join(', ')
      throw misbehaved('illegal_parameter', `The far end takes ${suiteName(hello.suiteId)}, which was not proposed.`, {
        expected: offered, got: suiteName(hello.suiteId), rule: 'RFC 2246 7.4.1.3'
      })
    }
    if (hello.compressionMethod !== 0) {
      throw misbehaved('illegal_parameter', `The far end takes compression method ${hello.compressionMethod}, which was not proposed.`, {
        expected: 'null (0)', got: `${hello.compressionMethod}`, rule: 'RFC 2246 7.4.1.3'
      })
    }
    this.channel.suiteChosen(suite)
    return { transcript, suite, clientRandom, serverRandom: hello.random, sessionId: hello.sessionId }
  }

  private checkServer(chainDer: readonly Buffer[]): KeyObject {
    if (chainDer.length === 0) {
      const particulars = { expected: 'a certificate', got: 'none', rule: 'RFC 2246 7.4.2' }
      throw misbehaved('bad_certificate', 'The far end sent no certificate.', particulars)
    }
    return this.options.checkServerCertificates(chainDer)
  }

  /** The client's whole second flight (RFC 2246 7.4.6 to 7.4.9). */
  private answer(agreed: Agreed, serverKey: KeyObject, certificateRequested: boolean): void {
    const { transcript, suite } = agreed
    const identity = certificateRequested ? this.options.identity : null
    if (certificateRequested) {
      const chainDer = (identity?.chainDer ?? []).map((der) => Buffer.from(der))
      transcript.add(this.channel.sendMessage({ name: 'Certificate', chainDer }))
    }

    const premaster = this.premaster()
    transcript.add(this.channel.sendMessage({ name: 'ClientKeyExchange', encryptedPremaster: this.encrypt(serverKey, premaster) }))
    const masterSecret = masterSecretOf(premaster, agreed)
    this.channel.secretKnown(keyLogLine(agreed.clientRandom, masterSecret))

    if (identity) {
      transcript.add(this.channel.sendMessage({ name: 'CertificateVerify', signature: sign(identity.privateKey, transcript.current()) }))
    }

    const keys = connectionKeys(suite, masterSecret, agreed)
    this.channel.sendChangeCipherSpec(recordSealer(suite, keys.client))
    transcript.add(this.channel.sendMessage({ name: 'Finished', verifyData: verifyData(masterSecret, 'client', transcript.current()) }))
    this.state = { at: 'ChangeCipherSpec', agreed, masterSecret, opener: recordOpener(suite, keys.server) }
  }

  private premaster(): Buffer {
    const premaster = Buffer.alloc(PREMASTER_BYTES)
    premaster.writeUInt16BE(TLS_1_0, 0)
    premaster.set(this.options.random.bytes(PREMASTER_BYTES - 2), 2)
    return premaster
  }

  private encrypt(serverKey: KeyObject, premaster: Buffer): Buffer {
    let encrypted: Buffer | null
    try {
      encrypted = encryptPkcs1(serverKey, premaster, this.options.random)
    } catch (error) {
      throw new TlsFailure({
        blame: 'certificate', alert: 'bad_certificate',
        sentence: `The RSA key of the far end cannot be used: ${error instanceof Error ? error.message : String(error)}.`
      })
    }
    if (encrypted) return encrypted
    throw new TlsFailure({
      blame: 'certificate', alert: 'unsupported_certificate',
      sentence: `The RSA key of the far end has ${8 * modulusBytes(serverKey)} bits, too few to carry a premaster secret.`,
      expected: 'at least 472 bits', got: `${8 * modulusBytes(serverKey)} bits`, rule: 'RFC 2246 7.4.7.1'
    })
  }

  private onFinished(received: Buffer, { transcript, suite, sessionId }: Agreed, masterSecret: Buffer): void {
    const expected = verifyData(masterSecret, 'server', transcript.current())
    if (!received.equals(expected)) {
      throw misbehaved('decrypt_error', 'Finished of the far end does not fit the handshake as it was seen here.', {
        expected: `verify data ${expected.toString('hex')}`, got: received.toString('hex'), rule: 'RFC 2246 7.4.9'
      })
    }
    this.state = { at: 'application data' }
    this.channel.opened(suite, sessionId.length > 0 ? { sessionId, suite, masterSecret } : null)
  }
}

function sign(privateKey: KeyObject, md5AndSha1: Buffer): Buffer {
  const signature = signHash(privateKey, md5AndSha1)
  if (signature) return signature
  throw new TlsFailure({
    blame: 'own-data', alert: 'internal_error',
    sentence: `The private key has ${8 * modulusBytes(privateKey)} bits, too few to sign a handshake.`,
    expected: 'at least 376 bits', got: `${8 * modulusBytes(privateKey)} bits`, rule: 'RFC 2246 7.4.8'
  })
}
