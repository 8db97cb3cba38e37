import { describe, expect, it } from 'vitest'
import { escapeFtp, fileText, openFtp } from '../../fixtures/ftp-bench.ts'

// Files in online mode and command mode, plain and with TLS, passive and active (at-reference 7, D-18, G-5-3).

const OK = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const prints = (line: string): string => `\r\n${line}\r\n${OK}`
const ways = [false, true].flatMap((secure) => ([1, 0] as const).map((mode) => ({ secure, mode })))

describe.each(ways)('secure $secure, mode $mode', ({ secure, mode }) => {
  const opened = (): ReturnType<typeof openFtp> => openFtp({ secure, mode })

  it('G-5-6 #FTPGET: CONNECT, the bytes, NO CARRIER; the session goes on', () => {
    const { bench, server } = opened()
    expect(bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\n${fileText}\r\nNO CARRIER\r\n`)
    expect(bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\n${fileText}\r\nNO CARRIER\r\n`)
    expect(server.verbs.filter((verb) => verb === (mode === 1 ? 'PASV' : 'PORT'))).toHaveLength(2)
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })

  it('#FTPGET of an empty file, and of one with every byte', () => {
    const { bench, server } = opened()
    server.files
      .set('empty', Buffer.alloc(0))
      .set('all', Buffer.from(Array.from({ length: 100_000 }, (_, index) => index & 255)))
    expect(bench.at('AT#FTPGET="empty"')).toBe('\r\nCONNECT\r\n\r\nNO CARRIER\r\n')
    const got = bench.at('AT#FTPGET="all"')
    expect(Buffer.from(got.slice(11, -14), 'latin1').equals(server.files.get('all')!)).toBe(true)
  })

  it('#FTPLIST with and without a name', () => {
    const { bench, server } = opened()
    expect(bench.at('AT#FTPLIST')).toBe('\r\nCONNECT\r\n-rw-r--r-- 1 ftp ftp 24 file.txt\r\n\r\nNO CARRIER\r\n')
    expect(bench.at('AT#FTPLIST="file.txt"')).toContain('CONNECT')
    expect(server.lines.filter((line) => line.startsWith('LIST'))).toEqual(['LIST', 'LIST file.txt'])
  })

  it('D-18 #FTPPUT online: +++ ends the file with NO CARRIER, and is never sent', () => {
    const { bench, server } = opened()
    expect(bench.at('AT#FTPPUT="up.bin"')).toBe('\r\nCONNECT\r\n')
    bench.type('some +++ bytes\r\n\x1a')
    expect(escapeFtp(bench)).toBe('\r\nNO CARRIER\r\n')
    expect(server.files.get('up.bin')!.toString('latin1')).toBe('some +++ bytes\r\n\x1a')
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })

  it('#FTPAPP puts behind what is there', () => {
    const { bench, server } = opened()
    expect(bench.at('AT#FTPAPP="file.txt",0')).toBe('\r\nCONNECT\r\n')
    bench.type(' more')
    escapeFtp(bench)
    expect(server.files.get('file.txt')!.toString('latin1')).toBe(`${fileText} more`)
  })

  it('#FTPPUT in command mode: #FTPAPPEXT by count, the last with eof', () => {
    const { bench, server } = opened()
    expect(bench.at('AT#FTPPUT="up.bin",1')).toBe(OK)
    expect(bench.at('AT#FTPAPPEXT=5')).toBe('\r\n> ')
    expect(bench.type('\x1a\x1b\x08+\0') + bench.pass(100).output()).toBe(prints('#FTPAPPEXT: 5'))
    expect(bench.at('AT#FTPPWD')).toBe(error(613))
    expect(bench.at('AT#FTPAPPEXT=3,1')).toBe('\r\n> ')
    expect(bench.type('end') + bench.pass(100).output()).toBe(prints('#FTPAPPEXT: 3'))
    expect(server.files.get('up.bin')!.toString('latin1')).toBe('\x1a\x1b\x08+\0end')
    expect(bench.at('AT#FTPAPPEXT=3')).toBe(error(614))
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })

  it('#FTPGETPKT: OK, then #FTPRECV until the end', () => {
    const { bench } = opened()
    expect(bench.at('AT#FTPGETPKT="file.txt"')).toBe(OK)
    expect(bench.at('AT#FTPRECV?')).toBe(prints('#FTPRECV: 24'))
    expect(bench.at('AT#FTPRECV=10')).toBe(`\r\n#FTPRECV: 10\r\nfirst line\r\n${OK}`)
    expect(bench.at('AT#FTPGETPKT?')).toBe(prints('#FTPGETPKT: file.txt,0,1'))
    expect(bench.at('AT#FTPRECV=3000')).toBe(`\r\n#FTPRECV: 14\r\n${fileText.slice(10)}\r\n${OK}`)
    expect(bench.at('AT#FTPRECV=3000')).toBe(error(614))
    expect(bench.at('AT#FTPRECV=3001')).toBe('\r\nERROR\r\n')
  })

  it('#FTPGETPKT in hexadecimal', () => {
    const { bench } = opened()
    expect(bench.at('AT#FTPGETPKT="file.txt",1')).toBe(OK)
    expect(bench.at('AT#FTPRECV=3')).toBe(`\r\n#FTPRECV: 3\r\n666972\r\n${OK}`)
    expect(bench.at('AT#FTPGETPKT?')).toBe(prints('#FTPGETPKT: file.txt,1,1'))
  })

  it('D-18 +++ gives a download up: NO CARRIER, and the session goes on', () => {
    const { bench, server } = opened()
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('the first part')
        data.onEnd(() => session.reply('426 Failure writing network stream'))
      })
    }
    expect(bench.at('AT#FTPGET="file.txt"')).toBe('\r\nCONNECT\r\nthe first part')
    expect(escapeFtp(bench)).toBe('\r\nNO CARRIER\r\n')
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })
})

describe('holding back', () => {
  it('a host that does not read stops a download, and goes on with it', () => {
    const { bench, server } = openFtp()
    let stream: { write(text: string): void; end(): void } | null = null
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => (stream = data))
    }
    bench.at('AT#FTPGET="file.txt"')
    bench.portRoom = false
    stream!.write('one')
    expect(bench.pass(10).output()).toBe('one')
    stream!.write('two')
    stream!.end()
    server.last.reply('226 Done')
    expect(bench.pass(60_000).output()).toBe('')
    bench.portRoom = true
    bench.module.instances[0]!.portDrained()
    expect(bench.pass(10).output()).toBe('two\r\nNO CARRIER\r\n')
  })

  it('a download in command mode holds 64 kB and no more, until #FTPRECV takes some', () => {
    const { bench, server } = openFtp()
    const pieces = 40
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        for (let piece = 0; piece < pieces; piece += 1) data.write('x'.repeat(8192))
        data.end()
        session.reply('226 Done')
      })
    }
    expect(bench.at('AT#FTPGETPKT="file.txt"')).toBe(OK)
    expect(bench.at('AT#FTPRECV?')).toBe(prints('#FTPRECV: 65536'))
    expect(bench.at('AT#FTPGETPKT?')).toBe(prints('#FTPGETPKT: file.txt,0,0'))
    let got = 0
    for (
      let answer = bench.at('AT#FTPRECV=3000');
      answer.startsWith('\r\n#FTPRECV');
      answer = bench.at('AT#FTPRECV=3000')
    )
      got += Number(/: (\d+)/.exec(answer)![1])
    expect(got).toBe(pieces * 8192)
  })
})
