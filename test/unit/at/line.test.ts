import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'

/** Command lines: at-reference chapter 1, D-10, D-11, D-19 to D-23. */
describe('command lines', () => {
  it('answers AT with OK and echoes the line with its CR (D-19)', () => {
    expect(new Bench().type('AT\r')).toBe('AT\r\r\nOK\r\n')
  })

  it('takes AT and at, not At or aT', () => {
    const bench = new Bench()
    bench.type('ATE0\r')
    expect(bench.type('at\r')).toBe('\r\nOK\r\n')
    expect(bench.type('At\r')).toBe('')
    expect(bench.type('aT\r')).toBe('')
  })

  it('passes over what stands before the prefix', () => {
    const bench = new Bench()
    bench.type('ATE0\r')
    expect(bench.type('\x00\xffxyzAT\r')).toBe('\r\nOK\r\n')
    expect(bench.type('AAT\r')).toBe('\r\nOK\r\n')
  })

  it('repeats the last line with A/, without a terminator, and answers OK before any line', () => {
    const bench = new Bench()
    expect(bench.type('A/')).toBe('A/\r\nOK\r\n')
    bench.type('ATE0\r')
    bench.type('AT+CSQ\r')
    expect(bench.type('A/')).toBe('\r\n+CSQ: 21,0\r\n\r\nOK\r\n')
    expect(bench.type('a/')).toBe('\r\n+CSQ: 21,0\r\n\r\nOK\r\n')
  })

  it('takes characters back with BS, and another character when S5 says so', () => {
    const bench = new Bench()
    expect(bench.type('ATI3\b4\r')).toBe('ATI3\b \b4\r\r\nHE910\r\n\r\nOK\r\n')
    bench.type('ATE0S5=127\r')
    expect(bench.type('ATX\x7fI4\r')).toBe('\r\nHE910\r\n\r\nOK\r\n')
  })

  it('swallows one LF after CR (D-11)', () => {
    const bench = new Bench()
    bench.type('ATE0\r\n')
    expect(bench.type('AT\r\nAT\r\n')).toBe('\r\nOK\r\n\r\nOK\r\n')
  })

  it('runs basic commands one after the other, extended ones with ; between (D-20)', () => {
    const bench = new Bench()
    expect(bench.at('ATE0V1Q0 +CMEE=1')).toBe('\r\nOK\r\n')
    expect(bench.at('AT+CMEE?;+CSQ')).toBe('\r\n+CMEE: 1\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n')
    expect(bench.at('AT+CMEE?;E0;+CMEE=0;')).toBe('\r\n+CMEE: 1\r\n\r\nOK\r\n')
  })

  it('ends a line at the first failure; what ran before stays done', () => {
    const bench = new Bench()
    expect(bench.at('AT+CMEE=2;+NOSUCH;+CMEE=1')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT+CMEE?')).toBe('\r\n+CMEE: 2\r\n\r\nOK\r\n')
    expect(bench.at('ATV0')).toBe('0\r')
    expect(bench.at('AT+CMEE=1;"')).toBe('4\r')
    expect(bench.at('AT+CMEE?')).toBe('+CMEE: 1\r\n0\r')
  })

  it('knows names in any case, optional quotes and spaces (D-20)', () => {
    const bench = new Bench()
    expect(bench.at('at+cgdcont = 1 , ip , internet.lab')).toBe('\r\nOK\r\n')
    expect(bench.at('AT+CGDCONT?')).toBe('\r\n+CGDCONT: 1,"IP","internet.lab","",0,0\r\n\r\nOK\r\n')
    expect(bench.at('AT+CGDCONT=1,"IP","In;ter,Net"')).toBe('\r\nOK\r\n')
    expect(bench.at('AT+CGDCONT?')).toContain('"In;ter,Net"')
  })

  it('passes over spaces wherever they are in no number and no quoted text (at-reference 1)', () => {
    const bench = new Bench()
    bench.at('AT')
    for (const line of [
      'AT + CMEE = 1',
      'AT+ CMEE=1',
      'AT+CM EE=1 ',
      ' AT & K 0',
      'AT S 12 = 60',
      'AT E 0 V 1 +C M E E = 1 ; + C S Q = ?'
    ])
      expect(bench.at(line), line).toContain('OK')
    expect(bench.at('AT S 12 ?;+ CMEE ?')).toBe('\r\n060\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n')
    for (const line of ['AT+CMEE=0 2', 'ATS12=6 0;', 'AT+CMEE 1', 'AT+CSQ +CREG?'])
      expect(bench.at(line), line).toBe('\r\nERROR\r\n')
  })

  it('answers ERROR to a line that is too long and runs nothing of it (D-20)', () => {
    const bench = new Bench()
    bench.at('AT')
    expect(bench.at(`AT+CMEE=1;${' '.repeat(400)}`)).toBe('\r\nERROR\r\n')
    expect(bench.at('AT+CMEE?')).toBe('\r\n+CMEE: 0\r\n\r\nOK\r\n')
    expect(bench.at(`AT+CMEE=1${' '.repeat(391)}`)).toBe('\r\nOK\r\n')
  })

  it.each([
    'ATL=1',
    'ATV=0',
    'AT&C=1',
    'ATM =1',
    'ATE0=1',
    'ATE=0=1',
    'ATE=',
    'ATS3=13=1',
    'ATL1=1',
    'AT+CMEE=1;=1',
    'ATX3?=1'
  ])('S-15: %s behind ATS3 is ERROR and leaves the register (D-20)', (line) => {
    const bench = new Bench()
    bench.at('ATS3')
    expect(bench.at(line)).toContain('ERROR')
    expect(bench.at('ATS3?')).toContain('013')
    expect(bench.at('AT&V')).not.toContain('L1')
  })

  it('S-15: = writes a register directly behind S, its number or the prefix, and is the digit behind E (D-20)', () => {
    const bench = new Bench()
    bench.at('ATE0')
    for (const line of [
      'ATS7',
      'AT=61',
      'AT = 62',
      'ATS=63',
      'ATS7=64',
      'AT S 7 = 65',
      'ATE=0',
      'ate = 1',
      'ATE=0+CMEE=1'
    ])
      expect(bench.at(line), line).toContain('OK')
    expect(bench.at('ATS7?;+CMEE?')).toBe('\r\n065\r\n\r\n+CMEE: 1\r\n\r\nOK\r\n')
  })

  it('leaves the values alone when every parameter is left out', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=2')
    expect(bench.at('AT+CMEE=')).toBe('\r\nOK\r\n')
    expect(bench.at('AT+CMEE?')).toBe('\r\n+CMEE: 2\r\n\r\nOK\r\n')
  })

  it('answers plain ERROR to unknown commands and bad syntax whatever +CMEE says (D-22)', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=1')
    for (const line of [
      'AT+NOSUCH',
      'AT#SSLFASTD=1,0',
      'AT+CMEE=3',
      'AT+CMEE=1,1',
      'AT+CMEE="1"',
      'AT+CMEE=1 2',
      'AT+CSQ?',
      'AT+CMEE1',
      'ATE2',
      'AT!',
      'AT%X9'
    ]) {
      expect(bench.at(line), line).toBe('\r\nERROR\r\n')
    }
  })
})

