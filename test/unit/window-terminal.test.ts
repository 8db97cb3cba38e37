import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineEditor } from '../../src/main/module/at/line-editor.ts'
import { completionOf, helpFor, type CommandHelp } from '../../src/renderer/panels/terminal/command-help.ts'
import { isLineList, lineOf, MAX_LINES, remember, walk } from '../../src/renderer/panels/terminal/line-history.ts'
import { followTyped, keysToReplace, shownEcho } from '../../src/renderer/state/terminal/typed-line.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { notEmulated } from '../../src/shared/commands/not-emulated.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'

const he910 = profileOf('HE910')
const ge865 = profileOf('GE865-QUAD')

function commandHelp(line: string, profile = he910): CommandHelp {
  const help = helpFor(line, profile)
  if (help.kind !== 'command') throw new Error(`${line}: ${help.kind}`)
  return help
}

describe('help for the line that is typed', () => {
  it('is about the parameter that is being typed', () => {
    const help = commandHelp('AT#SSLD=1,443,"123.124.125.126",0,')
    expect(help.parameters.map((one) => one.name)).toEqual(['ssid', 'port', 'host', 'closureType', 'mode', 'timeout'])
    expect(help.parameters[help.at!]).toEqual({
      name: 'mode',
      about: '0 online, 1 command',
      values: '0,1',
      unit: null,
      default: '1',
      optional: true
    })
    expect(help.forms.map((one) => one.text)).toEqual(['#SSLD=…', '#SSLD=?'])
  })

  it('counts no comma inside a text, and notes one parameter too many', () => {
    expect(commandHelp('AT#SSLD=1,443,"a,b').at).toBe(2)
    expect(commandHelp('AT#SSLEN=').at).toBe(0)
    expect(commandHelp('AT#SSLEN=1,1,').at).toBe(2)
  })

  it('shows the form of the product that is chosen', () => {
    expect(commandHelp('at#sslseccfg=1', he910).parameters.map((one) => one.name)).toEqual([
      'ssid',
      'suite',
      'authMode',
      'certFormat'
    ])
    expect(commandHelp('at#sslseccfg=1', ge865).parameters.map((one) => one.name)).toEqual([
      'ssid',
      'suite',
      'authMode'
    ])
    expect(commandHelp('AT#SSLSECCFG=1,', ge865).parameters[1]!.values).toBe('0-3')
  })

  it('knows which forms there are', () => {
    expect(commandHelp('AT#SSLD?')).toMatchObject({ form: 'read', hasForm: false })
    expect(commandHelp('AT#SSLSECCFG?')).toMatchObject({ form: 'read', hasForm: true })
    expect(commandHelp('AT#SSLSECCFG=?')).toMatchObject({ form: 'test', hasForm: true, at: null })
    expect(commandHelp('AT+CSQ')).toMatchObject({ form: 'execute', hasForm: true })
  })

  it('is about the last command of the line', () => {
    expect(commandHelp('AT+CMEE=2;#SSLEN=1').name).toBe('#SSLEN')
    expect(commandHelp('ATE0V1').name).toBe('V')
    expect(commandHelp('ATE0+CMEE=').name).toBe('+CMEE')
    expect(commandHelp('ATE0;&K3').name).toBe('&K')
    expect(helpFor('AT+CMEE=2;', he910)).toEqual({ kind: 'none' })
  })

  it('offers names, and says why one is not there', () => {
    expect(helpFor('AT#SSLSE', he910)).toEqual({
      kind: 'names',
      names: ['#SSLSECCFG', '#SSLSECDATA', '#SSLSEND', '#SSLSENDEXT']
    })
    expect(commandHelp('AT#SSLS').longer).toContain('#SSLSEND')
    expect(helpFor('AT&', he910)).toMatchObject({ kind: 'names' })
    expect(helpFor('AT#SSLFASTD=1', he910)).toMatchObject({
      kind: 'absent',
      why: expect.stringContaining('other products')
    })
    const { names, about, why } = notEmulated.find((one) => one.names.some((name) => name.startsWith('#')))!
    const name = names.find((one) => one.startsWith('#'))!
    expect(helpFor(`AT${name}=`, he910)).toEqual({ kind: 'absent', name, why: `${about}: not emulated, ${why}.` })
    expect(helpFor('AT#NOSUCH', he910)).toMatchObject({ kind: 'absent', why: expect.stringContaining('gives ERROR') })
    expect(helpFor('ATS12?', he910)).toMatchObject({ kind: 'absent', why: expect.stringContaining('S registers') })
    for (const line of ['', 'A', 'AT', 'xyz', 'Att']) expect(helpFor(line, he910).kind).not.toBe('command')
  })

  it('has words for every command of every family', () => {
    for (const profile of [he910, ge865])
      for (const [name, { forms, summary }] of commandsOf(profile)) {
        const help = commandHelp(`AT${name}${/^[+#]/.test(name) && forms.includes('set') ? '=' : ''}`, profile)
        expect(help).toMatchObject({ name, summary, hasForm: true })
      }
  })

  it('takes whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AaTt#+&=?,;"S1\\ %@é') }), (text) => {
        helpFor(`AT${text}`, he910)
        completionOf(`AT${text}`, he910)
      })
    )
  })
})

