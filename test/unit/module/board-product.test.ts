import { describe, expect, it } from 'vitest'
import { MemoryNetwork } from '../../../src/main/bearer/memory-network.ts'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import { ArmedFaults } from '../../../src/main/lab/armed-faults.ts'
import { Board } from '../../../src/main/simulator/board.ts'
import { secureTransport } from '../../../src/main/simulator/secure-transport.ts'
import { seededRandom } from '../../../src/main/simulator/seeded-random.ts'
import type { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { NvmShelf } from '../../../src/main/state/nvm-shelf.ts'

/** A shelf that stores the NVM of one product only. */
class OneProductShelf extends NvmShelf {
  constructor(private readonly product: string) {
    super(null)
  }

  override storeOf(product: string): MemoryNvmStore {
    if (product !== this.product) throw new Error(`The NVM of ${product} cannot be read.`)
    return super.storeOf(product) as MemoryNvmStore
  }
}

describe('another product on the board', () => {
  it('that cannot have its NVM changes nothing: module and profile switches stay those of the old one', () => {
    const clock = new VirtualClock()
    const timeline = { report: () => 0 }
    const board = new Board(
      {
        clock,
        timeline,
        network: new MemoryNetwork(clock),
        shelf: new OneProductShelf('HE910'),
        faults: new ArmedFaults(timeline, () => clock.nowMs()),
        pace: { speed: 1, setSpeed: () => {} },
        desk: () => {
          throw new Error('There is no lab.')
        },
        random: () => seededRandom(1, 'module'),
        latency: () => null,
        transport: (random) => secureTransport({ random }),
        ports: [{ write: () => true, setReading: () => {} }]
      },
      { product: 'HE910', software: null, switches: {}, preloadedCa: null }
    )
    const { module, store } = board
    expect(() => board.selectProduct('GE865-QUAD', null)).toThrow('The NVM of GE865-QUAD cannot be read.')
    expect([board.module === module, board.store === store]).toEqual([true, true])
    // A switch changes the profile of the present module.
    const before = { ...module.parts.profile }
    board.switches.set({ name: 'sha256Chains', value: 'refused' }, timeline)
    expect(module.parts.profile).not.toEqual(before)
  })
})
