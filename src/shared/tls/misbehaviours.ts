import type { AlertName } from './alerts.ts'
import type { TlsBlame } from './failure.ts'
import type { MisbehaviourAnswer, TlsMisbehaviour } from './misbehaviour.ts'

// Every misbehaviour of the lab's TLS server. The types are in `misbehaviour.ts`.

const waits: MisbehaviourAnswer = { kind: 'waits' }
const goesOn: MisbehaviourAnswer = { kind: 'goes on', warning: null }

function inHandshake(blame: TlsBlame, alert: AlertName | null): MisbehaviourAnswer {
  return { kind: 'fails', blame, alert, inTransfer: false }
}

function inTransfer(blame: TlsBlame, alert: AlertName | null): MisbehaviourAnswer {
  return { kind: 'fails', blame, alert, inTransfer: true }
}

/** More than the 2^14 bytes that a record may have, and less than its header may announce (RFC 2246 6.2.3). */
const OVERSIZED_BYTES = 17_000

const declared = [
  {
    name: 'silent-from-start',
    sentence: 'accepts the TCP connection and never sends anything',
    fault: { kind: 'silence', at: 'ServerHello' },
    answer: waits
  },
  {
    name: 'silent-in-handshake',
    sentence: 'sends nothing more after its Certificate',
    fault: { kind: 'silence', at: 'ServerHelloDone' },
    answer: waits
  },
  {
    name: 'silent-before-finished',
    sentence: "sends nothing more after the client's Finished",
    fault: { kind: 'silence', at: 'ChangeCipherSpec' },
    answer: waits
  },
  {
    name: 'silent-in-transfer',
    sentence: 'sends nothing more once the handshake is complete',
    fault: { kind: 'silence', at: 'application data' },
    answer: waits
  },
  {
    name: 'closes-at-start',
    sentence: 'closes TCP instead of sending ServerHello',
    fault: { kind: 'close', at: 'ServerHello' },
    answer: inHandshake('transport', null)
  },
  {
    name: 'closes-in-handshake',
    sentence: "closes TCP after the client's Finished",
    fault: { kind: 'close', at: 'ChangeCipherSpec' },
    answer: inHandshake('transport', null)
  },
  {
    name: 'closes-in-transfer',
    sentence: 'closes TCP without close_notify once the handshake is complete',
    fault: { kind: 'close', at: 'application data' },
    answer: inTransfer('transport', null)
  },
  {
    name: 'slow-drip',
    sentence: 'sends one byte every 50 ms',
    fault: { kind: 'drip', pieceBytes: 1, intervalMs: 50 },
    answer: goesOn
  },
  {
    name: 'small-records',
    sentence: 'splits its flights into records of 20 bytes, which is legal',
    fault: { kind: 'small-records', contentBytes: 20 },
    answer: goesOn
  },
  {
    name: 'empty-record',
    sentence: 'sends an empty record before its data, as OpenSSL did against BEAST, which is legal',
    fault: { kind: 'record', at: 'application data', contentType: 'application_data', contentBytes: 0 },
    answer: goesOn
  },
  {
    name: 'oversized-in-handshake',
    sentence: `sends a record of ${OVERSIZED_BYTES} bytes before its Certificate`,
    fault: { kind: 'record', at: 'Certificate', contentType: 'handshake', contentBytes: OVERSIZED_BYTES },
    answer: inHandshake('peer-misbehaved', 'record_overflow')
  },
  {
    name: 'oversized-in-transfer',
    sentence: `sends a record of ${OVERSIZED_BYTES} bytes of data`,
    fault: { kind: 'record', at: 'application data', contentType: 'application_data', contentBytes: OVERSIZED_BYTES },
    answer: inTransfer('peer-misbehaved', 'record_overflow')
  },
  {
    name: 'bad-mac-in-handshake',
    sentence: 'protects its Finished with a wrong MAC',
    fault: { kind: 'bad-mac', at: 'Finished' },
    answer: inHandshake('peer-misbehaved', 'bad_record_mac')
  },
  {
    name: 'bad-mac-in-transfer',
    sentence: 'protects its data with a wrong MAC',
    fault: { kind: 'bad-mac', at: 'application data' },
    answer: inTransfer('peer-misbehaved', 'bad_record_mac')
  },
  {
    name: 'bad-padding-in-handshake',
    sentence: 'pads its Finished wrongly (AES suites only)',
    fault: { kind: 'bad-padding', at: 'Finished' },
    answer: inHandshake('peer-misbehaved', 'bad_record_mac')
  },
  {
    name: 'bad-padding-in-transfer',
    sentence: 'pads its data wrongly (AES suites only)',
    fault: { kind: 'bad-padding', at: 'application data' },
    answer: inTransfer('peer-misbehaved', 'bad_record_mac')
  },
  {
    name: 'refuses',
    sentence: 'answers ClientHello with a fatal handshake_failure',
    fault: { kind: 'alert', at: 'ServerHello', isFatal: true, alert: 'handshake_failure' },
    answer: inHandshake('alert-received', 'handshake_failure')
  },
  {
    name: 'closes-politely-in-handshake',
    sentence: 'sends close_notify instead of ServerHelloDone',
    fault: { kind: 'alert', at: 'ServerHelloDone', isFatal: false, alert: 'close_notify' },
    answer: inHandshake('alert-received', 'close_notify')
  },
  {
    name: 'access-denied',
    sentence: 'ends the handshake with a fatal access_denied instead of Finished',
    fault: { kind: 'alert', at: 'ChangeCipherSpec', isFatal: true, alert: 'access_denied' },
    answer: inHandshake('alert-received', 'access_denied')
  },
  {
    name: 'fatal-in-transfer',
    sentence: 'sends a fatal internal_error once the handshake is complete',
    fault: { kind: 'alert', at: 'application data', isFatal: true, alert: 'internal_error' },
    answer: inTransfer('alert-received', 'internal_error')
  },
  {
    name: 'warning',
    sentence: 'sends the warning unrecognized_name before ServerHello, as servers with several names do',
    fault: { kind: 'alert', at: 'ServerHello', isFatal: false, alert: 'unrecognized_name' },
    answer: goesOn
  },
  {
    name: 'wrong-finished',
    sentence: 'sends a Finished that does not match the handshake',
    fault: { kind: 'wrong-finished' },
    answer: inHandshake('peer-misbehaved', 'decrypt_error')
  },
  {
    name: 'hello-request-in-handshake',
    sentence: 'sends HelloRequest in the middle of the handshake, which clients ignore',
    fault: { kind: 'hello-request', at: 'Certificate' },
    answer: goesOn
  },
  {
    name: 'renegotiation',
    sentence: 'requests a new handshake with HelloRequest',
    fault: { kind: 'hello-request', at: 'application data' },
    answer: { kind: 'goes on', warning: 'no_renegotiation' }
  },
  {
    name: 'data-in-handshake',
    sentence: 'sends application data before its Certificate',
    fault: { kind: 'record', at: 'Certificate', contentType: 'application_data', contentBytes: 5 },
    answer: inHandshake('peer-misbehaved', 'unexpected_message')
  },
  {
    name: 'early-change-cipher-spec',
    sentence: 'sends ChangeCipherSpec before ServerHelloDone',
    fault: { kind: 'change-cipher-spec', at: 'ServerHelloDone' },
    answer: inHandshake('peer-misbehaved', 'unexpected_message')
  },
  {
    name: 'unoffered-suite',
    sentence: 'chooses a suite that the client did not propose (0xC02F)',
    fault: { kind: 'server-hello', suiteId: 0xc02f },
    answer: inHandshake('peer-misbehaved', 'illegal_parameter')
  },
  {
    name: 'compression',
    sentence: 'chooses a compression method that the client did not propose',
    fault: { kind: 'server-hello', compressionMethod: 1 },
    answer: inHandshake('peer-misbehaved', 'illegal_parameter')
  },
  {
    name: 'ssl-3.0',
    sentence: 'answers in SSL 3.0',
    fault: { kind: 'server-hello', version: 0x0300 },
    answer: inHandshake('peer-incompatible', 'protocol_version')
  },
  {
    name: 'tls-1.1',
    sentence: 'answers in TLS 1.1',
    fault: { kind: 'server-hello', version: 0x0302 },
    answer: inHandshake('peer-incompatible', 'protocol_version')
  },
  {
    name: 'tls-1.2',
    sentence: 'answers in TLS 1.2',
    fault: { kind: 'server-hello', version: 0x0303 },
    answer: inHandshake('peer-incompatible', 'protocol_version')
  },
  {
    name: 'truncated-server-hello',
    sentence: 'omits the last byte of ServerHello',
    fault: { kind: 'truncated', at: 'ServerHello' },
    answer: inHandshake('peer-misbehaved', 'decode_error')
  },
  {
    name: 'truncated-certificate',
    sentence: 'omits the last byte of Certificate',
    fault: { kind: 'truncated', at: 'Certificate' },
    answer: inHandshake('peer-misbehaved', 'decode_error')
  },
  {
    name: 'no-certificate',
    sentence: 'sends a Certificate message with no certificate in it',
    fault: { kind: 'identity', identity: 'none' },
    answer: inHandshake('peer-misbehaved', 'bad_certificate')
  },
  {
    name: 'expired-certificate',
    sentence: 'sends a certificate that has expired',
    fault: { kind: 'identity', identity: 'expired' },
    answer: inHandshake('certificate', 'certificate_expired')
  },
  {
    name: 'future-certificate',
    sentence: 'sends a certificate that is not valid yet',
    fault: { kind: 'identity', identity: 'not-yet-valid' },
    answer: inHandshake('certificate', 'certificate_expired')
  },
  {
    name: 'other-authority',
    sentence: 'sends a certificate of a CA that the module does not have',
    fault: { kind: 'identity', identity: 'other-authority' },
    answer: inHandshake('certificate', 'unknown_ca')
  },
  {
    name: 'self-signed',
    sentence: 'sends a self-signed certificate',
    fault: { kind: 'identity', identity: 'self-signed' },
    answer: inHandshake('certificate', 'unknown_ca')
  },
  {
    name: 'key-of-another',
    sentence:
      'sends a valid certificate whose private key it does not have, so it cannot decrypt the data of the client',
    fault: { kind: 'identity', identity: 'key-of-another' },
    answer: inHandshake('alert-received', 'bad_record_mac')
  },
  {
    name: 'ec-certificate',
    sentence: 'sends a certificate with an EC key, which no RSA suite can use',
    fault: { kind: 'identity', identity: 'ec-key' },
    answer: inHandshake('certificate', 'unsupported_certificate')
  },
  {
    name: 'sha256-chain',
    sentence: 'sends a chain that is signed with SHA-256, which some products refuse',
    fault: { kind: 'identity', identity: 'sha256-chain' },
    answer: goesOn
  }
] as const satisfies readonly TlsMisbehaviour[]

export type MisbehaviourName = (typeof declared)[number]['name']

export const tlsMisbehaviours: readonly NamedMisbehaviour[] = declared

export type NamedMisbehaviour = TlsMisbehaviour & { readonly name: MisbehaviourName }
