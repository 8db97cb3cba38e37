import { describe, expect, it } from 'vitest'
import { escapeFtp, fileText, ftpBench, ftpOpen, openFtp, secureFtp, storeFtp } from '../../fixtures/ftp-bench.ts'
import { makeCertificate, testPki } from '../../fixtures/pki.ts'
import { suitesByNumber } from '../../fixtures/suites-by-number.ts'

// Chapter 5 of the guide.

const OK = '\r\nOK\r\n'
const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`

describe.each(['HE910', 'GE865-QUAD'])('%s', (product) => {
  const bench = { product }

  it('G-5-2 AUTH TLS and the handshake come before user and password, PBSZ 0 and PROT P after them', () => {
    const { server } = openFtp({ bench, secure: true })
    expect(server.lines).toEqual(['AUTH TLS', 'USER user', 'PASS secret', 'PBSZ 0', 'PROT P', 'TYPE I'])
    expect(server.handshakes).toHaveLength(1)
  })

  it('G-5-3, G-5-4 every data connection is protected, each with a full handshake of its own', () => {
    const { bench: at, server } = openFtp({ bench, secure: true })
    at.at('AT#FTPLIST')
    at.at('AT#FTPGET="file.txt"')
    at.at('AT#FTPGETPKT="file.txt"')
    at.at('AT#FTPPUT="up"')
    at.type('bytes')
    escapeFtp(at)
    expect(server.handshakes.map(({ connection, resumed }) => `${connection} ${resumed}`)).toEqual([
      'control false',
      'data false',
      'data false',
      'data false',
      'data false'
    ])
    // The content of the files was never sent in plain text: the server would not have read plain bytes as a record.
    expect(server.files.get('up')!.toString()).toBe('bytes')
  })

  it('G-5-5 the suite of #SSLSECCFG serves both connections', () => {
    for (const [index, suite] of suitesByNumber(product).entries()) {
      const { bench: at, server } = ftpBench({ bench })
      secureFtp(at)
      at.at(`AT#SSLSECCFG=1,${index + 1},0`)
      expect(at.at(ftpOpen())).toBe(OK)
      at.at('AT#FTPGET="file.txt"')
      expect(server.handshakes.map((one) => one.suite)).toEqual([suite, suite])
    }
  })

  it('G-5-5 the certificates of #SSLSECDATA serve both connections, client authentication included', () => {
    const { bench: at, server } = ftpBench({ bench, askForCertificate: true })
    const { ca, client } = testPki()
    secureFtp(at)
    at.at('AT#SSLSECCFG=1,0,2')
    expect(at.at(ftpOpen())).toBe(error(837))
    storeFtp(at, 0, client.pem)
    storeFtp(at, 2, client.keyPkcs1Pem)
    expect(at.at(ftpOpen())).toBe(OK)
    expect(at.at('AT#FTPGET="file.txt"')).toContain(fileText)
    expect(server.handshakes.map((one) => one.clientCertificate)).toEqual([true, true])
    expect(ca.pem).toContain('CERTIFICATE')
  })

  it('D-15 with FTPS on #SSLSECCFG and #SSLSECDATA work without #SSLEN; with it off, and for the socket itself, they do not', () => {
    const { bench: at } = ftpBench({ bench })
    expect(at.at('AT#SSLSECCFG=1,0,1')).toBe(error(836))
    at.at('AT#FTPCFG=100,0,1')
    expect(at.at('AT#SSLSECCFG=1,0,1')).toBe(OK)
    expect(at.at('AT#SSLSECCFG?')).toContain('#SSLSECCFG: 1,0,1')
    expect(storeFtp(at, 1, testPki().ca.pem)).toContain('OK')
    expect(at.at('AT#SSLSECDATA?')).toContain('#SSLSECDATA: 1,0,1,0')
    expect(at.at('AT#SSLD=1,443,"123.124.125.126",0,1')).toBe(error(836))
    expect(at.at('AT#SSLCFG=1,1,300,90,100,50')).toBe(error(836))
    at.at('AT#FTPCFG=100,0,0')
    expect(at.at('AT#SSLSECCFG?')).toBe(error(836))
  })

  it('D-16 explicit on port 990 too', () => {
    const { bench: at, server } = ftpBench({ bench, port: 990 })
    secureFtp(at)
    expect(at.at(ftpOpen(1, 990))).toBe(OK)
    expect(server.lines[0]).toBe('AUTH TLS')
  })

  it('G-5-1 without the third parameter of #FTPCFG nothing is protected', () => {
    const { bench: at, server } = ftpBench({ bench })
    secureFtp(at)
    at.at('AT#FTPCFG=100,0,0')
    expect(at.at(ftpOpen())).toBe(OK)
    expect(server.lines[0]).toBe('USER user')
    at.at('AT#FTPGET="file.txt"')
    expect(server.handshakes).toEqual([])
  })
})

