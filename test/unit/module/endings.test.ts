import { describe, expect, it } from 'vitest'
import { MemoryNvmStore } from '../../../src/main/state/memory-nvm-store.ts'
import { Bench, seededRandom, type FarEnd } from '../../fixtures/bench.ts'

const dialCommand = 'AT#SSLD=1,443,"123.124.125.126",0,1'

function open(): { bench: Bench; far: FarEnd } {
  const bench = new Bench()
  let far: FarEnd | null = null
  bench.farEnd((one) => (far = one)).readyToDial()
  bench.at(dialCommand)
  return { bench, far: far! }
}

describe('the keys while the module boots (D-29, D-36)', () => {
  it('ON turns it off again, and on once more; RESET begins anew', () => {
    const bench = new Bench({ powered: false })
    bench.module.pressOn()
    bench.pass(50).module.pressOn()
    expect(bench.module.powered).toBe(false)
    expect(bench.pass(1000).type('AT\r')).toBe('')
    bench.module.pressOn()
    bench.pass(50).module.pressReset()
    bench.pass(60)
    expect(bench.type('AT\r')).toBe('')
    bench.pass(100)
    expect(bench.type('AT\r')).toBe('AT\r\r\nOK\r\n')
  })
})

describe('the keys while #SHDN or #REBOOT takes leave of the network', () => {
  it.each(['#SHDN', '#REBOOT'])('RESET restarts it at once, and what is left of %s does nothing more', (command) => {
    const bench = new Bench()
    expect(bench.type(`AT${command}\r`)).toContain('OK')
    bench.pass(1).module.pressReset()
    bench.pass(1000)
    expect(bench.type('AT\r')).toBe('AT\r\r\nOK\r\n')
    expect(bench.facts('transition').filter((one) => one.chart === 'power' && one.event === 'RESTART')).toHaveLength(1)
  })
})

describe('A/ (at-reference 2)', () => {
  it('knows no line from before the module went down', () => {
    const bench = new Bench()
    bench.at('AT+CMEE=2')
    bench.module.pressReset()
    bench.pass(1000)
    expect(bench.type('A/')).toBe('A/\r\nOK\r\n')
    expect(bench.at('AT+CMEE?')).toContain('+CMEE: 0')
  })
})

describe('a plug that is pulled while the socket is open', () => {
  it('leaves no time for close_notify: the connection is just gone (RFC 2246 7.2.1)', () => {
    const { bench, far } = open()
    let ended = false
    far.tcp.onEnd(() => (ended = true))
    bench.module.unplug()
    bench.pass(10)
    expect([ended, far.closedByPeer]).toEqual([true, false])
  })
})

