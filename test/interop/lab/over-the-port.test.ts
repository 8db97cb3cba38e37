import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { labCertificates } from '../../../src/shared/lab/lab.ts'
import { cmeErrors } from '../../../src/shared/rules/errors.ts'
import { at, atPrints, storeSecurityData, typeOverPort, type HostStep } from '../../fixtures/at-host.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

/** Certificates and faults of the lab in the built program, over a real port. */
describe.skipIf(!havePeers('pyserial'))('the lab over the port', () => {
  let simulator: SimulatorProcess
  let control: ControlClient
  beforeAll(async () => {
    simulator = await startSimulatorProcess()
    control = await ControlClient.open(simulator.ready.control!)
    const ca = readFileSync(simulator.ready.lab.ca!, 'latin1')
    await typeOverPort(simulator.link, [
      ...at('ATE0'),
      ...at('AT+CMEE=1'),
      ...atPrints('AT#SGACT=1,1', '#SGACT: \\d+\\.\\d+\\.\\d+\\.\\d+'),
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...storeSecurityData(1, ca)
    ])
  })
  afterAll(async () => {
    control?.close()
    await simulator?.stop()
  })

  const dial = (host = '123.124.125.126'): string => `AT#SSLD=1,443,"${host}",0,1`
  const ends = (code: number, host?: string): HostStep[] => at(dial(host), `\\+CME ERROR: ${code}`)
  const connects = (host?: string): HostStep[] => [...at(dial(host)), ...at('AT#SSLH=1')]
  const faultsOf = async (): Promise<readonly string[]> =>
    (await control.snapshot()).lab.faults.map(({ fault }) => fault)

  it('each certificate ends as the table says', async () => {
    for (const { id, verifiedError } of labCertificates) {
      await control.setLab({ farEnd: 'tls', certificate: id })
      await typeOverPort(simulator.link, verifiedError === null ? connects() : ends(cmeErrors[verifiedError].code))
    }
    await control.setLab({ farEnd: 'tls', certificate: 'good' })
    await typeOverPort(simulator.link, connects())
  }, 120_000)

  it.each(['wrong-finished', 'refuses', 'bad-mac-in-handshake', 'closes-in-handshake', 'reset'] as const)(
    '%s ends a dial with 839, once',
    async (fault) => {
      await control.armFault({ fault, times: 'next', farEnd: 'tls' })
      // Other servers are not affected.
      await typeOverPort(simulator.link, [...connects('www.example.lab'), ...ends(839), ...connects()])
      expect(await faultsOf()).toEqual([])
      expect((await control.snapshot()).lab.strikes.at(-1)).toMatchObject({ fault, farEnd: 'tls' })
    },
    60_000
  )

  it('loses the context under a dial, which ends with 832', async () => {
    await control.armFault({ fault: 'context-dropped', times: 'next' })
    await typeOverPort(simulator.link, [
      ...ends(832),
      ...atPrints('AT#SGACT=1,1', '#SGACT: \\d+\\.\\d+\\.\\d+\\.\\d+'),
      ...connects()
    ])
  }, 60_000)

  it('tells a strike at somebody who is not the module, without a cause', async () => {
    await control.armFault({ fault: 'reset', times: 'next', farEnd: 'https' })
    const { host, port } = simulator.ready.lab.https!
    const code = await new Promise<string>((resolve) => {
      const socket = connect({ host, port }, () => socket.write('x'))
      socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code!))
    })
    expect(code).toBe('ECONNRESET')
    const { lab } = await control.snapshot()
    const [event] = await control.eventsAt([lab.strikes.at(-1)!.seq])
    expect(event).toMatchObject({
      cause: null,
      what: {
        kind: 'fault',
        sentence:
          'Connection reset at the Web server: it resets TCP once the module has sent a number of bytes (after 1 byte).'
      }
    })
  })

  it('says that it is off', async () => {
    const without = await startSimulatorProcess(['--lab', 'off'])
    const other = await ControlClient.open(without.ready.control!)
    expect((await other.snapshot()).lab.farEnds).toEqual([])
    await expect(other.setLab({ farEnd: 'tls', certificate: 'expired' })).rejects.toThrow('The lab is off')
    other.close()
    await without.stop()
  })
})