describe('what goes wrong with TLS', () => {
  it('837 when the CA is missing, before a byte is sent', () => {
    const { bench, server } = ftpBench()
    bench.at('AT#FTPCFG=100,0,1')
    bench.at('AT#SSLSECCFG=1,0,1')
    expect(bench.at(ftpOpen())).toBe(error(837))
    expect(server.sessions).toHaveLength(0)
  })

  it('839 when the certificate of the server does not fit the CA; user and password stay at home', () => {
    const { bench, server } = ftpBench()
    secureFtp(bench, testPki().otherCa.pem)
    expect(bench.at(ftpOpen())).toBe(error(839))
    expect(server.lines).toEqual(['AUTH TLS'])
    secureFtp(bench)
    expect(bench.at(ftpOpen())).toBe(OK)
  })

  it('606 when the server refuses AUTH TLS; the password is not sent in the clear', () => {
    const { bench, server } = ftpBench()
    server.on['AUTH'] = (session) => session.reply('534 No TLS here')
    secureFtp(bench)
    expect(bench.at(ftpOpen())).toBe(error(606))
    expect(server.lines).toEqual(['AUTH TLS'])
    expect(bench.at('AT#FTPMSG')).toContain('#FTPMSG: 534 No TLS here')
  })

  it.each(['PBSZ', 'PROT'])('606 when the server refuses %s: no file goes unprotected', (verb) => {
    const { bench, server } = ftpBench()
    server.on[verb] = (session) => session.reply('536 No protection')
    secureFtp(bench)
    expect(bench.at(ftpOpen())).toBe(error(606))
    expect(bench.at('AT#FTPGET="file.txt"')).toBe(error(607))
  })

  it('839 when the server is silent in the handshake', () => {
    const { bench, server } = ftpBench()
    server.on['AUTH'] = (session) => session.reply('234 Go on')
    secureFtp(bench)
    bench.at(ftpOpen())
    expect(bench.pass(10_000).output()).toBe(error(839))
  })

  const strange = (): ReturnType<typeof makeCertificate> =>
    makeCertificate({ name: 'data', issuer: testPki().otherCa, key: 'server', keyBits: 2048 })

  it('a wrong certificate on the data connection only: NO CARRIER at once, 839 in command mode, the session goes on', () => {
    const { bench, server } = openFtp({ secure: true, dataIdentity: strange() })
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.data!.onEnd(() => session.reply('522 TLS negotiation failed'))
      session.withData(() => {})
    }
    expect(bench.at('AT#FTPGET="file.txt"')).toBe('\r\nNO CARRIER\r\n')
    expect(bench.facts('tls-failure')).toHaveLength(1)
    expect(bench.at('AT#FTPGETPKT="file.txt"')).toBe(error(839))
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })

  it('the same from a server that then says nothing: the same, once the timeout is over', () => {
    const { bench, server } = openFtp({ secure: true, dataIdentity: strange() })
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData(() => {})
    }
    expect(bench.at('AT#FTPGET="file.txt"')).toBe('')
    expect(bench.pass(10_000).output()).toBe('\r\nNO CARRIER\r\n')
    server.last.reply('522 TLS negotiation failed, at last')
    expect(bench.at('AT#FTPPWD')).toContain('257 "/home"')
  })

  it('a server that wants the session of the control connection again: NO CARRIER (G-5-4)', () => {
    const { bench, server } = openFtp({ secure: true })
    server.on['RETR'] = (session) => {
      session.reply('150 Here it comes')
      session.withData((data) => {
        data.cut()
        session.reply('522 SSL connection failed: session reuse required')
      })
    }
    expect(bench.at('AT#FTPGET="file.txt"')).toMatch(/^\r\n(CONNECT\r\n\r\n)?NO CARRIER\r\n$/)
    expect(bench.at('AT#FTPPWD')).toContain('257')
  })
})