describe('answers', () => {
  it('are numbers with V0, and nothing with Q1 but information', () => {
    const bench = new Bench()
    expect(bench.at('ATV0')).toBe('0\r')
    expect(bench.at('AT+CSQ')).toBe('+CSQ: 21,0\r\n0\r')
    expect(bench.at('AT+NOSUCH')).toBe('4\r')
    expect(bench.at('ATQ1')).toBe('')
    expect(bench.at('AT+CSQ')).toBe('+CSQ: 21,0\r\n')
    expect(bench.at('AT+NOSUCH')).toBe('')
  })

  it('say why with +CMEE 1 and 2 (G-6-1)', () => {
    const bench = new Bench()
    expect(bench.at('AT#SSLH=1')).toBe('\r\nERROR\r\n')
    bench.at('AT+CMEE=1')
    expect(bench.at('AT#SSLH=1')).toBe('\r\n+CME ERROR: 836\r\n')
    bench.at('AT+CMEE=2')
    expect(bench.at('AT#SSLH=1')).toBe('\r\n+CME ERROR: SSL not activated\r\n')
    bench.at('ATV0')
    expect(bench.at('AT#SSLH=1')).toBe('+CME ERROR: SSL not activated\r')
  })

  it('are framed by S3 and S4; the line that changes S3 still ends with the old one', () => {
    const bench = new Bench()
    bench.at('AT')
    expect(bench.type('ATS3=33\r')).toBe('!\nOK!\n')
    expect(bench.type('AT!')).toBe('!\nOK!\n')
    expect(bench.type('ATS3=13S4=35!')).toBe('\r#OK\r#')
    expect(bench.type('AT\r')).toBe('\r#OK\r#')
  })

  it('leave the module in one write, echo included', () => {
    const bench = new Bench()
    bench.writes()
    bench.module.instances[0]!.receive(Buffer.from('AT+CSQ\r'))
    expect(bench.writes()).toEqual(['AT+CSQ\r\r\n+CSQ: 21,0\r\n\r\nOK\r\n'])
  })
})

describe('S registers', () => {
  it('read as three digits without a prefix', () => {
    expect(new Bench().at('ATS12?')).toBe('\r\n050\r\n\r\nOK\r\n')
  })

  it('are selected by S<n>, and written with = and S=', () => {
    const bench = new Bench()
    expect(bench.at('ATS7')).toBe('\r\nOK\r\n')
    expect(bench.at('AT=45')).toBe('\r\nOK\r\n')
    expect(bench.at('AT?')).toBe('\r\n045\r\n\r\nOK\r\n')
    expect(bench.at('ATS=46S?')).toBe('\r\n046\r\n\r\nOK\r\n')
  })

  it('refuse what is out of range, nothing, and registers that are not there', () => {
    const bench = new Bench()
    for (const line of ['ATS12=19', 'ATS12=256', 'ATS0=', 'ATS99?', 'ATS99=1', 'ATS1=1'])
      expect(bench.at(line), line).toBe('\r\nERROR\r\n')
    expect(bench.at('ATS12?')).toContain('050')
  })
})

describe('while a command blocks (D-23)', () => {
  it('keeps one line and runs it after the result', () => {
    const bench = new Bench()
    bench.at('AT')
    bench.type('AT#SGACT=1,1\rAT+CSQ\r')
    bench.type('')
    expect(bench.pass(100).output()).toBe('\r\n#SGACT: 10.64.18.7\r\n\r\nOK\r\n\r\n+CSQ: 21,0\r\n\r\nOK\r\n')
  })

  it('drops what does not fit, and says so in the timeline', () => {
    const bench = new Bench()
    bench.at('AT')
    bench.type(`AT#SGACT=1,1\r${'x'.repeat(1000)}`)
    expect(bench.facts('overrun')).toEqual([expect.objectContaining({ droppedBytes: 1000 - 401 })])
    expect(bench.pass(100).output()).toContain('OK')
    expect(bench.at('\rAT')).toBe('\r\nOK\r\n')
  })
})
