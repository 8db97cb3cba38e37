import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CloseError } from '../../../src/main/host/closing-steps.ts'
import { Ending, type EndingHost } from '../../../src/main/host/ending.ts'
import { bundle } from '../ports/bundled-ports.ts'
import { scratchFolder } from '../ports/scratch-folder.ts'

function bench(close: () => Promise<void>, limitMs?: number) {
  const said: string[] = []
  let exited: (status: number) => void = () => {}
  const exit = new Promise<number>((resolve) => (exited = resolve))
  const host: EndingHost = {
    keep: () => said.push('keep'),
    close,
    unclosed: () => ['the lab', 'AT0'],
    say: (sentence) => void said.push(sentence),
    exit: (status) => exited(status),
    force: () => exited(137),
    sentenceOf: (error) => (error as Error).message
  }
  return { said, exit, ending: new Ending(host, limitMs) }
}

describe('the end of the program', () => {
  it('keeps the window, closes the module once, and passes the status on', async () => {
    let closed = 0
    const { said, exit, ending } = bench(async () => void (closed += 1))
    await Promise.all([ending.end(3), ending.end(0)])
    expect([await exit, closed, said, ending.begun]).toEqual([3, 1, ['keep'], true])
  })

  it('says why the module could not be closed, and is no success', async () => {
    const { said, exit, ending } = bench(() => Promise.reject(new Error('The disk is full.')))
    await ending.end()
    expect([await exit, said]).toEqual([1, ['keep', 'The disk is full.']])
  })

  it('S-1: ends by force, not by an exit, when a part hangs that was given up', async () => {
    const { said, exit, ending } = bench(() =>
      Promise.reject(new CloseError('The lab did not close within 2 seconds.', true))
    )
    await ending.end()
    expect([await exit, said]).toEqual([137, ['keep', 'The lab did not close within 2 seconds.']])
  })

  it('S-1: does not wait for ever for what hangs, and names it', async () => {
    const { said, exit, ending } = bench(() => new Promise(() => {}), 1)
    void ending.end()
    expect([await exit, said]).toEqual([
      137,
      ['keep', 'The simulator was ended by force: the lab and AT0 did not close within 0.001 seconds.']
    ])
  })
})

describe.skipIf(process.platform === 'win32')('the end by force', () => {
  it('S-1: ends a process that waits for a file in the system, where an exit would wait as well', async () => {
    const folder = scratchFolder()
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    const ending = await bundle('src/main/host/ending.ts', folder, 'ending.mjs')
    // Nobody opens the pipe for writing, so opening it for reading never ends.
    const script = `
      import { open } from 'node:fs/promises'
      import { Ending, killThisProcess } from ${JSON.stringify(ending)}
      const host = { keep() {}, close: () => open(${JSON.stringify(pipe)}), unclosed: () => ['the recording'], say: (text) => process.stderr.write(text), exit: (status) => process.exit(status), force: killThisProcess }
      void new Ending(host, 1).end()`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', 'pipe']
    })
    let said = ''
    child.stderr.on('data', (text) => (said += text))
    expect([await once(child, 'close'), said]).toEqual([
      [null, 'SIGKILL'],
      'The simulator was ended by force: the recording did not close within 0.001 seconds.'
    ])
  })
})
