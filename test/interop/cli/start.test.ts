import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { at, atPrints, typeOverPort } from '../../fixtures/at-host.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { runSimulator, startSimulatorProcess } from '../../fixtures/simulator-process.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'telit-sim-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe.skipIf(!havePeers('pyserial'))('a start', () => {
  it('takes a client that opens the link the moment it is there', async () => {
    const link = join(folder, 'tty0')
    const run = runSimulator(['--headless', '--json', '--ui', 'off', '--state', 'none', '--link', link])
    // Types as soon as the link exists, long before the ready line.
    execFileSync('/usr/bin/python3', [
      '-c',
      `import os, time, serial
until, came = time.time() + 40, b''
while not os.path.exists(${JSON.stringify(link)}):
    assert time.time() < until, 'there is no link'
    time.sleep(0.001)
port = serial.Serial(${JSON.stringify(link)}, 115200, timeout=0.1)
while b'OK' not in came and time.time() < until:
    port.write(b'AT\\r')
    came += port.read(100)
assert b'OK' in came, came`
    ])
    await run.firstLine
    run.kill('SIGTERM')
    expect((await run.ended).status).toBe(0)
    expect(run.stderr()).toBe('')
  })

  it('that fails leaves nothing behind, the temporary lab included', async () => {
    const temporary = join(folder, 'tmp')
    mkdirSync(temporary)
    const run = runSimulator(
      ['--headless', '--ui', 'off', '--state', 'none', '--link', join(folder, 'tty0'), '--serial', '/dev/ttyNONE'],
      { TMPDIR: temporary }
    )
    expect((await run.ended).status).toBe(3)
    expect(readdirSync(temporary).filter((name) => name.includes('lab'))).toEqual([])
    expect(existsSync(join(folder, 'tty0'))).toBe(false)
  })

  it('with --latency real answers as slowly as a real module (D-37, D-29)', async () => {
    const simulator = await startSimulatorProcess(['--latency', 'real', '--speed', '20', '--lab', 'off'])
    const started = process.hrtime.bigint()
    await typeOverPort(simulator.link, [...at('ATE0'), ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK')])
    // Activation alone takes 1.8 s of module time, which is a twentieth of that here.
    expect(Number(process.hrtime.bigint() - started) / 1e6).toBeGreaterThan(90)
    await simulator.stop()
  })

  it('takes a CA that comes with the module from preloaded-ca.pem in the state folder, on HE/UE (G-3.3-8)', async () => {
    const state = join(folder, 'state')
    const dial = [
      ...at('ATE0'),
      ...at('AT+CMEE=1'),
      ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK'),
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLSECCFG=1,0,1')
    ]
    const dialLine = 'AT#SSLD=1,443,"123.124.125.126",0,1'
    const without = await startSimulatorProcess(['--state', state])
    const ca = readFileSync(without.ready.lab.ca!)
    await typeOverPort(without.link, [...dial, ...at(dialLine, '\\+CME ERROR: 837')])
    await without.stop()
    writeFileSync(join(state, 'preloaded-ca.pem'), ca)
    for (const [product, answer] of [
      ['HE910', 'OK'],
      ['GE865-QUAD', '\\+CME ERROR: 837']
    ] as const) {
      const simulator = await startSimulatorProcess(['--state', state, '--product', product])
      await typeOverPort(simulator.link, [...dial, ...at(dialLine, answer)])
      await simulator.stop()
    }
  })

  it('M-6: takes it from --preloaded-ca FILE as well, shows it as stored, and keeps its deletion (D-41)', async () => {
    const state = join(folder, 'state-of-preloaded')
    const lab = await startSimulatorProcess(['--state', state])
    const file = join(folder, 'ca-of-the-lab.pem')
    writeFileSync(file, readFileSync(lab.ready.lab.ca!))
    await lab.stop()
    const begin = [...at('ATE0'), ...at('AT#SSLEN=1,1')]
    const first = await startSimulatorProcess(['--state', state, '--preloaded-ca', file])
    await typeOverPort(first.link, [
      ...begin,
      ...atPrints('AT#SSLSECDATA?', '#SSLSECDATA: 1,0,1,0'),
      ...at('AT#SSLSECDATA=1,2,1', '#SSLSECDATA: 1,1\\r\\n-----BEGIN[\\s\\S]*END CERTIFICATE-----\\s+OK'),
      ...at('AT#SSLSECDATA=1,0,1')
    ])
    await first.stop()
    const second = await startSimulatorProcess(['--state', state, '--preloaded-ca', file])
    await typeOverPort(second.link, [...begin, ...atPrints('AT#SSLSECDATA?', '#SSLSECDATA: 1,0,0,0')])
    await second.stop()
  })

  it.runIf(existsSync('/proc/self'))(
    'S-11: refuses a CA certificate, or an NVM image, that is a pipe, and does not wait for it',
    async () => {
      for (const [name, sentence] of [
        ['preloaded-ca.pem', 'The CA certificate'],
        ['HE910/nvm.json', 'The NVM image']
      ] as const) {
        const state = join(folder, `state-${name.length}`)
        mkdirSync(join(state, 'HE910'), { recursive: true })
        execFileSync('mkfifo', [join(state, name)])
        const run = runSimulator([
          '--headless',
          '--ui',
          'off',
          '--lab',
          'off',
          '--state',
          state,
          '--link',
          join(folder, 'tty')
        ])
        expect((await run.ended).status).toBe(3)
        expect(run.stderr()).toBe(
          `telit-sim: ${sentence} ${join(state, name)} cannot be read: it is a pipe, not a file.\n`
        )
      }
    }
  )

  it("S-12: a state folder that was moved away and taken by a second simulator is the second one's alone", async () => {
    const state = join(folder, 'moved')
    const first = await startSimulatorProcess(['--lab', 'off', '--state', state])
    renameSync(state, `${state}-away`)
    const second = await startSimulatorProcess(['--lab', 'off', '--state', state])
    const lock = readFileSync(join(state, 'lock'), 'utf8')
    // Memory failure: the NVM cannot be written.
    await typeOverPort(first.link, [
      ...at('ATE0'),
      ...at('AT+CMEE=1'),
      ...at('AT+CGDCONT=1,"IP","one"', '\\+CME ERROR: 23'),
      ...at('AT+CGDCONT=1,"IP","two"', '\\+CME ERROR: 23')
    ])
    expect(await first.stop()).toBe(0)
    const sentence = `telit-sim: The state folder ${state} is no longer this simulator's, for it was moved away or replaced: nothing more is written there.\n`
    expect(first.stderr()).toBe(sentence)
    expect(readFileSync(join(state, 'lock'), 'utf8')).toBe(lock)
    expect(existsSync(join(state, 'HE910/nvm.json'))).toBe(false)
    await typeOverPort(second.link, at('AT+CGDCONT=1,"IP","one"'))
    expect(existsSync(join(state, 'HE910/nvm.json'))).toBe(true)
    expect(await second.stop()).toBe(0)
    expect(existsSync(join(state, 'lock'))).toBe(false)
  })

  it('has a web server in its lab, by name (D-30)', async () => {
    const simulator = await startSimulatorProcess()
    const { received } = await typeOverPort(simulator.link, [
      ...at('ATE0'),
      ...at('AT#SGACT=1,1', '#SGACT: [0-9.]+\\r\\n\\r\\nOK'),
      ...at('AT#SSLEN=1,1'),
      ...at('AT#SSLCFG=1,1,300,90,100,1'),
      ...at('AT#SSLD=1,443,"www.example.lab",0,0', 'CONNECT'),
      { send: 'GET / HTTP/1.0\r\n\r\n' },
      { expect: 'HTTP/1\\.1 200 OK.*</html>\\s*\\r\\nNO CARRIER\\r\\n' }
    ])
    expect(received).toContain('TLS 1.0')
    await simulator.stop()
  })
})
