import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { dispatch } from '../../../src/main/control/dispatch.ts'
import { parseCommandLine } from '../../../src/main/options/options.ts'
import { startSimulator, type Simulator } from '../../../src/main/simulator/simulator.ts'
import type { Snapshot } from '../../../src/shared/calls/snapshot.ts'
import { stateOf } from '../../../src/shared/statecharts/present-state.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

/** Starts a simulator, to switch the supply off and on through the API that the window uses (D-25, D-36). */
async function board(state: string): Promise<Simulator> {
  const options = parseCommandLine([
    '--headless',
    '--ui',
    'off',
    '--lab',
    'off',
    '--state',
    state,
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

const on = (simulator: Simulator) => until(simulator, (snapshot) => stateOf(snapshot, 'power') === 'on')
const type = (simulator: Simulator, line: string) =>
  simulator.api.type({ instance: 0, bytes: Buffer.from(`${line}\r`) })
const nvmText = (folder: string): string => readFileSync(join(folder, 'HE910', 'nvm.json'), 'utf8')

describe('the plug of the power supply', () => {
  it('takes everything down at once and leaves NVM as it is; the ON key works again once it is in', async () => {
    const folder = scratchFolder()
    const simulator = await board(folder)
    await type(simulator, 'AT+CGDCONT=1,"IP","kept"')
    await type(simulator, 'AT#SGACT=1,1')
    await until(simulator, (snapshot) => stateOf(snapshot, 'pdp') === 'active')
    const stored = nvmText(folder)
    expect(stored).toContain('kept')

    await simulator.api.setSupply({ on: false })
    const dark = await simulator.api.snapshot()
    expect([dark.supply.on, stateOf(dark, 'power'), stateOf(dark, 'pdp'), stateOf(dark, 'data')]).toEqual([
      false,
      'off',
      'inactive',
      'off'
    ])
    expect(nvmText(folder)).toBe(stored)
    await simulator.api.pressKey({ key: 'on' })
    await simulator.api.pressKey({ key: 'reset' })
    expect(stateOf(await simulator.api.snapshot(), 'power')).toBe('off')

    await simulator.api.setSupply({ on: true })
    const fed = await simulator.api.snapshot()
    expect([fed.supply.on, stateOf(fed, 'power')]).toEqual([true, 'off'])
    await simulator.api.pressKey({ key: 'on' })
    expect((await on(simulator)).context.apn).toBe('kept')
    const { events } = await simulator.api.events({ fromSeq: 0, limit: 5000 })
    const unplugged = events.find(({ what }) => what.kind === 'transition' && what.event === 'UNPLUG')
    expect(events.find(({ seq }) => seq === unplugged?.cause)?.what).toMatchObject({
      kind: 'note',
      sentence: 'The plug was pulled.'
    })
    expect(
      events.flatMap(({ what }) => (what.kind === 'note' && what.sentence.includes('plug') ? [what.sentence] : []))
    ).toEqual([
      'The plug was pulled.',
      'The ON key was pressed; the plug is out, so nothing happens.',
      'The RESET key was pressed; the plug is out, so nothing happens.',
      'The plug was put in; the ON key starts the module.'
    ])
  })

  it('stays out when another product is put on the board, and pulling it twice is pulling it once', async () => {
    const simulator = await board('none')
    await on(simulator)
    await simulator.api.setSupply({ on: false })
    await simulator.api.setSupply({ on: false })
    await simulator.api.selectProduct({ product: 'GE865-QUAD', software: null })
    const other = await simulator.api.snapshot()
    expect([other.product.name, other.supply.on, stateOf(other, 'power')]).toEqual(['GE865-QUAD', false, 'off'])
    await simulator.api.setSupply({ on: true })
    await simulator.api.pressKey({ key: 'on' })
    await on(simulator)
  })

  it('is checked at the contract', async () => {
    const simulator = await board('none')
    await expect(dispatch(simulator.api, 'setSupply', [{ on: 'no' }])).rejects.toThrow()
    await expect(dispatch(simulator.api, 'setSupply', [{ on: false, key: 'on' }])).rejects.toThrow()
  })
})
