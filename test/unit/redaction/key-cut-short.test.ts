import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Bench, seededRandom } from '../../fixtures/bench.ts'

// Masking ends where a key ends, even if its host stopped half-way; and a whole key is masked however it is split.

const privateKey = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey
const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }) as string
const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
const encrypted = privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-128-cbc', passphrase: 'x' }) as string
const der = privateKey.export({ type: 'pkcs1', format: 'der' }).toString('latin1')
const half = (key: string): string => key.slice(0, key.length / 2)
const hexDigits = Buffer.from(der, 'latin1').toString('hex')

const commands = [
  'AT+CSQ',
  'ATE1',
  'AT',
  'AT#SSLS?',
  'AT+CGDCONT?',
  'AT+COPS=0',
  'at+csq',
  'AT+CGDCONT=1,"IP","internet"'
]
type How = 'whole' | 'bytes'

/** Types a text. Returns what the module sent at once. */
function type(bench: Bench, text: string, how: How): string {
  return how === 'whole' ? bench.type(text) : Array.from(text, (char) => bench.type(char)).join('')
}

/** Returns what the timeline keeps of each direction, from the event after `seq` on. */
function kept(bench: Bench, seq: number): Record<'tx' | 'rx', string> {
  const facts = bench
    .events()
    .filter((event) => event.seq > seq)
    .map(({ what }) => what)
  const of = (direction: 'tx' | 'rx'): string =>
    Buffer.concat(
      facts.map((one) => (one.kind === 'bytes' && one.direction === direction ? one.bytes : Buffer.alloc(0)))
    ).toString('latin1')
  return { tx: of('tx'), rx: of('rx') }
}

/** Types the lines. Returns what is kept of them and their responses, and what passed the port. */
function afterwards(
  bench: Bench,
  lines: readonly string[],
  how: How
): { shown: Record<'tx' | 'rx', string>; printed: string } {
  bench.pass(1000).output()
  const seq = bench.events().at(-1)!.seq
  let printed = ''
  for (const line of lines) {
    printed += type(bench, `${line}\r`, how)
    printed += bench.pass(1000).output()
  }
  return { shown: kept(bench, seq), printed }
}

/** A way to get a bench into the state in which half a key was typed. */
interface Way {
  readonly says: string
  begin(bench: Bench, how: How): unknown
}

const keys: readonly (readonly [string, string])[] = [
  ['PKCS#1', half(pem)],
  ['PKCS#8', half(pkcs8)],
  ['encrypted', half(encrypted)],
  ['Base64 alone', half(pem.split('\n').slice(1, -2).join(''))],
  ['hexadecimal digits', half(hexDigits)],
  ['only its first line', '-----BEGIN RSA PRIVATE KEY-----\n']
]
const prompted = (size: number, type: number): string => `AT#SSLEN=1,1\rAT#SSLSECDATA=1,1,${type},${size}\r`
const ways: readonly Way[] = keys.flatMap(([says, key]) => [
  { says: `${says}, as a line, then CR`, begin: (bench, how) => type(bench, `${key}\r`, how) },
  { says: `${says}, as lines, then CR`, begin: (bench, how) => type(bench, `${key.replaceAll('\n', '\r\n')}\r`, how) },
  { says: `${says}, as a line, then ESC and CR`, begin: (bench, how) => type(bench, `${key}\x1b\r`, how) },
  {
    says: `${says}, at the prompt of a key, then ESC`,
    begin: (bench, how) => type(bench, `${prompted(900, 2)}${key}\x1b`, how)
  },
  {
    says: `${says}, at the prompt of a key, then CR and Ctrl-Z`,
    begin: (bench, how) => type(bench, `${prompted(900, 2)}${key}\r\x1a`, how)
  },
  {
    says: `${says}, at the prompt of a certificate, then ESC`,
    begin: (bench, how) => type(bench, `${prompted(900, 0)}${key}\x1b`, how)
  }
])

