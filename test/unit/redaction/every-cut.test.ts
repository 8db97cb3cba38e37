import { describe, expect, it } from 'vitest'
import { Bench, type BenchOptions } from '../../fixtures/bench.ts'

// Secrets on every way into the timeline, with the host's writes split in two at every byte.

const PIN = '80264715'
const PASSWORD = 'Xy7zQ.kq'
const pem = `-----BEGIN RSA PRIVATE KEY-----\n${'MIICATQx8hVqzW3EkGm5Rr'.repeat(3)}\nAT7c/uPn2Zo9LwYbdSfJ+qKe=\n-----END RSA PRIVATE KEY-----\n`
const keyPieces = ['MIICATQx8hVqzW3EkGm5Rr', '7c/uPn2Zo9LwYbdSfJ']
/** PKCS#1: a sequence, version 0, and secret bytes. */
const der = String.fromCharCode(0x30, 0x82, 0x00, 0x2b, 0x02, 0x01, 0x00) + 'hQ3~vT8kLm2|pZr5^wXy7zAb1Cd{4Ef6Gh9Ij0Kl'
const derPieces = ['hQ3~vT8kLm2', 'Ef6Gh9Ij0Kl']

interface Case {
  readonly says: string
  readonly typed: string
  readonly secrets: readonly string[]
  readonly options?: BenchOptions
  /** Lines to type before, each with its response. */
  readonly first?: readonly string[]
}

