import { describe, expect, it } from 'vitest'
import { charts } from '../../../src/shared/statecharts/index.ts'
import { Bench } from '../../fixtures/bench.ts'
import { ftpBench, ftpOpen, openFtp } from '../../fixtures/ftp-bench.ts'
import { FTP_ADDRESS } from '../../fixtures/ftp-far-end.ts'

// The commands of at-reference 7 that need no data connection, exactly as documented.

const OK = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const prints = (...lines: string[]): string => `\r\n${lines.join('\r\n')}\r\n${OK}`

describe('settings', () => {
  it('G-5-1 #FTPCFG has timeout, IPPignoring and FTPS, and reads them back', () => {
    const bench = new Bench()
    expect(bench.at('AT#FTPCFG?')).toBe(prints('#FTPCFG: 100,0,0'))
    expect(bench.at('AT#FTPCFG=1200,1,1')).toBe(OK)
    expect(bench.at('AT#FTPCFG?')).toBe(prints('#FTPCFG: 1200,1,1'))
    expect(bench.at('AT#FTPCFG=1200,1,0,1')).toBe(OK)
    expect(bench.at('AT#FTPCFG=?')).toBe(prints('#FTPCFG: (100-5000),(0,1),(0,1),(0,1)'))
    expect(bench.at('AT#FTPCFG=99,0,1')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#FTPCFG=5001,0,1')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#FTPCFG=100,0,2')).toBe('\r\nERROR\r\n')
  })

  it('G-0-3 below the minimum software #FTPCFG has no third parameter, and FTP works', () => {
    const { bench } = ftpBench({ bench: { product: 'HE910', software: '12.00.xx3' } })
    expect(bench.at('AT#FTPCFG=?')).toBe(prints('#FTPCFG: (100-5000),(0,1)'))
    expect(bench.at('AT#FTPCFG=200,1,1')).toBe('\r\nERROR\r\n')
    expect(bench.at('AT#FTPCFG=200,1')).toBe(OK)
    expect(bench.at('AT#FTPCFG?')).toBe(prints('#FTPCFG: 200,1'))
    expect(bench.at(ftpOpen())).toBe(OK)
  })

  it('#FTPTO is the same timeout; neither outlives power-off (D-25)', () => {
    const bench = new Bench()
    expect(bench.at('AT#FTPTO=250')).toBe(OK)
    expect(bench.at('AT#FTPTO?')).toBe(prints('#FTPTO: 250'))
    expect(bench.at('AT#FTPCFG?')).toBe(prints('#FTPCFG: 250,0,0'))
    expect(bench.at('AT#FTPTO=?')).toBe(prints('#FTPTO: (100-5000)'))
    bench.module.pressReset()
    bench.pass(500)
    bench.output()
    expect(bench.at('AT#FTPTO?')).toBe(prints('#FTPTO: 100'))
  })
})

describe('opening and closing', () => {
  it('logs in with user and password, in binary, and takes leave with QUIT', () => {
    const { bench, server } = openFtp()
    expect(server.lines).toEqual(['USER user', 'PASS secret', 'TYPE I'])
    expect(bench.at('AT#FTPCLOSE')).toBe(OK)
    expect(server.lines.at(-1)).toBe('QUIT')
    expect(bench.module.chartsNow().find((one) => one.id === 'ftp')!.state).toBe('idle')
  })

  it('shows the dialogue in the timeline, user and password masked', () => {
    const { bench } = openFtp()
    const dialogue = bench.facts('ftp').map(({ direction, text }) => `${direction} ${text}`)
    expect(dialogue).toEqual([
      'in 220 FTP far end ready',
      'out USER ***',
      'in 331 Password please',
      'out PASS ***',
      'in 230 Login successful',
      'out TYPE I',
      'in 200 Type set'
    ])
    expect(dialogue.join()).not.toContain('secret')
  })

  it('takes a name, 21 where no port is named, and a server that wants no password', () => {
    const { bench, server } = ftpBench()
    bench.network.name('ftp.example.com', FTP_ADDRESS)
    server.on['USER'] = (session) => session.reply('230 Come in')
    expect(bench.at('AT#FTPOPEN="ftp.example.com","anonymous"')).toBe(OK)
    expect(server.lines).toEqual(['USER anonymous', 'TYPE I'])
  })

  it.each([
    ['603 for a name that nobody knows', 'AT#FTPOPEN="nowhere.example.com","u","p",1', 603],
    ['605 for a server that is not there', `AT#FTPOPEN="${FTP_ADDRESS}:2100","u","p",1`, 605]
  ])('%s', (_name, line, code) => {
    const { bench } = ftpBench()
    expect(bench.at(line)).toBe(error(code))
    expect(bench.at(ftpOpen())).toBe(OK)
  })

  it.each(['"a b"', '"host:0"', '"host:65536"', '"host:x"', '""', '"a:1:2"'])(
    'a server called %s is ERROR',
    (server) => {
      const { bench } = ftpBench()
      expect(bench.at(`AT#FTPOPEN=${server},"u","p",1`)).toBe('\r\nERROR\r\n')
    }
  )

  it('609 while the context is down, 608 while a session is open, 607 while none is', () => {
    const { bench } = ftpBench()
    bench.at('AT#SGACT=1,0')
    expect(bench.at(ftpOpen())).toBe(error(609))
    expect(bench.at('AT#FTPCLOSE')).toBe(error(607))
    for (const line of [
      'AT#FTPPWD',
      'AT#FTPTYPE?',
      'AT#FTPTYPE=0',
      'AT#FTPGET="a"',
      'AT#FTPPUT="a",1',
      'AT#FTPRECV=10',
      'AT#FTPRECV?',
      'AT#FTPAPPEXT=5',
      'AT#FTPREST=5',
      'AT#FTPDELE="a"'
    ]) {
      expect(bench.at(line), line).toBe(error(607))
    }
    bench.at('AT#SGACT=1,1')
    expect(bench.at(ftpOpen())).toBe(OK)
    expect(bench.at(ftpOpen())).toBe(error(608))
  })

  it('612 for another AT instance than the one that opened it', () => {
    const { bench } = openFtp({ bench: { instances: 2 } })
    bench.type('ATE0;+CMEE=1\r', 1)
    bench.output()
    for (const line of ['AT#FTPPWD', 'AT#FTPCLOSE', ftpOpen(), 'AT#FTPGET="file.txt"', 'AT#FTPRECV=1', 'AT#FTPTYPE?']) {
      expect(bench.type(`${line}\r`, 1), line).toBe(error(612))
    }
  })

  it('the context goes down under it: the session is over, silently', () => {
    const { bench } = openFtp()
    expect(bench.at('AT#SGACT=1,0')).toBe(OK)
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
  })

  it('power goes under it: nothing is left of it', () => {
    const { bench } = openFtp()
    bench.module.pressReset()
    bench.pass(500)
    bench.at('AT+CMEE=1;#SGACT=1,1')
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
    expect(bench.at(ftpOpen())).toBe(OK)
  })

  it('the machine decides: without its LOGGED_IN there is no session', () => {
    const { machine } = charts.ftp
    const login = { on: { FAILED: 'idle', POWER_LOST: 'idle' } }
    const altered = {
      ...charts,
      ftp: { ...charts.ftp, machine: { ...machine, states: { ...machine.states, login } } }
    } as typeof charts
    const { bench } = ftpBench({ bench: { charts: altered } })
    bench.at(ftpOpen())
    expect(bench.at('AT#FTPPWD')).toBe(error(601))
  })
})

describe('commands to the server', () => {
  it('print what the server says', () => {
    const { bench, server } = openFtp()
    expect(bench.at('AT#FTPPWD')).toBe(prints('#FTPPWD: 257 "/home" is the current directory'))
    expect(bench.at('AT#FTPCWD="sub dir"')).toBe(OK)
    expect(server.lines.at(-1)).toBe('CWD sub dir')
    expect(bench.at('AT#FTPFSIZE="file.txt"')).toBe(prints('#FTPFSIZE: 24'))
    expect(bench.at('AT#FTPDELE="file.txt"')).toBe(OK)
    expect(bench.at('AT#FTPFSIZE="file.txt"')).toBe(error(606))
    expect(bench.at('AT#FTPMSG')).toBe(prints('#FTPMSG: 550 No such file'))
    expect(bench.at('AT#FTPDELE="file.txt"')).toBe(error(606))
  })

  it('#FTPTYPE tells the server, and reads what it took', () => {
    const { bench, server } = openFtp()
    expect(bench.at('AT#FTPTYPE?')).toBe(prints('#FTPTYPE: 0'))
    expect(bench.at('AT#FTPTYPE=1')).toBe(OK)
    expect(server.lines.at(-1)).toBe('TYPE A')
    expect(bench.at('AT#FTPTYPE?')).toBe(prints('#FTPTYPE: 1'))
    server.on['TYPE'] = (session) => session.reply('504 Not for this')
    expect(bench.at('AT#FTPTYPE=0')).toBe(error(606))
    expect(bench.at('AT#FTPTYPE?')).toBe(prints('#FTPTYPE: 1'))
    expect(bench.at('AT#FTPTYPE=?')).toBe(prints('#FTPTYPE: (0,1)'))
  })

  it('#FTPMSG prints an answer of several lines, and keeps the one that ended the session', () => {
    const { bench, server } = openFtp()
    server.on['PWD'] = (session) => session.reply('257-where you are\r\n here\r\n257 "/x"')
    expect(bench.at('AT#FTPPWD')).toBe(prints('#FTPPWD: 257 "/x"'))
    expect(bench.at('AT#FTPMSG')).toBe(prints('#FTPMSG: 257-where you are', ' here', '257 "/x"'))
    bench.at('AT#FTPCLOSE')
    expect(bench.at('AT#FTPMSG')).toBe(prints('#FTPMSG: 221 Goodbye'))
  })

  it('a line end in a name never reaches the server', () => {
    const { bench, server } = openFtp()
    bench.at('AT#FTPCWD="a\nDELE file.txt"')
    bench.at('AT#FTPGET="a\nDELE file.txt"')
    expect(server.verbs).not.toContain('DELE')
    expect(server.files.has('file.txt')).toBe(true)
    expect(bench.at('AT#FTPPWD')).toContain('#FTPPWD: 257')
  })

  it('#FTPREST counts for one download, and reads back', () => {
    const { bench, server } = openFtp()
    expect(bench.at('AT#FTPREST=6')).toBe(OK)
    expect(bench.at('AT#FTPREST?')).toBe(prints('#FTPREST: 6'))
    expect(bench.at('AT#FTPGET="file.txt"')).toContain('CONNECT\r\nline\r\nsecond')
    expect(bench.at('AT#FTPREST?')).toBe(prints('#FTPREST: 0'))
    expect(server.verbs.slice(-3)).toEqual(['PASV', 'REST', 'RETR'])
    expect(bench.at('AT#FTPGET="file.txt"')).toContain('CONNECT\r\nfirst line')
  })
})
