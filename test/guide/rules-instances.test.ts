import { describe, expect, it } from 'vitest'
import { guideAddress, listen } from './far-ends.ts'
import { Host } from './host.ts'

// Several AT instances: one SSL socket, and independent ports (chapters 3.1 and 4.2.1).

const ok = '\r\nOK\r\n'
const refused = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const dial = (mode: 0 | 1): string => `AT#SSLD=1,443,"${guideAddress}",0,${mode}`

/** Returns a module with SSL enabled on port 0. `other` types on port 1 and returns the output of both ports. */
function twoPorts(product: string) {
  const host = new Host({ product, instances: 2 }).ready()
  const connections = listen(host.bench)
  const other = (line: string): string => host.bench.type(`${line}\r`, 1) + host.wait(100)
  other('ATE0')
  other('AT+CMEE=1')
  return { host, connections, other }
}

describe.each(['GE865-QUAD', 'HE910'])('two AT instances of %s', (product) => {
  it('while one is online the other keeps taking commands, and nothing of them goes to the far end (G-4.2-2)', () => {
    const { host, connections, other } = twoPorts(product)
    host.at('AT#SSLCFG=1,1,300,90,100,1')
    expect(host.at(dial(0))).toBe('\r\nCONNECT\r\n')
    expect(other('AT+CMEE?')).toBe(`\r\n+CMEE: 1\r\n${ok}`)
    expect(other('AT#SSLS=1')).toMatch(/^\r\n#SSLS: 1,2,[1-3]\r\n\r\nOK\r\n$/)
    host.type('to the far end')
    host.wait(200)
    expect(connections[0]!.received).toBe('to the far end')
    // All instances share the context: without it the connection ends, on its own port.
    expect(other('AT#SGACT=1,0')).toBe(`\r\nNO CARRIER\r\n${ok}`)
    expect(host.at('AT')).toBe(ok)
  })

  it('SSL cannot be used from the other, until it is off here and on there; what is read may be read (G-3.1-3, D-27)', () => {
    const { host, other } = twoPorts(product)
    const acts = [
      '#SSLEN=1,1',
      '#SSLEN=1,0',
      '#SSLSECCFG=1,0,0',
      '#SSLSECDATA=1,2,1',
      '#SSLCFG=1,1,300,90,100,50',
      dial(1).slice(2),
      '#SSLO=1',
      '#SSLH=1',
      '#SSLSEND=1',
      '#SSLRECV=1,10'
    ]
    for (const line of acts) expect(other(`AT${line}`), line).toBe(refused(831))
    expect(other('AT#SSLEN?')).toBe(`\r\n#SSLEN: 1,1\r\n${ok}`)
    for (const line of ['#SSLSECCFG?', '#SSLSECDATA?', '#SSLCFG?', '#SSLD=?', '#SSLS=1'])
      expect(other(`AT${line}`), line).toContain(ok)
    expect(host.at('AT#SSLEN=1,0')).toBe(ok)
    expect(other('AT#SSLEN=1,1')).toBe(ok)
    expect(other(dial(1))).toBe(ok)
    expect(host.at('AT#SSLH=1')).toBe(refused(831))
    expect(other('AT#SSLH=1')).toBe(ok)
  })

  it('a command that blocks one blocks that one alone (G-4.2-5)', () => {
    const { host, connections, other } = twoPorts(product)
    expect(host.at(dial(1))).toBe(ok)
    expect(host.type('AT#SSLRECV=1,10,100\r')).toBe('')
    expect(other('AT')).toBe(ok)
    connections[0]!.send('late')
    expect(host.wait(10)).toBe(`\r\n#SSLRECV: 4\r\nlate\r\n${ok}`)
  })
})
