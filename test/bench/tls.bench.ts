import { execFile } from 'node:child_process'
import { createCipheriv, createDecipheriv, createHmac, createSecretKey } from 'node:crypto'
import { promisify } from 'node:util'
import { createTlsClient } from '../../src/main/tls/client.ts'
import { connectionKeys } from '../../src/main/tls/key-schedule.ts'
import { defaultLimits } from '../../src/main/tls/limits.ts'
import { Rc4 } from '../../src/main/tls/rc4.ts'
import { recordOpener, recordSealer } from '../../src/main/tls/record-cipher.ts'
import { RecordLayer } from '../../src/main/tls/record-layer.ts'
import { createTlsServer } from '../../src/main/tls/server.ts'
import { AES128_SHA, AES256_SHA, NULL_SHA, RC4_MD5 } from '../../src/shared/tls/suites.ts'
import type { CipherSuite } from '../../src/shared/tls/suites.ts'
import { clientOverTcp, serverOverTcp } from '../fixtures/tls-endpoints.ts'
import { peerServers } from '../fixtures/tls-peer-servers.ts'
import { clientOptions, serverOptions } from '../fixtures/tls-script.ts'

/**
 * A comparison of the engine with its building blocks or with OpenSSL: a ratio, measured in one run and never asserted.
 * Run with `npm run bench -- --only tls`.
 */
export interface BenchResult {
  readonly name: string
  /** This engine's value divided by the other's. */
  readonly ratio: number
  readonly target: Target
  readonly detail: string
}

export type Target = { readonly atLeast: number } | { readonly atMost: number }

export async function tlsBenches(report: (result: BenchResult) => void): Promise<void> {
  for (const suite of [AES128_SHA, AES256_SHA]) {
    report(
      ratioOf(
        `seal ${suite.shortName}, throughput by bare cipher and HMAC`,
        { atLeast: 0.9 },
        sealing(suite),
        bareSealing(suite)
      )
    )
    report(
      ratioOf(
        `open ${suite.shortName}, throughput by bare cipher and HMAC`,
        { atLeast: 0.9 },
        opening(suite),
        bareOpening(suite)
      )
    )
  }
  report(ratioOf('seal NULL-SHA, throughput by bare HMAC', { atLeast: 0.9 }, sealing(NULL_SHA), bareSealing(NULL_SHA)))
  report(await rc4())
  for (const result of await clientHandshakes()) report(result)
  for (const result of await serverHandshakes()) report(result)
}

const RECORD_BYTES = 2 ** 14
const BATCH_RECORDS = 256
const ROUNDS = 9
const content = Buffer.alloc(RECORD_BYTES, 'x')
const keysOf = (suite: CipherSuite): ReturnType<typeof connectionKeys> =>
  connectionKeys(suite, Buffer.alloc(48, 1), { clientRandom: Buffer.alloc(32, 2), serverRandom: Buffer.alloc(32, 3) })

/** Prepares `BATCH_RECORDS` records and returns the step that is timed. */
type Batch = () => () => void

function sealing(suite: CipherSuite): Batch {
  const layer = new RecordLayer(defaultLimits, () => undefined)
  layer.protectWriting(recordSealer(suite, keysOf(suite).client))
  return () => () => {
    for (let i = 0; i < BATCH_RECORDS; i++) {
      layer.write('application_data', content)
      layer.takeOutput()
    }
  }
}

function opening(suite: CipherSuite): Batch {
  const keys = keysOf(suite).client
  const sealed: Buffer[] = []
  const writer = new RecordLayer(defaultLimits, () => undefined)
  writer.protectWriting(recordSealer(suite, keys))
  const reader = new RecordLayer(defaultLimits, () => undefined)
  reader.protectReading(recordOpener(suite, keys))
  return () => {
    sealed.length = 0
    for (let i = 0; i < BATCH_RECORDS; i++) {
      writer.write('application_data', content)
      sealed.push(writer.takeOutput()!)
    }
    return () => {
      for (const record of sealed) {
        reader.feed(record)
        while (reader.next());
      }
    }
  }
}

/** HMAC and cipher over as many bytes: the minimum for any record layer on node:crypto. */
function bareSealing(suite: CipherSuite): Batch {
  const hasCipher = suite.bulk !== 'null' && suite.bulk !== 'rc4'
  const cipher = hasCipher ? createCipheriv(suite.bulk, Buffer.alloc(suite.keyBytes), Buffer.alloc(16)) : null
  const key = createSecretKey(Buffer.alloc(suite.macBytes, 1))
  return () => () => {
    for (let i = 0; i < BATCH_RECORDS; i++) {
      cipher?.update(content)
      createHmac(suite.mac, key).update(content).digest()
    }
  }
}

/** With as many different fragments as `opening`, since those are not in the processor's cache either. */
function bareOpening(suite: CipherSuite): Batch {
  const decipher = createDecipheriv(suite.bulk, Buffer.alloc(suite.keyBytes), Buffer.alloc(16)).setAutoPadding(false)
  const key = createSecretKey(Buffer.alloc(suite.macBytes, 1))
  return () => {
    const fragments = Array.from({ length: BATCH_RECORDS }, () => Buffer.alloc(RECORD_BYTES, 'x'))
    return () => {
      for (const fragment of fragments) createHmac(suite.mac, key).update(decipher.update(fragment)).digest()
    }
  }
}

