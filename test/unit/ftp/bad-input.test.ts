import { describe, expect, it } from 'vitest'
import { escapeFtp, fileText, ftpBench, ftpOpen, openFtp, secureFtp } from '../../fixtures/ftp-bench.ts'
import type { FarStream } from '../../fixtures/ftp-far-end.ts'

// Errors of servers: each gives the documented result, and the session is usable or cleanly closed (at-reference 7 and
// 8).

const OK = '\r\nOK\r\n'
const CARRIER = '\r\nNO CARRIER\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const LIMIT_MS = 10_000

/** Checks that the session can be used, or another one opened. */
function usable({ bench, server }: ReturnType<typeof ftpBench>): void {
  const said = bench.at('AT#FTPPWD')
  if (said.includes('257 "/home"')) return
  expect(said).toBe(error(607))
  expect(bench.module.chartsNow().find((one) => one.id === 'ftp')!.state).toBe('idle')
  for (const verb of Object.keys(server.on)) delete server.on[verb]
  server.greeting = '220 Here again'
  expect(bench.at(ftpOpen())).toBe(OK)
}

describe('a server that closes', () => {
  it.each(['AUTH', 'USER', 'PASS', 'PBSZ', 'PROT', 'TYPE'])('at %s: 606, and another session can be opened', (verb) => {
    const made = ftpBench()
    secureFtp(made.bench)
    made.server.on[verb] = (session) => session.control.end()
    expect(made.bench.at(ftpOpen())).toBe(error(606))
    usable(made)
  })

  it('instead of greeting', () => {
    const made = ftpBench()
    made.server.greeting = ''
    made.bench.type(`${ftpOpen()}\r`)
    made.bench.pass(50)
    made.server.last.control.end()
    expect(made.bench.pass(50).output()).toContain(error(606))
    usable(made)
  })

  it.each(['PASV', 'RETR'])('at %s of a download: 606', (verb) => {
    const made = openFtp()
    made.server.on[verb] = (session) => session.control.end()
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(error(606))
    usable(made)
  })

  it('while a file comes: what is on its way still comes, then NO CARRIER', () => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('one ')
        session.control.end()
        data.write('two')
        data.end()
      })
    }
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\none two${CARRIER}`)
    usable(made)
  })

  it('while a file comes that then never ends: NO CARRIER after the timeout', () => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('one')
        session.control.end()
      })
    }
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe('\r\nCONNECT\r\none')
    expect(made.bench.pass(2 * LIMIT_MS).output()).toBe(CARRIER)
    usable(made)
  })

  it('while a file goes: NO CARRIER', () => {
    const made = openFtp()
    made.bench.at('AT#FTPPUT="up"')
    made.bench.type('bytes')
    made.server.last.control.end()
    expect(made.bench.pass(50).output()).toBe(CARRIER)
    usable(made)
  })

  it('between two #FTPAPPEXT, and under one: 607, and never a command without an answer', () => {
    const made = openFtp()
    made.bench.at('AT#FTPPUT="up",1')
    made.bench.at('AT#FTPAPPEXT=5')
    made.server.last.control.end()
    made.bench.pass(50)
    expect(made.bench.type('12345') + made.bench.pass(50).output()).toBe(error(607))
    usable(made)
  })

  it('with 421, asked or not', () => {
    const made = openFtp()
    made.server.last.reply('421 Timeout')
    made.bench.pass(50)
    usable(made)
    made.server.on['PWD'] = (session) => session.reply('421 Going down')
    expect(made.bench.at('AT#FTPPWD')).toBe(error(606))
    usable(made)
  })

  it('at QUIT, without a word: OK', () => {
    const made = openFtp()
    made.server.on['QUIT'] = (session) => session.control.end()
    expect(made.bench.at('AT#FTPCLOSE')).toBe(OK)
  })

  it('the data connection in mid-file: NO CARRIER, the answer kept for #FTPMSG', () => {
    for (const secure of [false, true]) {
      const made = openFtp({ secure })
      made.server.cutAfter = 5
      expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\n${fileText.slice(0, 5)}${CARRIER}`)
      expect(made.bench.at('AT#FTPMSG')).toContain('#FTPMSG: 426 Failure writing network stream')
      expect(made.bench.facts('note').at(-1)!.sentence).toContain('not whole')
      usable(made)
    }
  })
})

