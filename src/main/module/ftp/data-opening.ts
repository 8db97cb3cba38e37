import type { Cancellable } from '../../../shared/contracts/bearer.ts'
import type { CommandFailure } from '../../../shared/rules/errors.ts'
import type { IpStack } from '../network/ip-stack.ts'
import type { PeerConnection } from '../tls-connection/connection.ts'
import type { Control } from './control.ts'
import { badResponse, refused } from './failures.ts'
import { portArgument, readPassiveAddress } from './passive-address.ts'
import { replyText, type Reply } from './reply.ts'
import type { TransferRequest } from './transfer-types.ts'

/**
 * Opens the data connection of a transfer: to the address that the server names (PASV), or by awaiting the server's
 * connection (PORT). That it is open is reported by the connection itself.
 */
export class DataOpening {
  private awaited: Cancellable | null = null

  constructor(
    private readonly request: TransferRequest,
    private readonly control: Control,
    private readonly connection: PeerConnection,
    private readonly ip: IpStack,
    private readonly events: DataOpeningEvents
  ) {}

  start(): void {
    if (this.request.passive) this.control.ask('PASV', (reply) => this.passiveAnswered(reply))
    else this.openPort()
  }

  /** Stops waiting for the server's connection. */
  cancel(): void {
    this.awaited?.cancel()
  }

  private passiveAnswered(reply: Reply): void {
    const { events, request, control } = this
    if (reply.code !== 227) return events.refused(refused('PASV', reply))
    const named = reply.lines.map(readPassiveAddress).find((one) => one !== null)
    if (!named) return events.refused(badResponse(`The server's answer to PASV has no address: ${replyText(reply)}.`))
    const address = request.ignoresPassiveAddress ? request.controlAddress : named.address
    events.waits(`${address}:${named.port} did not answer`)
    this.connection.connect(address, named.port, {
      beside: address === request.controlAddress ? control.tcp : null
    })
  }

  private openPort(): void {
    const { events, control } = this
    events.waits('No port could be opened')
    this.awaited = this.ip.awaitConnection(control.tcp, {
      ready: (address, port) => {
        if (!events.isWanted()) return
        control.ask(`PORT ${portArgument({ address, port })}`, (reply) => {
          if (reply.code >= 200 && reply.code < 300) events.announced()
          else events.refused(refused('PORT', reply))
        })
      },
      failed: (sentence) => events.failed(sentence),
      accepted: (take) => {
        if (events.isWanted()) this.connection.take(take, 'the server', 'FTP data connection: the server connects.')
      }
    })
  }
}

export interface DataOpeningEvents {
  /** Returns whether the transfer still waits for its connection. */
  isWanted(): boolean
  /** A wait begins. `sentence` says, without its end, what did not happen if it takes too long. */
  waits(sentence: string): void
  /** The server has accepted PORT, and knows where to connect. */
  announced(): void
  /** The server refused the command, or its answer is of no use. */
  refused(failure: CommandFailure): void
  /** No port could be opened. */
  failed(sentence: string): void
}
