import { describe, expect, it } from 'vitest'
import { SecretWords } from '../../../src/main/module/ftp/secret-words.ts'
import { Bench } from '../../fixtures/bench.ts'

// A server that repeats what it was sent, in a dialogue in plain text.

const PASSWORD = 'Xy7zQ.kq'

function talkative(bench: Bench): Bench {
  bench.network.listen('123.124.125.126', 21, (tcp) => {
    tcp.write(Buffer.from('220 Hello\r\n'))
    tcp.onData((bytes) => {
      const line = Buffer.from(bytes).toString('latin1').trim()
      tcp.write(
        Buffer.from(
          line.startsWith('USER') ? `331 Now the password of ${line.slice(5)}\r\n` : `530 ${line} is wrong\r\n`
        )
      )
    })
  })
  return bench
}

describe('an FTP password', () => {
  it('is not in the dialogue, the segments, the answers or the failure', () => {
    const bench = talkative(new Bench())
    bench.at('AT+CMEE=1;#SGACT=1,1')
    expect(bench.at(`AT#FTPOPEN="123.124.125.126:21","anna","${PASSWORD}",1`)).toContain('+CME ERROR')
    bench.pass(1000)
    expect(bench.at('AT#FTPMSG')).toContain(`530 PASS ${PASSWORD} is wrong`)
    const text = bench
      .events()
      .map(({ what }) =>
        JSON.stringify(what, (_name, value) =>
          value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value
        )
      )
      .join('\n')
    expect(text).not.toContain(PASSWORD)
    expect(text).toContain('#FTPMSG: 530 PASS ******** is wrong')
    expect(bench.facts('ftp').map((one) => one.text)).toEqual(
      expect.arrayContaining(['331 Now the password of ***', 'PASS ***', '530 PASS *** is wrong'])
    )
  })
})

describe('secret words in a stream', () => {
  it('are stars wherever the stream is cut', () => {
    const stream = Buffer.from(`230 ${PASSWORD}, welcome, X${PASSWORD}`)
    for (let cut = 0; cut <= stream.length; cut += 1) {
      const words = new SecretWords()
      words.add(PASSWORD)
      const kept = [stream.subarray(0, cut), stream.subarray(cut)].map((part) =>
        Buffer.from(words.shown(part)).toString('latin1')
      )
      expect(kept.join('')).toMatch(/^230 \*{8}, welcome, [X*]\*{8}$/)
      expect(kept[0]).toHaveLength(cut)
    }
  })

  it('leave other bytes alone', () => {
    const words = new SecretWords()
    const bytes = Buffer.from('230 welcome')
    expect(words.shown(bytes)).toBe(bytes)
    words.add('otherwise')
    expect(words.shown(bytes)).toBe(bytes)
  })
})
