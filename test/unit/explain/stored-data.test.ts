import { describe, expect, it } from 'vitest'
import { testPki } from '../../fixtures/pki.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'
import { guideAddress, listen } from '../../guide/far-ends.ts'

// 837: stored data that the module cannot use, and what gets lost on the way into a slot.

const dial = `AT#SSLD=1,443,"${guideAddress}",0,1`
const ok = '\r\nOK\r\n'
const refused = '\r\n+CME ERROR: 837\r\n'
const { ca, client, server } = testPki()

function ready(authMode: 1 | 2, product = 'HE910'): WhyBench {
  const bench = new WhyBench({ product })
  listen(bench)
  bench.readyToDial()
  bench.at(`AT#SSLSECCFG=1,0,${authMode}`)
  return bench
}

describe('837', () => {
  it('nothing stored: which slot, for which auth mode, and storing it mends it (G-3.2-5)', async () => {
    const bench = ready(1)
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'slot-empty',
      title: 'No CA certificate is stored',
      error: { code: 837 },
      rule: { id: 'G-3.2-5' }
    })
    expect(wordsOf(told)).toContain('Auth mode 1')
    expect(told.parts[0]).toBe('nvm:ca-certificate')
    expect(told.remedies[0]).toMatchObject({
      commands: ['AT#SSLSECDATA=1,1,1,<size>'],
      entry: expect.stringMatching(/^<.*>.$/s)
    })
    expect(bench.mend(told.remedies[0]!, ca.pem)).toContain('OK')
    expect(bench.at(dial)).toBe(ok)
  })

  it('nothing stored, in DER: the entry ends by its count', async () => {
    const bench = ready(1)
    bench.at('AT#SSLSECCFG=1,0,1,0')
    bench.at(dial)
    const [store] = (await bench.why()).remedies
    expect(store!.entry).toMatch(/^<.*DER>$/)
    bench.mend(store!, ca.der.toString('latin1'))
    expect(bench.at(dial)).toBe(ok)
  })

  it('the client certificate is missing: auth mode 1 is the other way, and needs nothing more', async () => {
    const bench = ready(2)
    bench.enter(1, ca.pem)
    bench.at(dial)
    const told = await bench.why()
    expect(told.title).toBe('No client certificate is stored')
    const other = told.remedies.find(({ commands }) => commands[0] === 'AT#SSLSECCFG=1,0,1')!
    bench.mend(other)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a PEM with CRs on a GSM module: how many, in which line, and its size without them (G-3.3-5)', async () => {
    const bench = ready(1, 'GE865-QUAD')
    const withCrs = ca.pem.replaceAll('\n', '\r\n')
    bench.enter(1, withCrs)
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('slot-stray-byte')
    const lines = ca.pem.trimEnd().split('\n').length
    expect(wordsOf(told)).toContain(`${lines} bytes of ${withCrs.length}`)
    expect(wordsOf(told)).toContain('a CR (0x0D) in line 1')
    expect(told.rule?.id).toBe('G-3.3-5')
    expect(told.remedies[0]!.commands).toEqual([`AT#SSLSECDATA=1,1,1,${ca.pem.length}`])
    bench.mend(told.remedies[0]!, ca.pem)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a size that was too small: the END line is missing', async () => {
    const bench = ready(1)
    bench.at('AT#SSLSECDATA=1,1,1,500')
    bench.type(`${ca.pem}\x1a`)
    bench.pass(50).output()
    bench.at(dial)
    const told = await bench.why()
    expect(told.id).toBe('slot-cut-short')
    expect(wordsOf(told)).toContain('500 bytes are stored')
  })

  it('a PKCS#8 key on HE910: which format it is and which is read (G-3.3-7, D-32)', async () => {
    const bench = ready(2)
    bench.enter(1, ca.pem)
    bench.enter(0, client.pem)
    bench.enter(2, client.keyPkcs8Pem)
    expect(bench.at(dial)).toBe(refused)
    const told = await bench.why()
    expect(told.id).toBe('key-format')
    expect(told.parts[0]).toBe('nvm:private-key')
    expect(wordsOf(told)).toContain('PKCS#8 (BEGIN PRIVATE KEY)')
    expect(wordsOf(told)).toContain('PKCS#1 (BEGIN RSA PRIVATE KEY)')
    expect(JSON.stringify(told)).not.toContain('MII')
    bench.mend(told.remedies[0]!, client.keyPkcs1Pem)
    expect(bench.at(dial)).toBe(ok)
  })

  it('a key of another pair: whose certificate it does not fit', async () => {
    const bench = ready(2)
    bench.enter(1, ca.pem)
    bench.enter(0, client.pem)
    bench.enter(2, server.keyPkcs1Pem)
    bench.at(dial)
    const told = await bench.why()
    expect(told.id).toBe('key-mismatch')
    expect(wordsOf(told)).toContain(`CN=${client.subject[1]!.value as string}`)
    bench.mend(told.remedies[0]!, client.keyPkcs1Pem)
    expect(bench.at(dial)).toBe(ok)
  })

  it('something that is no certificate', async () => {
    const bench = ready(1)
    bench.enter(1, 'hello')
    bench.at(dial)
    expect(await bench.why()).toMatchObject({ id: 'slot-unreadable', values: [{ expected: '-----BEGIN' }] })
  })
})

describe('entries', () => {
  it('Ctrl-Z at once: nothing was entered, and the slot kept what it had', async () => {
    const bench = ready(1)
    bench.at('AT#SSLSECDATA=1,1,1,100')
    bench.type('\x1a')
    const told = await bench.why()
    expect(told.id).toBe('nothing-entered')
    expect(told.remedies[0]!.commands).toEqual(['AT#SSLSECDATA=1,1,1,<size>'])
  })

  it('a store that cannot be written: 23, in its own words', async () => {
    const store = {
      savedAtMs: null,
      load: () => ({ image: null, fault: null }),
      setAside: () => '',
      save: () => {
        throw new Error('The disk is full: nvm.json was not written.')
      }
    }
    const bench = new WhyBench({ store: store as never })
    bench.at('AT#SSLEN=1,1')
    expect(bench.at('AT#SSLSECCFG=1,1,0')).toBe('\r\n+CME ERROR: 23\r\n')
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'memory-failure', error: { name: 'memoryFailure' } })
    expect(wordsOf(told)).toContain('The disk is full')
  })
})
