import { spawn } from 'node:child_process'
import { slowestBaud } from '../../shared/line-rates.ts'

/**
 * The speed that a client has set on a pty: nothing happens to the bytes there, but it can be read. `held` is a descriptor of the
 * slave; the program stty looks at it as its standard input, so that the name need not be opened. Null when it cannot be read.
 */
export function readPtyBaud(held: number, done: (baud: number | null) => void): void {
  const stty = spawn('stty', ['speed'], { stdio: [held, 'pipe', 'ignore'] })
  let answer = ''
  stty.stdout?.on('data', (bytes: Buffer) => {
    if (answer.length < answerLimit) answer += bytes.toString('latin1')
  })
  stty.on('error', () => done(null))
  stty.on('close', () => {
    const baud = Number(/^\d+/.exec(answer)?.[0])
    done(baud >= slowestBaud ? baud : null)
  })
}

/** A number and a line end. */
const answerLimit = 64
