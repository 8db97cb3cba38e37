import { execFileSync } from 'node:child_process'
import { fstatSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openPtyPort, type PtyPort } from '../../../src/main/ports/index.ts'
import { KeptMode } from '../../../src/main/ports/kept-mode.ts'
import { openNativePty } from '../../../src/main/ports/native-pty.ts'
import { PortRecorder } from './port-recorder.ts'
import { scratchFolder } from './scratch-folder.ts'
import { TtyClient } from './tty-client.ts'

/** Returns all settings of a terminal, as stty prints them. */
const modeOf = (path: string): string => execFileSync('stty', ['-F', path, '-g'], { encoding: 'latin1' })

function spoil(path: string): void {
  execFileSync('stty', ['-F', path, 'sane', 'iexten', 'ixoff', 'ocrnl', '9600', 'min', '7', 'intr', '^X'])
}

/** Runs `work` while no programs can be found, not even stty. */
async function withoutPrograms(work: () => Promise<void>): Promise<void> {
  const { PATH } = process.env
  process.env.PATH = scratchFolder()
  try {
    await work()
  } finally {
    process.env.PATH = PATH
  }
}

async function openPort(recorder: PortRecorder): Promise<PtyPort> {
  const folder = scratchFolder()
  const port = await openPtyPort({ link: join(folder, 'tty0'), recordFolder: folder, probeMs: 10 }, recorder)
  onTestFinished(() => port.close())
  return port
}

describe.runIf(process.platform === 'linux')('the mode of a pty between two clients', () => {
  it('is what the first client found, flag for flag, each time a client leaves, and no program is started for it', async () => {
    const recorder = new PortRecorder()
    const port = await openPort(recorder)
    const first = modeOf(port.path)
    for (let round = 1; round <= 3; round += 1) {
      const client = new TtyClient(port.link)
      client.write('AT\r')
      await recorder.until((heard) => heard.presences.length === 2 * round - 1)
      spoil(port.link)
      expect(modeOf(port.path)).not.toBe(first)
      await withoutPrograms(async () => {
        client.close()
        await recorder.until((heard) => heard.presences.length === 2 * round)
      })
      expect(modeOf(port.path)).toBe(first)
    }
  })

  it('is neither cooked nor echoed, with neither flow control nor changed line ends', async () => {
    const port = await openPort(new PortRecorder())
    const mode = execFileSync('stty', ['-F', port.path, '-a'], { encoding: 'latin1' })
    for (const flag of [
      '-icanon',
      '-isig',
      '-iexten',
      '-echo',
      '-icrnl',
      '-ixon',
      '-opost',
      'clocal',
      'cs8',
      'min = 1'
    ])
      expect(mode).toContain(flag)
  })
})

describe.runIf(process.platform === 'linux')('KeptMode', () => {
  it('closes the descriptor that it was given, once, before close returns', () => {
    const { master, path } = openNativePty()
    // Without an open slave, a master has no client to change anything.
    openSync(path, 'r+')
    const mode = new KeptMode(master)
    mode.close()
    expect(() => fstatSync(master)).toThrow('EBADF')
    mode.close()
    expect(() => fstatSync(master)).toThrow('EBADF')
  })
})