describe('half a key', () => {
  it.each(ways.map((way) => [way.says, way] as const))(
    'S-5, W-9: %s: what comes behind it is shown, command and answer',
    (_says, { begin }) => {
      const bench = new Bench()
      begin(bench, 'whole')
      const { shown, printed } = afterwards(bench, commands, 'whole')
      expect(shown.tx).toBe(commands.map((line) => `${line}\r`).join(''))
      expect(shown.rx).toBe(printed)
    }
  )

  it.each(ways.map((way) => [way.says, way] as const))(
    'S-5, W-9: %s: typed byte by byte, it takes no more than the first command with it',
    (_says, { begin }) => {
      const bench = new Bench()
      begin(bench, 'bytes')
      const { shown } = afterwards(bench, commands, 'bytes')
      expect(shown.tx.slice(commands[0]!.length)).toBe(
        commands
          .map((line) => `${line}\r`)
          .join('')
          .slice(commands[0]!.length)
      )
      expect(shown.rx.replaceAll(/\*/g, '')).toContain('+CSQ: 21,0\r\n\r\nOK')
      expect(shown.rx.split('*').length - 1).toBeLessThanOrEqual(commands[0]!.length)
    }
  )

  it.each([20, 300])('S-5, W-9: in DER, %i bytes of it: the commands behind it are shown', (bytes) => {
    const bench = new Bench()
    bench.type(`${der.slice(0, bytes)}\r`)
    const { shown, printed } = afterwards(bench, commands, 'whole')
    expect(shown.tx).toBe(commands.map((line) => `${line}\r`).join(''))
    expect(shown.rx).toBe(printed)
  })

  it('S-5, W-9: takes no command into what is remembered of the key, and so hides none later', () => {
    const bench = new Bench()
    type(bench, `${half(pem)}\rAT+CGDCONT=1,"IP","internet"\rAT+CGDCONT?\r`, 'bytes')
    expect(afterwards(bench, ['AT+CGDCONT=1,"IP","internet"', 'AT+CGDCONT?'], 'whole').shown.rx).not.toContain('*')
  })

  it('S-5, W-9: sent on one connection hides nothing of the next', () => {
    const bench = new Bench().echo().readyToDial()
    const dial = (data: string): string => {
      const seq = bench.events().at(-1)!.seq
      bench.at('AT#SSLD=1,443,"123.124.125.126",0,0')
      bench.type(data)
      bench.pass(7000).type('+++')
      bench.pass(2000)
      bench.at('AT#SSLH=1')
      return kept(bench, seq).rx
    }
    expect(dial(half(pem))).not.toContain(half(pem).slice(-64))
    const plain = '{"unit": 7, "state": "ready"}'
    expect(dial(plain)).toContain(plain)
  })

  it('S-5, W-9: that the module prints ends with the answer', () => {
    const bench = new Bench()
    bench.type(`AT+CGDCONT=1,"IP","${pem.split('\n')[1]}"\rAT+CGDCONT?\r`)
    const { shown, printed } = afterwards(bench, commands.slice(0, 4), 'whole')
    expect(shown.rx).toBe(printed)
  })
})

describe('a whole key', () => {
  /** Returns a key in which every line begins with AT. In real keys, one line may by chance. */
  const unlucky = (width: number, count: number, last: string): string => {
    const random = seededRandom(width)
    const line = (): string =>
      `AT${Buffer.from(random.bytes(width))
        .toString('base64')
        .slice(0, width - 2)}`
    return [
      '-----BEGIN ENCRYPTED PRIVATE KEY-----',
      ...Array.from({ length: count }, line),
      last,
      '-----END ENCRYPTED PRIVATE KEY-----',
      ''
    ].join('\n')
  }
  const body = (key: string): string =>
    key
      .split('\n')
      .filter((line) => line !== '' && !line.includes('---') && !line.includes(':'))
      .join('')
  const wrapped = (key: string, width: number): string =>
    `-----BEGIN RSA PRIVATE KEY-----\n${body(key).replace(new RegExp(`.{1,${width}}`, 'g'), '$&\n')}-----END RSA PRIVATE KEY-----\n`

  it.each<readonly [string, string]>([
    ['as OpenSSL wraps it', pem],
    ...[16, 20, 33, 48, 76].map((width) => [`in lines of ${width}`, wrapped(pem, width)] as const),
    ['encrypted, with headers', encrypted],
    ['with AT at the begin of each line', unlucky(64, 9, 'AT9dT7c/uPn2Zo9LwYbdSfJ+qKe=')],
    ['with AT at the begin of each short line', unlucky(20, 30, 'AT9dT7c/uPn2Zo9L')],
    [
      'in the source of a program',
      pem
        .trimEnd()
        .split('\n')
        .map((line) => `"${line}\\n"`)
        .join('\n')
    ]
  ])('S-5, W-9: %s stays masked, whatever ends its lines and wherever the writes are cut', (_says, key) => {
    for (const lineEnd of ['\r', '\r\n', '\n']) {
      for (const chunk of [1, 7, 64, 65, 5000]) {
        const bench = new Bench()
        const text = `${key.replaceAll('\n', lineEnd)}\r`
        for (let at = 0; at < text.length; at += chunk) bench.type(text.slice(at, at + chunk))
        bench.pass(1000)
        const { tx, rx } = kept(bench, -1)
        const pieces = (body(key).slice(200).match(/.{12}/g) ?? []).filter((one) => !/["\\]/.test(one))
        expect(pieces.length).toBeGreaterThan(3)
        const flat = `${tx}${rx}`.replaceAll(/[\r\n]/g, '')
        expect(
          pieces.filter((one) => flat.includes(one)),
          JSON.stringify([lineEnd, chunk])
        ).toEqual([])
      }
    }
  })
})
