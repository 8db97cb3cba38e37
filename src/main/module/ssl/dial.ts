import type { SecureClientRequest } from '../../../shared/contracts/security.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import { PeerConnection } from '../tls-connection/connection.ts'
import type { ConnectionParts, ConnectionWords, SlowCpu, TimeLimit } from '../tls-connection/contract.ts'
import type { HandshakeHistory } from '../tls-connection/handshake-history.ts'
import type { HandshakeLog } from '../tls-connection/handshake-log.ts'
import { dialFailure, type DialEnd } from './dial-failures.ts'

/**
 * One dial of the SSL socket and its connection: name look-up, TCP and handshake. Until the handshake is done, the
 * handshake timer limits each wait: for the address, for TCP, for the next record (D-4).
 */
export class Dial {
  readonly connection: PeerConnection
  readonly #request: DialRequest
  readonly #peer: string
  readonly #limit: TimeLimit
  readonly #log: HandshakeLog
  readonly #events: DialEvents

  constructor(request: DialRequest, parts: DialParts, events: DialEvents, cause: number) {
    this.#request = request
    this.#events = events
    this.#peer = `${request.host}:${request.port}`
    this.#limit = { timer: 'handshake', limitMs: request.packetTimeoutMs }
    this.#log = parts.handshakes.begin(this.#peer)
    this.connection = new PeerConnection(
      parts,
      { words: sslWords(this.#peer), cpu: request.cpu, cause },
      {
        opened: () => {
          events.tcpOpened()
          this.connection.secure(request.client, this.#limit, this.#log)
        },
        secured: () => events.opened(),
        data: (bytes) => events.data(bytes),
        drained: () => events.drained(),
        expired: (wait) => this.#giveUp({ kind: 'expired', wait }),
        ended: (end) => (end.kind === 'closed' ? events.closedByPeer(end.seq) : this.#failed(end))
      }
    )
  }

  /** Starts the dial, once. Ends in `opened` or `failed`, unless the connection is closed before. */
  start(): void {
    this.connection.dial(this.#request.host, this.#request.port, this.#limit)
  }

  /** The PDP context was lost while the connection was being opened: the dial fails. */
  lost(sentence: string): void {
    if (!this.connection.isOver) this.#giveUp({ kind: 'context-lost', sentence })
  }

  #giveUp(end: DialEnd): void {
    const failure = this.#logged(end, null)
    this.connection.giveUp()
    this.#events.failed(failure, false, end.kind === 'expired' ? end.wait.seq : null)
  }

  #failed(end: DialEnd): void {
    const logged = this.#logged(end, end.kind === 'tls' ? end.seq : null)
    this.#events.failed(logged, end.kind === 'tls' && end.facts.inTransfer, 'seq' in end ? end.seq : null)
  }

  #logged(end: DialEnd, failureSeq: number | null): CommandFailure {
    const failure = dialFailure(end, this.#request.host, this.#peer)
    this.#log.end('failed', { failure: failure.sentence, rule: failure.rule, failureSeq })
    return failure
  }
}

export interface DialRequest {
  readonly host: string
  readonly port: number
  /** Longest wait for address, TCP and each record of the handshake, in milliseconds of module time (D-4). */
  readonly packetTimeoutMs: number
  /** `null` where certificates take no processor time (G-4.1-6). */
  readonly cpu: SlowCpu | null
  readonly client: SecureClientRequest
}

export interface DialParts extends ConnectionParts {
  readonly handshakes: HandshakeHistory
}

export interface DialEvents {
  tcpOpened(): void
  /** The handshake is complete. */
  opened(): void
  data(bytes: Uint8Array): void
  drained(): void
  /** The peer has closed an open connection. `cause` is its timeline event. */
  closedByPeer(cause: number | null): void
  /**
   * `inTransfer`: after `opened`. `cause`: the event of the failure, or `null` where only the result code reports it.
   */
  failed(failure: CommandFailure, inTransfer: boolean, cause: number | null): void
}

const sslWords = (peer: string): ConnectionWords => ({
  name: peer,
  connecting: (where) => `Connecting to ${where}.`,
  opened: (where) => `TCP open to ${where}.`,
  tcpClosed: 'The server closed the TCP connection.',
  closeNotified: 'The server closed with close_notify.',
  tellsEndOfTls: true
})
