import { describe, expect, it } from 'vitest'
import { ftpOpen } from '../../fixtures/ftp-bench.ts'
import { FTP_ADDRESS, FtpFarEnd } from '../../fixtures/ftp-far-end.ts'
import { testPki } from '../../fixtures/pki.ts'
import { WhyBench, wordsOf } from '../../fixtures/why-bench.ts'
import '../../fixtures/told-for-good.ts'

// FTP errors, and NO CARRIER in place of a complete file.

const ok = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

function ready(instances = 1): { bench: WhyBench; server: FtpFarEnd } {
  const bench = new WhyBench({ instances })
  const server = new FtpFarEnd(bench)
  bench.at('AT#SGACT=1,1')
  server.files.set('file.txt', Buffer.from('what is in it'))
  return { bench, server }
}

function open(bench: WhyBench): void {
  expect(bench.at(ftpOpen())).toBe(ok)
}

describe('FTP errors', () => {
  it('607: no session; the server of the last one is given, user and password are not kept', async () => {
    const { bench } = ready()
    open(bench)
    bench.at('AT#FTPCLOSE')
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'ftp-not-connected', error: { code: 607 }, parts: ['ftp'] })
    expect(told.remedies[0]!.commands).toEqual([`AT#FTPOPEN="${FTP_ADDRESS}:21","<user>","<password>",1`])
    expect(JSON.stringify(told)).not.toContain('secret')
  })

  it('607 after an #FTPOPEN that failed: there never was a session; to close none, nothing has to be done', async () => {
    const { bench } = ready()
    bench.at(ftpOpen(0, 2121))
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
    const told = await bench.why()
    expect(told.happened[0]!.sentence).toBe('The last #FTPOPEN failed, so there was no session.')
    expect(told.remedies[0]!.commands).toEqual([`AT#FTPOPEN="${FTP_ADDRESS}:2121","<user>","<password>",0`])
    expect(bench.at('AT#FTPCLOSE')).toBe(error(607))
    expect((await bench.why()).remedies).toEqual([
      { sentence: 'Nothing needs to be done: there is nothing to close.', commands: [] }
    ])
    open(bench)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('607 because the context went down: it is activated before the session is opened again', async () => {
    const { bench } = ready()
    open(bench)
    bench.network.dropContext(1)
    bench.pass(100)
    expect(bench.at('AT#FTPPWD')).toBe(error(607))
    expect((await bench.why()).remedies[0]!.commands).toEqual([
      'AT#SGACT=1,1',
      `AT#FTPOPEN="${FTP_ADDRESS}:21","<user>","<password>",1`
    ])
  })

  it('606: USER refused in plain text: TLS is what is missing, most of all; what would have been a yes', async () => {
    const { bench, server } = ready()
    server.on['USER'] = (session) => session.reply('530 TLS first')
    expect(bench.at(ftpOpen())).toBe(error(606))
    const told = await bench.why()
    expect(told.values[0]).toMatchObject({ expected: 'acceptance (2xx or 3xx)', got: '530 TLS first' })
    expect(told.remedies[0]!.commands).toEqual([
      'AT#FTPCFG=100,0,1',
      `AT#FTPOPEN="${FTP_ADDRESS}:21","<user>","<password>",1`
    ])
    delete server.on['USER']
    bench.mend({ ...told.remedies[0]!, commands: [told.remedies[0]!.commands[0]!] })
    bench.at('AT#SSLSECCFG=1,0,0')
    open(bench)
  })

  it('608: open already; closing it mends it', async () => {
    const { bench } = ready()
    open(bench)
    expect(bench.at(ftpOpen())).toBe(error(608))
    const told = await bench.why()
    expect(told.title).toContain(FTP_ADDRESS)
    expect(told.asked.sentence).not.toContain('secret')
    bench.mend(told.remedies[0]!)
    open(bench)
  })

  it('609: context 1 is down', async () => {
    const bench = new WhyBench()
    new FtpFarEnd(bench)
    expect(bench.at(ftpOpen())).toBe(error(609))
    const told = await bench.why()
    expect(told.parts).toEqual(['pdp', 'ftp'])
    bench.mend(told.remedies[0]!)
    open(bench)
  })

  it('612: another AT instance has the session, and closing it there mends it', async () => {
    const { bench } = ready(2)
    open(bench)
    expect(bench.on(1, 'AT#FTPPWD')).toBe(error(612))
    const told = await bench.why()
    expect(told.remedies[0]).toMatchObject({ commands: ['AT#FTPCLOSE'], instances: [0] })
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })

  it('605: nothing listens', async () => {
    const { bench } = ready()
    expect(bench.at(ftpOpen(1, 2121))).toBe(error(605))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'ftp-cannot-connect', error: { code: 605 } })
    expect(wordsOf(told)).toContain(`${FTP_ADDRESS}:2121`)
  })

  it('603: a name that nobody knows', async () => {
    const { bench } = ready()
    expect(bench.at('AT#FTPOPEN="no.such.name","u","p",1')).toBe(error(603))
    const told = await bench.why()
    expect(wordsOf(told)).toContain('no.such.name')
    expect(told.values).toEqual([{ label: 'name', expected: 'one that resolves', got: 'no.such.name' }])
  })

  it("606: the server's own answer, and what it means", async () => {
    const { bench } = ready()
    open(bench)
    expect(bench.at('AT#FTPFSIZE="missing.txt"')).toBe(error(606))
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'ftp-bad-response', title: 'The FTP server refused SIZE: 550' })
    expect(wordsOf(told)).not.toContain('550 550')
    expect(wordsOf(told)).toContain('There is no such file')
    const shown = bench.timeline.at(told.happened[0]!.seq!)!.what
    expect(shown).toMatchObject({ kind: 'ftp', direction: 'in' })
  })

  it('606: a server that does not answer; how long, and a longer time', async () => {
    const { bench, server } = ready()
    open(bench)
    server.on['PWD'] = () => {}
    bench.at('AT#FTPPWD')
    expect(bench.pass(11_000).output()).toBe(error(606))
    const told = await bench.why()
    expect(told.title).toBe('The FTP server did not answer in 10 s')
    expect(told.remedies[0]!.commands).toEqual(['AT#FTPTO=300'])
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
  })

  it('613 and 614: a transfer in command mode that is under way, and one that is not', async () => {
    const { bench } = ready()
    open(bench)
    expect(bench.at('AT#FTPRECV=100')).toBe(error(614))
    expect((await bench.why()).title).toBe('No download in command mode is under way')
    bench.at('AT#FTPGETPKT="file.txt"')
    expect(bench.at('AT#FTPAPPEXT=5,1')).toBe(error(614))
    const upload = await bench.why()
    // A download is still under way.
    expect(upload.title).toBe('No upload in command mode is under way')
    expect(upload.remedies.map(({ commands }) => commands)).toEqual([['AT#FTPPUT="<file>",1']])
    bench.at('AT#FTPRECV=1000')
    bench.at('AT#FTPPUT="up.txt",1')
    expect(bench.at('AT#FTPPWD')).toBe(error(613))
    const told = await bench.why()
    expect(told.title).toBe('A transfer is under way')
    bench.mend(told.remedies[1]!)
    open(bench)
  })
})