describe('a server that is silent', () => {
  it.each(['USER', 'PASS', 'TYPE', 'AUTH'])('at %s: 606 after the timeout of #FTPCFG, not before', (verb) => {
    const made = ftpBench()
    secureFtp(made.bench)
    made.bench.at('AT#FTPCFG=200,0,1')
    made.server.on[verb] = () => {}
    expect(made.bench.at(ftpOpen())).toBe('')
    expect(made.bench.pass(19_000).output()).toBe('')
    expect(made.bench.pass(2000).output()).toBe(error(606))
    usable(made)
  })

  it.each(['PWD', 'PASV', 'RETR'])('at %s: 606, and the session, which is out of step, is over', (verb) => {
    const made = openFtp()
    made.server.on[verb] = () => {}
    expect(made.bench.at(verb === 'PWD' ? 'AT#FTPPWD' : 'AT#FTPGET="file.txt"')).toBe('')
    expect(made.bench.pass(LIMIT_MS).output()).toBe(error(606))
    usable(made)
  })

  it('at QUIT: OK after the timeout', () => {
    const made = openFtp()
    made.server.on['QUIT'] = () => {}
    expect(made.bench.at('AT#FTPCLOSE')).toBe('')
    expect(made.bench.pass(LIMIT_MS).output()).toBe(OK)
  })

  it('after the file, with no 226: NO CARRIER after the timeout, and a 226 that comes late answers nothing else', () => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('bytes')
        data.end()
      })
    }
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe('\r\nCONNECT\r\nbytes')
    expect(made.bench.pass(LIMIT_MS).output()).toBe(CARRIER)
    made.server.on['PWD'] = (session) => {
      session.reply('226 Transfer complete, at last')
      session.reply('257 "/home"')
    }
    usable(made)
    made.server.on['PWD'] = () => false
    usable(made)
  })

  it('with 226 and no end of the data: what came, then NO CARRIER after the timeout', () => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('bytes')
        session.reply('226 Done')
      })
    }
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe('\r\nCONNECT\r\nbytes')
    expect(made.bench.pass(2 * LIMIT_MS).output()).toBe(CARRIER)
    usable(made)
  })

  it('in active mode never connects: NO CARRIER after the timeouts', () => {
    const made = openFtp({ mode: 0 })
    made.server.on['PORT'] = (session) => session.reply('200 Fine')
    made.server.on['RETR'] = (session) => session.reply('150 I shall call you')
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe('')
    expect(made.bench.pass(2 * LIMIT_MS).output()).toBe(CARRIER)
    usable(made)
  })
})

describe('answers that have no place', () => {
  it('several lines everywhere', () => {
    const made = ftpBench()
    const { server, bench } = made
    server.greeting = '220-Welcome\r\n220-to this\r\n 220 server\r\n220 Ready'
    server.on['PASS'] = (session) => session.reply('230-You are in\r\nbe nice\r\n230 Go')
    expect(bench.at(ftpOpen())).toBe(OK)
    expect(bench.at('AT#FTPGET="file.txt"')).toContain(fileText)
    usable(made)
  })

  it('120 before the greeting is waited for', () => {
    const made = ftpBench()
    made.server.greeting = '120 In a minute\r\n220 Ready'
    expect(made.bench.at(ftpOpen())).toBe(OK)
  })

  it('a greeting that refuses, or is no FTP: 606', () => {
    for (const greeting of ['530 Too many', 'SSH-2.0-OpenSSH_9.2', '\x16\x03\x01\0\0\n']) {
      const made = ftpBench()
      made.server.greeting = greeting
      expect(made.bench.at(ftpOpen()), greeting).toBe(error(606))
      usable(made)
    }
  })

  it('no user, no password: 606, and #FTPMSG tells why', () => {
    const made = ftpBench()
    made.server.on['PASS'] = (session) => session.reply('530 Login incorrect')
    expect(made.bench.at(ftpOpen())).toBe(error(606))
    expect(made.bench.at('AT#FTPMSG')).toContain('#FTPMSG: 530 Login incorrect')
    usable(made)
  })

  it('unasked ones are left aside', () => {
    const made = openFtp()
    made.server.last.reply('200 By the way')
    made.bench.pass(50)
    usable(made)
  })

  it('226 before 150, and before the data', () => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => {
      session.reply('226 Done before it began')
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.write('bytes')
        data.end()
      })
    }
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(`\r\nCONNECT\r\nbytes${CARRIER}`)
    usable(made)
  })

  it.each([
    '227 Entering Passive Mode',
    '227 (1,2,3)',
    '227 (300,0,0,1,4,1)',
    '227 (127,0,0,1,0,0)',
    '200 Fine',
    '502 No PASV'
  ])('to PASV: %s gives 606', (reply) => {
    const made = openFtp()
    made.server.on['PASV'] = (session) => session.reply(reply)
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(error(606))
    usable(made)
  })

  it('a wrong passive address: NO CARRIER; with IPPignoring the file comes', () => {
    const made = openFtp()
    made.server.passiveAddress = '10.99.99.99'
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(CARRIER)
    usable(made)
    made.bench.at('AT#FTPCFG=100,1,0')
    expect(made.bench.at('AT#FTPGET="file.txt"')).toContain(fileText)
  })

  it.each(['425 Cannot open data connection', '425 Unable to build data connection: TLS session reuse required'])(
    '%s is NO CARRIER',
    (reply) => {
      const made = openFtp()
      made.server.on['RETR'] = (session) => session.reply(reply)
      expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(CARRIER)
      expect(made.bench.at('AT#FTPMSG')).toContain(reply)
      usable(made)
    }
  )

  it.each(['550 No such file', '450 Busy', '501 Bad name'])('%s to a download is 606', (reply) => {
    const made = openFtp()
    made.server.on['RETR'] = (session) => session.reply(reply)
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(error(606))
    expect(made.bench.at('AT#FTPMSG')).toContain(reply)
    usable(made)
  })

  it('REST refused: 606, nothing is got', () => {
    const made = openFtp()
    made.server.on['REST'] = (session) => session.reply('502 No')
    made.bench.at('AT#FTPREST=5')
    expect(made.bench.at('AT#FTPGET="file.txt"')).toBe(error(606))
    usable(made)
  })
})

