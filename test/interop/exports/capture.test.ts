import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { SessionSecrets } from '../../../src/shared/calls/exports.ts'
import { at, escapeOnline, storeSecurityData, typeOverPort } from '../../fixtures/at-host.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { blockTypes, exported, pcapngBlocks, withoutSecrets } from '../../fixtures/exports.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import { Tshark } from '../../fixtures/tshark.ts'

// One session over the pty, recorded while it runs and exported afterwards: tshark must read what the module reports.

const secretPassword = 'sesame-7701'
const privateKey = testPki().client.keyPkcs1Pem
const hello = 'Hello from the module, in plain text'

describe.skipIf(!havePeers('tshark', 'pyserial'))('a session with TLS, FTPS and DNS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'telit-sim-exports-'))
  const path = (name: string): string => join(folder, name)
  const exports: Record<string, Buffer> = {}
  let simulator: SimulatorProcess
  let capture: Buffer
  /** The capture with its secrets, without them, and without them but with the key log file. */
  let decrypted: Tshark
  let encrypted: Tshark
  let withKeyFile: Tshark
  let status: number | null
  let exportedTo: number
  let secretsOfEach: SessionSecrets[]

  beforeAll(async () => {
    simulator = await startSimulatorProcess([
      '--product',
      'GE865-QUAD',
      '--capture',
      path('live.pcapng'),
      '--keylog',
      path('live.keys'),
      '--transcript',
      path('live.transcript')
    ])
    const { ca, ftps } = simulator.ready.lab
    await typeOverPort(simulator.link, [
      ...at('AT+CMEE=1'),
      { send: 'AT#SGACT=1,1\r' },
      { expect: '\\r\\nOK\\r\\n' },
      { send: 'AT#QDNS="localhost"\r' },
      { expect: '\\r\\nOK\\r\\n' },
      { send: 'AT#QDNS="nowhere.invalid"\r' },
      { expect: '\\+CME ERROR: \\d+\\r\\n' },
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLSECCFG=1,0,1'),
      ...storeSecurityData(2, privateKey),
      ...storeSecurityData(1, readFileSync(ca!, 'utf8')),
      { send: 'AT#SSLD=1,443,"123.124.125.126",1,0\r' },
      { expect: 'CONNECT\\r\\n' },
      { send: hello },
      { expect: hello },
      ...escapeOnline,
      ...at('AT#SSLH=1'),
      { send: 'AT#SSLFASTD=1,0\r' },
      { expect: 'CONNECT\\r\\n' },
      { send: `${hello} again` },
      { expect: `${hello} again` },
      ...escapeOnline,
      ...at('AT#SSLH=1,0'),
      ...at('AT#SSLD=1,1,"127.0.0.1",0,1', '\\+CME ERROR: 832'),
      ...at('AT#FTPCFG=100,0,1'),
      ...at(`AT#FTPOPEN="${ftps!.host}:${ftps!.port}","me","${secretPassword}",1`),
      { send: 'AT#FTPGET="file.txt"\r' },
      { expect: '\\r\\nCONNECT\\r\\n.*\\r\\nNO CARRIER\\r\\n' },
      ...at('AT#FTPCLOSE')
    ])
    const control = await ControlClient.open(simulator.ready.control!)
    exportedTo = (await control.events(0)).nextSeq
    const range = { fromSeq: 0, toSeq: exportedTo }
    exports['pcapng'] = (await exported(control, { format: 'pcapng', ...range })).bytes
    exports['pcapng with secrets'] = (await exported(control, { format: 'pcapng', secrets: true, ...range })).bytes
    for (const format of ['nss-keylog', 'transcript', 'jsonl', 'text', 'hex'] as const)
      exports[format] = (await exported(control, { format, ...range })).bytes
    const hellos = (await control.events(0)).events.filter(
      ({ what }) => what.kind === 'tls' && what.trace.kind === 'message' && what.trace.name === 'ClientHello'
    )
    secretsOfEach = await Promise.all(
      hellos.map(({ seq }) => control.call('sessionSecrets', { seq }) as Promise<SessionSecrets>)
    )
    const { keyLog, recording } = await control.snapshot()
    expect(keyLog).toEqual({ on: true, sessions: 4, file: path('live.keys') })
    expect(recording).toMatchObject({
      capture: { path: path('live.pcapng'), fault: null },
      keyLog: { path: path('live.keys'), fault: null },
      transcript: { path: path('live.transcript'), fault: null }
    })
    control.close()
    status = await simulator.stop()
    capture = readFileSync(path('live.pcapng'))
    writeFileSync(path('encrypted.pcapng'), withoutSecrets(capture))
    const asFtp = ['-d', `tcp.port==${ftps!.port},ftp`]
    decrypted = new Tshark(path('live.pcapng'), asFtp)
    encrypted = new Tshark(path('encrypted.pcapng'), asFtp)
    withKeyFile = new Tshark(path('encrypted.pcapng'), [...asFtp, '-o', `tls.keylog_file:${path('live.keys')}`])
  }, 90_000)
  afterAll(async () => {
    await simulator?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('is complete once the simulator has ended, and nobody else may read the secrets', () => {
    expect(status).toBe(0)
    expect(simulator.stderr()).toBe('')
    expect(pcapngBlocks(capture).length).toBeGreaterThan(50)
    expect([statSync(path('live.pcapng')).mode & 0o777, statSync(path('live.keys')).mode & 0o777]).toEqual([
      0o600, 0o600
    ])
  })

  it('opens in tshark without a complaint', () => {
    // The refused connection is a reset, which tshark reports.
    const refused = decrypted.values('tcp.flags.reset==1', 'frame.number')
    expect(refused).toHaveLength(1)
    expect(decrypted.complaints().filter((one) => !one.startsWith(`${refused[0]} `))).toEqual([])
  })

  it("has the module's address and the far end as it was dialled; a comment says where that really led", () => {
    const [syn] = decrypted.fields(
      'tcp.flags.syn==1 and tcp.flags.ack==0',
      'ip.src',
      'ip.dst',
      'tcp.dstport',
      'frame.interface_name',
      'frame.comment'
    )
    expect(syn!.slice(0, 4)).toEqual(['10.64.18.7', '123.124.125.126', '443', 'PDP contexts'])
    expect(syn![4]).toContain(`it is reached at ${simulator.ready.lab.tls!.host}:${simulator.ready.lab.tls!.port}`)
  })

  it.each([
    ['with the secrets in the file', () => decrypted],
    ["with the key log's file", () => withKeyFile]
  ])('shows the very plain text %s', (_how, tshark) => {
    expect(tshark().follow('tls', 0).toString('latin1').split(hello)).toHaveLength(3)
    expect(tshark().follow('tls', 1).toString('latin1').split(`${hello} again`)).toHaveLength(3)
    // The resumed session needed no certificate.
    expect(tshark().fields('tls.handshake.type==11 and tcp.stream==1', 'frame.number')).toEqual([])
    expect(tshark().values('ftp.request.command', 'ftp.request.command')).toEqual([
      'AUTH',
      'USER',
      'PASS',
      'PBSZ',
      'PROT',
      'TYPE',
      'PASV',
      'RETR',
      'QUIT'
    ])
  })

  it('shows none of it without the secrets', () => {
    expect(encrypted.follow('tls', 0)).toHaveLength(0)
    expect(encrypted.values('ftp.request.command', 'ftp.request.command')).toEqual(['AUTH'])
    expect(encrypted.values('tls.app_data', 'frame.number').length).toBeGreaterThan(4)
  })

  it('has names that were looked up as DNS', () => {
    const answers = decrypted.fields('dns.flags.response==1', 'dns.qry.name', 'dns.flags.rcode', 'dns.a')
    expect(answers.slice(0, 2)).toEqual([
      ['localhost', '0', '127.0.0.1'],
      ['nowhere.invalid', '3', '']
    ])
  })

  it('has the AT port as an interface of its own, with comments', () => {
    const rows = decrypted
      .fields('frame.interface_name=="AT0" and data-text-lines', 'text', 'frame.comment')
      .filter(([, comment]) => !comment!.includes('echo'))
    const dial = rows.findIndex(([info]) => info!.includes('AT#SSLD=1,1,"127.0.0.1",0,1'))
    expect(rows[dial]![0]).toBe('AT#SSLD=1,1,"127.0.0.1",0,1\\r')
    expect(rows[dial]![1]).toContain('Host to module, AT instance 0.')
    expect(rows[dial + 1]![0]).toContain('+CME ERROR: 832')
    expect(rows[dial + 1]![1]).toContain('Command: #SSLD=1,1,"127.0.0.1",0,1')
    expect(rows[dial + 1]![1]).toContain('Result: ERROR (+CME ERROR 832: 127.0.0.1:1 refused the TCP connection')
    // Nothing is reported as unknown.
    expect(decrypted.details('frame.interface_name=="AT0"')).not.toMatch(/non-standard AT/i)
    // Data of online mode is not AT traffic.
    expect(decrypted.details('frame.interface_name=="AT0" and data')).toContain(Buffer.from(hello).toString('hex'))
  })

  it('is the same file when it is exported afterwards, but for the end and the place of the secrets', () => {
    const packets = (file: Uint8Array): Buffer[] =>
      pcapngBlocks(file)
        .filter(({ type }) => type !== blockTypes.secrets)
        .map(({ bytes }) => bytes)
    const whole = packets(exports['pcapng']!)
    expect(packets(exports['pcapng with secrets']!)).toEqual(whole)
    expect(packets(capture).slice(0, whole.length)).toEqual(whole)
    expect(pcapngBlocks(exports['pcapng']!).filter(({ type }) => type === blockTypes.secrets)).toEqual([])
    writeFileSync(path('exported.pcapng'), exports['pcapng with secrets']!)
    expect(new Tshark(path('exported.pcapng')).follow('tls', 0).toString('latin1').split(hello)).toHaveLength(3)
  })

  it('has a key log of four handshakes, the same in the file and in the export', () => {
    const lines = readFileSync(path('live.keys'), 'latin1')
    expect(lines).toMatch(/^(CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}\n){4}$/)
    expect(exports['nss-keylog']!.toString('latin1')).toBe(lines)
    // Requested by an event of each handshake, the named secrets are the same.
    const named = (session: SessionSecrets, name: string): string =>
      Buffer.from(session.secrets.find((one) => one.name === name)!.bytes).toString('hex')
    expect(
      secretsOfEach
        .map((one) => `CLIENT_RANDOM ${named(one, 'client random')} ${named(one, 'master secret')}\n`)
        .join('')
    ).toBe(lines)
  })

  it('has every event as a line of JSON, and as a line of text', () => {
    const [head, ...events] = exports['jsonl']!.toString('utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(head).toMatchObject({ format: 'telit-ssl-simulator timeline', version: 1 })
    expect(events.map(({ seq }) => seq)).toEqual(Array.from({ length: exportedTo }, (_, seq) => seq))
    const typed = events
      .map(({ what }) => what as { kind: string; direction?: string; bytes?: { hex: string } })
      .filter(({ kind, direction }) => kind === 'bytes' && direction === 'tx')
    expect(typed.some(({ bytes }) => Buffer.from(bytes!.hex, 'hex').toString('latin1').includes(hello))).toBe(true)
    expect(exports['text']!.toString('utf8').trimEnd().split('\n')).toHaveLength(exportedTo)
    expect(exports['hex']!.toString('utf8')).toMatch(/^ {4}0000[0-9a-f]{2} {2}48 65 6c 6c 6f /m)
  })

  it('has no password and no private key anywhere', () => {
    const masters = readFileSync(path('live.keys'), 'latin1')
      .trim()
      .split('\n')
      .map((line) => line.split(' ')[2]!)
    const keyLines = privateKey.split('\n').filter((line) => line.length > 40)
    const hex = (text: string): string => Buffer.from(text).toString('hex')
    const secrets = [secretPassword, hex(secretPassword), ...keyLines.flatMap((line) => [line, hex(line)])]
    const files = { ...exports, 'live.pcapng': capture, 'live.transcript': readFileSync(path('live.transcript')) }
    for (const [name, file] of Object.entries(files)) {
      for (const secret of secrets) expect(file.includes(secret), `${name} has ${secret}`).toBe(false)
    }
    for (const name of ['pcapng', 'transcript', 'jsonl', 'text', 'hex']) {
      for (const master of masters) {
        expect(exports[name]!.includes(master), `${name} has a master secret`).toBe(false)
        expect(exports[name]!.includes(Buffer.from(master, 'hex')), `${name} has a master secret`).toBe(false)
      }
    }
  })
})
