import { describe, expect, it } from 'vitest'
import { playTranscript, type PlayOutcome } from '../../../src/main/check/player.ts'
import { SecretBook } from '../../../src/main/check/secret-book.ts'
import { parseTranscript } from '../../../src/main/timeline/transcript/parser.ts'
import type { CheckRig } from '../../../src/main/check/rig.ts'
import { ready, record, storeAuthority, type ScriptStep } from '../../fixtures/transcripts.ts'

const escape: readonly ScriptStep[] = [1100, '+++', 1100]
const play = (text: string, seed = 5, secrets = new SecretBook([])): Promise<PlayOutcome> => playTranscript(parseTranscript(text), { seed, secrets })

const scripts: Readonly<Record<string, readonly ScriptStep[]>> = {
  '3.5.1 verify none, command mode': [
    ...ready, 'AT#SSLSECCFG=1,1,0\r', 'AT#SSLD=1,443,"123.124.125.126",0,1\r', 'AT#SSLS=1\r', 'AT#SSLSEND=1\r', 'through the secure socket\n\x1a', 'AT#SSLRECV=1,100\r', 'AT#SSLH=1\r'
  ],
  '3.5.2 server authentication': [...ready, 'AT#SSLSECCFG=1,0,1\r', ...storeAuthority, 'AT#SSLSECDATA=1,2,1\r', 'AT#SSLD=1,443,"123.124.125.126",0,1\r', 'AT#SSLS=1\r', 'AT#SSLH=1\r'],
  '4.5.1 online, suspended and restored': [
    ...ready, 'AT#SSLSECCFG=1,0,0\r', 'AT#SSLCFG=1,1,300,90,100,2\r', 'AT#SSLD=1,443,"123.124.125.126",0,0\r', 'bidirectional data\n', 500, ...escape, 'AT#SSLO=1\r', 'more\n', 500, ...escape, 'AT#SSLH=1\r', 'AT+CCLK?\r'
  ],
  '4.5.5 a page over HTTPS by name': [
    ...ready, 'AT#SSLSECCFG=1,0,1\r', ...storeAuthority, 'AT#SSLCFG=1,1,300,90,100,2\r', 'AT#SSLD=1,443,"www.example.lab",0,0\r', 'GET / HTTP/1.0\r\n\r\n', 1000, 'AT#SSLS=1\r'
  ],
  '5 FTP with TLS': [
    ...ready, 'AT#FTPCFG=100,0,1\r', 'AT#SSLSECCFG=1,0,1\r', ...storeAuthority, 'AT#FTPOPEN="127.0.0.1:40021","user","se,cret9",1\r', 1000, 'AT#FTPGET="file.txt"\r', 1000, 'AT#FTPLIST\r', 1000, 'AT#FTPCWD="in"\r', 'AT#FTPPUT="up.txt",1\r', 'AT#FTPAPPEXT=5,1\r', 'bytes', 'AT#FTPFSIZE="up.txt"\r', 'AT#FTPMSG\r', 'AT#FTPCLOSE\r', 1000
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
    // A placeholder that another secret of the same length stands in for has other digits.
    const plain = (transcript: string): string => transcript.replace(/(lab authority: .*\n)+/, '').replace(/(<secret ftpopen-password \d+) \S+>/g, '$1>')
    expect(plain(outcome.transcript)).toBe(plain(text))
  })

  it('what was done to the board is done again', async () => {
    const act = (name: string, argument: Record<string, unknown>) => (rig: CheckRig): string => {
      expect(rig.act(name, argument)).toBe(null)
      return ''
    }
    const text = await record([
      ...ready, act('network-event', { kind: 'drop-context', contextId: 1 }), 'AT#SGACT?\r', act('network', { registration: 'denied' }), 'AT+CREG?\r', act('network', { registration: 'home' }), 1000,
      act('sim', { inserted: false }), 'AT+CPIN?\r', act('sim', { inserted: true }), 1000, 'AT+CPIN?\r', act('clock', { networkTime: false }), act('key', { key: 'reset' }), 3000, 'AT+CMEE?\r',
      act('supply', { on: false }), 'AT\r', act('supply', { on: true }), act('key', { key: 'on' }), 3000, 'AT\r'
    ])
    for (const name of ['key', 'network', 'network-event', 'sim', 'clock', 'supply']) expect(text).toContain(` - ! ${name} {`)
    const outcome = await play(text)
    expect(outcome.differences).toEqual([])
    expect(outcome.skipped).toEqual([])
    expect(outcome.transcript.replace(/(lab authority: .*\n)+/, '')).toBe(text.replace(/(lab authority: .*\n)+/, ''))
  })

  it('a PIN that was given to the card is not in the transcript, and that is said', async () => {
    const text = await record([(rig) => `${rig.act('sim', { pin: '8026', pinEnabled: true }) ?? ''}`, 'AT\r'])
    expect(text).not.toContain('8026')
    expect((await play(text)).skipped[0]!.sentence).toBe('The act sim is done without pin, which is not in the transcript.')
  })

  it('of other chance is the same to the reader', async () => {
    const outcome = await play(await record(scripts['3.5.2 server authentication']!), 99)
    expect(outcome.differences).toEqual([])
    expect(outcome.masked).toMatchObject({ address: expect.any(Number) as number })
  })
})

