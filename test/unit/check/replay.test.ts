import { describe, expect, it } from 'vitest'
import { playTranscript, type PlayOutcome } from '../../../src/main/check/player.ts'
import type { CheckRig } from '../../../src/main/check/rig.ts'
import { SecretBook } from '../../../src/main/check/secret-book.ts'
import { parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import { ready, record, storeAuthority, type ScriptStep } from '../../fixtures/transcripts.ts'

const escape: readonly ScriptStep[] = [1100, '+++', 1100]
// A placeholder for another secret of the same length has other digits.
const plain = (transcript: string): string =>
  transcript.replace(/(lab authority: .*\n)+/, '').replace(/(<secret ftpopen-password \d+) \S+>/g, '$1>')
const play = (text: string, seed = 5, secrets = new SecretBook([])): Promise<PlayOutcome> =>
  playTranscript(parseTranscript(text), { seed, secrets })

const scripts: Readonly<Record<string, readonly ScriptStep[]>> = {
  '3.5.1 verify none, command mode': [
    ...ready,
    'AT#SSLSECCFG=1,1,0\r',
    'AT#SSLD=1,443,"123.124.125.126",0,1\r',
    'AT#SSLS=1\r',
    'AT#SSLSEND=1\r',
    'through the secure socket\n\x1a',
    'AT#SSLRECV=1,100\r',
    'AT#SSLH=1\r'
  ],
  '3.5.2 server authentication': [
    ...ready,
    'AT#SSLSECCFG=1,0,1\r',
    ...storeAuthority,
    'AT#SSLSECDATA=1,2,1\r',
    'AT#SSLD=1,443,"123.124.125.126",0,1\r',
    'AT#SSLS=1\r',
    'AT#SSLH=1\r'
  ],
  '4.5.1 online, suspended and restored': [
    ...ready,
    'AT#SSLSECCFG=1,0,0\r',
    'AT#SSLCFG=1,1,300,90,100,2\r',
    'AT#SSLD=1,443,"123.124.125.126",0,0\r',
    'bidirectional data\n',
    500,
    ...escape,
    'AT#SSLO=1\r',
    'more\n',
    500,
    ...escape,
    'AT#SSLH=1\r',
    'AT+CCLK?\r'
  ],
  '4.5.5 a page over HTTPS by name': [
    ...ready,
    'AT#SSLSECCFG=1,0,1\r',
    ...storeAuthority,
    'AT#SSLCFG=1,1,300,90,100,2\r',
    'AT#SSLD=1,443,"www.example.lab",0,0\r',
    'GET / HTTP/1.0\r\n\r\n',
    1000,
    'AT#SSLS=1\r'
  ],
  '5 FTP with TLS': [
    ...ready,
    'AT#FTPCFG=100,0,1\r',
    'AT#SSLSECCFG=1,0,1\r',
    ...storeAuthority,
    'AT#FTPOPEN="127.0.0.1:40021","user","se,cret9",1\r',
    1000,
    'AT#FTPGET="file.txt"\r',
    1000,
    'AT#FTPLIST\r',
    1000,
    'AT#FTPCWD="in"\r',
    'AT#FTPPUT="up.txt",1\r',
    'AT#FTPAPPEXT=5,1\r',
    'bytes',
    'AT#FTPFSIZE="up.txt"\r',
    'AT#FTPMSG\r',
    'AT#FTPCLOSE\r',
    1000
  ]
}

describe('a transcript of virtual time', () => {
  it.each(Object.entries(scripts))('%s replays byte for byte', async (_name, script) => {
    const text = await record(script)
    expect(text).not.toContain('ERROR')
    const outcome = await play(text)
    expect(outcome.differences).toEqual([])
    expect(outcome.skipped).toEqual([])
    expect(outcome.notes).toEqual([])
    expect(plain(outcome.transcript)).toBe(plain(text))
  })

  it('what was done to the board is done again', async () => {
    const text = await record([
      ...ready,
      act('network-event', { kind: 'drop-context', contextId: 1 }),
      'AT#SGACT?\r',
      act('network', { registration: 'denied' }),
      'AT+CREG?\r',
      act('network', { registration: 'home' }),
      1000,
      act('sim', { inserted: false }),
      'AT+CPIN?\r',
      act('sim', { inserted: true }),
      1000,
      'AT+CPIN?\r',
      act('clock', { networkTime: false }),
      act('key', { key: 'reset' }),
      3000,
      'AT+CMEE?\r',
      act('supply', { on: false }),
      'AT\r',
      act('supply', { on: true }),
      act('key', { key: 'on' }),
      3000,
      'AT\r'
    ])
    for (const name of ['key', 'network', 'network-event', 'sim', 'clock', 'supply'])
      expect(text).toContain(` - ! ${name} {`)
    const outcome = await play(text)
    expect(outcome.differences).toEqual([])
    expect(outcome.skipped).toEqual([])
    expect(outcome.transcript.replace(/(lab authority: .*\n)+/, '')).toBe(text.replace(/(lab authority: .*\n)+/, ''))
  })

  const act =
    (name: string, argument: Record<string, unknown>) =>
    async (rig: CheckRig): Promise<string> => {
      expect(await rig.act(name, argument)).toBe(null)
      return ''
    }
  const dial = ['AT#SSLD=1,443,"123.124.125.126",0,1\r', 1000] as const
  const around: Readonly<Record<string, readonly [acts: string, answer: string, script: readonly ScriptStep[]]>> = {
    'a fault that is armed': [
      'fault',
      '+CME ERROR: 839',
      ['AT#SSLSECCFG=1,0,0\r', act('fault', { fault: 'refuses', times: 'next', farEnd: 'tls' }), ...dial]
    ],
    'a fault that resets TCP': [
      'fault',
      '+CME ERROR: 839',
      ['AT#SSLSECCFG=1,0,0\r', act('fault', { fault: 'reset', times: 'next', parameter: 100 }), ...dial]
    ],
    'a fault of the network': [
      'fault',
      '+CME ERROR: 832',
      [
        'AT#SSLSECCFG=1,0,0\r',
        act('fault', { fault: 'network-loss', times: 'next', parameter: 3 }),
        ...dial,
        'AT+CREG?\r',
        5000,
        'AT+CREG?\r'
      ]
    ],
    'a certificate that the lab was given': [
      'lab',
      '+CME ERROR: 839',
      ['AT#SSLSECCFG=1,0,1\r', ...storeAuthority, act('lab', { farEnd: 'tls', certificate: 'expired' }), ...dial]
    ],
    'suites that the lab was given': [
      'lab',
      '+CME ERROR: 839',
      ['AT#SSLSECCFG=1,2,0\r', act('lab', { farEnd: 'tls', suites: ['AES128-SHA'] }), ...dial]
    ],
    'a fault of FTP': [
      'fault',
      '+CME ERROR: 606',
      [
        'AT#FTPCFG=100,0,1\r',
        'AT#SSLSECCFG=1,0,0\r',
        act('fault', { fault: 'ftp-refuse-login', times: 'next', farEnd: 'ftps' }),
        'AT#FTPOPEN="127.0.0.1:40021","user","pass",1\r',
        1000
      ]
    ],
    'DTR that the host dropped': [
      'lines',
      'NO CARRIER',
      [
        'AT&D2\r',
        'AT#SSLSECCFG=1,0,0\r',
        'AT#SSLCFG=1,1,300,0,100,50\r',
        act('lines', { rts: true, dtr: true }),
        'AT#SSLD=1,443,"123.124.125.126",0,0\r',
        500,
        act('lines', { rts: true, dtr: false }),
        1000,
        'AT#SSLS=1\r'
      ]
    ]
  }

  it.each(Object.entries(around))(
    '%s is there again, and is missed where it is left out',
    async (_name, [name, answer, script]) => {
      const text = await record([...ready, ...script])
      expect(text).toContain(answer)
      const outcome = await play(text)
      expect(outcome.differences).toEqual([])
      expect(outcome.skipped).toEqual([])
      expect(plain(outcome.transcript)).toBe(plain(text))
      const lines = text.split('\n')
      const fewer = lines.filter((line) => !line.includes(` ! ${name} {`))
      expect(fewer.length).toBeLessThan(lines.length)
      const without = fewer
        .join('\n')
        .replace(
          /end: (\d+) lines/,
          (_all, count: string) => `end: ${Number(count) - lines.length + fewer.length} lines`
        )
      expect((await play(without)).differences).not.toEqual([])
    }
  )

  it('a fault that was cleared does not strike, and one that is not armed is said', async () => {
    const text = await record([
      ...ready,
      'AT#SSLSECCFG=1,0,0\r',
      act('fault', { fault: 'refuses', times: 'always' }),
      act('fault', { fault: 'reset', times: 'next', farEnd: 'tls' }),
      act('fault-cleared', { fault: 'refuses' }),
      act('fault-cleared', { fault: 'reset', farEnd: 'tls' }),
      ...dial,
      'AT#SSLS=1\r'
    ])
    expect(text).not.toContain('ERROR')
    expect(await play(text)).toMatchObject({ differences: [], skipped: [] })
    const [, , ...acts] = text.match(/^.* ! fault.*\n/gm)!
    const without = text
      .replace(/^.* ! fault \{.*\n/gm, '')
      .replace(/end: (\d+) lines/, (_all, count: string) => `end: ${Number(count) - 2} lines`)
    expect(acts).toHaveLength(2)
    expect((await play(without)).skipped.map(({ sentence }) => sentence)).toEqual([
      'The act fault-cleared cannot be done: Alert: handshake_failure is not armed here.',
      'The act fault-cleared cannot be done: Connection reset is not armed here.'
    ])
  })

  it('a line of megabytes that never comes is waited for like any other', async () => {
    const text = await record([...ready])
    const long = text.replace(
      /end: (\d+) lines/,
      (_all, count: string) => `    90.000 0 < ${'1.'.repeat(2_000_000)}\nend: ${Number(count) + 1} lines`
    )
    expect((await play(long)).differences).toHaveLength(1)
  })

  it('an act that is none, or of another argument, is said', async () => {
    const text = await record([...ready])
    const broken = text.replace(
      /end: (\d+) lines/,
      (_all, count: string) =>
        `    90.000 - ! lab {"farEnd":"moon"}\n    90.000 - ! fault {"fault":"none","times":"next"}\n    90.000 - ! lines {"dtr":1,"rts":0}\nend: ${Number(count) + 3} lines`
    )
    expect((await play(broken)).skipped.map(({ sentence }) => sentence)).toEqual(
      ['lab', 'fault', 'lines'].map(
        (name) => `The act ${name} cannot be done: its argument is not that of such an act.`
      )
    )
  })

  it('a PIN that was given to the card is not in the transcript, and that is said', async () => {
    const text = await record([
      async (rig) => `${(await rig.act('sim', { pin: '8026', pinEnabled: true })) ?? ''}`,
      'AT\r'
    ])
    expect(text).not.toContain('8026')
    expect((await play(text)).skipped[0]!.sentence).toBe(
      'The act sim is done without pin, which is not in the transcript.'
    )
  })

  it('of other chance is the same to the reader', async () => {
    const outcome = await play(await record(scripts['3.5.2 server authentication']!), 99)
    expect(outcome.differences).toEqual([])
    expect(outcome.masked).toMatchObject({ address: expect.any(Number) as number })
  })
})
