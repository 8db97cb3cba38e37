import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = import.meta.dirname

/** Runs the C client. Returns its output as lines. */
export async function client(program, ...args) {
  const { stdout } = await run(program, args, { maxBuffer: 1 << 26 })
  return stdout.split('\n').filter((line) => line !== '')
}

/** Children that are still running. */
const running = new Set()

/** Registers a child for `stopAll`. Returns a promise of its end. */
export function started(child) {
  running.add(child)
  const ended = once(child, 'exit')
  void ended.catch(() => {}).then(() => running.delete(child))
  return ended
}

/** Ends all processes of a failed part, since the next part uses the same links. */
export async function stopAll() {
  const alive = [...running].filter((child) => child.exitCode === null && child.signalCode === null)
  await Promise.all(
    alive.map((child) => {
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      return ended
    })
  )
}

/** Starts a child process. Returns it with its first line of output and a way to end it. */
export async function startWithLine(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], ...options })
  const ended = started(child)
  const [line] = await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error(`${command} ended before it was ready`)))
  ])
  ended.catch(() => {})
  return { line, child, stop: () => (child.kill('SIGTERM'), ended) }
}

/** Starts the built simulator; `link` is its serial port. */
export async function startSimulator(root, link, args) {
  const all = [
    join(root, 'out/main/cli.js'),
    '--headless',
    '--json',
    '--ui',
    'off',
    '--state',
    'none',
    '--link',
    link,
    ...args
  ]
  const simulator = await startWithLine(process.execPath, all)
  return { ...simulator, link }
}

export async function startBarePty(...args) {
  const bare = await startWithLine(process.execPath, [join(folder, 'bare-pty.mjs'), ...args])
  return { ...bare, link: bare.line }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  await once(server, 'close')
  return port
}

/** Starts openssl s_server for one connection at a time; its standard input and output are the connection's. */
export async function opensslServer(pki, cipher, more = []) {
  const port = await freePort()
  const args = [
    's_server',
    '-accept',
    `127.0.0.1:${port}`,
    '-tls1',
    '-cipher',
    `${cipher}:@SECLEVEL=0`,
    '-no_ticket',
    '-cert',
    pki.certificate,
    '-key',
    pki.key,
    ...more
  ]
  const child = spawn('openssl', args, { stdio: ['pipe', 'pipe', 'ignore'] })
  const ended = started(child)
  child.stdin.on('error', () => {})
  if (!more.includes('-quiet')) child.stdout.resume()
  while (!(await listens(port))) await delay(3)
  return { port, child, stop: () => (child.kill('SIGKILL'), ended) }
}

/** Returns whether somebody listens, without connecting: a server for one connection would take that as its client. */
async function listens(port) {
  const hex = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')} 00000000:0000 0A`
  return (await readFile('/proc/net/tcp', 'utf8')).includes(hex)
}

export { run }