describe('NO CARRIER in command mode (D-7)', () => {
  it('is a result code: a number with V0, withheld with Q1', () => {
    for (const [setting, expected] of [
      ['V0', '3\r'],
      ['Q1', ''],
      ['V1', '\r\nNO CARRIER\r\n']
    ] as const) {
      const { bench, far } = open()
      bench.at(`AT${setting}`)
      far.close()
      expect(bench.pass(10).output(), setting).toBe(expected)
    }
  })

  const lastWords = (): { bench: Bench; far: FarEnd } => {
    const both = open()
    both.bench.at('ATE0')
    both.far.send('bye')
    both.far.close()
    both.bench.pass(100)
    return both
  }

  it('while suspended by +++ is as in command mode: what is held first, or NO CARRIER at once', () => {
    for (const held of ['last', '']) {
      const { bench, far } = open()
      bench.at('ATE0')
      bench.type('AT#SSLO=1\r')
      bench.pass(1000).type('+++')
      expect(bench.pass(1000).output()).toContain('\r\nOK\r\n')
      bench.pass(100)
      if (held) far.send(held)
      far.close()
      expect(bench.pass(100).output()).toBe(held ? '' : '\r\nNO CARRIER\r\n')
      if (!held) continue
      expect(bench.module.parts.ssl.status()).toContain('1,2')
      expect(bench.type('AT#SSLSEND=1\r')).toBe('\r\n+CME ERROR: 840\r\n')
      expect(bench.type('AT#SSLRECV=1,100\r')).toBe('\r\n#SSLRECV: 4\r\nlast\r\n\r\nOK\r\n')
      expect(bench.pass(100).output()).toBe('\r\nNO CARRIER\r\n')
    }
  })

  it('finds the socket closed for the rest of the line behind the #SSLRECV that empties it', () => {
    const { bench } = lastWords()
    expect(bench.type('AT#SSLRECV=1,100;#SSLS=1\r')).toBe('\r\n#SSLRECV: 3\r\nbye\r\n\r\n#SSLS: 1,1\r\n\r\nOK\r\n')
    expect(bench.pass(45).output()).toBe('')
    expect(bench.pass(10).output()).toBe('\r\nNO CARRIER\r\n')
  })

  it('is not told any more to a host that dials anew at once: it would take it for the end of the new connection', () => {
    for (const [mode, result] of [
      [1, 'OK'],
      [0, 'CONNECT']
    ] as const) {
      const { bench } = lastWords()
      expect(bench.type('AT#SSLRECV=1,100\r')).toContain('bye')
      bench.type(`AT#SSLD=1,443,"123.124.125.126",0,${mode}\r`)
      expect(bench.pass(2000).output()).toBe(`\r\n${result}\r\n`)
      expect(bench.module.parts.ssl.status()).toContain('1,2')
    }
  })

  it('nor to one that had typed the dial ahead while #SSLRECV waited', () => {
    const { bench, far } = open()
    bench.at('ATE0')
    bench.type('AT#SSLRECV=1,100\r')
    bench.type(`${dialCommand}\r`)
    far.close()
    expect(bench.pass(2000).output()).toBe('\r\n#SSLRECV: 0\r\nDISCONNECTED\r\n\r\nOK\r\n\r\nOK\r\n')
    expect(bench.module.parts.ssl.status()).toContain('1,2')
  })

  it('keeps its distance from the result of a command that came in between', () => {
    const { bench } = lastWords()
    bench.type('AT#SSLRECV=1,100\r')
    bench.pass(30).type('AT\r')
    expect(bench.pass(45).output()).toBe('')
    expect(bench.pass(20).output()).toBe('\r\nNO CARRIER\r\n')
  })
})

describe('a #SSLSEND that waits for TCP (G-4.2-6)', () => {
  const stuck = (): { bench: Bench; far: FarEnd } => {
    const both = open()
    both.far.tcp.takeNothing()
    both.bench.type('AT#SSLSEND=1,50\r')
    expect(both.bench.type('waits\x1a')).toBe('')
    return both
  }

  it('ends with OK when TCP takes the bytes, and with 832 when it does not in time', () => {
    const taken = stuck()
    taken.far.tcp.takeAll()
    expect(taken.bench.pass(1).output()).toBe('\r\nOK\r\n')
    // The socket is closed too (D-38).
    expect(stuck().bench.pass(5000).output()).toBe('\r\n+CME ERROR: 832\r\n\r\nNO CARRIER\r\n')
  })

  it('ends with 838 when what the far end sends is spoilt, and that is told once (D-27)', () => {
    const { bench, far } = stuck()
    const applicationData = [23, 3, 1, 0, 20]
    far.tcp.write(Uint8Array.from([...applicationData, ...Array.from({ length: 20 }, (_, index) => index)]))
    expect(bench.pass(10).output()).toBe('\r\n+CME ERROR: 838\r\n')
    expect(bench.at('AT#SSLRECV=1,10')).toBe('\r\n+CME ERROR: 833\r\n')
  })

  it('ends with 840 at once when the far end closes', () => {
    const { bench, far } = stuck()
    far.close()
    expect(bench.pass(10).output()).toBe('\r\n+CME ERROR: 840\r\n\r\nNO CARRIER\r\n')
  })
})

