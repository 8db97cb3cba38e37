// The servers of the transfers, in a process of their own: Node's TLS server for the suites of OpenSSL 3, the project's
// own for RC4. Both sides of a comparison use them alike. (openssl s_server is not suitable as a source: when it has
// input it sometimes blocks reading the connection. gnutls-serv only echoes lines.)
//   far-end.mjs CERTIFICATE KEY BYTES
// Prints `{"openssl":{"source":PORT,"sink":PORT},"own":{…}}`. A source sends BYTES to each client, and closes. A sink
// prints `FIRST LAST` (nanoseconds of the monotonic clock) for each connection once BYTES have come, and closes.
import { constants, createPrivateKey, randomBytes, X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { dirname } from 'node:path'
import { createServer as createNodeServer } from 'node:tls'
import { loadSource } from '../../build/reports/load-source.mjs'

const root = dirname(dirname(import.meta.dirname))
const [{ createTlsServer }, { RC4_MD5, RC4_SHA }] = await Promise.all(
  ['src/main/tls/server.ts', 'src/shared/tls/suites.ts'].map((path) => loadSource(root, path))
)
const [certificateFile, keyFile, bytesText] = process.argv.slice(2)
const certificate = readFileSync(certificateFile)
const key = readFileSync(keyFile)
const bytes = Number(bytesText)
const pieceBytes = 8192
const piece = Buffer.alloc(pieceBytes, 'd')

/** Sends until the connection takes no more. Returns whether everything is sent. `left` in `state` counts down. */
function pour(state, send, hasRoom) {
  while (state.left > 0 && hasRoom()) {
    send(piece.subarray(0, Math.min(state.left, piece.length)))
    state.left -= piece.length
  }
  return state.left <= 0
}

/** Counts received bytes; calls `done` when all have come. */
function counter(done) {
  let left = bytes
  let first = null
  return (count) => {
    first ??= process.hrtime.bigint()
    left -= count
    if (left > 0 || left + count <= 0) return
    process.stdout.write(`${first} ${process.hrtime.bigint()}\n`)
    done()
  }
}

async function listen(server) {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return server.address().port
}

function nodeServer(serve) {
  const options = {
    minVersion: 'TLSv1',
    maxVersion: 'TLSv1',
    ciphers: 'AES128-SHA:AES256-SHA:NULL-SHA:@SECLEVEL=0',
    secureOptions: constants.SSL_OP_NO_TICKET,
    cert: certificate,
    key
  }
  return listen(
    createNodeServer(options, (socket) => {
      socket.on('error', () => {})
      serve(socket)
    }).on('tlsClientError', () => {})
  )
}

const nodeSource = (socket) => {
  // Larger records than the GSM families can receive would end the connection (G-4.0-1).
  socket.setMaxSendFragment(pieceBytes)
  const state = { left: bytes }
  const more = () => {
    if (
      pour(
        state,
        (part) => socket.write(part),
        () => socket.writable && !socket.writableNeedDrain
      )
    )
      socket.end()
  }
  socket.on('drain', more)
  socket.resume()
  more()
}

const nodeSink = (socket) => {
  const count = counter(() => socket.end())
  socket.on('data', (part) => count(part.length))
}

const identity = { chainDer: [new X509Certificate(certificate).raw], privateKey: createPrivateKey(key) }

function ownServer(serve) {
  return listen(
    createServer({ noDelay: true }, (socket) => {
      const far = { opened() {}, data() {}, drained() {} }
      const tls = createTlsServer(
        {
          suites: [RC4_MD5, RC4_SHA],
          random: { bytes: (count) => randomBytes(count) },
          clockMs: () => Date.now(),
          identity,
          clientCertificates: { ask: 'never' }
        },
        {
          output: (part) => void (socket.writable && socket.write(part)),
          opened: () => far.opened(),
          data: (part) => far.data(part.length),
          closedByPeer: () => socket.end(),
          failed: () => socket.destroy(),
          trace: () => {},
          secret: () => {}
        }
      )
      serve(far, tls, socket)
      tls.start()
      socket.on('data', (part) => tls.receive(part))
      socket.on('drain', () => far.drained())
      socket.on('error', () => socket.destroy())
      socket.on('end', () => socket.end())
    })
  )
}

const ownSource = (far, tls, socket) => {
  const state = { left: bytes }
  let over = false
  far.drained = () => {
    if (
      over ||
      !pour(
        state,
        (part) => tls.send(part),
        () => socket.writable && !socket.writableNeedDrain
      )
    )
      return
    over = true
    tls.close()
    socket.end()
  }
  // Not within the event, because sending is a step of its own.
  far.opened = () => setImmediate(far.drained)
}

const ownSink = (far, tls, socket) => {
  far.data = counter(() => {
    tls.close()
    socket.end()
  })
}

const [source, sink, source2, sink2] = await Promise.all([
  nodeServer(nodeSource),
  nodeServer(nodeSink),
  ownServer(ownSource),
  ownServer(ownSink)
])
process.stdout.write(`${JSON.stringify({ openssl: { source, sink }, own: { source: source2, sink: sink2 } })}\n`)
