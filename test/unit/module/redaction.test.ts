import { describe, expect, it } from 'vitest'
import { Bench } from '../../fixtures/bench.ts'

/** Returns everything that the timeline has kept, as one text. */
function kept(bench: Bench): string {
  return bench
    .events()
    .map(({ what }) => (what.kind === 'bytes' ? Buffer.from(what.bytes).toString('latin1') : JSON.stringify(what)))
    .join('\n')
}

/** Types a text whole, or in pieces of `size`. */
function typeIn(bench: Bench, text: string, size = text.length): void {
  for (let at = 0; at < text.length; at += size) bench.type(text.slice(at, at + size))
}

describe('secrets in the timeline', () => {
  const key = '-----BEGIN RSA PRIVATE KEY-----\nTOPSECRETKEY\n-----END RSA PRIVATE KEY-----\n'

  it.each([1, 7, 1000])(
    'a private key typed in pieces of %i is not there, nor its echo, nor what the read action prints',
    (size) => {
      const bench = new Bench()
      bench.at('AT#SSLEN=1,1')
      bench.type('ATE1\r')
      typeIn(bench, `AT#SSLSECDATA=1,1,2,${key.length}\r${key}\x1aAT+CSQ\r`, size)
      bench.at('AT#SSLSECDATA=1,2,2')
      expect(kept(bench)).not.toMatch(/TOPSECRET|BEGIN RSA/)
      // The port itself gets everything, and what follows is shown again.
      expect(bench.at('AT#SSLSECDATA=1,2,2')).toContain('TOPSECRETKEY')
      expect(kept(bench)).toContain('+CSQ: 21,0')
    }
  )

  it('a certificate is no secret', () => {
    const bench = new Bench()
    bench.at('AT#SSLEN=1,1')
    typeIn(bench, 'AT#SSLSECDATA=1,1,1,20\rPUBLIC CERTIFICATE\x1a')
    expect(kept(bench)).toContain('PUBLIC CERTIFICATE')
  })

  it.each([1, 5, 1000])(
    'PIN and context password typed in pieces of %i are masked in line, command, bytes and echo',
    (size) => {
      const bench = new Bench()
      bench.type('ATE1\r')
      typeIn(bench, 'AT+CPIN="4711"\r', size)
      typeIn(bench, 'at#sgact = 1,1,"user","hunt,er2";+CSQ\r', size)
      bench.pass(200)
      typeIn(bench, 'AT#SGACT=1,0\r', size)
      const text = kept(bench)
      expect(text).not.toMatch(/4711|hunt|er2/)
      expect(text).toContain('user')
      expect(text).toContain('AT#SGACT=1,0')
    }
  )
})
