import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { setImmediate as nextTurn } from 'node:timers/promises'

/**
 * A host on a network port that reads only when it is told to: like `TtyClient`, on a real socket. Of Telnet it leaves
 * out what is no data, and answers nothing.
 */
export class SocketClient {
  readonly socket: Socket
  received = ''
  #beginning = ''

  private constructor(socket: Socket) {
    this.socket = socket
    socket.on('error', () => {})
  }

  static async open(port: number): Promise<SocketClient> {
    const socket = connect(port, '127.0.0.1').setNoDelay(true)
    await once(socket, 'connect')
    return new SocketClient(socket)
  }

  /** Writes everything if the system takes more. Returns how many bytes it took. */
  writeSome(text: string): number {
    if (this.socket.writableLength > 0) return 0
    this.socket.write(text, 'latin1')
    return text.length
  }

  write(text: string): void {
    this.socket.write(text, 'latin1')
  }

  /** Returns what has arrived so far. A socket that nobody reads takes no more than its buffers hold. */
  read(): string {
    for (let bytes = this.#readSome(); bytes; bytes = this.#readSome()) {
      const text = this.#beginning + bytes.toString('latin1')
      const cut = /\xff[\xfb-\xfe]?$|\xff\xfa(?:(?!\xff\xf0)[^])*$/.exec(text)?.index ?? text.length
      this.#beginning = text.slice(cut)
      this.received += text
        .slice(0, cut)
        .replace(/\xff(?:[\xfb-\xfe][^]|\xfa(?:(?!\xff\xf0)[^])*\xff\xf0|(\xff))/g, '$1')
    }
    return this.received
  }

  async readUntil(condition: (received: string) => boolean): Promise<string> {
    while (!condition(this.read())) await nextTurn()
    return this.received
  }

  close(): void {
    this.socket.destroy()
  }

  #readSome(): Buffer | null {
    // Text is never decoded on this socket, so it gives bytes.
    return this.socket.read() as Buffer | null
  }
}
