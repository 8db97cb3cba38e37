import { describe, expect, it } from 'vitest'
import type { AnyHandler } from '../../../src/main/module/commands/handler.ts'
import { handlers } from '../../../src/main/module/commands/index.ts'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { commands } from '../../../src/shared/commands/index.ts'
import { cmeErrors } from '../../../src/shared/rules/errors.ts'
import { Bench } from '../../fixtures/bench.ts'

describe('declarations', () => {
  it('each have a handler for each of their forms, and no handler is undeclared', () => {
    const forms = commands.flatMap((one) => one.forms.map((form) => `${one.name} ${form}`))
    const all: Readonly<Record<string, AnyHandler>> = handlers
    const handled = Object.entries(all).flatMap(([name, handler]) =>
      (['set', 'read', 'execute'] as const).filter((form) => handler[form]).map((form) => `${name} ${form}`)
    )
    expect(handled.toSorted()).toEqual(forms.toSorted())
  })

  it('are one for each name', () => {
    expect(new Set(commands.map((one) => one.name)).size).toBe(commands.length)
  })

  it('answer their test form in every product', () => {
    for (const product of ['HE910', 'GE865-QUAD']) {
      const bench = new Bench({ product })
      for (const { name } of bench.module.parts.commands.values()) {
        if (!/^[+#]/.test(name)) continue
        expect(bench.at(`AT${name}=?`), name).toMatch(/^(\r\n\S[^\r]*\r\n)?\r\nOK\r\n$/)
      }
    }
  })

  it('number each error once', () => {
    const codes = Object.values(cmeErrors).map((one) => one.code)
    expect(new Set(codes).size).toBe(codes.length)
  })
})

describe('a fresh module (D-29)', () => {
  it('is silent while it boots, then registers as home within 200 ms and has the network time', () => {
    const bench = new Bench({ powered: false })
    bench.module.pressOn()
    expect(bench.type('AT\r')).toBe('')
    bench.pass(100)
    expect(bench.at('AT+CREG?')).toContain('+CREG: 0,2')
    bench.pass(100)
    expect(bench.at('AT+CREG?;+CGREG?')).toContain('+CREG: 0,1')
    expect(bench.at('AT+CCLK?')).toMatch(/"26\/11\/23,12:00:00\+00"/)
    expect(bench.at('AT+CGDCONT?')).toBe('\r\n+CGDCONT: 1,"IP","","",0,0\r\n\r\nOK\r\n')
    expect(bench.at('AT+CPIN?')).toBe('\r\n+CPIN: READY\r\n\r\nOK\r\n')
  })

  it('makes #SGACT wait for the registration', () => {
    const bench = new Bench({ powered: false })
    bench.module.pressOn()
    bench.pass(100)
    bench.type('ATE0\r')
    expect(bench.type('AT#SGACT=1,1\r')).toBe('')
    expect(bench.pass(100).output()).toBe('\r\n#SGACT: 10.64.18.7\r\n\r\nOK\r\n')
  })
})

describe('identity', () => {
  it('differs by product', () => {
    expect(new Bench().at('AT+CGMM;+CGMR;#CGMI')).toBe('\r\nHE910\r\n\r\n12.00.005\r\n\r\n#CGMI: Telit\r\n\r\nOK\r\n')
    expect(new Bench({ product: 'GE865-QUAD' }).at('AT+GMM;+GMR')).toBe('\r\nGE865-QUAD\r\n\r\n10.01.003\r\n\r\nOK\r\n')
  })
})

describe('registration', () => {
  it('is reported as +CREG asks, with area and cell in mode 2', () => {
    const bench = new Bench()
    bench.at('AT+CREG=2;+CGREG=1')
    expect(bench.at('AT+COPS=2')).toBe('\r\nOK\r\n\r\n+CGREG: 0\r\n\r\n+CREG: 0\r\n')
    expect(bench.at('AT+COPS?')).toBe('\r\n+COPS: 2\r\n\r\nOK\r\n')
    expect(bench.at('AT+COPS=0')).toMatch(
      /^\r\nOK\r\n\r\n\+CREG: 2\r\n\r\n\+CGREG: 2\r\n\r\n\+CREG: 1,"00C8","0015A2B1",2\r\n\r\n\+CGREG: 1\r\n$/
    )
    expect(bench.at('AT+COPS?')).toContain('+COPS: 0,0,"Lab network"')
    expect(bench.at('AT+COPS=3,2;+COPS?')).toContain('+COPS: 0,2,"00101"')
    expect(bench.at('AT+COPS=1,0,"Elsewhere"')).toBe('\r\nERROR\r\n')
  })

  it('goes with the radio, and the context with it (+CFUN, +CGATT)', () => {
    const bench = new Bench()
    bench.at('AT#SGACT=1,1')
    expect(bench.at('AT+CFUN=4')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SGACT?;+CREG?;+CFUN?;+CSQ')).toContain(
      '#SGACT: 1,0\r\n\r\n+CREG: 0,0\r\n\r\n+CFUN: 4\r\n\r\n+CSQ: 99,99'
    )
    bench.at('AT+CMEE=1')
    expect(bench.at('AT#SGACT=1,1')).toBe('\r\n+CME ERROR: 30\r\n')
    bench.at('AT+CFUN=1')
    expect(bench.at('AT#SGACT=1,1')).toContain('#SGACT: 10.')
    bench.at('AT+CGATT=0')
    expect(bench.at('AT#SGACT?;+CGATT?')).toContain('#SGACT: 1,0\r\n\r\n+CGATT: 0')
    expect(bench.at('AT+CGATT=1;+CGATT?')).toContain('+CGATT: 1')
  })
})

describe('PDP context (G-2.1, D-17)', () => {
  it('activates once: 553 the second time, 556 when it is not defined', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=2')
    expect(bench.at('AT#SGACT=1,1')).toBe('\r\n#SGACT: 10.64.18.7\r\n\r\nOK\r\n')
    expect(bench.at('AT#SGACT=1,1')).toBe('\r\n+CME ERROR: context already activated\r\n')
    expect(bench.at('AT+CGPADDR;#CGPADDR=1')).toContain('+CGPADDR: 1,"10.64.18.7"\r\n\r\n#CGPADDR: 1,"10.64.18.7"')
    expect(bench.at('AT#SGACT=2,1')).toBe('\r\n+CME ERROR: context not opened\r\n')
    expect(bench.at('AT#SGACT=1,0')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SGACT?')).toBe('\r\n#SGACT: 1,0\r\n\r\nOK\r\n')
    expect(bench.at('AT+CGPADDR=1;#CGPADDR=1')).toContain('+CGPADDR: 1\r\n\r\n#CGPADDR: 1,""')
  })

  it('is listed line by line', () => {
    const bench = new Bench()
    bench.at('AT+CGDCONT=3,"IP","third"')
    expect(bench.at('AT+CGDCONT?;#SGACT?;+CGPADDR=?')).toContain(
      '+CGDCONT: 1,"IP","","",0,0\r\n+CGDCONT: 3,"IP","third","",0,0\r\n'
    )
    expect(bench.at('AT#SGACT=3,1')).toContain('10.64.18.9')
    expect(bench.at('AT+CGDCONT=3')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SGACT?')).toBe('\r\n#SGACT: 1,0\r\n\r\nOK\r\n')
    expect(bench.at('AT+CGDCONT=1,"PPP"')).toBe('\r\nERROR\r\n')
  })
})

describe('the clock', () => {
  it('is set with its zone and runs on', () => {
    const bench = new Bench()
    expect(bench.at('AT+CCLK="13/09/13,10:59:59+08"')).toBe('\r\nOK\r\n')
    bench.pass(1000)
    expect(bench.at('AT+CCLK?')).toMatch(/"13\/09\/13,11:00:0[01]\+08"/)
    expect(bench.at('AT#CCLK?')).toMatch(/\+08,0"/)
    expect(bench.at('AT#CCLK="13/09/31,10:00:00-47,1"')).toBe('\r\nOK\r\n')
    // Days beyond the end of a month roll over (at-reference 4).
    expect(bench.at('AT#CCLK?')).toContain('"13/10/01,10:00:00-47,1"')
    for (const bad of ['13/13/01,10:00:00', '13/01/01 10:00:00', '13/01/01,24:00:00', '13/01/01,10:00:00+49', 'now']) {
      expect(bench.at(`AT+CCLK="${bad}"`), bad).toBe('\r\nERROR\r\n')
    }
  })

  it('keeps what was set when #NITZ is off, and takes the network time when it is on (G-3.3-11)', () => {
    const bench = new Bench()
    bench.at('AT#NITZ=0;+CCLK="10/01/01,00:00:00+00"')
    bench.at('AT+COPS=2')
    bench.at('AT+COPS=0')
    expect(bench.at('AT+CCLK?')).toContain('"10/01/01,00:00:0')
    bench.at('AT#NITZ=1,1;+COPS=2')
    expect(bench.at('AT+COPS=0')).toMatch(/#NITZ: 26\/11\/23,12:00:/)
    expect(bench.at('AT+CCLK?')).toContain('"26/11/23')
  })

  it.each([
    [0, ''],
    [3, ''],
    [4, '+00'],
    [7, '+00'],
    [8, '+00,0'],
    [15, '+00,0']
  ])(
    'is reported with #NITZ=%i,1 in the shape that the bits ask for, whether or not it sets the clock (at-reference 4)',
    (val, zone) => {
      const bench = new Bench()
      bench.at(`AT#NITZ=${val},1;+COPS=2`)
      const report = /\r\n#NITZ: \d\d\/\d\d\/\d\d,\d\d:\d\d:\d\d(.*)\r\n/.exec(bench.at('AT+COPS=0'))
      expect(report?.[1]).toBe(zone)
    }
  )
})

describe('settings and profiles (at-reference 2.1, D-25)', () => {
  it('outlive power-off when stored, and only then', () => {
    const store = new MemoryNvmStore()
    const bench = new Bench({ store })
    bench.at('ATE0X3S7=45+CMEE=2;#NITZ=1,0')
    bench.at('AT&W0')
    bench.at('AT+CMEE=0')
    const again = new Bench({ store })
    expect(again.type('AT+CMEE?\r')).toBe('\r\n+CMEE: 2\r\n\r\nOK\r\n')
    expect(again.at('AT#NITZ?;S7?')).toContain('#NITZ: 1,0\r\n\r\n045')
    expect(again.type('AT&F0\r')).toBe('\r\nOK\r\n')
    expect(again.type('AT+CMEE?\r')).toBe('AT+CMEE?\r\r\n+CMEE: 2\r\n\r\nOK\r\n')
    expect(again.at('AT&F1+CMEE?')).toContain('+CMEE: 0')
    expect(again.at('ATZ;X4&V')).toMatch(/E0 Q0 V1 X4 L0 M0 &C1 &D0 &K3 &S3/)
    // Z loads the base section. The extended one is set to factory values.
    expect(again.at('AT+CMEE?;S7?')).toContain('+CMEE: 0\r\n\r\n045')
  })

  it('load by base section with &Y, whole with &P', () => {
    const store = new MemoryNvmStore()
    new Bench({ store }).at('ATS7=33+CMEE=1;&W1&Y1')
    expect(new Bench({ store }).at('ATS7?+CMEE?')).toContain('033\r\n\r\n+CMEE: 0')
    new Bench({ store }).at('AT&P1')
    expect(new Bench({ store }).at('ATS7?+CMEE?')).toContain('033\r\n\r\n+CMEE: 1')
  })

  it('list the registers with &V1', () => {
    expect(new Bench().at('AT&V1')).toContain('REG DEC HEX\r\n000 000 00\r\n001 000 00\r\n002 043 2B\r\n003 013 0D')
  })

  it('ATO has no call to go back to, ATH none to hang up', () => {
    const bench = new Bench()
    expect(bench.at('ATO')).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('ATH')).toBe('\r\nOK\r\n')
  })
})

describe('power', () => {
  it('#SHDN answers OK, then nothing until the ON key', () => {
    const bench = new Bench()
    expect(bench.at('AT#SHDN')).toBe('\r\nOK\r\n')
    expect(bench.type('AT\r')).toBe('')
    expect(bench.module.powered).toBe(false)
    bench.module.pressOn()
    bench.pass(100)
    expect(bench.type('AT\r')).toBe('AT\r\r\nOK\r\n')
  })

  it('#REBOOT answers OK, is silent for the boot time, and starts with its profile (D-36)', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=2')
    bench.type('AT#REBOOT\r')
    bench.pass(50)
    expect(bench.type('AT\r')).toBe('')
    bench.pass(200)
    expect(bench.at('AT+CMEE?')).toContain('+CMEE: 0')
  })

  it('forgets what was in flight', () => {
    const bench = new Bench()
    bench.type('AT#SGACT=1,1\rAT+CSQ\r')
    bench.module.pressReset()
    bench.output()
    expect(bench.pass(1000).output()).toBe('')
    expect(bench.at('AT#SGACT?')).toContain('#SGACT: 1,0')
  })
})

describe('NVM', () => {
  it('keeps contexts and SSL settings at once, and SSL itself not (D-25)', () => {
    const store = new MemoryNvmStore()
    const bench = new Bench({ store })
    bench.at('AT+CGDCONT=1,"IP","kept"')
    bench.at('AT#SSLEN=1,1')
    bench.at('AT#SSLCFG=1,1,500,60,200,10')
    bench.at('AT#SSLSECCFG=1,2,1')
    const again = new Bench({ store })
    expect(again.at('AT+CGDCONT?')).toContain('"kept"')
    expect(again.at('AT#SSLEN?')).toContain('1,0')
    again.at('AT#SSLEN=1,1')
    expect(again.at('AT#SSLCFG?;#SSLSECCFG?')).toContain('1,1,500,60,200,10,0,0,0,0\r\n\r\n#SSLSECCFG: 1,2,1')
  })

  it('starts empty from a damaged image, says so, and sets it aside', () => {
    const store = new MemoryNvmStore('{"version":1,"contexts":"none"}')
    const bench = new Bench({ store })
    expect(bench.at('AT+CGDCONT?')).toContain('+CGDCONT: 1')
    expect(bench.facts('nvm')[0]!.sentence).toMatch(/set aside/)
    expect(bench.module.parts.nvm.fault).toMatch(/set aside/)
  })

  it('fails with 23 when it cannot be written, and keeps what it had', () => {
    const store = new MemoryNvmStore()
    const bench = new Bench({ store })
    bench.at('AT+CMEE=2')
    store.save = () => {
      throw new Error('The disk is full.')
    }
    expect(bench.at('AT+CGDCONT=1,"IP","lost"')).toBe('\r\n+CME ERROR: memory failure\r\n')
    expect(bench.at('AT+CGDCONT?')).toContain('"IP","",""')
    bench.at('AT#SSLEN=1,1')
    bench.type('AT#SSLSECDATA=1,1,1,100\r')
    expect(bench.type('data\x1a')).toBe('\r\n+CME ERROR: memory failure\r\n')
    expect(bench.at('AT#SSLSECDATA?')).toContain('1,0,0,0')
  })
})

describe('#SSLSECDATA (G-3.3, D-12)', () => {
  const text = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'

  it('writes at the prompt, reads back as it was stored, deletes', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    expect(bench.type(`AT#SSLSECDATA=1,1,1,${text.length}\r`)).toBe('\r\n> ')
    expect(bench.type(`${text}\x1a`)).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA?')).toBe('\r\n#SSLSECDATA: 1,0,1,0\r\n\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,1')).toBe(`\r\n#SSLSECDATA: 1,1\r\n${text}\r\nOK\r\n`)
    expect(bench.at('AT#SSLSECDATA=1,0,1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,1')).toBe('\r\n#SSLSECDATA: 1,1\r\nNo data stored\r\n\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,0,1')).toBe('\r\nOK\r\n')
  })

  it('takes 2047 bytes at most, and needs the size for writing', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    for (const args of ['1,1,1,2048', '1,1,1,0', '1,1,1', '1,3,1', '1,1,3,100', '2,1,1,100']) {
      expect(bench.at(`AT#SSLSECDATA=${args}`), args).toBe('\r\nERROR\r\n')
    }
  })

  it('drops what exceeds the size, accepts less, leaves the slot alone after ESC', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    bench.type('AT#SSLSECDATA=1,1,0,4\r')
    expect(bench.type('abcdef\x1a')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,0')).toContain('1,0\r\nabcd\r\n')
    expect(bench.facts('overrun')).toEqual([expect.objectContaining({ droppedBytes: 2 })])
    bench.type('AT#SSLSECDATA=1,1,0,100\r')
    expect(bench.type('never\x1b')).toBe('\r\nOK\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,0')).toContain('abcd')
    bench.type('AT#SSLSECDATA=1,1,0,100\r')
    expect(bench.type('\x1a')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#SSLSECDATA=1,2,0')).toContain('abcd')
  })

  it('outlives power-off (G-3.3-2)', () => {
    const store = new MemoryNvmStore()
    const bench = new Bench({ store })
    bench.at('AT#SSLEN=1,1')
    bench.type('AT#SSLSECDATA=1,1,2,10\r')
    bench.type('secret\x1a')
    const again = new Bench({ store })
    again.at('AT#SSLEN=1,1')
    expect(again.at('AT#SSLSECDATA?')).toContain('1,0,0,1')
  })
})
