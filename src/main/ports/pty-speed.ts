import { spawn } from 'node:child_process'
import { SLOWEST_BAUD } from '../../shared/hardware/line-rates.ts'

/** The speed of whoever has a pty open, looked at now and again while somebody follows it. */
export class PtySpeed {
  #baud: number | null = null
  #looks: NodeJS.Timeout | null = null
  /** How many clients have come and gone: what is seen late of one is not the next one's. */
  #changes = 0

  /** `slave`: the slave for a moment, `null` while there is none or no client. `changed`: the client has set another speed. */
  constructor(
    private readonly slave: () => { readonly descriptor: number; release(): void } | null,
    private readonly changed: () => void
  ) {}

  /** Null: not known. */
  get baud(): number | null {
    return this.#baud
  }

  follow(wanted: boolean): void {
    this.stop()
    this.#baud = null
    if (!wanted) return
    this.#looks = setInterval(() => this.#look(), LOOK_MS)
    this.#look()
  }

  /** A client has come, or gone. */
  clientChanged(): void {
    this.#changes += 1
    this.#baud = null
    if (this.#looks) this.#look()
  }

  stop(): void {
    if (this.#looks) clearInterval(this.#looks)
    this.#looks = null
  }

  #look(): void {
    const slave = this.slave()
    if (slave === null) return
    const at = this.#changes
    readPtyBaud(slave.descriptor, (baud) => {
      if (at !== this.#changes || !this.#looks || baud === null || baud === this.#baud) return
      this.#baud = baud
      this.changed()
    })
    // The program has a descriptor of its own by now.
    slave.release()
  }
}

/**
 * The speed that a client has set on a pty: nothing happens to the bytes there, but it can be read. `held` is a descriptor of the
 * slave; the program stty looks at it as its standard input, so that the name need not be opened. Null when it cannot be read.
 */
function readPtyBaud(held: number, done: (baud: number | null) => void): void {
  const stty = spawn('stty', ['speed'], { stdio: [held, 'pipe', 'ignore'] })
  let answer = ''
  stty.stdout?.on('data', (bytes: Buffer) => {
    if (answer.length < ANSWER_LIMIT) answer += bytes.toString('latin1')
  })
  stty.on('error', () => done(null))
  stty.on('close', () => {
    const baud = Number(/^\d+/.exec(answer)?.[0])
    done(baud >= SLOWEST_BAUD ? baud : null)
  })
}

/** A number and a line end. */
const ANSWER_LIMIT = 64
/** A client that changes its speed in the middle is rare, and each look starts a program. */
const LOOK_MS = 1_000
