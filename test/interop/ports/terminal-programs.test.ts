import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { openPtyPort, type PtyPort } from '../../../src/main/ports/index.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { LineResponder } from '../../unit/ports/port-recorder.ts'
import { scratchFolder } from '../../unit/ports/scratch-folder.ts'

const run = promisify(execFile)

async function openModem(): Promise<{ modem: LineResponder; port: PtyPort; folder: string }> {
  const folder = scratchFolder()
  const modem = new LineResponder((text) => void port.write(Buffer.from(text, 'latin1')))
  const port = await openPtyPort({ link: join(folder, 'tty0'), recordFolder: folder, probeMs: 10 }, modem)
  onTestFinished(() => port.close())
  return { modem, port, folder }
}

describe.skipIf(!havePeers('picocom', 'tmux'))('picocom', () => {
  it('gets an answer, leaves and comes back', async () => {
    const { modem, port, folder } = await openModem()
    const socket = join(folder, 'tmux')
    const tmux = (...args: string[]): string =>
      execFileSync('tmux', ['-S', socket, '-f', '/dev/null', ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe']
      })
    tmux('new-session', '-d', '-x', '80', '-y', '24', 'cat')
    // Otherwise the session, and with it the server, would end with the first picocom.
    tmux('set-option', '-g', 'remain-on-exit', 'on')
    onTestFinished(() => void tmux('kill-server'))
    for (let round = 1; round <= 2; round += 1) {
      tmux('respawn-pane', '-k', 'picocom', '--nolock', port.link)
      await modem.until((heard) => heard.presences.length === 2 * round - 1)
      expect(modem.clients.at(-1)).toMatch(/^picocom \(pid \d+\)$/)
      // Before that it discards input.
      await vi.waitFor(() => expect(tmux('capture-pane', '-p')).toMatch(/^Terminal ready$/m), { timeout: 40_000 })
      tmux('send-keys', `AT+ROUND${round}`, 'Enter')
      await modem.until((heard) => heard.lines.length === round)
      await vi.waitFor(() => expect(tmux('capture-pane', '-p')).toMatch(/^OK$/m), { timeout: 40_000 })
      tmux('send-keys', 'C-a', 'C-x')
      await modem.until((heard) => heard.presences.length === 2 * round)
    }
    expect(modem.lines).toEqual(['AT+ROUND1', 'AT+ROUND2'])
    expect(modem.presences).toEqual([true, false, true, false])
  })
})

describe.skipIf(!havePeers('pyserial'))('pyserial', () => {
  it.each(['', 'rtscts=True', 'dsrdtr=True', 'xonxoff=True', 'exclusive=True'])(
    'opens the port with %j and gets an answer',
    async (option) => {
      const { modem, port } = await openModem()
      const script = `
import serial
with serial.Serial(${JSON.stringify(port.link)}, 115200, timeout=10${option && `, ${option}`}) as port:
    port.write(b'ATI\\r')
    print(repr(port.read(6)))`
      const { stdout } = await run('/usr/bin/python3', ['-c', script])
      expect(stdout.trim()).toBe(String.raw`b'\r\nOK\r\n'`)
      expect(modem.lines).toEqual(['ATI'])
    }
  )
})

/**
 * screen and gammu open the terminal exclusively and do not release it, so that only root can open it again. Root is
 * exempt, so a run as root gives up its rights; otherwise the problem would not exist.
 */
