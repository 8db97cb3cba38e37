import { describe, expect, it } from 'vitest'
import { networkDelays } from '../../../src/main/bearer/delays.ts'
import { HostNetwork } from '../../../src/main/bearer/host-network.ts'
import { MemoryNetwork } from '../../../src/main/bearer/memory-network.ts'
import type { RadioAccess } from '../../../src/main/bearer/radio-access.ts'
import { VirtualClock } from '../../../src/main/clock/virtual-clock.ts'
import type { ContextAnswer, NetworkEvent, RegistrationAnswer } from '../../../src/shared/contracts/bearer.ts'
import { openConditions } from '../../../src/shared/hardware/network-conditions.ts'

const request = { contextId: 1, type: 'IP', apn: '', authentication: 'pap', user: '', password: '' } as const

describe.each([
  ['over real sockets', (clock: VirtualClock): RadioAccess => new HostNetwork(clock, [])],
  ['in memory', (clock: VirtualClock): RadioAccess => new MemoryNetwork(clock)]
])('the radio side of the network %s (D-29)', (_, make) => {
  function access(): { clock: VirtualClock; radio: RadioAccess; events: NetworkEvent[] } {
    const clock = new VirtualClock()
    const radio = make(clock)
    const events: NetworkEvent[] = []
    radio.onEvent((event) => events.push(event))
    return { clock, radio, events }
  }

  it('is open from the factory, and its quick answers leave time within the 200 ms of a fresh module', () => {
    const { radio } = access()
    expect(radio.conditions).toEqual(openConditions)
    const { registrationMs, attachMs } = networkDelays.quick
    // Boot takes 100 ms.
    expect(100 + registrationMs + attachMs).toBeLessThan(200)
  })

  it('answers a search when there is coverage, once, and never after it was called off', () => {
    const { clock, radio } = access()
    radio.change({ registration: 'none' })
    const answers: RegistrationAnswer[] = []
    radio.register(null, (answer) => answers.push(answer))
    radio.register(null, () => expect.fail('it was called off')).cancel()
    clock.advance(1_000_000)
    radio.change({ registration: 'roaming' })
    clock.advance(networkDelays.quick.registrationMs - 1)
    expect(answers).toEqual([])
    clock.advance(1)
    expect(answers).toEqual([{ kind: 'roaming' }])
    radio.change({ registration: 'home' })
    clock.advance(1000)
    expect(answers).toHaveLength(1)
  })

  it('answers for the operator that was chosen', () => {
    const { clock, radio } = access()
    const answers: string[] = []
    for (const choice of ['Lab network', '00101', 'Barred network', 'Elsewhere'])
      radio.register(choice, ({ kind }) => answers.push(`${choice} ${kind}`))
    clock.advance(1000)
    expect(answers).toEqual(['Lab network home', '00101 home', 'Barred network denied'])
  })

  it('has no signal and gives no context where there is no coverage', () => {
    const { clock, radio } = access()
    radio.loseCoverage()
    expect(radio.signalQuality).toBe(99)
    radio.activateContext(request, () => expect.fail('nobody can hear it'))
    clock.advance(1000)
    radio.restoreCoverage()
    expect(radio.signalQuality).toBe(21)
  })

  it('brings back what was there before coverage was lost', () => {
    const { radio } = access()
    radio.change({ registration: 'roaming' })
    radio.loseCoverage()
    radio.loseCoverage()
    radio.restoreCoverage()
    expect(radio.conditions.registration).toBe('roaming')
    radio.restoreCoverage()
    expect(radio.operator.longName).toBe('Visited network')
  })

  it('tells what it does after its delay, with the cause, until nobody listens', () => {
    const { clock, radio, events } = access()
    radio.change({ registration: 'denied' }, 7)
    expect(events).toEqual([])
    clock.advance(networkDelays.quick.noticeMs)
    expect(events).toEqual([{ kind: 'expelled', sentence: 'The network does not admit this SIM any more.', cause: 7 }])
    const ear = radio.onEvent(() => expect.fail('nobody listens'))
    ear.cancel()
    radio.dropContext(3)
    radio.change({ registration: 'home', packetService: 'refused' })
    clock.advance(1000)
    expect(events.slice(1).map((event) => event.kind)).toEqual(['context-dropped', 'announced', 'detached'])
  })

  it('changes nothing that was not named, and is silent about what stays', () => {
    const { clock, radio, events } = access()
    radio.change({ signalQuality: 3, registration: undefined, apns: ['a'] })
    radio.change({ registration: 'home', packetService: 'allowed' })
    clock.advance(1000)
    expect(radio.conditions).toEqual({ ...openConditions, signalQuality: 3, apns: ['a'] })
    expect(events).toEqual([])
  })

  it('judges APN before user and password', () => {
    const { clock, radio } = access()
    radio.change({ apns: ['iot'], credentials: { user: 'u', password: 'p' } })
    const answers: ContextAnswer['kind'][] = []
    const reasons: string[] = []
    const ask = (change: Partial<typeof request> | { apn: string; user?: string; password?: string }): void =>
      void radio.activateContext({ ...request, ...change }, (answer) => {
        answers.push(answer.kind)
        if (answer.kind === 'rejected') reasons.push(answer.reason)
      })
    ask({})
    ask({ apn: 'IOT' })
    ask({ apn: 'iot', user: 'u', password: 'p' })
    clock.advance(100)
    expect([answers, reasons]).toEqual([
      ['rejected', 'rejected', 'accepted'],
      ['apn', 'authentication']
    ])
  })
})
