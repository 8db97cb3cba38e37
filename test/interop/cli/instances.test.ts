import { describe, expect, it } from 'vitest'
import { at, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess } from '../../fixtures/simulator-process.ts'

describe.skipIf(!havePeers('pyserial'))('two AT instances', () => {
  it('are two ptys with echo, +CMEE and profile of their own, and one SSL socket (G-3.1-3)', async () => {
    const simulator = await startSimulatorProcess(['--instances', '2'])
    const [first, second] = simulator.ready.ports
    expect(first!.instance).toBe(0)
    expect(second!.instance).toBe(1)
    expect(first!.path).not.toBe(second!.path)
    try {
      await typeOverPort(first!.link, [...at('ATE0'), ...at('AT+CMEE=1'), ...at('AT#SSLEN=1,1')])
      await typeOverPort(second!.link, [
        { send: 'AT+CMEE?\r' },
        { expect: 'AT\\+CMEE\\?\\r\\r\\n\\+CMEE: 0\\r\\n' },
        ...at('AT#SSLEN=1,1', 'ERROR'),
        ...at('AT+CMEE=2'),
        ...at('AT#SSLEN=1,1', '\\+CME ERROR: SSL cannot activate'),
        { send: 'AT#SSLS=1\r' },
        { expect: '#SSLS: 1,1' }
      ])
      await typeOverPort(first!.link, at('AT#SSLEN=1,0'))
      await typeOverPort(second!.link, [...at('AT#SSLEN=1,1')])
      // While the first is in online mode, the second takes commands (G-4.2-2).
      await typeOverPort(second!.link, [...at('AT#SSLEN=1,0')])
      await typeOverPort(first!.link, [
        ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK'),
        ...at('AT#SSLEN=1,1'),
        ...at('AT#SSLD=1,443,"123.124.125.126",0,0', 'CONNECT')
      ])
      await typeOverPort(second!.link, [{ send: 'AT#SSLS=1\r' }, { expect: '#SSLS: 1,2,' }])
    } finally {
      expect(await simulator.stop()).toBe(0)
    }
  })
})
