import { MemoryNetwork } from '../../src/main/bearer/memory-network.ts'
import { VirtualClock } from '../../src/main/clock/virtual-clock.ts'
import { Module } from '../../src/main/module/module.ts'
import { secureTransport } from '../../src/main/simulator/secure-transport.ts'
import { seededRandom } from '../../src/main/simulator/seeded-random.ts'
import { MemoryNvmStore } from '../../src/main/state/memory-nvm-store.ts'
import type { ModuleProfile } from '../../src/shared/products/profile.ts'

/**
 * Returns the responses of a fresh, registered module to the test form of each of its commands: by command name, the
 * lines before OK. A response of OK only is left out.
 */
export function typedTestAnswers(profile: ModuleProfile): ReadonlyMap<string, string> {
  const clock = new VirtualClock(Date.UTC(2026, 10, 23, 12))
  let printed = ''
  const module = new Module({
    profile,
    clock,
    timeline: { report: () => 0 },
    store: new MemoryNvmStore(),
    network: new MemoryNetwork(clock),
    transport: secureTransport({ random: seededRandom(1, 'docs') }),
    ports: [{ write: (bytes) => ((printed += Buffer.from(bytes).toString('latin1')), true), setReading: () => {} }]
  })
  module.pressOn()
  clock.advance(REGISTERED_MS)
  const [instance] = module.instances
  const type = (line: string): string => {
    printed = ''
    instance!.receive(Buffer.from(`${line}\r`, 'latin1')) // One port, so one instance.
    clock.advance(ANSWERED_MS)
    return printed
  }
  type('ATE0')
  const names = [...module.parts.commands.keys()].filter((name) => /^[+#]/.test(name))
  return new Map(names.map((name) => [name, linesOf(type(`AT${name}=?`), name)]))
}

function linesOf(answer: string, name: string): string {
  const match = /^(?:\r\n([^]*?)\r\n)?\r\nOK\r\n$/.exec(answer)
  if (!match) throw new Error(`AT${name}=? is not answered with OK: ${JSON.stringify(answer)}.`)
  return match[1] ?? ''
}

/** A fresh module registers within 200 ms of module time (D-29). */
const REGISTERED_MS = 300
/** The network in memory answers at once, by the clock. */
const ANSWERED_MS = 200
