import type { SerialPortEvents } from '../../../src/shared/contracts/serial-port.ts'

/** Listens to a port like the module, records what it receives, and lets a test wait for it without sleeping. */
export class PortRecorder implements SerialPortEvents {
  received = ''
  readonly presences: boolean[] = []
  readonly clients: (string | null)[] = []
  readonly notes: string[] = []
  drainedCount = 0
  droppedBytes = 0
  readonly #waiting = new Set<() => void>()
  readonly #onData: ((text: string) => void) | undefined

  constructor(onData?: (text: string) => void) {
    this.#onData = onData
  }

  data(bytes: Uint8Array): void {
    const text = Buffer.from(bytes).toString('latin1')
    this.received += text
    this.#onData?.(text)
    this.#wake()
  }

  presence(present: boolean, client: string | null): void {
    this.presences.push(present)
    this.clients.push(client)
    this.#wake()
  }

  drained(): void {
    this.drainedCount += 1
    this.#wake()
  }

  overrun(droppedBytes: number): void {
    this.droppedBytes += droppedBytes
    this.#wake()
  }

  note(sentence: string): void {
    this.notes.push(sentence)
    this.#wake()
  }

  /** Resolves once `condition` holds. It is checked whenever the port reports something. */
  until(condition: (recorder: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = (): void => {
        if (!condition(this)) return
        this.#waiting.delete(look)
        resolve()
      }
      this.#waiting.add(look)
      look()
    })
  }

  #wake(): void {
    for (const look of this.#waiting) look()
  }
}

/** Answers `OK` to every line, like a minimal modem. */
export class LineResponder extends PortRecorder {
  readonly lines: string[] = []

  constructor(write: (text: string) => void) {
    let line = ''
    super((text) => {
      for (const character of text) {
        if (character !== '\r') {
          line += character
          continue
        }
        this.lines.push(line.trim())
        line = ''
        write('\r\nOK\r\n')
      }
    })
  }
}
