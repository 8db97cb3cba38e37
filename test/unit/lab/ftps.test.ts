import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { makeLabPki, type LabPki } from '../../../src/main/lab/authority.ts'
import { startFtps, type LabFtps } from '../../../src/main/lab/ftp/server.ts'
import { HostBench } from '../../fixtures/host-bench.ts'
import { havePeers } from '../../fixtures/peers.ts'

// The lab's FTPS server, used by the module and by curl.

let pki: LabPki
let lab: LabFtps
let bench: HostBench

const OK = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

beforeAll(async () => {
  pki = await makeLabPki(['127.0.0.1'])
  lab = await startFtps(pki.server)
})

afterAll(() => lab.close())

afterEach(() => {
  bench?.close()
  lab.faults.clear()
})

/** Returns a bench with FTPS, server authentication, and the lab's CA stored. */
async function secured(): Promise<HostBench> {
  bench = await new HostBench().ready()
  await bench.at('AT#FTPCFG=100,0,1')
  await bench.at('AT#SSLSECCFG=1,0,1')
  await bench.at(`AT#SSLSECDATA=1,1,1,${pki.ca.certificatePem.length}`)
  bench.type(`${pki.ca.certificatePem}\x1a`)
  await bench.until(/OK/)
  return bench
}

const open = (user = 'user', mode = 1): string => `AT#FTPOPEN="127.0.0.1:${lab.port}","${user}","x",${mode}`

describe('the FTPS far end of the lab', () => {
  it.each([1, 0])('gives files and takes some, mode %i (G-5-6)', async (mode) => {
    await secured()
    expect(await bench.at(open('user', mode))).toBe(OK)
    expect(await bench.at('AT#FTPGET="file.txt"', /NO CARRIER/)).toContain(
      'CONNECT\r\nThis file came through FTP with TLS'
    )
    expect(await bench.at('AT#FTPLIST', /NO CARRIER/)).toContain('large.bin')
    expect(await bench.at('AT#FTPCWD="in"')).toBe(OK)
    expect(await bench.at('AT#FTPPUT="up.txt",1')).toBe(OK)
    await bench.at('AT#FTPAPPEXT=5,1')
    bench.type('bytes')
    expect(await bench.until(/OK\r\n/)).toContain('#FTPAPPEXT: 5')
    expect(await bench.at('AT#FTPFSIZE="up.txt"')).toContain('#FTPFSIZE: 5')
    expect(Buffer.from(lab.files.find('/in/up.txt')!.read(0, 10)).toString()).toBe('bytes')
    expect(await bench.at('AT#FTPDELE="up.txt"')).toBe(OK)
    expect(await bench.at('AT#FTPPUT="/file.txt",1')).toBe(error(606))
    expect(await bench.at('AT#FTPCLOSE')).toBe(OK)
  })

  it('speaks under TLS only', async () => {
    bench = await new HostBench().ready()
    expect(await bench.at(open())).toBe(error(606))
    expect(await bench.at('AT#FTPMSG')).toContain('530 This server speaks under TLS only')
  })

  it('refuses TLS when told to', async () => {
    await secured()
    lab.faults.change({ refuseTls: true })
    expect(await bench.at(open())).toBe(error(606))
    expect(await bench.at('AT#FTPMSG')).toContain('534')
    lab.faults.clear()
    expect(await bench.at(open())).toBe(OK)
  })

  it('refuses the login of the user denied', async () => {
    await secured()
    expect(await bench.at(open('denied'))).toBe(error(606))
    expect(await bench.at('AT#FTPMSG')).toContain('530 Login incorrect')
  })

  it.each([
    ['nodata', '425 No data connection today', /^\r\nNO CARRIER/],
    ['cut', '426 The connection was cut', /^\r\nCONNECT\r\nThis file came throu\r\nNO CARRIER/],
    ['reuse', '522 The data connection has to take up the session', /^\r\n(CONNECT\r\n\r\n)?NO CARRIER/]
  ])('misbehaves for the user %s, and the session goes on', async (user, message, printed) => {
    await secured()
    expect(await bench.at(open(user))).toBe(OK)
    expect(await bench.at('AT#FTPGET="file.txt"', /NO CARRIER\r\n/)).toMatch(printed)
    expect(await bench.at('AT#FTPMSG')).toContain(message)
    expect(await bench.at('AT#FTPPWD')).toContain('257')
  })

  it('takes a fault in the middle of a session, and gives it up again', async () => {
    await secured()
    await bench.at(open())
    lab.faults.change({ refuseData: true })
    expect(await bench.at('AT#FTPGET="file.txt"', /NO CARRIER\r\n/)).toBe('\r\nNO CARRIER\r\n')
    lab.faults.change({ refuseData: false })
    expect(await bench.at('AT#FTPGET="file.txt"', /NO CARRIER\r\n/)).toContain('This file came')
  })

  it('obeys nothing that came in plain text with AUTH TLS (RFC 4217 15)', async () => {
    const socket = connect(lab.port, '127.0.0.1')
    let said = ''
    socket.on('data', (bytes) => (said += bytes.toString('latin1')))
    socket.end('AUTH TLS\r\nUSER somebody\r\nQUIT\r\n')
    await once(socket, 'close')
    expect(said).toBe('220 Lab FTPS\r\n234 Go on with TLS\r\n')
  })

  it('refuses what its folder cannot hold', async () => {
    await secured()
    const whole = Buffer.alloc(16 * 1024 * 1024)
    expect(lab.files.begin('/in/full', false) && lab.files.write('/in/full', whole)).toBe(true)
    await bench.at(open())
    await bench.at('AT#FTPPUT="in/more.txt"')
    bench.type('more')
    await bench.until(/NO CARRIER/)
    expect(await bench.at('AT#FTPMSG')).toContain('452 The folder is full')
    expect(lab.files.delete('/in/full')).toBe(true)
  })

  it('cuts an upload', async () => {
    await secured()
    lab.faults.change({ cutAfterBytes: 3 })
    await bench.at(open())
    await bench.at('AT#FTPPUT="in/cut.txt"')
    bench.type('four')
    expect(await bench.until(/NO CARRIER/)).toContain('NO CARRIER')
    expect(await bench.at('AT#FTPMSG')).toContain('426')
  })

  it.skipIf(!havePeers('curl'))('serves curl, which nobody here wrote', async () => {
    const curl = async (...args: string[]): Promise<string> =>
      (
        await promisify(execFile)('curl', [
          '-sS',
          '-m',
          '10',
          '--ssl-reqd',
          '-k',
          '--tls-max',
          '1.0',
          '--ciphers',
          'AES128-SHA:@SECLEVEL=0',
          ...args
        ])
      ).stdout
    const base = `ftp://user:x@127.0.0.1:${lab.port}`
    expect(await curl(`${base}/file.txt`)).toContain('This file came')
    await curl('-T', 'package.json', `${base}/in/package.json`)
    expect(await curl(`${base}/in/package.json`)).toBe(readFileSync('package.json', 'utf8'))
    expect(await curl(`${base}/`)).toContain('huge.bin')
  })

  it.skipIf(!havePeers('ftplib'))('serves the client of Python, passive and active', async () => {
    const { stdout } = await promisify(execFile)('/usr/bin/python3', [
      '-W',
      'ignore',
      'test/fixtures/ftplib_client.py',
      String(lab.port)
    ])
    const eachWay = ['226 I have it 256000', 'True True', '5 250 Deleted']
    expect(stdout.trim().split('\n')).toEqual([
      ...eachWay,
      ...eachWay,
      '550 No such directory',
      '554 The file has 67 bytes',
      '221 Goodbye'
    ])
  })
})
