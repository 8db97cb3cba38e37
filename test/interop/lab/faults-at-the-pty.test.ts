import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isDatagramFault, labFaults } from '../../../src/shared/lab/faults.ts'
import { tlsMisbehaviours } from '../../../src/shared/tls/misbehaviours.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { flows, play, trialsOf, type FlowName, type PtyBench } from '../../fixtures/fault-flows.ts'
import { PtyHost } from '../../fixtures/pty-host.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

// Every fault of the lab in the built program, armed over the API and met by a host on the pty.
// Faults of datagrams strike at plain sockets: test/unit/network/datagram-faults.test.ts.
const faultsOfConnections = labFaults.filter(({ id }) => !isDatagramFault(id))
const trials = faultsOfConnections.flatMap((fault) => trialsOf(fault).map((trial) => ({ fault, trial })))
const flowNames = Object.keys(flows) as FlowName[]

describe.skipIf(process.platform === 'win32')('each fault strikes at the pty', () => {
  let simulator: SimulatorProcess
  let bench: PtyBench
  /** What the host reads in each flow while no fault is armed. */
  const clean = new Map<FlowName, string>()

  beforeAll(async () => {
    simulator = await startSimulatorProcess()
    const { control, lab } = simulator.ready
    const host = await PtyHost.open(simulator.link)
    bench = { host, control: await ControlClient.open(control!), ftps: `${lab.ftps!.host}:${lab.ftps!.port}` }
    await host.at('AT+CMEE=1;#SGACT=1,1;#SSLEN=1,1;#SSLSECCFG=1,0,1;#FTPCFG=100,0,1')
    await host.store(1, readFileSync(lab.ca!, 'latin1'))
    for (const flow of flowNames) clean.set(flow, await play(bench, flow))
  })
  afterAll(async () => {
    bench?.host.close()
    bench?.control.close()
    await simulator?.stop()
  })

  it('every fault and every misbehaviour of the TLS server is tried, and every flow is one of a fault', () => {
    const tried = new Set(trials.map(({ fault }) => fault.id))
    expect(faultsOfConnections.filter(({ id }) => !tried.has(id))).toEqual([])
    expect(tlsMisbehaviours.filter(({ name }) => !tried.has(name))).toEqual([])
    const played = new Set(trials.map(({ trial }) => trial.flow))
    expect(flowNames.filter((flow) => !played.has(flow))).toEqual([])
  })

  it('only a fault that is declared to be seen by nobody reads as if there were none', () => {
    const unseen = faultsOfConnections.filter((fault) => trialsOf(fault).every(({ reads }) => reads === null))
    for (const { id, seen } of unseen)
      expect([id, seen]).toEqual([id, { error: null, more: 'nothing: the connection continues' }])
  })

  it.each(flowNames)('without a fault, %s goes well', (flow) => {
    expect(clean.get(flow)).not.toMatch(/ERROR|TIMEOUT|DISCONNECTED/)
  })

  it.each(trials)(
    '$fault.id strikes in the flow $trial.flow',
    async ({ fault, trial: { flow, reads, parameter, untilTimeout } }) => {
      await bench.control.armFault({
        fault: fault.id,
        times: 'next',
        ...(parameter === undefined ? {} : { parameter })
      })
      const heard = await play(bench, flow, untilTimeout)
      if (reads === null) expect(heard).toBe(clean.get(flow))
      else {
        expect(heard).toMatch(reads)
        expect(clean.get(flow)).not.toMatch(reads)
      }
      const { lab } = await bench.control.snapshot()
      expect(lab.faults).toEqual([])
      expect(lab.strikes.at(-1)).toMatchObject({ fault: fault.id })
    }
  )
})