/** Runs both in turns, so that a busy machine slows both down equally. Uses the best round of each. */
function ratioOf(name: string, target: Target, ours: Batch, theirs: Batch): BenchResult {
  let [ourMs, theirMs] = [Infinity, Infinity]
  for (let round = 0; round < ROUNDS; round++) {
    ourMs = Math.min(ourMs, timeOf(ours()))
    theirMs = Math.min(theirMs, timeOf(theirs()))
  }
  return { name, target, ratio: theirMs / ourMs, detail: `${speedOf(ourMs)} by ${speedOf(theirMs)}` }
}

function timeOf(step: () => void): number {
  const startedMs = performance.now()
  step()
  return performance.now() - startedMs
}

function speedOf(batchMs: number): string {
  return `${Math.round((BATCH_RECORDS * RECORD_BYTES) / batchMs / 1000)} MB/s`
}

const run = promisify(execFile)

async function rc4(): Promise<BenchResult> {
  const cipher = new Rc4(Buffer.alloc(RC4_MD5.keyBytes, 1))
  const output = Buffer.alloc(RECORD_BYTES)
  let bestMs = Infinity
  for (let round = 0; round < ROUNDS; round++) {
    bestMs = Math.min(
      bestMs,
      timeOf(() => {
        for (let i = 0; i < BATCH_RECORDS; i++) cipher.apply(content, output)
      })
    )
  }
  // OpenSSL 3 has RC4 in its legacy provider. `-mr` prints `+F:n:rc4:bytes per second`.
  const args = [
    'speed',
    '-provider',
    'default',
    '-provider',
    'legacy',
    '-evp',
    'rc4',
    '-seconds',
    '1',
    '-bytes',
    `${RECORD_BYTES}`,
    '-mr'
  ]
  const { stdout } = await run('openssl', args)
  const theirs = Number(/^\+F:.*:([\d.]+)$/m.exec(stdout)?.[1])
  const ours = (BATCH_RECORDS * RECORD_BYTES * 1000) / bestMs
  const detail = `${Math.round(ours / 1e6)} MB/s by ${Math.round(theirs / 1e6)} MB/s`
  return { name: "RC4, throughput by OpenSSL's", target: { atLeast: 0.4 }, ratio: ours / theirs, detail }
}

const SECONDS = 3

interface HandshakeCost {
  readonly wallMs: number
  readonly cpuMs: number
}

/** Measures `openssl s_time`: full handshakes with AES128-SHA, one after the other. */
async function openssl(port: number): Promise<HandshakeCost> {
  const args = [
    's_time',
    '-connect',
    `127.0.0.1:${port}`,
    '-new',
    '-tls1',
    '-cipher',
    'AES128-SHA:@SECLEVEL=0',
    '-time',
    `${SECONDS}`
  ]
  const { stdout } = await run('openssl', args)
  const [, connections, userSeconds] = /(\d+) connections in ([\d.]+)s;/.exec(stdout) ?? []
  const [, real, realSeconds] = /(\d+) connections in (\d+) real seconds/.exec(stdout) ?? []
  return {
    wallMs: (1000 * Number(realSeconds)) / Number(real),
    cpuMs: (1000 * Number(userSeconds)) / Number(connections)
  }
}

async function ownClient(port: number): Promise<HandshakeCost> {
  const dial = async (): Promise<void> => {
    const options = { ...clientOptions, suites: [AES128_SHA] }
    const { recorder, endpoint, socket } = clientOverTcp(port, (events) => createTlsClient(options, events))
    await recorder.settled()
    endpoint.close()
    socket.destroy()
  }
  for (let i = 0; i < 50; i++) await dial()
  const startedMs = performance.now()
  const cpuBefore = process.cpuUsage()
  let dials = 0
  for (; performance.now() - startedMs < 1000 * SECONDS; dials++) await dial()
  const { user, system } = process.cpuUsage(cpuBefore)
  return { wallMs: (performance.now() - startedMs) / dials, cpuMs: (user + system) / 1000 / dials }
}

/** Both clients use the same server, s_server. */
async function clientHandshakes(): Promise<BenchResult[]> {
  const server = await peerServers.find(({ name }) => name === 'openssl s_server')!.start('any')
  try {
    const theirs = await openssl(server.port)
    const ours = await ownClient(server.port)
    const detail = (what: keyof HandshakeCost): string => `${ours[what].toFixed(2)} ms by ${theirs[what].toFixed(2)} ms`
    return [
      {
        name: "client handshake, wall time by s_time's",
        target: { atMost: 1.2 },
        ratio: ours.wallMs / theirs.wallMs,
        detail: detail('wallMs')
      },
      {
        name: "client handshake, CPU by s_time's",
        target: { atMost: 3 },
        ratio: ours.cpuMs / theirs.cpuMs,
        detail: detail('cpuMs')
      }
    ]
  } finally {
    await server.stop()
  }
}

/** Both servers are used by the same client, s_time. */
async function serverHandshakes(): Promise<BenchResult[]> {
  const theirs = await peerServers.find(({ name }) => name === 'openssl s_server')!.start('any')
  const ours = await serverOverTcp(
    (events) => createTlsServer(serverOptions(), events),
    () => undefined
  )
  try {
    await openssl(ours.port)
    const [theirCost, ourCost] = [await openssl(theirs.port), await openssl(ours.port)]
    return [
      {
        name: "server handshake, wall time by s_server's",
        target: { atMost: 1.3 },
        ratio: ourCost.wallMs / theirCost.wallMs,
        detail: `${ourCost.wallMs.toFixed(2)} ms by ${theirCost.wallMs.toFixed(2)} ms`
      }
    ]
  } finally {
    await theirs.stop()
    await ours.close()
  }
}
