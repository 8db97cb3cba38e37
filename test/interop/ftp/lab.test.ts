import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { at, storeSecurityData, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess } from '../../fixtures/simulator-process.ts'

it.skipIf(!havePeers('pyserial'))(
  'G-5-6 the example of chapter 5 over the pty against the lab, whose address and CA are in the ready line',
  async () => {
    const simulator = await startSimulatorProcess()
    try {
      const { ftps, ca } = simulator.ready.lab
      const { matches } = await typeOverPort(simulator.link, [
        ...at('ATE0'),
        { send: 'AT#SGACT=1,1\r' },
        { expect: '\\r\\nOK\\r\\n' },
        ...at('AT#FTPCFG=100,0,1'),
        ...at('AT#SSLSECCFG=1,0,1'),
        ...storeSecurityData(1, readFileSync(ca!, 'utf8')),
        ...at(`AT#FTPOPEN="${ftps!.host}:${ftps!.port}","me","any",1`),
        { send: 'AT#FTPGET="file.txt"\r' },
        { expect: '\\r\\nCONNECT\\r\\n.*\\r\\nNO CARRIER\\r\\n' },
        ...at('AT#FTPCLOSE')
      ])
      expect(matches.find((one) => one.includes('CONNECT'))).toContain('This file came through FTP with TLS')
    } finally {
      await simulator.stop()
    }
  }
)
