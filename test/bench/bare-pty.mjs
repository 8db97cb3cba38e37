// The baseline for the simulator's port: the minimum that Node does on the same kind of pty. The same native open, the
// same reading by a tty stream, the same writing by writeSync, without a module.
//   bare-pty.mjs respond              answers OK to every line
//   bare-pty.mjs relay COMMAND ARGS   connects the pty to the standard input and output of a program
// Prints the pty's path.
import { execFileSync, spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { ReadStream } from 'node:tty'

const { master, slave, pty } = createRequire(import.meta.url)('node-pty').native.open(80, 24)
execFileSync('stty', ['-F', pty, 'raw', '-echo', 'clocal'])
openSync(pty, 'r+')
closeSync(slave)
const input = new ReadStream(master)
input.on('error', () => process.exit(0))

/**
 * Writes all bytes. What the pty does not take is tried again in the next turn of the event loop. Calls `done` when all
 * is written.
 */
function write(bytes, done) {
  let at = 0
  let turns = 0
  const more = () => {
    try {
      while (at < bytes.length) {
        at += writeSync(master, bytes, at)
        turns = 0
      }
      return done()
    } catch (error) {
      if (error.code !== 'EAGAIN') return process.exit(0)
    }
    turns += 1
    if (turns < 5) setImmediate(more)
    else setTimeout(more, Math.min(40, turns))
  }
  more()
}

const [mode, ...command] = process.argv.slice(2)
if (mode === 'respond') {
  const answer = Buffer.from('\r\nOK\r\n')
  input.on('data', (bytes) => {
    for (const byte of bytes) if (byte === 13) write(answer, () => {})
  })
} else {
  const program = spawn(command[0], command.slice(1), { stdio: ['pipe', 'pipe', 'ignore'] })
  program.stdin.on('error', () => {})
  input.on('data', (bytes) => {
    if (!program.stdin.write(bytes)) input.pause()
  })
  program.stdin.on('drain', () => input.resume())
  program.stdout.on('data', (bytes) => {
    program.stdout.pause()
    write(bytes, () => program.stdout.resume())
  })
  process.on('exit', () => program.kill('SIGKILL'))
  process.on('SIGTERM', () => process.exit(0))
}
process.stdout.write(`${pty}\n`)