describe.skipIf(!havePeers('pyserial') || process.platform !== 'linux')(
  'a client that takes the terminal exclusively',
  () => {
    it('costs the pair, and the next client finds a new one behind the same link', async () => {
      // Its files may be unreadable afterwards.
      createRequire(import.meta.url)('node-pty')
      const rights = process.geteuid!()
      if (rights === 0) process.seteuid!(65_534)
      onTestFinished(() => process.seteuid!(rights))
      const { modem, port } = await openModem()
      for (let round = 1; round <= 2; round += 1) {
        const script = `
import fcntl, os, termios
port = os.open(${JSON.stringify(port.link)}, os.O_RDWR | os.O_NOCTTY)
fcntl.ioctl(port, termios.TIOCEXCL)
print('exclusive', flush=True)
input()
os.write(port, b'AT\\r')
print(repr(os.read(port, 6)), flush=True)
input()`
        const client = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
        const exit = once(client, 'exit')
        const output = createInterface(client.stdout)[Symbol.asyncIterator]()
        expect((await output.next()).value).toBe('exclusive')
        client.stdin.write('\n')
        expect((await output.next()).value).toBe(String.raw`b'\r\nOK\r\n'`)
        client.stdin.end('\n')
        await exit
        await modem.until((heard) => heard.notes.length === round)
        expect(modem.notes[round - 1]).toBe(`The pty was made anew as ${port.path}; ${port.link} points there.`)
        expect(modem.presences.at(-1)).toBe(false)
        // Without the fix, opening the link would fail with EBUSY.
        const { stdout } = await run('/usr/bin/python3', [
          '-c',
          `import os; print(os.ttyname(os.open(${JSON.stringify(port.link)}, os.O_RDWR | os.O_NOCTTY)))`
        ])
        expect(stdout.trim()).toBe(port.path)
      }
    })

    it('is there when the port is closed, and nothing of the port stays open', async () => {
      createRequire(import.meta.url)('node-pty')
      const rights = process.geteuid!()
      const openTerminals = (): string[] => {
        process.seteuid!(rights)
        const there = readdirSync('/proc/self/fd').flatMap((fd) => {
          try {
            return [readlinkSync(`/proc/self/fd/${fd}`)]
          } catch {
            // The folder's own descriptor.
            return []
          }
        })
        if (rights === 0) process.seteuid!(65_534)
        return there.filter((path) => /^\/dev\/(ptmx|pts\/)/.test(path))
      }
      onTestFinished(() => process.seteuid!(rights))
      const before = openTerminals()
      const { modem, port } = await openModem()
      const script = `
import fcntl, os, termios
port = os.open(${JSON.stringify(port.link)}, os.O_RDWR | os.O_NOCTTY)
fcntl.ioctl(port, termios.TIOCEXCL)
os.write(port, b'AT\\r')
input()`
      const client = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'inherit', 'inherit'] })
      const exit = once(client, 'exit')
      await modem.until((heard) => heard.lines.length === 1)
      // The pair without its held slave, and the spare one: master and slave.
      await vi.waitFor(() => expect(openTerminals().length - before.length).toBe(3), { timeout: 40_000, interval: 5 })
      await port.close()
      expect(openTerminals()).toEqual(before)
      client.stdin.end('\n')
      expect(await exit).toEqual([0, null])
    })

    it('costs the pair too when the module was not reading, and what it sent is kept', async () => {
      createRequire(import.meta.url)('node-pty')
      const rights = process.geteuid!()
      if (rights === 0) process.seteuid!(65_534)
      onTestFinished(() => process.seteuid!(rights))
      const { modem, port } = await openModem()
      port.setReading(false)
      const sent = ['AT+CSQ\r', 'ATI\r', 'AT+CGMI\r']
      for (const [round, line] of sent.entries()) {
        const script = `
import fcntl, os, termios
port = os.open(${JSON.stringify(port.link)}, os.O_RDWR | os.O_NOCTTY)
fcntl.ioctl(port, termios.TIOCEXCL)
print('exclusive', flush=True)
input()
os.write(port, ${JSON.stringify(line)}.encode())`
        const client = spawn('/usr/bin/python3', ['-c', script], { stdio: ['pipe', 'pipe', 'inherit'] })
        const exit = once(client, 'exit')
        expect((await createInterface(client.stdout)[Symbol.asyncIterator]().next()).value).toBe('exclusive')
        await modem.until((heard) => heard.presences.at(-1) === true)
        client.stdin.end('\n')
        expect(await exit).toEqual([0, null])
        await modem.until((heard) => heard.notes.length === round + 1 && heard.presences.at(-1) === false)
      }
      expect(modem.received).toBe('')
      port.setReading(true)
      expect(modem.received).toBe(sent.join(''))
    })
  }
)
