import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  constants,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlClient } from '../../fixtures/control-client.ts'
import { pcapngBlocks } from '../../fixtures/exports.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { runSimulator, startSimulatorProcess } from '../../fixtures/simulator-process.ts'
import { TcpHost } from '../../fixtures/tcp-host.ts'
import { Tshark } from '../../fixtures/tshark.ts'

/** Files that cannot be written, or not to their end: one sentence, and the simulator continues. */
describe('recorded files', () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'telit-sim-files-'))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it.each([
    [
      '--capture',
      'capture',
      'a folder that is not there',
      () => join(folder, 'missing/x.pcapng'),
      'its folder does not exist'
    ],
    ['--capture', 'capture', 'a folder', () => folder, 'it is a folder'],
    ['--transcript', 'transcript', 'a folder', () => folder, 'it is a folder'],
    [
      '--keylog',
      'key log',
      'a path through a file',
      () => join(process.cwd(), 'package.json/x'),
      'a part of its path is not a folder'
    ]
  ])('%s to %s %s: status 3 and one sentence', async (option, name, _what, path, reason) => {
    const run = runSimulator([
      '--headless',
      '--ui',
      'off',
      '--state',
      'none',
      '--link',
      join(folder, 'tty'),
      option,
      path()
    ])
    expect((await run.ended).status).toBe(3)
    expect(run.stderr()).toBe(`telit-sim: The ${name} ${path()} cannot be written: ${reason}.\n`)
    expect(run.stdout()).toBe('')
  })

  // Root can write to any file.
  it.skipIf(process.getuid!() === 0)('a read-only file: status 3', async () => {
    const path = join(folder, 'read-only')
    writeFileSync(path, '')
    chmodSync(path, 0o400)
    const run = runSimulator([
      '--headless',
      '--ui',
      'off',
      '--state',
      'none',
      '--link',
      join(folder, 'tty'),
      '--capture',
      path
    ])
    expect((await run.ended).status).toBe(3)
    expect(run.stderr()).toBe(
      `telit-sim: The capture ${path} cannot be written: its folder or the file does not permit it.\n`
    )
  })

  it('S-13: are for their owner alone, under a umask that lets others read', async () => {
    const files = ['capture', 'keylog', 'transcript'].map((name) => join(folder, `private-${name}`))
    const before = process.umask(0)
    try {
      const simulator = await startSimulatorProcess([
        '--capture',
        files[0]!,
        '--keylog',
        files[1]!,
        '--transcript',
        files[2]!
      ])
      for (const file of files) expect((statSync(file).mode & 0o777).toString(8), file).toBe('600')
      await simulator.stop()
    } finally {
      process.umask(before)
    }
  })

  it('the same path for two files is wrong usage', async () => {
    const run = runSimulator(['--headless', '--capture', join(folder, 'same'), '--keylog', join(folder, 'same')])
    expect((await run.ended).status).toBe(2)
    expect(run.stderr()).toContain('--keylog name the same file')
  })

  it('a full disk: one sentence on standard error, in the timeline and in the snapshot; the module goes on', async () => {
    const simulator = await startSimulatorProcess(['--capture', '/dev/full', '--tcp', '0'])
    try {
      const control = await ControlClient.open(simulator.ready.control!)
      await control.until(({ recording }) => recording.capture!.fault !== null)
      const sentence = 'The capture /dev/full ends after 0 bytes: the disk is full.'
      expect((await control.snapshot()).recording.capture).toEqual({ path: '/dev/full', bytes: 0, fault: sentence })
      expect((await control.events(0)).events.map(({ what }) => what)).toContainEqual({ kind: 'note', sentence })
      const host = await TcpHost.open(simulator.ready.tcp!)
      expect(await host.at('AT+CGMM')).toContain('OK')
      host.close()
      control.close()
      expect(await simulator.stop()).toBe(0)
      expect(simulator.stderr()).toBe(`telit-sim: ${sentence}\n`)
    } finally {
      await simulator.stop()
    }
  })

  it('a pipe whose reader does not read: recording stops at its limit, the end does not hang', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    // Opened so that a writer can open it too, but never read.
    const reader = openSync(pipe, constants.O_RDWR)
    const simulator = await startSimulatorProcess(['--capture', pipe, '--tcp', '0'])
    try {
      const host = await TcpHost.open(simulator.ready.tcp!)
      // More than a pipe holds.
      for (let sent = 0; sent < 400; sent++) await host.at(`AT+CGMM;+CGMM;+CGMM;+CGMM;+CGMM;+CGMM`)
      host.close()
      expect(await simulator.stop()).toBe(0)
      expect(simulator.stderr()).toMatch(
        /The capture \S+ ends after \d+ bytes: the disk did not take the rest of it in time\.\n/
      )
    } finally {
      await simulator.stop()
      closeSync(reader)
    }
  })

  it.skipIf(!havePeers('tshark'))(
    'a simulator that is killed leaves a capture that is readable up to there',
    async () => {
      const path = join(folder, 'killed.pcapng')
      const simulator = await startSimulatorProcess(['--capture', path, '--tcp', '0'])
      const host = await TcpHost.open(simulator.ready.tcp!)
      await host.at('AT+CGMM')
      const control = await ControlClient.open(simulator.ready.control!)
      const { recording } = await control.snapshot()
      await control.until(
        ({ recording: now }) => now.capture!.bytes >= recording.capture!.bytes && now.capture!.bytes > 0
      )
      control.close()
      host.close()
      await simulator.stop('SIGKILL')
      const whole = readFileSync(path)
      expect(new Tshark(path).values('data-text-lines', 'text').join('\n')).toContain('ATE0\\r')
      // Cut in the middle of the last block, as by a power cut.
      const last = pcapngBlocks(whole).at(-1)!.bytes.length
      const torn = join(folder, 'torn.pcapng')
      writeFileSync(torn, whole.subarray(0, whole.length - last + 10))
      const rows = new Tshark(torn).upTo('data-text-lines', 'text')
      expect(rows.join('\n')).toContain('ATE0\\r')
    }
  )
})
