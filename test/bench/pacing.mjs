import { once } from 'node:events'
import { connect } from 'node:net'
import { startSimulator } from './programs.mjs'

const rates = [300, 9_600, 115_200, 460_800, 921_600]
const seconds = 8
/**
 * Seconds of commands that are under way: enough to keep the line busy, and less than the queue in front of it holds.
 */
const aheadSeconds = 0.5
const command = 'AT&V1\r'
const end = '\r\nOK\r\n'

/**
 * Measures UART pacing (`--pace`): the mean rate of the module's output at a client over TCP, by the client's clock.
 * Its commands have much longer responses, so that the direction to it is always busy.
 */
export async function pacing({ root, link, progress }) {
  const results = []
  for (const baud of rates) {
    progress(`${baud} baud`)
    const simulator = await startSimulator(root, link, ['--lab', 'off', '--tcp', '0', '--pace', String(baud)])
    results.push({ baud, ...(await measure(JSON.parse(simulator.line).tcp, baud)) })
    await simulator.stop()
  }
  return results
}

async function measure(port, baud) {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await once(socket, 'connect')
  const answered = (typed) =>
    new Promise((resolve) => {
      let told = ''
      const listen = (bytes) => {
        told += bytes.toString('latin1')
        if (!told.endsWith(end)) return
        socket.off('data', listen)
        resolve(told.length)
      }
      socket.on('data', listen)
      socket.write(typed)
    })
  await answered('ATE0\r')
  const answerBytes = await answered(command)
  const commands = Math.max(1, Math.round(((baud / 10) * seconds) / answerBytes))
  const wanted = commands * answerBytes
  const ahead = Math.max(2, Math.ceil(((baud / 10) * aheadSeconds) / answerBytes))
  let got = 0
  let asked = 0
  const askMore = () => {
    const more = Math.min(commands, Math.floor(got / answerBytes) + ahead) - asked
    if (more <= 0) return
    asked += more
    socket.write(command.repeat(more))
  }
  /** For each piece: its time and the bytes so far. */
  const pieces = []
  const done = new Promise((resolve) => {
    socket.on('data', (bytes) => {
      got += bytes.length
      pieces.push([performance.now(), got])
      askMore()
      if (got >= wanted) resolve()
    })
  })
  askMore()
  await done
  socket.destroy()
  const measuredBaud = slope(pieces) * 10_000
  return { measuredBaud, offPercent: (measuredBaud / baud - 1) * 100 }
}

/** Returns bytes per millisecond, by least squares: one late piece counts no more than any other. */
function slope(pieces) {
  const mean = (index) => pieces.reduce((sum, piece) => sum + piece[index], 0) / pieces.length
  const [meanMs, meanBytes] = [mean(0), mean(1)]
  let both = 0
  let square = 0
  for (const [atMs, bytes] of pieces) {
    both += (atMs - meanMs) * (bytes - meanBytes)
    square += (atMs - meanMs) ** 2
  }
  return both / square
}
