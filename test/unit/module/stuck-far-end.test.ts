import { randomBytes } from 'node:crypto'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { createTlsServer } from '../../../src/main/tls/server.ts'
import { allSuites } from '../../../src/shared/tls/suites.ts'
import { HostBench } from '../../fixtures/host-bench.ts'
import { testPki } from '../../fixtures/pki.ts'

// A server on a real socket that stops reading, until the operating system takes no more (D-38).

const cleanUps: (() => void)[] = []
afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp()
})

describe('a server that reads no more', () => {
  it('M-4: gets what was told to be sent, and nothing of the send that ended in 832', async () => {
    let socket: Socket | null = null
    let over = false
    const received: string[] = []
    const identity = testPki().server
    const server = createServer((taken) => {
      socket = taken
      const tls = createTlsServer(
        {
          suites: allSuites,
          random: { bytes: (length) => randomBytes(length) },
          clockMs: () => Date.now(),
          identity: { chainDer: [identity.der], privateKey: identity.privateKey },
          clientCertificates: { ask: 'never' }
        },
        {
          output: (bytes) => void taken.write(bytes),
          opened: () => {},
          data: (bytes) => received.push(Buffer.from(bytes).toString('latin1')),
          closedByPeer: () => {},
          failed: () => {},
          trace: () => {}
        }
      )
      tls.start()
      taken.on('data', (bytes) => tls.receive(bytes))
      taken.on('error', () => {})
      taken.on('close', () => (over = true))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    cleanUps.push(() => server.close())
    const bench = await new HostBench('GE865-QUAD').ready()
    cleanUps.push(() => bench.close())
    await bench.at('AT#SSLEN=1,1')
    expect(await bench.at(`AT#SSLD=1,${(server.address() as AddressInfo).port},"127.0.0.1",0,1`)).toBe('\r\nOK\r\n')
    socket!.pause()
    // Fills all buffers: sends like the module, but in larger pieces than a command could.
    const { ssl } = bench.module.parts
    let sentBytes = 0
    for (let taken = true; taken;) {
      taken = await new Promise<boolean>((resolve) =>
        ssl.send({ bytes: Buffer.alloc(32_768, 'x'), causes: [] }, 1000, 0, (outcome) => resolve(outcome.kind === 'ok'))
      )
      if (taken) sentBytes += 32_768
    }
    expect(ssl.status()).toBe('1,1')
    expect(sentBytes).toBeGreaterThan(0)
    socket!.resume()
    await bench.when(() => over)
    // Not more bytes than were sent. What TCP still held is lost with the connection, as on hardware.
    expect(received.join('').length).toBeLessThanOrEqual(sentBytes)
  })
})
