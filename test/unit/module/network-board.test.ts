import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dispatch } from '../../../src/main/control/dispatch.ts'
import { parseCommandLine } from '../../../src/main/options/options.ts'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator.ts'
import { FileNvmStore } from '../../../src/main/state/file-nvm-store.ts'
import type { Snapshot } from '../../../src/shared/calls/snapshot.ts'
import { stateOf } from '../../../src/shared/statecharts/present-state.ts'
import { Bench } from '../../fixtures/bench.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

/** Starts a simulator, to test the board's buttons through the API that the window uses. */
async function board(state: string | null = null): Promise<Simulator> {
  const options = parseCommandLine([
    '--headless',
    '--ui',
    'off',
    '--lab',
    'off',
    '--state',
    state ?? 'none',
    '--link',
    join(scratchFolder(), 'tty')
  ])
  const simulator = await startSimulator({ ...options, speed: 50 })
  onTestFinished(() => simulator.close())
  return simulator
}

async function until(simulator: Simulator, condition: (snapshot: Snapshot) => boolean): Promise<Snapshot> {
  const now = await simulator.api.snapshot()
  if (condition(now)) return now
  return await new Promise<Snapshot>((resolve) => {
    const stop = simulator.api.subscribe(({ snapshot }) => {
      if (!condition(snapshot)) return
      stop()
      resolve(snapshot)
    })
  })
}

describe('the network on the board', () => {
  it('is shown as it is, goes out of reach and comes back', async () => {
    const simulator = await board()
    const fresh = await until(simulator, (snapshot) => snapshot.network.attached)
    expect(fresh.conditions).toMatchObject({ registration: 'home', apns: 'any', packetService: 'allowed' })
    expect(fresh.network).toMatchObject({ operator: 'Lab network', signalQuality: 21 })
    await simulator.api.networkEvent({ kind: 'lose-coverage' })
    const lost = await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'searching')
    expect(lost.network).toMatchObject({ operator: '', signalQuality: 99, attached: false })
    await simulator.api.networkEvent({ kind: 'restore' })
    await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'home')
    await simulator.api.setNetwork({ registration: 'roaming', signalQuality: 7 })
    const roaming = await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'roaming')
    expect(roaming.network).toMatchObject({ operator: 'Visited network', operatorCode: '99901', signalQuality: 7 })
  })

  it('drops a context and detaches, and says so in the timeline', async () => {
    const simulator = await board()
    await simulator.api.type({ instance: 0, bytes: Buffer.from('AT#SGACT=1,1\r') })
    await until(simulator, (snapshot) => stateOf(snapshot, 'pdp') === 'active')
    await simulator.api.networkEvent({ kind: 'drop-context' })
    await until(simulator, (snapshot) => stateOf(snapshot, 'pdp') === 'inactive')
    await simulator.api.networkEvent({ kind: 'detach' })
    await until(simulator, (snapshot) => !snapshot.network.attached)
    const { events } = await simulator.api.events({ fromSeq: 0, limit: 5000 })
    expect(events.flatMap(({ what }) => (what.kind === 'note' ? [what.sentence] : []))).toEqual([
      'The network was told to drop context 1.',
      'The network was told to detach the module.'
    ])
  })

  it('survives the choice of another product', async () => {
    const simulator = await board()
    await simulator.api.setNetwork({
      registration: 'denied',
      apns: ['a', 'b'],
      credentials: { user: 'u', password: 'p' }
    })
    await simulator.api.selectProduct({ product: 'GE865-QUAD', software: null })
    const denied = await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'denied')
    expect(denied.conditions).toMatchObject({ apns: ['a', 'b'], credentials: { user: 'u', password: 'p' } })
  })

  it('takes nothing that is no condition of a network', async () => {
    const simulator = await board()
    const refused = [
      ['setNetwork', { registration: 'lost' }],
      ['setNetwork', { signalQuality: 32 }],
      ['setNetwork', { apns: 'internet' }],
      ['setNetwork', { operator: 'x' }],
      ['networkEvent', { kind: 'explode' }],
      ['networkEvent', { kind: 'drop-context', contextId: 6 }],
      ['setSim', { pin: '12' }],
      ['setSim', { tries: 3 }]
    ] as const
    for (const [call, argument] of refused) {
      await expect(dispatch(simulator.api, call, [argument]), `${call} ${JSON.stringify(argument)}`).rejects.toThrow(
        /^The call \w+ was refused: .*\.$/
      )
    }
  })
})

describe('the SIM on the board', () => {
  it('is taken out and put in', async () => {
    const simulator = await board()
    await simulator.api.setSim({ inserted: false })
    const out = await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'idle')
    expect(out.sim).toMatchObject({ inserted: false, state: 'absent' })
    await simulator.api.setSim({ inserted: true })
    expect((await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'home')).sim.state).toBe('ready')
  })

  it('asks for its PIN from the next start on, and keeps its tries in another product', async () => {
    const simulator = await board()
    await simulator.api.setSim({ pin: '0815', pinEnabled: true })
    expect((await simulator.api.snapshot()).sim).toMatchObject({ state: 'ready', pin: '0815', pinEnabled: true })
    await simulator.api.pressKey({ key: 'reset' })
    await until(simulator, (snapshot) => stateOf(snapshot, 'sim') === 'pinRequired')
    await simulator.api.type({ instance: 0, bytes: Buffer.from('AT+CPIN=1234\r') })
    await simulator.api.selectProduct({ product: 'UE910-EUR', software: null })
    const other = await until(simulator, (snapshot) => stateOf(snapshot, 'sim') === 'pinRequired')
    expect(other.sim.pinTriesLeft).toBe(2)
    await simulator.api.setSim({ fresh: true })
    expect((await simulator.api.snapshot()).sim).toMatchObject({
      state: 'ready',
      pinTriesLeft: 3,
      pin: '1234',
      pinEnabled: false
    })
  })
})

describe('a start with a network that is not there', () => {
  it('goes on without it and says so (at-reference 2.1: +COPS is kept)', async () => {
    const state = scratchFolder()
    const bench = new Bench({ store: new FileNvmStore(state, 'HE910') })
    bench.at('AT+COPS=1,0,"Barred network"')
    const simulator = await board(state)
    expect(simulator.notices).toEqual([
      'The module is not registered: it is denied. AT+COPS=0 lets it take any network.'
    ])
    await simulator.api.type({ instance: 0, bytes: Buffer.from('AT+COPS=0\r') })
    await until(simulator, (snapshot) => stateOf(snapshot, 'registration') === 'home')
  })
})