describe('a name that is looked up for #SSLD (D-27: 558)', () => {
  it('is waited for no longer than the timeout, and 300.1.1.1 is a name', () => {
    const bench = new Bench().readyToDial()
    expect(bench.at('AT#SSLD=1,443,"300.1.1.1",0,1')).toBe('\r\n+CME ERROR: 558\r\n')
    bench.network.resolveName = () => ({ cancel: () => {} })
    bench.type('AT#SSLD=1,443,"slow.example",0,1,20\r')
    expect(bench.pass(1999).output()).toBe('')
    expect(bench.pass(1).output()).toBe('\r\n+CME ERROR: 558\r\n')
  })

  it('for #QDNS is called off when the module goes down', () => {
    const bench = new Bench().readyToDial()
    bench.network.name('late.example', '10.0.0.1')
    bench.type('AT#QDNS="late.example"\r')
    bench.module.pressReset()
    expect(bench.pass(500).output()).toBe('')
  })
})

describe('what is taken back with the editing character', () => {
  it('may be the prefix itself', () => {
    const bench = new Bench()
    bench.at('AT')
    expect(bench.type('AT\b\bAT\r')).toBe('\r\nOK\r\n')
    expect(bench.type('AY\bT\r')).toBe('\r\nOK\r\n')
    expect(bench.type('AT+\b\b\b\bat\r')).toBe('\r\nOK\r\n')
    expect(bench.type('AYT\r')).toBe('')
    expect(bench.type('AYAT\r')).toBe('\r\nOK\r\n')
  })
})

describe('an NVM image with values that no command writes', () => {
  const good = (): Record<string, unknown> => {
    const store = new MemoryNvmStore()
    new Bench({ store }).at('AT+CGDCONT=1,"IP","good"')
    return JSON.parse(store.image!) as Record<string, unknown>
  }

  it.each([
    ['a slot that is no base64', { slots: [null, '%%%', null] }],
    ['a context that does not exist', { contexts: [{ cid: 9, type: 'IP', apn: '', address: '', dcomp: 0, hcomp: 0 }] }],
    ['a suite that does not exist', { sslSecurity: { suite: 12, authMode: 0 } }],
    ['a time that is no whole number', { sslConfig: { pktSize: 1.5, maxTo: 90, defTo: 100, txTo: 50 } }]
  ])('%s is set aside and said', (_, change) => {
    const store = new MemoryNvmStore(JSON.stringify({ ...good(), ...change }))
    const bench = new Bench({ store })
    expect(bench.at('AT+CGDCONT?')).toContain('+CGDCONT: 1,"IP","",""')
    expect(bench.module.parts.nvm.fault).toMatch(/set aside/)
  })
})

describe('answers as slow as real ones (D-37)', () => {
  it('come after 10 to 100 ms for simple commands, longer for a dial, and the same way with the same seed', () => {
    const waits = (): number[] => {
      const bench = new Bench({ latency: seededRandom(3) })
      bench.at('ATE0')
      return ['AT', 'AT+CSQ', 'AT#SGACT=1,1', 'AT#SSLEN=1,1'].map((line) => {
        let answer = bench.type(`${line}\r`)
        let waited = 0
        for (; answer === '' && waited < 5000; waited += 1) answer = bench.pass(1).output()
        return waited
      })
    }
    const [bare, simple, network] = waits()
    expect(bare).toBe(0)
    expect(simple).toBeGreaterThanOrEqual(10)
    expect(simple).toBeLessThanOrEqual(101)
    expect(network).toBeGreaterThan(50)
    expect(waits()).toEqual(waits())
  })

  it('never begin once the module is down', () => {
    const bench = new Bench({ latency: seededRandom(3) })
    bench.type('AT+CGDCONT=1,"IP","never"\r')
    bench.module.pressReset()
    bench.pass(1000).output()
    bench.type('AT+CGDCONT?\r')
    expect(bench.pass(200).output()).toContain('+CGDCONT: 1,"IP","",""')
  })
})