describe('a disk that is full', () => {
  it.each(['452 No space', '550 Read only', '552 Quota'])('%s at once is 606, online and in command mode', (reply) => {
    const made = openFtp()
    made.server.on['STOR'] = (session) => session.reply(reply)
    expect(made.bench.at('AT#FTPPUT="up"')).toBe(error(606))
    expect(made.bench.at('AT#FTPPUT="up",1')).toBe(error(606))
    usable(made)
  })

  const fullAfterSome = (made: ReturnType<typeof openFtp>): void => {
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      session.withData((data) =>
        data.onData(() => {
          data.cut()
          session.reply('452 No space left')
        })
      )
    }
  }

  it('in mid-file online: NO CARRIER by itself', () => {
    const made = openFtp()
    fullAfterSome(made)
    expect(made.bench.at('AT#FTPPUT="up"')).toBe('\r\nCONNECT\r\n')
    made.bench.type('bytes')
    expect(made.bench.pass(50).output()).toBe(CARRIER)
    expect(made.bench.at('AT#FTPMSG')).toContain('452 No space left')
    usable(made)
  })

  it('in mid-file in command mode: 614 at the next #FTPAPPEXT, with the reason', () => {
    const made = openFtp()
    fullAfterSome(made)
    made.bench.at('AT#FTPPUT="up",1')
    made.bench.at('AT#FTPAPPEXT=5')
    expect(made.bench.type('bytes') + made.bench.pass(50).output()).toContain('#FTPAPPEXT: 5')
    expect(made.bench.at('AT#FTPAPPEXT=5')).toBe(error(614))
    expect(made.bench.facts('result').at(-1)!.failure!.sentence).toContain('452 No space left')
    usable(made)
  })

  it('at the very end: the last #FTPAPPEXT is 606', () => {
    const made = openFtp()
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      session.withData((data) => data.onEnd(() => session.reply('452 No space left')))
    }
    made.bench.at('AT#FTPPUT="up",1')
    made.bench.at('AT#FTPAPPEXT=5,1')
    expect(made.bench.type('bytes') + made.bench.pass(50).output()).toBe(error(606))
    usable(made)
  })
})