describe('FTPS', () => {
  it('837 and 839 of FTPS: the same explanations as of the socket, with the certificate of the server', async () => {
    const { bench } = ready()
    bench.at('AT#FTPCFG=100,0,1')
    bench.at('AT#SSLSECCFG=1,0,1')
    expect(bench.at(ftpOpen())).toBe(error(837))
    expect((await bench.why()).id).toBe('slot-empty')
    bench.enter(1, testPki().otherCa.pem)
    expect(bench.at(ftpOpen())).toBe(error(839))
    const told = await bench.why()
    expect(told.id).toBe('chain-not-trusted')
    bench.mend(told.remedies[0]!, testPki().ca.pem)
    open(bench)
  })

  it('a handshake that gets no answer: the limit of FTP, and #FTPTO for a longer one', async () => {
    const { bench } = ready()
    bench.network.listen(FTP_ADDRESS, 21, (tcp) => {
      tcp.onData((bytes) => {
        if (Buffer.from(bytes).toString('latin1').startsWith('AUTH')) tcp.write(Buffer.from('234 go on\r\n'))
      })
      tcp.write(Buffer.from('220 ready\r\n'))
    })
    bench.at('AT#FTPCFG=100,0,1')
    bench.at(ftpOpen())
    expect(bench.pass(11_000).output()).toBe(error(839))
    const told = await bench.why()
    expect(told).toMatchObject({
      id: 'handshake-silent',
      title: 'No data was received for 10 s in the handshake',
      error: { code: 839 }
    })
    expect(told.remedies[0]!.commands).toEqual(['AT#FTPTO=300'])
    new FtpFarEnd(bench)
    expect(bench.mend(told.remedies[0]!)).toBe(ok)
    bench.at('AT#SSLSECCFG=1,0,0')
    open(bench)
  })

  it('a server without TLS: AUTH is refused, and plain FTP is the way for a bench', async () => {
    const { bench, server } = ready()
    server.on['AUTH'] = (session) => session.reply('502 no TLS here')
    bench.at('AT#FTPCFG=100,0,1')
    expect(bench.at(ftpOpen())).toBe(error(606))
    const told = await bench.why()
    expect(told.title).toBe('The FTP server refused AUTH TLS: 502')
    expect(told.remedies[0]!.warning).toMatch(/^Bench only/)
    bench.mend(told.remedies[0]!)
    open(bench)
  })
})

describe('NO CARRIER', () => {
  it('a whole file: the usual end, and no news', async () => {
    const { bench } = ready()
    open(bench)
    bench.at('AT#FTPGET="file.txt"')
    bench.pass(500)
    expect(await bench.lastFailure()).toBeNull()
  })

  it('a server that demands the session of the control connection: to begin again would end the same way', async () => {
    const { bench, server } = ready()
    open(bench)
    server.on['RETR'] = (session) => session.reply('522 session reuse required')
    bench.at('AT#FTPGET="file.txt"')
    const told = await bench.why()
    expect(told.remedies[0]).toMatchObject({ act: 'mend-far-end', commands: [] })
    expect(told.remedies[0]!.sentence).toContain('require_ssl_reuse=NO')
  })

  it('a data connection that does not come about: NO CARRIER, and why', async () => {
    const { bench, server } = ready()
    open(bench)
    server.on['PASV'] = (session) => session.reply('227 Entering Passive Mode (123,124,125,126,0,1)')
    expect(bench.at('AT#FTPGET="file.txt"')).toContain('NO CARRIER')
    const told = await bench.why()
    expect(told).toMatchObject({ id: 'transfer-refused', error: { answer: 'NO CARRIER' } })
    expect(told.asked.sentence).toContain('#FTPGET')
    expect(told.remedies[1]!.commands).toEqual(['AT#FTPCFG=100,1'])
  })
})
