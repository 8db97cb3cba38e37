import { setImmediate as nextTurn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, it, vi } from 'vitest'
import { createTlsClient } from '../../src/main/tls/client.ts'
import { createTlsServer } from '../../src/main/tls/server.ts'
import { memorySessionStore } from '../../src/main/tls/session-store.ts'
import { allSuites } from '../../src/shared/tls/suites.ts'
import { connected } from '../fixtures/tls-pair.ts'
import { clientOptions, serverOptions } from '../fixtures/tls-script.ts'

/**
 * However much data a connection carries, no memory stays in use. `TLS_SOAK_BYTES=1073741824 npx vitest run
 * test/fuzz/tls-memory.test.ts` sends a gigabyte with each suite; the default is less, so that the test can be part of
 * every run.
 */
const totalBytes = Number(process.env['TLS_SOAK_BYTES'] ?? 48 * 2 ** 20)
vi.setConfig({ testTimeout: 600_000 })
const CHUNK_BYTES = 2 ** 16
/** Variation by the garbage collector and the pool of small buffers: less than a thousandth of the data. */
const SLACK_BYTES = 6 * 2 ** 20

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/**
 * Returns the memory in use after several collections. Memory of buffers is released only between turns of the event
 * loop.
 */
async function usedBytes(): Promise<number> {
  let least = Infinity
  for (let i = 0; i < 4; i++) {
    collect()
    await nextTurn()
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    least = Math.min(least, heapUsed + arrayBuffers)
  }
  return least
}

describe('memory stays flat', () => {
  it.each(allSuites.map((suite) => ({ suite, name: suite.shortName })))('in bulk with $name', async ({ suite }) => {
    let receivedBytes = 0
    const ignore = (): void => undefined
    const server = createTlsServer(
      { ...serverOptions(), suites: [suite] },
      {
        output: (bytes) => client.receive(bytes),
        data: (bytes) => void (receivedBytes += bytes.length),
        opened: ignore,
        closedByPeer: ignore,
        failed: ignore,
        trace: ignore
      }
    )
    const client = createTlsClient(
      { ...clientOptions, suites: [suite] },
      {
        output: (bytes) => {
          // Split across records, so that collecting fragments is covered too.
          server.receive(bytes.subarray(0, bytes.length >> 1))
          server.receive(bytes.subarray(bytes.length >> 1))
        },
        opened: ignore,
        data: ignore,
        closedByPeer: ignore,
        failed: ignore,
        trace: ignore
      }
    )
    server.start()
    client.start()
    const chunk = Buffer.alloc(CHUNK_BYTES, 'bulk ')
    const push = (bytes: number): void => {
      for (let sentBytes = 0; sentBytes < bytes; sentBytes += CHUNK_BYTES) client.send(chunk)
    }
    push(totalBytes / 8)
    const before = await usedBytes()
    push(totalBytes)
    expect(receivedBytes).toBeGreaterThanOrEqual(totalBytes)
    expect((await usedBytes()) - before).toBeLessThan(SLACK_BYTES)
  })

  it('over hundreds of connections and their sessions', async () => {
    const sessions = memorySessionStore(50)
    const dial = (times: number): void => {
      for (let i = 0; i < times; i++) connected({}, { sessions })
    }
    dial(100)
    const before = await usedBytes()
    dial(300)
    expect((await usedBytes()) - before).toBeLessThan(SLACK_BYTES)
  })

  it('while a peer sends half a message for ever', async () => {
    const ignore = (): void => undefined
    let failures = 0
    const server = createTlsServer(serverOptions(), {
      output: ignore,
      opened: ignore,
      data: ignore,
      closedByPeer: ignore,
      failed: () => void failures++,
      trace: ignore
    })
    server.start()
    const before = await usedBytes()
    // The largest accepted ClientHello, in records of one byte.
    server.receive(Buffer.from('16030100040101ffff', 'hex'))
    for (let i = 0; i < 0x1fffe; i++) server.receive(Buffer.from('160301000100', 'hex'))
    expect(failures).toBe(0)
    expect((await usedBytes()) - before).toBeLessThan(SLACK_BYTES)
  })
})
