import { describe, expect, it } from 'vitest'
import { guideAddress, listen } from './far-ends.ts'
import { Host } from './host.ts'

// Chapter 2.1: the PDP context.

const ok = '\r\nOK\r\n'
const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`

describe('the PDP context', () => {
  it('takes its type in quotes and without, as the guide writes it (G-2.1-1)', () => {
    const host = new Host()
    for (const line of [
      'AT+CGDCONT=1,IP,"ibox.tim.it"',
      'AT+CGDCONT=1,"IP","ibox.tim.it"',
      'AT+CGDCONT=1,ip,ibox.tim.it'
    ]) {
      expect(host.at(line), line).toBe(ok)
      expect(host.at('AT+CGDCONT?')).toBe(`\r\n+CGDCONT: 1,"IP","ibox.tim.it","",0,0\r\n${ok}`)
      expect(host.at('AT+CGDCONT=1,"IP",""')).toBe(ok)
    }
  })

  it('prints its address when it is activated, and nothing when it is not any more (G-2.1-3, D-17)', () => {
    const host = new Host()
    expect(host.at('AT#SGACT=1,1')).toMatch(/^\r\n#SGACT: \d+\.\d+\.\d+\.\d+\r\n\r\nOK\r\n$/)
    expect(host.at('AT#SGACT?')).toBe(`\r\n#SGACT: 1,1\r\n${ok}`)
    expect(host.at('AT#SGACT=1,0')).toBe(ok)
    expect(host.at('AT#SGACT?')).toBe(`\r\n#SGACT: 1,0\r\n${ok}`)
  })

  it('takes a user name and a password (G-2.1-3)', () => {
    expect(new Host().at('AT#SGACT=1,1,"user","password"')).toContain(ok)
  })

  it('serves SSL as number 1 only (G-2.1-2, G-2.1-4)', () => {
    const host = new Host()
    listen(host.bench)
    host.lines('AT+CMEE=1', 'AT+CGDCONT=2,"IP","second"', 'AT#SSLEN=1,1')
    expect(host.at('AT#SGACT=2,1')).toContain(ok)
    expect(host.at(dial)).toBe('\r\n+CME ERROR: 556\r\n')
    expect(host.at('AT#SSLCFG=1,2,300,90,100,50')).toBe('\r\nERROR\r\n')
    expect(host.at('AT#SGACT=1,1')).toContain(ok)
    expect(host.at(dial)).toBe(ok)
  })

  it('has an older name, #GPRS, for number 1 (D-35)', () => {
    const host = new Host()
    listen(host.bench)
    expect(host.at('AT#GPRS?')).toBe(`\r\n#GPRS: 0\r\n${ok}`)
    expect(host.at('AT#GPRS=1')).toMatch(/^\r\n\+IP: \d+\.\d+\.\d+\.\d+\r\n\r\nOK\r\n$/)
    expect(host.at('AT#GPRS?')).toBe(`\r\n#GPRS: 1\r\n${ok}`)
    expect(host.at('AT#SGACT?')).toContain('#SGACT: 1,1')
    host.at('AT#SSLEN=1,1')
    expect(host.at(dial)).toBe(ok)
    expect(host.at('AT#SSLH=1')).toBe(ok)
    expect(host.at('AT#GPRS=0')).toBe(ok)
    expect(host.at('AT#SGACT?')).toContain('#SGACT: 1,0')
  })
})
