import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, atPrints, escapeOnline, storeSecurityData, typeOverPort, type HostStep } from '../../fixtures/at-host.ts'
import { ControlClient } from '../../fixtures/control-client.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { testPki } from '../../fixtures/pki.ts'
import { runSimulator, startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'

// The guide's examples, recorded over the pty in real time and checked in virtual time: two runs of the built program.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'telit-sim-check-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

type Steps = (simulator: SimulatorProcess, caPem: string) => readonly HostStep[]

const prepared: HostStep[] = [
  ...at('AT+CMEE=1'),
  ...at('AT+CGDCONT=1,IP,"internet"'),
  ...atPrints('AT#SGACT=1,1', '#SGACT: \\d+\\.\\d+\\.\\d+\\.\\d+'),
  ...at('AT#SSLEN=1,1')
]
const dial = (mode: 0 | 1, host = '123.124.125.126'): string => `AT#SSLD=1,443,"${host}",0,${mode}`
const exchange: HostStep[] = [
  { send: 'AT#SSLSEND=1\r' },
  { expect: '\\r\\n> ' },
  { send: 'through the secure socket\n\x1a' },
  { expect: '\\r\\nOK\\r\\n' },
  { send: 'AT#SSLRECV=1,100\r' },
  { expect: '#SSLRECV: 26\\r\\nthrough the secure socket\\n\\r\\n\\r\\nOK\\r\\n' },
  ...at('AT#SSLH=1')
]
const keyPem = testPki().client.keyPkcs1Pem

const examples: Readonly<Record<string, Steps>> = {
  '3.5.1 verify none': () => [
    ...prepared,
    ...at('AT#SSLSECCFG=1,1,0'),
    ...at(dial(1)),
    ...atPrints('AT#SSLS=1', '#SSLS: 1,2,1'),
    ...exchange
  ],
  '3.5.2 server authentication': (_simulator, ca) => [
    ...prepared,
    ...at('AT#SSLSECCFG=1,0,1'),
    ...storeSecurityData(1, ca),
    ...at(dial(1)),
    ...exchange,
    ...at('AT+CCLK="26/11/23,00:00:00+00"')
  ],
  '3.5.3 all three data': (_simulator, ca) => [
    ...prepared,
    ...at('AT#SSLSECCFG=1,0,2'),
    ...storeSecurityData(1, ca),
    ...storeSecurityData(0, testPki().client.pem),
    ...storeSecurityData(2, keyPem),
    ...at(dial(1)),
    ...exchange
  ],
  '4.5.1 online mode, suspended and restored': () => [
    ...prepared,
    ...at('AT#SSLSECCFG=1,0,0'),
    ...at('AT#SSLCFG=1,1,300,90,100,2'),
    ...at(dial(0), 'CONNECT'),
    { send: 'bidirectional data\n' },
    { expect: 'bidirectional data\\n' },
    ...escapeOnline,
    ...at('AT#SSLO=1', 'CONNECT'),
    { send: 'more\n' },
    { expect: 'more\\n' },
    ...escapeOnline,
    ...at('AT#SSLH=1')
  ],
  '4.5.5 a page over HTTPS by name': (_simulator, ca) => [
    ...prepared,
    ...at('AT#SSLSECCFG=1,0,1'),
    ...storeSecurityData(1, ca),
    ...at('AT#SSLCFG=1,1,300,90,100,2'),
    ...at(dial(0, 'www.example.lab'), 'CONNECT'),
    { send: 'GET / HTTP/1.0\r\n\r\n' },
    { expect: 'HTTP/1\\.1 200 OK.*\\r\\nNO CARRIER\\r\\n' }
  ],
  '5 FTP with TLS': ({ ready }, ca) => [
    ...prepared,
    ...at('AT#FTPCFG=100,0,1'),
    ...at('AT#SSLSECCFG=1,0,1'),
    ...storeSecurityData(1, ca),
    ...at(`AT#FTPOPEN="127.0.0.1:${ready.lab.ftps!.port}","user","open sesame",1`),
    { send: 'AT#FTPGET="file.txt"\r' },
    { expect: 'CONNECT\\r\\nThis file came.*\\r\\nNO CARRIER\\r\\n' },
    ...atPrints('AT#FTPFSIZE="large.bin"', '#FTPFSIZE: \\d+'),
    ...at('AT#FTPCLOSE')
  ],
  'a PIN, wrong and right': () => [...at('AT+CPIN=9999', '(OK|\\+?CME ERROR.*|ERROR)'), ...at('AT+CSQ', '\\+CSQ: .*OK')]
}

async function recorded(steps: Steps, more: readonly string[] = []): Promise<string> {
  const file = join(folder, 'session.transcript')
  const simulator = await startSimulatorProcess(['--transcript', file, ...more])
  try {
    await typeOverPort(simulator.link, steps(simulator, readFileSync(simulator.ready.lab.ca!, 'latin1')))
  } finally {
    expect(await simulator.stop()).toBe(0)
  }
  return file
}

async function check(args: readonly string[]): Promise<{ status: number | null; stdout: string; stderr: string }> {
  const run = runSimulator(['check', ...args])
  const { status } = await run.ended
  return { status, stdout: run.stdout(), stderr: run.stderr() }
}

describe.skipIf(!havePeers('pyserial'))('recorded over the pty, checked in virtual time', () => {
  it.each(Object.entries(examples))('%s', async (_name, steps) => {
    const file = await recorded(steps)
    const text = readFileSync(file, 'latin1')
    for (const secret of [
      'open sesame',
      '9999',
      ...keyPem.split('\n').filter((line) => line.length > 30 && !line.startsWith('-'))
    ])
      expect(text).not.toContain(secret)
    writeFileSync(join(folder, 'key.pem'), keyPem)
    const { status, stdout, stderr } = await check([file, '--secret', `private-key=${join(folder, 'key.pem')}`])
    expect(stderr).toBe('')
    expect(stdout).toMatch(/: same \(HE910 12\.00\.xx5, seed 1; \d+ lines of the module compared/)
    expect(status).toBe(0)
  })

  it('GE865-QUAD: all three data as PEM, a session kept and taken up by a fast dial', async () => {
    const file = await recorded(
      (_simulator, ca) => [
        ...prepared,
        ...at('AT#SSLSECCFG=1,3,2'),
        ...storeSecurityData(1, ca),
        ...storeSecurityData(0, testPki().client.pem),
        ...storeSecurityData(2, keyPem),
        ...at('AT#SSLD=1,443,"123.124.125.126",1,1'),
        ...atPrints('AT#SSLS=1', '#SSLS: 1,2,3'),
        ...at('AT#SSLH=1'),
        ...at('AT#SSLFASTD=1,1'),
        ...exchange,
        ...at('AT#SSLSEN=1', 'ERROR')
      ],
      ['--product', 'GE865-QUAD']
    )
    expect(readFileSync(file, 'latin1')).not.toContain(keyPem.split('\n')[3]!)
    writeFileSync(join(folder, 'key.pem'), keyPem)
    const { status, stdout } = await check([file, '--secret', `private-key=${join(folder, 'key.pem')}`])
    expect(stdout).toMatch(/: same \(GE865-QUAD \S+, seed 1; \d+ lines of the module compared/)
    expect(status).toBe(0)
  })

  it('what was set and armed from the board is in the transcript, and done again', async () => {
    const file = join(folder, 'session.transcript')
    const simulator = await startSimulatorProcess(['--transcript', file])
    const type = (steps: readonly HostStep[]): Promise<unknown> => typeOverPort(simulator.link, steps)
    try {
      const board = await ControlClient.open(simulator.ready.control!)
      const others: readonly HostStep[] = [
        ...prepared,
        ...at('AT#SSLSECCFG=1,0,1'),
        ...storeSecurityData(1, readFileSync(simulator.ready.lab.ca!, 'latin1'))
      ]
      await type([...others, ...at(dial(1)), ...at('AT#SSLH=1')])
      await board.armFault({ fault: 'refuses', times: 'next', farEnd: 'tls' })
      await type([...at(dial(1), '\\+CME ERROR: 839'), ...at(dial(1)), ...at('AT#SSLH=1')])
      await board.setLab({ farEnd: 'tls', certificate: 'expired', delayMs: 20 })
      await type(at(dial(1), '\\+CME ERROR: 839'))
      await board.setLab({ farEnd: 'tls', certificate: 'good' })
      await board.armFault({ fault: 'context-dropped', times: 'next' })
      await board.call('setSpeed', { speed: 4 })
      await type([...at(dial(1), '\\+CME ERROR: 832'), { ask: 'AT#SGACT?\r', until: '#SGACT: 1,0' }])
      await board.call('selectProduct', { product: 'GE865-QUAD', software: null })
      // Input during boot is lost.
      await board.until(({ charts }) => charts.find(({ id }) => id === 'registration')?.state === 'home')
      await type([...atPrints('AT+CREG?', '\\+CREG: 0,1'), ...atPrints('AT+GMM', 'GE865-QUAD')])
      board.close()
    } finally {
      expect(await simulator.stop()).toBe(0)
    }
    const { stdout, status } = await check([file])
    expect(stdout).toMatch(/: same \(HE910 12\.00\.xx5, seed 1; \d+ lines of the module compared/)
    expect(stdout).not.toContain('skipped')
    expect(status).toBe(0)
    const text = readFileSync(file, 'latin1')
    const fault = text.split('\n').find((line) => line.includes(' ! fault {"fault":"refuses"'))!
    const lines = Number(/end: (\d+) lines/.exec(text)![1])
    writeFileSync(file, text.replace(`${fault}\n`, '').replace(/end: \d+/, `end: ${lines - 1}`), 'latin1')
    const without = await check([file])
    expect(without.stdout).toMatch(/after AT#SSLD=1,443,.*\n {2}expected .*\+CME ERROR: 839\\r\\n\n {2}got {6}.*OK/)
    expect(without.status).toBe(1)
  })

  it('a key that is not given is said, and the rest is checked', async () => {
    const file = await recorded(examples['3.5.3 all three data']!)
    const { status, stdout } = await check([file])
    expect(stdout).toMatch(
      /session\.transcript:\d+: The secret private-key is not known; pass it with --secret private-key=FILE\./
    )
    expect(stdout).toContain('1 skipped')
    expect(status).toBe(1)
  })

  it('a host that is not the lab is said', async () => {
    const file = await recorded(() => [
      ...prepared,
      ...at('AT#SSLSECCFG=1,0,0'),
      ...at('AT#SSLD=1,9,"127.0.0.1",0,1', '\\+CME ERROR: \\d+')
    ])
    const { stdout } = await check([file])
    expect(stdout).toContain("The transcript dials 127.0.0.1:9: check has only the lab's servers")
  })
})

describe('the exit status', () => {
  const kept = join(process.cwd(), 'test/fixtures/transcripts/3-5-1-verify-none.transcript')

  it('is 1 for a transcript that was changed, with the line, what was expected and what came', async () => {
    const file = join(folder, 'changed.transcript')
    writeFileSync(file, readFileSync(kept, 'latin1').replace('#SSLS: 1,2,1', '#SSLS: 1,1'))
    const { status, stdout } = await check([file])
    expect(stdout).toMatch(
      /changed\.transcript:\d+: AT0, after AT#SSLS=1\\r\n {2}expected .*#SSLS: 1,1\\r.*\n {2}got .*#SSLS: 1,2,1\\r/
    )
    expect(status).toBe(1)
  })

  it.each([
    ['torn', (text: string) => text.slice(0, text.length / 2), 2, /is torn/],
    ['binary junk', () => '\x00\xff\x7fELF\n', 2, /is no transcript/],
    ['of another version', (text: string) => text.replace('transcript 1', 'transcript 9'), 2, /version 9/]
  ])('is 2 for a file that is %s, with one sentence', async (_name, change, wanted, sentence) => {
    const file = join(folder, 'bad.transcript')
    writeFileSync(file, change(readFileSync(kept, 'latin1')), 'latin1')
    const { status, stdout, stderr } = await check([file])
    expect(stdout).toBe('')
    expect(stderr).toMatch(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(status).toBe(wanted)
  })

  it('is 3 for a file that is not there, and for a transcript that cannot be written', async () => {
    const missing = join(folder, 'no', 'such.transcript')
    expect(await check([missing])).toMatchObject({
      status: 3,
      stderr: `telit-sim: The transcript ${missing} cannot be read: there is no such file.\n`
    })
    const run = runSimulator([
      '--headless',
      '--ui',
      'off',
      '--state',
      'none',
      '--link',
      join(folder, 'tty'),
      '--transcript',
      missing
    ])
    expect((await run.ended).status).toBe(3)
    expect(run.stderr()).toMatch(/^telit-sim: The transcript .* cannot be written: its folder does not exist\.\n$/)
  })
})
