import { describe, expect, it } from 'vitest'
import { fileText, ftpBench, ftpOpen, openFtp } from '../../fixtures/ftp-bench.ts'
import { FarStream } from '../../fixtures/ftp-far-end.ts'

// Servers whose replies and connections come at the wrong time, or in an unusual form: commands and replies stay
// matched.

const OK = '\r\nOK\r\n'
const CARRIER = '\r\nNO CARRIER\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

function inStep({ bench }: ReturnType<typeof ftpBench>): void {
  expect(bench.at('AT#FTPPWD')).toBe(`\r\n#FTPPWD: 257 "/home" is the current directory\r\n${OK}`)
  expect(bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\n${fileText}${CARRIER}`)
  expect(bench.at('AT#FTPFSIZE="file.txt"')).toBe(`\r\n#FTPFSIZE: 24\r\n${OK}`)
}

describe('answers', () => {
  it('of several lines: what counts may stand in any of them', () => {
    const made = openFtp()
    const { server, bench } = made
    server.on['PASV'] = (session) => {
      const { reply } = session
      session.reply = (text) => reply.call(session, `227-Here is where\r\n to go\r\n${text}`)
      session.passive()
      session.reply = reply
    }
    server.on['SIZE'] = (session) => session.reply('213-The size of 1 file\r\n99\r\n213 24')
    server.on['PWD'] = (session) => session.reply('257-You are in\r\n257 "/home" is the current directory')
    expect(bench.at('AT#FTPPWD')).toBe(`\r\n#FTPPWD: 257 "/home" is the current directory\r\n${OK}`)
    expect(bench.at('AT#FTPFSIZE="file.txt"')).toBe(`\r\n#FTPFSIZE: 24\r\n${OK}`)
    expect(bench.at('AT#FTPGET="file.txt"')).toContain(fileText)
  })

  it('that have no place: 606, nothing made up', () => {
    const made = openFtp()
    const { server, bench } = made
    for (const [verb, reply, command] of [
      ['SIZE', '213 as large as a house', 'AT#FTPFSIZE="file.txt"'],
      ['SIZE', '200 5', 'AT#FTPFSIZE="file.txt"'],
      ['PWD', '250 Fine', 'AT#FTPPWD'],
      ['CWD', '350 And then?', 'AT#FTPCWD="x"'],
      ['DELE', '331 Who are you?', 'AT#FTPDELE="file.txt"']
    ] as const) {
      server.on[verb] = (session) => session.reply(reply)
      expect(bench.at(command), reply).toBe(error(606))
      delete server.on[verb]
    }
    inStep(made)
  })

  it('byte by byte, in every step of a session', () => {
    const made = ftpBench()
    const whole = FarStream.prototype.write
    FarStream.prototype.write = function (what) {
      for (const byte of Buffer.from(what as string, 'latin1')) whole.call(this, Buffer.of(byte))
    }
    try {
      expect(made.bench.at(ftpOpen())).toBe(OK)
      inStep(made)
    } finally {
      FarStream.prototype.write = whole
    }
  })

  it('of empty lines without end', () => {
    const made = openFtp()
    made.server.on['PWD'] = (session) => session.reply(`257-${'\r\n'.repeat(70_000)}`)
    expect(made.bench.at('AT#FTPPWD')).toBe(error(606))
    expect(made.bench.facts('note').at(-1)!.sentence).toContain('goes on beyond 65536 bytes')
  })
})

describe('data connections', () => {
  it('in active mode before the answer to PORT: the command waits for it', () => {
    const made = openFtp({ mode: 0 })
    const { server, bench } = made
    server.on['PORT'] = (session, argument) => {
      const { reply } = session
      session.reply = (text) => server.bench.clock.schedule(500, () => reply.call(session, text))
      delete server.on['PORT']
      session['usual']('PORT', argument)
      session.reply = reply
    }
    bench.type('AT#FTPGET="file.txt"\r')
    expect(bench.pass(100).output()).toBe('')
    expect(server.verbs.at(-1)).toBe('PORT')
    expect(bench.pass(1000).output()).toBe(`\r\nCONNECT\r\n${fileText}${CARRIER}`)
    inStep(made)
  })

  it.each([
    ['REST', 1],
    ['PORT', 0]
  ] as const)('that end before %s is answered bring nothing of the file', (verb, mode) => {
    const made = openFtp({ mode })
    const { server, bench } = made
    bench.at('AT#FTPREST=5')
    server.on[verb] = (session, argument) => {
      delete server.on[verb]
      const { reply } = session
      session.reply = (text) => server.bench.clock.schedule(500, () => reply.call(session, text))
      session['usual'](verb, argument)
      session.reply = reply
      const end = (): void => {
        if (session.data) session.data.end()
        else server.bench.clock.schedule(1, end)
      }
      end()
    }
    bench.type('AT#FTPGET="file.txt"\r')
    expect(bench.pass(100).output()).toBe('')
    expect(bench.pass(1000).output()).toBe(`\r\nCONNECT\r\n${CARRIER}`)
    inStep(made)
  })
})

describe('the end of a file', () => {
  it('with TLS and without close_notify is doubted, even if the server calls the file complete', () => {
    for (const orderly of [true, false]) {
      const made = openFtp({ secure: true })
      made.server.on['RETR'] = (session) => {
        session.reply('150 Here it comes')
        session.withData((data) => {
          data.write('half')
          if (orderly) data.end()
          else data.cut()
          session.reply('226 Transfer complete')
        })
      }
      expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\nhalf${CARRIER}`)
      const doubts = made.bench
        .facts('note')
        .filter(({ sentence }) => sentence.startsWith('Nothing shows that the file has come to its end'))
      expect(doubts).toHaveLength(orderly ? 0 : 1)
      if (!orderly) expect(doubts[0]!.sentence).toContain('without saying close_notify first')
    }
  })

  it('is no end where the server closes in the middle of an upload, whatever it says of it', () => {
    for (const closesFirst of [true, false]) {
      const made = openFtp()
      made.server.on['STOR'] = (session) => {
        session.reply('150 Go on')
        session.withData((data) =>
          data.onData(() => {
            if (closesFirst) data.cut()
            session.reply('226 I have it')
            if (!closesFirst) data.cut()
          })
        )
      }
      made.bench.at('AT#FTPPUT="up"')
      made.bench.type('half a file')
      expect(made.bench.pass(50).output()).toBe(CARRIER)
      expect(made.bench.facts('note').at(-1)!.sentence).toMatch(/^The file is not whole: The server (closed|ended)/)
      delete made.server.on['STOR']
      inStep(made)
    }
  })
})
