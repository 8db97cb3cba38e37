import { spawnSync } from 'node:child_process'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync
} from 'node:fs'
import { connect, createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { at, storeSecurityData, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { runSimulator, startSimulatorProcess, type SimulatorRun } from '../../fixtures/simulator-process.ts'

// The command line: the ready line, one sentence for each error, exit statuses, nothing left behind.

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'telit-sim-cli-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const quiet = (link = join(folder, 'tty0')): string[] => [
  '--headless',
  '--ui',
  'off',
  '--lab',
  'off',
  '--state',
  'none',
  '--link',
  link
]

async function failure(run: SimulatorRun): Promise<{ status: number | null; sentence: string }> {
  const { status } = await run.ended
  expect(run.stdout()).toBe('')
  const text = run.stderr()
  expect(text.endsWith('\n')).toBe(true)
  expect(text.trim().split('\n'), text).toHaveLength(1)
  expect(text).not.toMatch(/ {2}at |node:|Error:/)
  return { status, sentence: text.trim() }
}

describe('wrong usage ends with 2 and one sentence', () => {
  it.each([
    [['--product', 'HE999'], /no product HE999; there are: GC864-QUAD, .*GE865-QUAD.*HE910/],
    [
      ['--software', '9.99.xx9'],
      /HE910 has no software version 9\.99\.xx9; it has: 12\.00\.xx3, 12\.00\.xx4, 12\.00\.xx5/
    ],
    [['--colour', 'red'], /--colour/],
    [['--tcp', 'seventy'], /--tcp takes a port/],
    [['--ui', '70000'], /--ui takes a port/],
    [['--route', 'here'], /--route takes HOST:PORT=HOST:PORT/],
    [['--speed', 'virtual'], /--speed takes a number/],
    [['--lab', 'maybe'], /--lab takes on or off/],
    [['--switch', 'sha1=refused'], /There is no profile switch sha1; the switches are: notBefore, /],
    [['--switch', 'sha256Chains=maybe'], /The profile switch sha256Chains takes taken or refused, not maybe\./],
    [['--serial', ''], /--serial takes PATH or PATH@BAUD/],
    [['fly'], /no sub-command fly/],
    [['--instances', '4'], /--instances takes a number from 1 to 3/],
    [['--link', 'a', '--link', 'b'], /--link was given 2 times for 1 AT instance/],
    [['--rfc2217', 'x'], /--rfc2217 takes a port/],
    [['--serial', '/dev/ttyUSB0@9600,9X1'], /--serial takes PATH or PATH@BAUD/],
    [['--pace', '7'], /--pace takes a rate from 50 to 4000000 baud, follow or off/],
    [['--preloaded-ca', ''], /--preloaded-ca needs a value/],
    [['--link'], /--link/]
  ])('%j', async (args, sentence) => {
    const { status, sentence: said } = await failure(runSimulator([...args]))
    expect(said).toMatch(sentence)
    expect(status).toBe(2)
  })
})

describe('M-6: a file of --preloaded-ca that is no use (D-41)', () => {
  it.each([
    [
      'text',
      Buffer.from('no certificate'),
      2,
      /--preloaded-ca takes a CA certificate, PEM or DER, of at most 2047 bytes; .*cannot be used/
    ],
    ['nothing', Buffer.alloc(0), 2, /it is empty/],
    ['too much', Buffer.alloc(2048, 0x30), 2, /it has 2048 bytes/]
  ])('that holds %s: wrong usage, one sentence that names it', async (_, content, expected, said) => {
    const file = join(folder, 'ca.pem')
    writeFileSync(file, content)
    const { status, sentence } = await failure(runSimulator([...quiet(), '--preloaded-ca', file]))
    expect(sentence).toMatch(said)
    expect(sentence).toContain(file)
    expect(status).toBe(expected)
  })

  it('that is not there: it cannot be had', async () => {
    const file = join(folder, 'nowhere.pem')
    const { status, sentence } = await failure(runSimulator([...quiet(), '--preloaded-ca', file]))
    expect(sentence).toBe(
      `telit-sim: The CA certificate ${file} of --preloaded-ca cannot be read: there is no such file.`
    )
    expect(status).toBe(3)
  })
})

describe('two files of one run that are one file', () => {
  it('S-7: refuses a ready file that is also the transcript, and leaves what is there', async () => {
    const file = join(folder, 'talk')
    writeFileSync(file, 'precious')
    const { status, sentence } = await failure(
      runSimulator([...quiet(), '--transcript', file, '--ready-file', `${folder}/./talk`])
    )
    expect([status, sentence]).toEqual([
      2,
      `telit-sim: --transcript and --ready-file name the same file ${folder}/./talk.`
    ])
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })

  it('S-7: refuses a transcript to which standard output is redirected', async () => {
    const file = join(folder, 'out')
    const output = openSync(file, 'w')
    const { status, stderr } = spawnSync(
      process.execPath,
      ['out/main/cli.js', ...quiet(), '--json', '--transcript', file],
      { stdio: ['ignore', output, 'pipe'] }
    )
    closeSync(output)
    expect([status, stderr.toString()]).toEqual([
      2,
      `telit-sim: --transcript names the file ${file}, to which standard output is redirected.\n`
    ])
  })

  it('S-7: a ready file that no simulator wrote ends the start with 3, and stays', async () => {
    const file = join(folder, 'notes')
    writeFileSync(file, 'precious')
    const { status, sentence } = await failure(runSimulator([...quiet(), '--ready-file', file]))
    expect([status, sentence]).toEqual([
      3,
      `telit-sim: ${file} was not written by a simulator as its ready file; remove it or choose another --ready-file.`
    ])
    expect(readFileSync(file, 'utf8')).toBe('precious')
  })
})

describe('what cannot be had ends with 3 and one sentence', () => {
  it('a link whose path holds something else, which is left alone', async () => {
    const link = join(folder, 'mine')
    writeFileSync(link, 'precious')
    const { status, sentence } = await failure(runSimulator(quiet(link)))
    expect(sentence).toContain(link)
    expect(status).toBe(3)
    expect(readFileSync(link, 'utf8')).toBe('precious')
  })

  it('a link of a living simulator, whose process is named', async () => {
    const first = await startSimulatorProcess(['--lab', 'off'])
    const { status, sentence } = await failure(runSimulator(quiet(first.link)))
    expect(sentence).toContain(String(first.pid))
    expect(status).toBe(3)
    expect(await first.stop()).toBe(0)
  })

  it('a TCP port that is taken, and the link is gone again', async () => {
    const server: Server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const port = String((server.address() as AddressInfo).port)
    for (const args of [
      ['--tcp', port],
      ['--ui', port]
    ]) {
      const { status, sentence } = await failure(runSimulator([...quiet(), ...args]))
      expect(sentence).toContain(port)
      expect(status).toBe(3)
      expect(existsSync(join(folder, 'tty0'))).toBe(false)
    }
    server.close()
  })

  it('a state folder that is a file, or lies below one', async () => {
    const file = join(folder, 'file')
    writeFileSync(file, '')
    for (const state of [file, join(file, 'below')]) {
      const { status, sentence } = await failure(runSimulator([...quiet(), '--state', state]))
      expect(sentence).toContain(state)
      expect(status).toBe(3)
    }
  })

  it.runIf(existsSync('/proc/self'))('a state folder where the system makes none', async () => {
    const run = runSimulator([...quiet(), '--state', '/proc/telit-sim/state'])
    onTestFinished(() => run.kill('SIGKILL'))
    const { status, sentence } = await failure(run)
    expect([status, sentence]).toEqual([
      3,
      'telit-sim: The state folder /proc/telit-sim/state cannot be used: it cannot be created there.'
    ])
  })

  it('a state folder in use, whose process is named', async () => {
    const state = join(folder, 'state')
    const first = await startSimulatorProcess(['--state', state])
    const { status, sentence } = await failure(runSimulator([...quiet(), '--state', state]))
    expect(sentence).toContain(String(first.pid))
    expect(status).toBe(3)
    await first.stop()
    const again = await startSimulatorProcess(['--state', state])
    expect(await again.stop()).toBe(0)
  })

  it('a UART that is not there', async () => {
    const { status, sentence } = await failure(runSimulator([...quiet(), '--serial', '/dev/ttyNONE@9600']))
    expect(sentence).toContain('/dev/ttyNONE')
    expect(status).toBe(3)
  })

  it('a ready file that cannot be written', async () => {
    const run = runSimulator([...quiet(), '--ready-file', join(folder, 'no/such/folder')])
    const { status } = await run.ended
    expect(run.stderr()).toMatch(/^telit-sim: The ready file .* cannot be written/)
    expect(status).toBe(3)
    expect(existsSync(join(folder, 'tty0'))).toBe(false)
  })
})

describe('a run', () => {
  it('says everything in the first line of --json and in the ready file', async () => {
    const file = join(folder, 'ready.json')
    const simulator = await startSimulatorProcess([
      '--ready-file',
      file,
      '--tcp',
      '0',
      '--ui',
      '0',
      '--product',
      'ge865-quad',
      '--software',
      '10.01.003'
    ])
    const { ready } = simulator
    expect(Object.keys(ready)).toEqual([
      'event',
      'ports',
      'tcp',
      'rfc2217',
      'ui',
      'control',
      'lab',
      'forwards',
      'product',
      'software'
    ])
    expect(ready).toMatchObject({
      event: 'ready',
      rfc2217: null,
      product: 'GE865-QUAD',
      software: '10.01.xx3',
      lab: { https: { host: '127.0.0.1' } }
    })
    expect(ready.ports[0]).toEqual({ instance: 0, path: readlinkSync(simulator.link), link: simulator.link })
    expect(ready.tcp).toBeGreaterThan(0)
    expect(ready.ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#token=/)
    expect(ready.control).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/.*\?token=/)
    expect(readFileSync(ready.lab.ca!, 'utf8')).toContain('BEGIN CERTIFICATE')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(ready)
    expect(await simulator.stop('SIGINT')).toBe(0)
    expect(existsSync(simulator.link)).toBe(false)
    expect(existsSync(file)).toBe(false)
  })

  it("has a ready file for as long as it runs: a killed one's is gone before a start can fail, another one's stays at the end", async () => {
    const file = join(folder, 'ready-again.json')
    const first = await startSimulatorProcess(['--ready-file', file])
    await first.stop('SIGKILL')
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(first.ready)
    const failed = runSimulator([...quiet(join(folder, 'no/such/folder/tty0')), '--ready-file', file])
    expect(await failed.ended).toMatchObject({ status: 3 })
    expect(existsSync(file)).toBe(false)
    const second = await startSimulatorProcess(['--ready-file', file])
    writeFileSync(file, 'of another run\n')
    expect(await second.stop('SIGTERM')).toBe(0)
    expect(readFileSync(file, 'utf8')).toBe('of another run\n')
  })

  it('replaces a dead link, and its own after kill -9', async () => {
    const link = join(folder, 'tty0')
    symlinkSync('/dev/pts/99999', link)
    const first = await startSimulatorProcess(['--link', link])
    await first.stop('SIGKILL')
    expect(readlinkSync(link)).toBe(first.ready.ports[0]!.path)
    const second = await startSimulatorProcess(['--link', link])
    expect(await second.stop()).toBe(0)
    expect(existsSync(link)).toBe(false)
  })

  it('goes on over TCP where node-pty could not be built, and says what is missing', async () => {
    // The program without packages beside it: only what is in the bundle can be loaded.
    cpSync(join(process.cwd(), 'out/main'), join(folder, 'main'), { recursive: true })
    const run = runSimulator([...quiet(), '--json'], {}, join(folder, 'main/cli.js'))
    const ready = JSON.parse(await run.firstLine) as { ports: unknown[]; tcp: number }
    expect(ready.ports).toEqual([])
    const socket = connect(ready.tcp, '127.0.0.1')
    let answer = ''
    socket.on('data', (bytes) => (answer += bytes.toString()))
    socket.write('AT\r')
    await expect.poll(() => answer).toBe('AT\r\r\nOK\r\n')
    socket.destroy()
    run.kill('SIGTERM')
    expect((await run.ended).status).toBe(0)
    expect(run.stderr().trim().split('\n')).toEqual([
      expect.stringMatching(/install python3, make and g\+\+.*reached over TCP instead\.$/)
    ])
  })

  it('prints its usage with --help', async () => {
    const run = runSimulator(['--help'])
    expect(await run.ended).toMatchObject({ status: 0 })
    expect(run.stdout()).toContain('--route HOST:PORT=HOST:PORT')
  })
})

describe.skipIf(!havePeers('pyserial'))('an interrupted run', () => {
  it('ends cleanly in the middle of a handshake: status 0, no link, NVM intact', async () => {
    const silent: Server = createServer()
    let connected: () => void
    const dialled = new Promise<void>((resolve) => (connected = resolve))
    silent.on('connection', (socket) => {
      socket.on('error', () => {})
      socket.once('data', () => connected())
    })
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const { port } = silent.address() as AddressInfo
    const state = join(folder, 'state')
    const simulator = await startSimulatorProcess(['--state', state])
    const pem = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
    await typeOverPort(simulator.link, [
      ...at('ATE0'),
      ...at('AT+CGDCONT=1,"IP","kept"'),
      ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK'),
      ...at('AT#SSLEN=1,1'),
      ...storeSecurityData(1, pem),
      { send: `AT#SSLD=1,${port},"127.0.0.1",0,1\r` }
    ])
    await dialled
    expect(await simulator.stop('SIGINT')).toBe(0)
    expect(existsSync(simulator.link)).toBe(false)
    silent.close()

    const again = await startSimulatorProcess(['--state', state])
    const { received } = await typeOverPort(again.link, [
      ...at('ATE0'),
      ...at('AT#SSLEN=1,1'),
      { send: 'AT+CGDCONT?;#SSLSECDATA=1,2,1\r' },
      { expect: 'END CERTIFICATE.*OK' }
    ])
    expect(received).toContain('"kept"')
    expect(received).toContain(pem)
    expect(await again.stop()).toBe(0)
  })

  it('keeps NVM for each product by itself, and survives kill -9', async () => {
    const state = join(folder, 'state')
    const first = await startSimulatorProcess(['--state', state])
    await typeOverPort(first.link, [...at('ATE0'), ...at('AT+CGDCONT=1,"IP","of the HE910"')])
    await first.stop('SIGKILL')
    const other = await startSimulatorProcess(['--state', state, '--product', 'GE865-QUAD'])
    await typeOverPort(other.link, [
      ...at('ATE0'),
      { send: 'AT+CGDCONT?\r' },
      { expect: '"IP","","",0,0\\r\\n\\r\\nOK' }
    ])
    await other.stop()
    const back = await startSimulatorProcess(['--state', state])
    await typeOverPort(back.link, [...at('ATE0'), { send: 'AT+CGDCONT?\r' }, { expect: 'of the HE910' }])
    await back.stop()
  })

  it('sets a damaged NVM image aside and says so', async () => {
    const state = join(folder, 'state')
    mkdirSync(join(state, 'HE910'), { recursive: true })
    writeFileSync(join(state, 'HE910/nvm.json'), '{"version":1,"cont')
    const simulator = await startSimulatorProcess(['--state', state])
    await typeOverPort(simulator.link, [...at('ATE0'), ...at('AT+CGDCONT=1,"IP","new"')])
    expect(readFileSync(join(state, 'HE910/nvm.json.damaged-1'), 'utf8')).toBe('{"version":1,"cont')
    expect(simulator.stderr()).toMatch(/NVM image is damaged; it was set aside as .*damaged-1/)
    await simulator.stop()
  })
})
