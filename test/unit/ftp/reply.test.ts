import { describe, expect, it } from 'vitest'
import { portArgument, readPassiveAddress } from '../../../src/main/module/ftp/passive-address.ts'
import { ReplyReader } from '../../../src/main/module/ftp/reply.ts'

function read(pieces: readonly string[]): { replies: string[]; broken: string[] } {
  const replies: string[] = []
  const broken: string[] = []
  const reader = new ReplyReader({
    reply: ({ code, lines }) => replies.push(`${code}: ${lines.join(' | ')}`),
    broken: (sentence) => broken.push(sentence)
  })
  for (const piece of pieces) reader.feed(Buffer.from(piece, 'latin1'))
  return { replies, broken }
}

describe('answers of an FTP server', () => {
  const text =
    '220-Welcome\r\n230 is not the end\r\n 220 neither\r\n220\r\n220-\r\n220 Ready\r\n331 Password\r\n200\r\n'
  const expected = [
    '220: 220-Welcome | 230 is not the end |  220 neither | 220',
    '220: 220- | 220 Ready',
    '331: 331 Password',
    '200: 200'
  ]

  it('are read whole, of one line and of several', () =>
    expect(read([text])).toEqual({ replies: expected, broken: [] }))

  it('are read however they are cut', () => {
    for (let at = 1; at < text.length; at += 1)
      expect(read([text.slice(0, at), text.slice(at)]).replies, `cut at ${at}`).toEqual(expected)
    expect(read(text.split('')).replies).toEqual(expected)
  })

  it('may end their lines with LF alone', () =>
    expect(read(['220-a\n220 b\n']).replies).toEqual(['220: 220-a | 220 b']))

  it.each(['hello\r\n', '99 x\r\n', '600 x\r\n', '\r\n', '22O x\r\n', '2200 x\r\n', '220xx\r\n'])(
    'are none when they begin with %j',
    (line) => {
      expect(read([line]).broken[0]).toContain('no answer')
    }
  )

  it('are bounded: a line, a text and the number of lines that are kept', () => {
    expect(read([`220 ${'x'.repeat(5000)}\r\n`]).replies[0]).toHaveLength(5 + 1024)
    const many = read([`220-first\r\n${'middle\r\n'.repeat(100)}220 last\r\n`]).replies
    expect(many[0]!.split(' | ')).toHaveLength(32)
    expect(read([`220-first\r\n${'x'.repeat(100)}\r\n`.repeat(1000)]).broken[0]).toContain('65536 bytes')
    expect(read(['x'.repeat(70_000)]).broken).toHaveLength(1)
  })

  it('that came in one piece with the consent to AUTH TLS do not count', () => {
    const replies: number[] = []
    const reader: ReplyReader = new ReplyReader({
      reply: ({ code }) => {
        replies.push(code)
        if (code === 234) reader.reset()
      },
      broken: () => replies.push(-1)
    })
    reader.feed(Buffer.from('234 go\r\n230 injected\r\n'))
    expect(replies).toEqual([234])
  })
})

describe('addresses of data connections', () => {
  it.each([
    ['227 Entering Passive Mode (127,0,0,1,4,1).', { address: '127.0.0.1', port: 1025 }],
    ['227 Entering Passive Mode 10,1,2,3,255,255', { address: '10.1.2.3', port: 65_535 }],
    ['227 =127,0,0,1,0,21', { address: '127.0.0.1', port: 21 }],
    ['227 Entering Passive Mode (127,0,0,256,4,1)', null],
    ['227 Entering Passive Mode (127,0,0,1,0,0)', null],
    ['227 Entering Passive Mode (127,0,0,1,4)', null],
    ['227 Ok', null]
  ])('%s', (text, expected) => expect(readPassiveAddress(text)).toEqual(expected))

  it('are told by PORT as six numbers', () =>
    expect(portArgument({ address: '10.64.18.7', port: 49_153 })).toBe('10,64,18,7,192,1'))
})
