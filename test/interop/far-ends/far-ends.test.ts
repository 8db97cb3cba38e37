import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { allSuites, type CipherSuite } from '../../../src/shared/tls/suites.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { TcpHost } from '../../fixtures/tcp-host.ts'
import { peerServers, type PeerServer, type PeerServerKind } from '../../fixtures/tls-peer-servers.ts'

// Every server with every suite of every family, without authentication and with server and client authentication, by
// AT commands on the port of the running program. Where a server's build lacks a suite, the test is skipped with the
// reason.

const { ca, client } = testPki()
const families = ['HE910', 'GE865-QUAD'].map((product) => ({
  product,
  suites: profileOf(product, null).suites.numbered
}))
const authentications = ['no', 'server', 'server and client'] as const

describe.each(families)('$product', ({ product, suites }) => {
  let simulator: SimulatorProcess
  let host: TcpHost
  beforeAll(async () => {
    simulator = await startSimulatorProcess(['--product', product, '--tcp', '0', '--lab', 'off'])
    host = await TcpHost.open(simulator.ready.tcp!)
    const answers = [await host.at('AT+CMEE=2'), await host.at('AT#SGACT=1,1'), await host.at('AT#SSLEN=1,1')]
    answers.push(await host.store(1, ca.pem), await host.store(0, client.pem), await host.store(2, client.keyPkcs1Pem))
    expect(answers.filter((answer) => !answer.endsWith('\r\nOK\r\n'))).toEqual([])
  })
  afterAll(async () => {
    host?.close()
    await simulator?.stop()
  })

  /** Dials in command mode, sends a request, reads the response, and closes, unless the server does so first. */
  async function exchange(
    server: PeerServer,
    { request, answer }: PeerServerKind,
    number: number,
    authentication: number
  ): Promise<void> {
    expect(await host.at(`AT#SSLSECCFG=1,${number},${authentication}`)).toMatch(/OK\r\n$/)
    expect(await host.at(`AT#SSLD=1,${server.port},"127.0.0.1",0,1`)).toMatch(/OK\r\n$/)
    try {
      expect(await host.at('AT#SSLS=1')).toContain(`#SSLS: 1,2,${number}`)
      expect(await host.at('AT#SSLSEND=1')).toMatch(/\r\n> $/)
      expect(await host.enter(`${request}\x1a`)).toMatch(/OK\r\n$/)
      let received = ''
      while (!answer.test(received)) received += dataIn(await host.at('AT#SSLRECV=1,1000'))
    } finally {
      await host.at('AT#SSLH=1')
    }
    expect(await host.at('AT#SSLS=1')).toContain('#SSLS: 1,1\r\n')
  }

  describe.each(peerServers.map((kind) => ({ kind, name: kind.name })))('$name', ({ kind }) => {
    const here = havePeers(...kind.needs)
    let open: PeerServer
    let closed: PeerServer
    beforeAll(async () => {
      if (here) [open, closed] = await Promise.all([kind.start('any'), kind.start('with certificate')])
    })
    afterAll(() => Promise.all([open?.stop(), closed?.stop()]))

    for (const suite of suites) {
      for (const [index, authentication] of authentications.entries()) {
        const reason = whyNot(kind, suite, here)
        const title = `${suite.shortName}, ${authentication} authentication`
        if (reason !== null) it.skip(`${title}: ${reason}`, () => undefined)
        else it(title, () => exchange(index === 2 ? closed : open, kind, suites.indexOf(suite) + 1, index))
      }
    }
  })
})

/** The matrix is complete: together, the families have every suite of the guide. */
it('covers every suite', () => {
  expect(allSuites.filter((suite) => !families.some(({ suites }) => suites.includes(suite)))).toEqual([])
})

/** Returns the data in a response to `#SSLRECV`. */
function dataIn(answer: string): string {
  const data = /#SSLRECV: \d+\r\n([\s\S]*)\r\n\r\nOK\r\n$/.exec(answer)?.[1]
  if (data === undefined) throw new Error(`#SSLRECV was answered by ${JSON.stringify(answer)}`)
  return data
}

function whyNot({ name, suites, lacks }: PeerServerKind, suite: CipherSuite, here: boolean): string | null {
  if (!here) return `${name} is not installed`
  return suites.includes(suite) ? null : lacks
}
