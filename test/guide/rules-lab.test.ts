import { readFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { at, atPrints, storeSecurityData, typeOverPort, type HostStep } from '../fixtures/at-host.ts'
import { havePeers } from '../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../fixtures/simulator-process.ts'

// A route leads the guide's address to the lab, so that the examples can be typed unchanged.

let simulator: SimulatorProcess | null = null
afterEach(async () => {
  await simulator?.stop()
  simulator = null
})

const exchange: HostStep[] = [
  { send: 'AT#SSLSEND=1\r' },
  { expect: '\\r\\n> ' },
  { send: 'to the lab\x1a' },
  { expect: '\\r\\nOK\\r\\n' },
  ...atPrints('AT#SSLRECV=1,100', '#SSLRECV: 10\\r\\nto the lab'),
  ...at('AT#SSLH=1')
]

describe.skipIf(!havePeers('pyserial'))('the lab (D-30)', () => {
  it("answers at the guide's address with a certificate of its own authority, and --route leads elsewhere", async () => {
    const first: Buffer[] = []
    const elsewhere = createServer((socket) =>
      socket.once('data', (bytes) => {
        first.push(bytes)
        socket.end()
      })
    )
    await new Promise<void>((resolve) => elsewhere.listen(0, '127.0.0.1', resolve))
    simulator = await startSimulatorProcess([
      '--route',
      `nowhere.example:4433=127.0.0.1:${(elsewhere.address() as AddressInfo).port}`
    ])
    const ca = readFileSync(simulator.ready.lab.ca!, 'utf8')
    await typeOverPort(simulator.link, [
      ...at('ATE0'),
      ...at('AT+CMEE=1'),
      ...atPrints('AT#SGACT=1,1', '#SGACT: \\d+\\.\\d+\\.\\d+\\.\\d+'),
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...storeSecurityData(1, ca),
      ...at('AT#SSLD=1,443,"123.124.125.126",0,1'),
      ...exchange,
      ...at('AT#SSLD=1,4433,"nowhere.example",0,1', '\\+CME ERROR: 839')
    ])
    elsewhere.close()
    // A TLS handshake record arrived there.
    expect(first.map((bytes) => bytes[0])).toEqual([22])
  })
})