const cases: readonly Case[] = [
  { says: 'a PIN', typed: `AT+CPIN=${PIN}\r`, secrets: [PIN] },
  { says: 'a quoted PIN in small letters with spaces', typed: `at +cpin = "${PIN}"\r`, secrets: [PIN] },
  { says: 'a PUK and a new PIN', typed: `AT+CPIN=${PIN},${'5539'}\r`, secrets: [PIN, '5539'] },
  { says: 'a PIN with a letter too many, taken back', typed: `AT+CPIN=8026\b\b6\b26x\b4715\r`, secrets: ['4715'] },
  { says: 'a PIN behind a taken back name', typed: `AT+CPIX\bN=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN that is too long', typed: `AT+CPIN=${PIN}99\r`, secrets: [PIN] },
  { says: 'a PIN whose quote is not closed', typed: `AT+CPIN="${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN with a line feed in it', typed: `AT+CPIN=\n${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN for another name', typed: `AT+CPIM=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN for a swapped name', typed: `AT+CPNI="${PIN}"\r`, secrets: [PIN] },
  { says: 'a PIN without =', typed: `AT+CPIN${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN with a colon', typed: `AT+CPIN:${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN with a space', typed: `AT+CPIN ${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN without +', typed: `ATCPIN=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN without AT', typed: `+CPIN=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN behind a mistyped AT', typed: `AR+CPIN=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN behind other commands', typed: `ATE1V1+CPIN=${PIN};+CSQ\r`, secrets: [PIN] },
  { says: 'a PIN repeated with A/', typed: `AT+CPIN=${PIN}\rA/\r`, secrets: [PIN] },
  {
    says: 'passwords of commands that are not emulated',
    typed: `AT+CPWD="SC","${PIN}","5539"\rAT+CLCK="SC",1,"${PIN}"\rAT#PASSW="${PASSWORD}"\r`,
    secrets: [PIN, '5539', PASSWORD]
  },
  { says: 'the password of a context', typed: `AT#SGACT=1,1,"user","${PASSWORD}"\r`, secrets: [PASSWORD] },
  {
    says: 'the password of a context, one letter wrong',
    typed: `AT#SGCAT=1,1,"user","${PASSWORD}"\r`,
    secrets: [PASSWORD]
  },
  {
    says: 'the password of an FTP server',
    typed: `AT#FTPOPEN="127.0.0.1:21","user","${PASSWORD}",1\r`,
    secrets: [PASSWORD]
  },
  {
    says: 'the password of an FTP server with an open quote before',
    typed: `AT#FTPOPEN="127.0.0.1:21,user,"${PASSWORD}",1\r`,
    secrets: [PASSWORD]
  },
  { says: 'a password with a quote in it', typed: `AT#FTPOPEN="h","u","Xy7z"${PASSWORD}"\r`, secrets: [PASSWORD] },
  {
    says: 'a password with comma and semicolon, unquoted',
    typed: `AT#FTPOPEN=h,u,Xy;${PASSWORD},${PASSWORD}\r`,
    secrets: [PASSWORD]
  },
  {
    says: 'the password of an FTP server, misspelt',
    typed: `AT#FTPOEPN="h","u","${PASSWORD}",1\r`,
    secrets: [PASSWORD]
  },
  { says: 'a PIN while the module is off', typed: `AT+CPIN=${PIN}\r`, secrets: [PIN], options: { powered: false } },
  { says: 'a PIN typed while a command is busy', typed: `AT+COPS=?\rAT+CPIN=${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN on a line of its own, for CR came first', typed: `AT+CPIN=\r${PIN}\r`, secrets: [PIN] },
  {
    says: 'a PIN on a line of its own behind CR LF and an empty line',
    typed: `AT+CPIN=\r\n\r\n${PIN}\r\n`,
    secrets: [PIN]
  },
  { says: 'a PIN on a line of its own behind a misspelt name', typed: `AT+CPIM=\r${PIN}\r`, secrets: [PIN] },
  { says: 'a PIN as an answer to the module', typed: `AT+CPIN?\r${PIN}\r`, secrets: [PIN] },
  { says: 'a password with CR in it', typed: `AT#FTPOPEN="h","u","Xy7z\r${PASSWORD}",1\r`, secrets: [PASSWORD] },
  { says: 'a password behind CR', typed: `AT#FTPOPEN="h","u",\r"${PASSWORD}",1\r`, secrets: [PASSWORD] },
  { says: 'a password within an address', typed: `AT#FTPOPEN="ftp://user:${PASSWORD}@host",1\r`, secrets: [PASSWORD] },
  {
    says: 'a password that begins with a digit within an address',
    typed: `AT#FTPOPEN="user:7${PASSWORD}@host:21"\r`,
    secrets: [PASSWORD]
  },
  {
    says: 'spaces within names',
    typed: `AT+C PIN=${PIN}\rAT#FTP OPEN="h","u","${PASSWORD}",1\r`,
    secrets: [PIN, PASSWORD]
  },
  {
    says: "passwords of other modules' commands",
    typed: `AT#FTPPASS="${PASSWORD}"\rAT#PDPAUTH=1,1,"u","${PASSWORD}"\rAT#FTPLOGIN="h","u","${PASSWORD}"\r`,
    secrets: [PASSWORD]
  },
  { says: 'a PIN around +++', typed: `AT+CPIN=8026+++4715\r`, secrets: ['8026', '4715'] },
  { says: 'a PIN behind other result settings', typed: `ATV0E0Q1\rAT+CPIN=${PIN}\rATQ0V1E1\r`, secrets: [PIN] },
  {
    says: 'a PIN with another editing character',
    typed: `ATS5=37\rAT+CPIN=80%80264715\r`,
    secrets: ['80264715', '4715']
  },
  { says: 'a PIN with another line end', typed: `ATS3=36\rAT+CPIN=${PIN}$AT+CPIN=${PIN}$`, secrets: [PIN] },
  {
    says: 'a key at its prompt',
    typed: `AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1a`,
    secrets: keyPieces,
    first: ['AT#SSLEN=1,1']
  },
  {
    says: 'a key at its prompt behind CR LF',
    typed: `AT#SSLSECDATA=1,1,2,${pem.length}\r\n${pem}\x1a`,
    secrets: keyPieces,
    first: ['AT#SSLEN=1,1']
  },
  {
    says: 'a key whose prompt did not come',
    typed: `AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1a`,
    secrets: keyPieces
  },
  {
    says: 'a key with CR LF whose prompt did not come',
    typed: `AT#SSLSECDATA=1,1,2,999\r${pem.replaceAll('\n', '\r\n')}\x1a`,
    secrets: keyPieces
  },
  {
    says: 'a key at the prompt of a certificate, read back',
    typed: `AT#SSLSECDATA=1,1,0,${pem.length}\r${pem}\x1aAT#SSLSECDATA=1,2,0\r`,
    secrets: keyPieces,
    first: ['AT#SSLEN=1,1']
  },
  {
    says: 'a key that is read back',
    typed: `AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1aAT#SSLSECDATA=1,2,2\r`,
    secrets: keyPieces,
    first: ['AT#SSLEN=1,1']
  },
  { says: 'a key typed into nothing', typed: pem, secrets: keyPieces, options: { powered: false } },
  {
    says: 'a key in DER at its prompt',
    typed: `AT#SSLSECDATA=1,1,2,${der.length}\r${der}AT+CSQ\r`,
    secrets: derPieces,
    first: ['AT#SSLEN=1,1', 'AT#SSLSECCFG=1,0,2,0']
  },
  {
    says: 'a key in DER whose prompt did not come',
    typed: `AT#SSLSECDATA=1,1,2,${der.length}\r${der}`,
    secrets: derPieces
  },
  { says: 'a key in DER typed into nothing', typed: der, secrets: derPieces, options: { powered: false } }
]

/** Returns the timeline as in a file: its facts, and every byte on the port in both directions. */
function serialised(bench: Bench): string {
  const facts = bench
    .events()
    .map(({ what }) =>
      JSON.stringify(what, (_name, value) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
      )
    )
  const blob = (direction: 'tx' | 'rx'): string =>
    Buffer.concat(
      bench
        .facts('bytes')
        .filter((one) => one.direction === direction)
        .map(({ bytes }) => bytes)
    ).toString('latin1')
  return [...facts, blob('tx'), blob('rx')].join('\n')
}

function play({ typed, options = {}, first = [] }: Case, pieces: readonly string[]): Bench {
  const bench = new Bench(options)
  for (const line of first) bench.at(line)
  bench.type('ATE1\r')
  for (const piece of pieces) bench.type(piece)
  bench.pass(60_000)
  expect(pieces.join('')).toBe(typed)
  return bench
}

describe('no secret in the timeline, wherever the writes are cut', () => {
  it.each(cases)('$says', (one) => {
    const { typed, secrets } = one
    const cuts = Array.from({ length: typed.length }, (_, at) =>
      [typed.slice(0, at), typed.slice(at)].filter((piece) => piece !== '')
    )
    for (const pieces of [...cuts, [...typed]]) {
      const text = serialised(play(one, pieces)).toUpperCase()
      for (const secret of secrets) {
        expect(text.includes(secret.toUpperCase()), `${secret} behind ${JSON.stringify(pieces[0])}`).toBe(false)
        // Nor half of it, after a split.
        for (const half of [secret.slice(0, secret.length / 2), secret.slice(secret.length / 2)]) {
          if (half.length >= 4)
            expect(text.includes(half.toUpperCase()), `${half} behind ${JSON.stringify(pieces[0])}`).toBe(false)
        }
      }
    }
  })
})

describe('what is no secret is shown', () => {
  it('the port stays faithful: echo and read action', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    bench.type('ATE1\r')
    expect(bench.type(`AT+CPIN=${PIN}\r`)).toContain(`AT+CPIN=${PIN}`)
    bench.type(`AT#SSLSECDATA=1,1,2,${pem.length}\r`)
    expect(bench.type(`${pem}\x1a`)).toContain(keyPieces[1])
    expect(bench.type('AT#SSLSECDATA=1,2,2\r')).toContain(pem)
  })

  it('what follows a key is, whichever way the key went', () => {
    for (const first of ['AT#SSLEN=1,1', 'AT']) {
      const bench = new Bench()
      bench.at(first)
      bench.type(`AT#SSLSECDATA=1,1,2,${pem.length}\r${pem}\x1a`)
      // The module took the AT in PRIVATE for the start of a command.
      bench.type('\rAT+CGMM\r')
      expect(bench.facts('line').at(-1)!.text, first).toBe('AT+CGMM')
    }
  })

  it.each([
    'AT+CPIN?',
    'AT+CPIN=?',
    'AT#SGACT=1,1',
    'AT#SGACT?',
    'AT#SSLD=1,443,"host",0,1',
    'AT+CGDCONT=1,"IP","spin"',
    'AT+CSQ;+CMEE=1',
    'AT#FTPCFG=100,0,1',
    'AT#SSLSECDATA=1,1,1,900',
    'AT+CLIP=1'
  ])('%s', (line) => {
    const bench = new Bench()
    bench.at(line)
    expect(bench.facts('line').at(-1)!.text).toBe(line)
    expect(
      bench
        .facts('bytes')
        .filter(({ direction }) => direction === 'tx')
        .every(({ secrets }) => secrets === undefined)
    ).toBe(true)
  })

  it('the command behind a PIN that did not come, and the one behind a question for it', () => {
    const bench = new Bench()
    bench.type('AT+CPIN=\rAT+CSQ\rAT+CPIN?\r at+cgmm\rAT+CPIN?\rA/AT+CREG?\r')
    bench.pass(1000)
    expect(bench.facts('line').map(({ text }) => text)).toEqual([
      'AT+CPIN=',
      'AT+CSQ',
      'AT+CPIN?',
      'AT+cgmm',
      'AT+CPIN?',
      'A/',
      'AT+CREG?'
    ])
    expect(
      bench
        .facts('bytes')
        .filter(({ direction }) => direction === 'tx')
        .every(({ secrets }) => secrets === undefined)
    ).toBe(true)
  })

  it('user and mode of #FTPOPEN, and the command behind it', () => {
    const bench = new Bench()
    bench.at(`AT#FTPOPEN="host:21","user","${PASSWORD}",1;+CSQ`)
    expect(bench.facts('line').at(-1)!.text).toBe('AT#FTPOPEN="host:21","user","********",1;+CSQ')
  })
})

describe('what a failure says of a line', () => {
  it.each([
    [`AT+CPIN="${PIN}`, '+CPIN="********'],
    [`AT+CPIN${PIN}`, '+CPIN********'],
    [`AT+CPIM=${PIN}`, '+CPIM']
  ])('%s', (line, got) => {
    const bench = new Bench()
    bench.at(line)
    expect(bench.facts('result').at(-1)!.failure!.got).toBe(got)
  })
})
