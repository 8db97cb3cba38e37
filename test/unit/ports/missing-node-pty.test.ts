import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { bundlePorts } from './bundled-ports.ts'
import { scratchFolder } from './scratch-folder.ts'

it.skipIf(process.platform === 'win32')(
  'a machine where node-pty could not be built has no pty, says so, and still has TCP',
  async () => {
    const folder = scratchFolder()
    const script = join(folder, 'start.mjs')
    writeFileSync(
      script,
      `
    import { openPtyPort, openTcpPort, PortError } from ${JSON.stringify(await bundlePorts(folder, false))}
    const nobody = { data() {}, presence() {}, drained() {}, overrun() {}, note() {} }
    try {
      await openPtyPort({ link: ${JSON.stringify(join(folder, 'tty0'))}, recordFolder: ${JSON.stringify(folder)} }, nobody)
    } catch (error) {
      console.log(error instanceof PortError, error.code, error.message)
    }
    const tcp = await openTcpPort({ port: 0 }, nobody)
    console.log(tcp.name.replace(/\\d+$/, 'N'))
    await tcp.close()`
    )
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [script])
    expect(stdout.split('\n')).toEqual([
      'true no-pty The package node-pty is not built, so there is no pty: install python3, make and g++, then run npm ci.',
      'tcp 127.0.0.1:N',
      ''
    ])
    expect(stderr).toBe('')
  }
)
