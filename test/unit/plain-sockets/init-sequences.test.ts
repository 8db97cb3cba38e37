import { describe, expect, it } from 'vitest'
import { products } from '../../../src/shared/products/catalog.ts'
import { PlainBench } from '../../fixtures/plain-bench.ts'

// What published drivers type for a plain socket, in their order, on the newest version of every product. Lines that
// are no socket's (identity, SMS, GPIO) are left out. `>` begins data behind a prompt; a text without one is a command.

interface Step {
  readonly type: string
  /** What must come, without the echo. */
  readonly sees: string | RegExp
}

const ok = '\r\nOK\r\n'
const at = (type: string, sees: string | RegExp = ok): Step => ({ type: `${type}\r`, sees })
const data = (type: string, sees: string | RegExp = ok): Step => ({ type, sees })

const drivers: Readonly<Record<string, readonly Step[]>> = {
  'a Python driver (GE910, GL865): command mode, polls #SI and #SS': [
    at('AT#SCFGEXT=1,0,0,0,0,0'),
    at('AT#SCFGEXT2=1,0,0,0,0,0'),
    at('AT#SD=1,0,7,1.2.3.4,0,0,1'),
    at('AT#SSENDEXT=1,5', '\r\n> '),
    data('hello', /^\r\nOK\r\n/),
    at('AT#SRECV=1,128', '\r\n#SRECV: 1,5\r\nhello\r\n\r\nOK\r\n'),
    at('AT#SRECV=1,128', /activation failed/),
    at('AT#SI=1', '\r\n#SI: 1,5,5,0,0\r\n\r\nOK\r\n'),
    at('AT#SS=1', /#SS: 1,2,/),
    at('AT#SH=1')
  ],
  'an HE910 driver for vehicles: #SCFG, closure type 255, text of exact length': [
    at('AT#SCFG=1,1,300,90,600,50'),
    at('AT#SGACT=1,0', /OK/),
    at('AT#SGACT=1,1', /#SGACT: [\d.]+\r\n\r\nOK\r\n/),
    at('AT#SGACT?', /#SGACT: 1,1/),
    at('AT#SD=1,0,7,"1.2.3.4",255,1,1'),
    at('AT#SS=1', /#SS: 1,2,/),
    at('AT#SSENDEXT=1,3', '\r\n> '),
    data('abc', /^\r\nOK\r\n/),
    at('AT#SS=1', /#SS: 1,3,/),
    at('AT#SRECV=1,3', '\r\n#SRECV: 1,3\r\nabc\r\n\r\nOK\r\n'),
    at('AT#SH=1')
  ],
  'an Arduino library (GL868): srMode 1, #SCFGEXT3, Ctrl-Z behind the count': [
    at('AT#SCFGEXT=1,1,0,0,0,0'),
    at('AT#SCFGEXT2=1,0,0,0,0,0'),
    at('AT#SCFGEXT3=1,0,1,0,0,0'),
    at('AT#SD=1,0,7,"1.2.3.4",255,0,1'),
    at('AT#SS=1', /#SS: 1,2,/),
    at('AT#SSENDEXT=1,4', '\r\n> '),
    data('ping\x1a', /^\r\nOK\r\n\r\nSRING: 1,4\r\n$/),
    at('AT#SRECV=1,4', '\r\n#SRECV: 1,4\r\nping\r\n\r\nOK\r\n'),
    at('AT#SH=1')
  ],
  'a driver that dials online, suspends with +++ and closes': [
    at('AT#SCFG=1,1,300,90,600,50'),
    at('AT#SD=1,0,7,"1.2.3.4",0', '\r\nCONNECT\r\n'),
    data('x', ''),
    data('', /^x$/),
    data('+++', ''),
    data('', /OK\r\n/),
    at('AT#SH=1')
  ],
  'a UDP stack: a local port, then datagrams to any peer': [
    at('AT#SSLH=6,0', /ERROR/),
    at('AT#SCFGEXT=2,1,0,0'),
    at('AT#SD=2,1,1,"127.0.0.1",0,5000,1'),
    at('AT#SI=2', '\r\n#SI: 2,0,0,0,0\r\n\r\nOK\r\n'),
    at('AT#SSENDUDPEXT=2,2,"1.2.3.4",9', '\r\n> '),
    data('ab\x1a', /^\r\nOK\r\n/),
    at('AT#SI=2', /#SI: 2,2,2,2,0/),
    at('AT#SRECV=2,1500,1', '\r\n#SRECV: 1.2.3.4,9,2,2,0\r\nab\r\n\r\nOK\r\n'),
    at('AT#SH=2')
  ],
  'a server in the field: #FRWL, #SL, #SA in command mode': [
    at('AT#SCFG=1,1,0,0,150,1'),
    at('AT#SCFGEXT=1,1,0,1'),
    at('AT#FRWL=1,"213.14.250.214","255.255.255.0"'),
    at('AT#SL=1,1,80,255'),
    at('AT#SS=1', /#SS: 1,4,/),
    at('AT#SL=1,0,80,255'),
    at('AT#SS=1', '\r\n#SS: 1,0\r\n\r\nOK\r\n')
  ]
}

const newest = products.map(({ name }) => name)

describe.each(Object.entries(drivers))('%s', (_driver, steps) => {
  it.each(newest)('runs on %s', (product) => {
    const bench = new PlainBench({ product }).echo()
    bench.network.listenDatagrams('1.2.3.4', 9, (bytes, _from, reply) => reply(bytes))
    bench.at('AT+CMEE=2')
    for (const { type, sees } of steps) {
      const early = bench.type(type)
      // The guard time of +++ is 1 s, and txTo 5 s.
      bench.pass(type.endsWith('\r') ? 120 : type === '' ? 7000 : 300)
      const seen = early + bench.output()
      if (typeof sees === 'string') expect(seen, JSON.stringify(type)).toBe(sees)
      else expect(seen, JSON.stringify(type)).toMatch(sees)
    }
  })
})
