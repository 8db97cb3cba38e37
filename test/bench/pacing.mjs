import { once } from 'node:events'
import { connect } from 'node:net'
import { startSimulator } from './programs.mjs'

const rates = [300, 9_600, 115_200, 460_800, 921_600]
const seconds = 8
/** Commands that are under way: enough to keep the wire busy, and less than the queue before it keeps. */
const aheadSeconds = 0.5
const command = 'AT&V1\r'
const end = '\r\nOK\r\n'

/**
 * UART pacing (`--pace`): the mean rate of what the module sends, as it is at a client. A client over TCP sends
 * commands whose answers are far longer, so that the direction to it never rests. Times are the client's.
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
  /** When how many bytes were there, of each piece. */
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

/** Bytes a millisecond, by least squares: one piece that a busy machine brings late weighs no more than any other. */
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
