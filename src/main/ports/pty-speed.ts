import { spawn } from 'node:child_process'
import { SLOWEST_BAUD } from '../../shared/hardware/line-rates.ts'

/** The rate that the client of a pty has set, polled while it is needed. */
export class PtySpeed {
  #baud: number | null = null
  #looks: NodeJS.Timeout | null = null
  /** Number of clients that came and left, to discard a late result about an earlier one. */
  #changes = 0

  /**
   * `slave`: opens the slave for a moment; `null` while there is no slave or no client. `changed`: the client has set
   * another rate.
   */
  constructor(
    private readonly slave: () => { readonly descriptor: number; release(): void } | null,
    private readonly changed: () => void
  ) {}

  /** `null` while it is not known. */
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

  /** A client has come or left. */
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
    // stty has its own descriptor now.
    slave.release()
  }
}

/**
 * Reads the rate that a client has set on a pty. It has no effect there, but can be read. `held` is a descriptor of the
 * slave and becomes the standard input of stty, so that the path is not opened. Calls `done` with `null` when it cannot
 * be read.
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
/** Clients rarely change their rate later, and each look starts a program. */
const LOOK_MS = 1_000
