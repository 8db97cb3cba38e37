import { join } from 'node:path'
import { client, startBarePty, startSimulator, startWithLine } from './programs.mjs'
import { interleaved, median, ratio } from './statistics.mjs'

/** For each suite: a family that has it, its number there, and an external client that supports it. */
const suites = [
  { name: 'RC4-MD5', product: 'HE910', number: 1, rc4: '+MD5' },
  { name: 'RC4-SHA', product: 'HE910', number: 2, rc4: '+SHA1' },
  { name: 'AES128-SHA', product: 'HE910', number: 3 },
  { name: 'AES256-SHA', product: 'GE865-QUAD', number: 3 },
  { name: 'NULL-SHA', product: 'HE910', number: 4 }
]

/**
 * Measures online mode in both directions against an external client connected to a bare Node pty, for each suite.
 * Down: from the first byte to the last at the host. Up: the same at the server. Dialling and starting do not count. In
 * MB/s.
 */
export async function transfer({ root, links, hostProgram, pki, rounds, bytes, progress }) {
  const simulators = {}
  for (const [index, product] of ['HE910', 'GE865-QUAD'].entries()) {
    simulators[product] = await startSimulator(root, links[index], ['--lab', 'off', '--product', product])
    for (const command of ['ATE0', 'AT#SGACT=1,1', 'AT#SSLEN=1,1'])
      await client(hostProgram, links[index], 'at', command, 'OK\r\n')
  }
  const farEnds = await startWithLine(process.execPath, [
    join(import.meta.dirname, 'far-end.mjs'),
    pki.certificate,
    pki.key,
    String(bytes)
  ])
  const ports = JSON.parse(farEnds.line)
  const results = []
  for (const suite of suites) {
    const farEnd = sidesOf(suite.rc4 ? ports.own : ports.openssl, farEnds.child)
    const { link } = simulators[suite.product]
    const own = (way, packetBytes) => throughSimulator({ hostProgram, link, suite, farEnd, way, packetBytes, bytes })
    // gnutls-cli writes received data byte by byte, so a tenth of the data is enough to measure its rate.
    const foreignBytes = { down: suite.rc4 ? bytes / 10 : bytes, up: bytes }
    const foreign = (way) => throughForeign({ hostProgram, suite, farEnd, way, bytes: foreignBytes[way] })
    await own('up', 1500)
    const measured = await interleaved(
      rounds,
      {
        down: () => own('down', 1500),
        foreignDown: () => foreign('down'),
        up: () => own('up', 1500),
        foreignUp: () => foreign('up'),
        up300: () => own('up', 300)
      },
      (round) => progress(`${suite.name} ${round}`)
    )
    results.push({
      suite: suite.name,
      client: suite.rc4 ? 'gnutls-cli' : 'openssl s_client',
      down: ratio(measured.down, measured.foreignDown),
      up: ratio(measured.up, measured.foreignUp),
      up300: ratio(measured.up300, measured.foreignUp),
      mbPerS: Object.fromEntries(Object.entries(measured).map(([name, values]) => [name, median(values)]))
    })
  }
  await Promise.all([...Object.values(simulators).map((one) => one.stop()), farEnds.stop()])
  return results
}

const rate = (bytes, ns) => bytes / 1e6 / (Number(ns) / 1e9)

async function throughSimulator({ hostProgram, link, suite, farEnd, way, packetBytes, bytes }) {
  await client(hostProgram, link, 'sync')
  await client(hostProgram, link, 'at', `AT#SSLSECCFG=1,${suite.number},0`, 'OK\r\n')
  await client(hostProgram, link, 'at', `AT#SSLCFG=1,1,${packetBytes},90,100,1`, 'OK\r\n')
  const end = farEnd[way]()
  return transferred(hostProgram, link, `AT#SSLD=1,${end.port},"127.0.0.1",0,0`, end, way, bytes)
}

async function throughForeign({ hostProgram, suite, farEnd, way, bytes }) {
  const end = farEnd[way]()
  const relay = await startBarePty('relay', ...foreignClient(suite, end.port))
  try {
    return await transferred(hostProgram, relay.link, '', end, way, bytes)
  } finally {
    await relay.stop()
  }
}

async function transferred(hostProgram, link, command, end, way, bytes) {
  if (way === 'down') {
    const [ns] = await client(hostProgram, link, 'down', command, String(bytes))
    return rate(bytes, ns)
  }
  const sent = client(hostProgram, link, 'up', command, String(bytes)).catch(() => [])
  const ns = await end.received
  await sent
  return rate(bytes, ns)
}

function foreignClient(suite, port) {
  if (suite.rc4) {
    const priority = `NONE:+VERS-TLS1.0:+RSA:+COMP-NULL:+SIGN-ALL:+GROUP-ALL:+ARCFOUR-128:${suite.rc4}`
    return [
      'gnutls-cli',
      '--logfile=/dev/null',
      '--no-ca-verification',
      '-p',
      String(port),
      '--priority',
      priority,
      '127.0.0.1'
    ]
  }
  return [
    'openssl',
    's_client',
    '-quiet',
    '-nocommands',
    '-tls1',
    '-cipher',
    `${suite.name}:@SECLEVEL=0`,
    '-connect',
    `127.0.0.1:${port}`
  ]
}

/** Where a transfer goes, and when the other side has received all of it. */
function sidesOf({ source, sink }, child) {
  return {
    down: () => ({ port: source }),
    up: () => ({ port: sink, received: nextReport(child) })
  }
}

/** Returns the nanoseconds from first to last byte of the next transfer that a sink reports. */
function nextReport(child) {
  return new Promise((resolve) => {
    let text = ''
    const hear = (piece) => {
      text += piece
      if (!text.includes('\n')) return
      child.stdout.off('data', hear)
      const [first, last] = text.split(/\s/)
      resolve(BigInt(last) - BigInt(first))
    }
    child.stdout.on('data', hear)
  })
}