describe('completion', () => {
  it('adds what is certain', () => {
    expect(completionOf('AT#SSLF', ge865)).toBe('ASTD')
    expect(completionOf('AT#SSLF', he910)).toBe('')
    expect(completionOf('AT#SSLSEC', he910)).toBe('')
    expect(completionOf('AT#SSLR', he910)).toBe('ECV')
    expect(completionOf('at#sslr', he910)).toBe('ecv')
    expect(completionOf('AT+CMEE=2;#SSLR', he910)).toBe('ECV')
    expect(completionOf('AT#SSLSEN', he910)).toBe('D')
    expect(completionOf('AT#SSLD=1', he910)).toBe('')
    expect(completionOf('', he910)).toBe('')
  })
})

describe('the line that the module gathers', () => {
  it('is followed from the keys', () => {
    expect(followTyped('', 'AT+CSQ')).toEqual({ line: 'AT+CSQ', entered: [] })
    expect(followTyped('AT+CS', 'X\bQ\rAT')).toEqual({ line: 'AT', entered: ['AT+CSQ'] })
    expect(followTyped('AT', '\b\b')).toEqual({ line: '', entered: [] })
    expect(followTyped('', '+++\rnoise AaT')).toEqual({ line: 'aT', entered: [] })
    expect(followTyped('', 'at')).toEqual({ line: 'at', entered: [] })
  })

  it('is taken back to nothing, and begun anew', () => {
    expect(followTyped('', 'AT#SS\b\b\b\b\b\bAT+CSQ')).toEqual({ line: 'AT+CSQ', entered: [] })
    expect(followTyped('', 'AX\bT+CSQ\r')).toEqual({ line: '', entered: ['AT+CSQ'] })
  })

  it('is the line that the module reads, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AaTt\r\b\n+1\x1b'), maxLength: 40 }), (typed) => {
        const editor = new LineEditor()
        const lines: string[] = []
        for (const char of typed) {
          const event = editor.push(char.charCodeAt(0), { terminator: 13, editing: 8, maxChars: 400 })
          if (event?.kind === 'line') lines.push(event.text)
        }
        expect(followTyped('', typed).entered.map((line) => line.slice(2))).toEqual(lines)
      }),
      { numRuns: 2000 }
    )
  })

  it('becomes another by the keys for it', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('', 'A', 'AT', 'AT+CSQ', 'AT#SSLD=1'),
        fc.constantFrom('AT', 'AT+CMEE=2'),
        (line, wanted) => {
          expect(followTyped(line, keysToReplace(line, wanted)).line).toBe(wanted)
        }
      )
    )
  })
})

it('shows the echo of a binary file without what would steer the terminal', () => {
  expect([...shownEcho(Uint8Array.of(0x41, 0x1b, 0x5d, 0x00, 0xff, 0x7f, 8, 9, 10, 13))]).toEqual([
    0x41, 46, 0x5d, 46, 46, 46, 8, 9, 10, 13
  ])
})

describe('the history', () => {
  const lines = ['AT', 'AT+CMEE=2', 'AT#SSLEN=1,1', 'AT#SSLS=1', 'AT+CSQ'].reduce<readonly string[]>(remember, [])

  it('keeps a line once, the newest last, and none with a secret', () => {
    expect(lines).toEqual(['AT+CMEE=2', 'AT#SSLEN=1,1', 'AT#SSLS=1', 'AT+CSQ'])
    expect(remember(lines, 'AT#SSLEN=1,1').at(-1)).toBe('AT#SSLEN=1,1')
    expect(remember(lines, 'AT#SSLEN=1,1')).toHaveLength(4)
    expect(remember(lines, 'AT+CPIN=1234')).toBe(lines)
    expect(remember(lines, 'AT#SGACT=1,1,"user","password"')).toBe(lines)
    expect(remember(lines, 'AT#SGACT=1,1').at(-1)).toBe('AT#SGACT=1,1')
    const many = Array.from({ length: 300 }, (_, at) => `AT+CMEE=${at}`).reduce<readonly string[]>(remember, [])
    expect(many).toHaveLength(MAX_LINES)
    expect(isLineList(many)).toBe(true)
    expect([isLineList('AT'), isLineList([1])]).toEqual([false, false])
  })

  it('walks the lines that begin alike, and back to what was typed', () => {
    const up = walk(lines, 'AT#', null, 'up')!
    expect(lineOf(up)).toBe('AT#SSLS=1')
    const upper = walk(lines, lineOf(up), up, 'up')!
    expect(lineOf(upper)).toBe('AT#SSLEN=1,1')
    expect(walk(lines, lineOf(upper), upper, 'up')).toBeNull()
    const down = walk(lines, lineOf(upper), upper, 'down')!
    expect(lineOf(down)).toBe('AT#SSLS=1')
    expect(lineOf(walk(lines, lineOf(down), down, 'down')!)).toBe('AT#')
    expect(walk(lines, 'AT', null, 'down')).toBeNull()
    expect(lineOf(walk(lines, 'at+', null, 'up')!)).toBe('AT+CSQ')
  })
})
