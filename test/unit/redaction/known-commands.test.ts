import { describe, expect, it } from 'vitest'
import { playTranscript } from '../../../src/main/check/player.ts'
import { SecretBook } from '../../../src/main/check/secret-book.ts'
import { parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import { Bench } from '../../fixtures/bench.ts'
import { record } from '../../fixtures/transcripts.ts'

// A known command is masked by its declaration only (D-42).

const harmless = [
  'AT+CGACT=1,1',
  'AT+CLCC=1',
  'AT+CLCK="SC",2',
  'AT+CGAUTO=1',
  'AT+CPINR',
  'AT+CMGF=1',
  'AT+CPWD=?',
  'AT+CSIM=10,"0020000100"',
  'AT#SCFG=1,1,300,90,600,50'
]

describe('commands that are known and not emulated', () => {
  it.each(harmless)('W-9: %s is shown', (line) => {
    const bench = new Bench()
    bench.at(line)
    expect(bench.facts('line').at(-1)?.text).toBe(line)
  })

  it.each([
    ['AT#SMTPPW="abc"', 'AT#SMTPPW="***"'],
    ['AT#EPASSW="Xy7zQ.kq"', 'AT#EPASSW="********"'],
    ['AT+CPWD="SC","80264715","5539"', 'AT+CPWD="SC","********","****"'],
    ['AT+CLCK="SC",1,"80264715",7', 'AT+CLCK="SC",1,"********",7'],
    ['AT+CGAUTH=1,1,"user","Xy7zQ.kq"', 'AT+CGAUTH=1,1,"****","********"'],
    ['AT+CSIM=26,"00200001083830323634373135"', 'AT+CSIM=26,"0020000108****************"'],
    ['AT#GPRS=1,"user","Xy7zQ.kq"', 'AT#GPRS=1,"user","********"'],
    ['AT^CPIN="80264715"', 'AT^CPIN=**********'],
    ['ATD**04*1234*5678*5678#;', 'ATD**04****************']
  ])('S-5: %s reads %s', (line, shown) => {
    const bench = new Bench()
    bench.at(line)
    const text = bench.facts('line').at(-1)?.text ?? ''
    expect(text.slice(0, shown.indexOf('*'))).toBe(shown.slice(0, shown.indexOf('*')))
    for (const secret of line.match(/80264715|5539|Xy7zQ\.kq|3830323634373135|abc|1234|5678/g) ?? [])
      expect(text).not.toContain(secret)
  })

  it('W-9: check plays them, and skips none', async () => {
    const text = await record(['ATE0\r', ...harmless.map((line) => `${line}\r`)])
    expect(text).not.toContain('<secret')
    const outcome = await playTranscript(parseTranscript(text), { seed: 5, secrets: new SecretBook([]) })
    expect(outcome.differences).toEqual([])
    expect(outcome.skipped).toEqual([])
  })

  it('W-9: an old transcript, in which such a command is a mistyped secret, is still read and played', async () => {
    const text = (await record(['ATE0\r', 'AT+CGACT=1,1\r', 'AT+CSQ\r'])).replace(
      'AT+CGACT=1,1',
      String.raw`AT+CGACT=\<secret mistyped 3 ab>`
    )
    expect(text).toContain('<secret mistyped')
    const outcome = await playTranscript(parseTranscript(text), { seed: 5, secrets: new SecretBook([]) })
    expect(outcome.differences).toEqual([])
    expect(outcome.skipped).toHaveLength(1)
  })
})