describe('an #FTPAPPEXT that fails (D-38)', () => {
  it.each([
    ['plain FTP', false],
    ['FTPS', true]
  ])('M-4: ends the upload where the server takes nothing, and nothing of it arrives later: %s', (_, secure) => {
    const made = openFtp({ secure })
    let arrived = ''
    let data: FarStream | null = null
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      session.withData((stream) => {
        data = stream
        stream.onData((bytes) => (arrived += Buffer.from(bytes).toString('latin1')))
      })
    }
    made.bench.at('AT#FTPPUT="up",1')
    data!.takeNothing()
    made.bench.at('AT#FTPAPPEXT=5')
    expect(made.bench.type('bytes') + made.bench.pass(9900).output()).toBe('')
    expect(made.bench.pass(200).output()).toBe(error(606))
    data!.takeAll()
    made.bench.pass(100)
    expect(arrived).toBe('')
    expect(made.bench.at('AT#FTPAPPEXT=5')).toBe(error(614))
    usable(made)
  })

  it('M-4: nor does what the server refused while it waited', () => {
    const made = openFtp()
    let arrived = ''
    let refuse = (): void => {}
    let data: FarStream | null = null
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      refuse = () => session.reply('452 No space left')
      session.withData((stream) => {
        data = stream
        stream.onData((bytes) => (arrived += Buffer.from(bytes).toString('latin1')))
      })
    }
    made.bench.at('AT#FTPPUT="up",1')
    data!.takeNothing()
    made.bench.at('AT#FTPAPPEXT=5')
    made.bench.type('bytes')
    refuse()
    expect(made.bench.pass(50).output()).toBe(error(614))
    data!.takeAll()
    made.bench.pass(100)
    expect(arrived).toBe('')
  })

  it('M-10: without a byte for 60 s it is ERROR, nothing is sent, and the upload goes on (D-39)', () => {
    const made = openFtp()
    made.bench.at('AT#FTPPUT="up",1')
    expect(made.bench.at('AT#FTPAPPEXT=5')).toBe('\r\n> ')
    made.bench.type('by')
    expect(made.bench.pass(59_900).output()).toBe('')
    expect(made.bench.pass(200).output()).toBe('\r\nERROR\r\n')
    made.bench.at('AT#FTPAPPEXT=5,1')
    expect(made.bench.type('whole') + made.bench.pass(50).output()).toContain('#FTPAPPEXT: 5')
    expect(made.server.files.get('up')?.toString()).toBe('whole')
  })
})

describe('the host, and the network', () => {
  it('+++ when the server never answers the end of an upload: NO CARRIER after the timeout', () => {
    const made = openFtp()
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      session.withData(() => {})
    }
    made.bench.at('AT#FTPPUT="up"')
    made.bench.type('bytes')
    expect(escapeFtp(made.bench)).toBe('')
    expect(made.bench.pass(LIMIT_MS).output()).toBe(CARRIER)
    usable(made)
  })

  it('a command typed after +++ waits for NO CARRIER (D-23)', () => {
    const made = openFtp()
    made.server.on['STOR'] = (session) => {
      session.reply('150 Go on')
      session.withData((data) =>
        data.onEnd(() => session.server.bench.clock.schedule(3000, () => session.reply('226 Done')))
      )
    }
    made.bench.at('AT#FTPPUT="up"')
    made.bench.type('bytes')
    expect(escapeFtp(made.bench)).toBe('')
    made.bench.type('AT#FTPPWD\r')
    expect(made.bench.pass(5000).output()).toMatch(/^\r\nNO CARRIER\r\n\r\n#FTPPWD: 257/)
  })

  it.each(['AT#FTPGET="file.txt"', 'AT#FTPPUT="up"'])(
    'the context goes down under %s: NO CARRIER, the session is over',
    (line) => {
      const made = openFtp()
      made.server.on['RETR'] = (session) => {
        session.reply('150 Here it comes')
        session.withData((data) => data.write('some'))
      }
      expect(made.bench.at(line)).toContain('CONNECT')
      made.bench.network.dropContext(1)
      expect(made.bench.pass(200).output()).toContain(CARRIER)
      made.bench.at('AT#SGACT=1,1')
      usable(made)
    }
  )

  it('the context goes down under a command: it ends with 609', () => {
    const made = openFtp()
    made.server.on['PWD'] = () => {}
    expect(made.bench.at('AT#FTPPWD')).toBe('')
    made.bench.network.dropContext(1)
    expect(made.bench.pass(200).output()).toContain(error(609))
  })

  it('#FTPCLOSE in the middle of a transfer in command mode', () => {
    for (const line of ['AT#FTPGETPKT="file.txt"', 'AT#FTPPUT="up",1']) {
      const made = openFtp()
      expect(made.bench.at(line)).toBe(OK)
      expect(made.bench.at('AT#FTPCLOSE'), line).toBe(OK)
      usable(made)
    }
  })
})
