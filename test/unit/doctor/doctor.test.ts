import { describe, expect, it } from 'vitest'
import { examine } from '../../../src/main/doctor/doctor.ts'
import type { Entry, Machine } from '../../../src/main/doctor/machine.ts'

const LINK = '/run/user/1000/telit-sim/tty0'
const TERMINAL = '/dev/pts/7'
const RAW = 'speed 115200 baud; rows 24; columns 80;\n-icanon -echo -opost -icrnl -ixon -ixoff'

/** A machine on which all is well: one simulator runs, and nobody has its port open. The test changes what it is about. */
function machine(changes: Partial<Machine> & { entries?: Record<string, Entry> } = {}): Machine {
  const entries: Record<string, Entry> = {
    '/run/user/1000/telit-sim': { kind: 'folder' },
    '/run/lock': { kind: 'folder' },
    '/var/lock': { kind: 'link', target: '/run/lock' },
    [LINK]: { kind: 'link', target: TERMINAL },
    [TERMINAL]: { kind: 'terminal' },
    ...changes.entries
  }
  return {
    platform: 'linux',
    userName: 'ada',
    groups: () => ['ada', 'video'],
    groupOf: () => 'dialout',
    text: (path) =>
      ({
        '/proc/sys/kernel/pty/nr': '5\n',
        '/proc/sys/kernel/pty/max': '4096\n',
        '/proc/self/limits': 'Max open files            1024                 4096                 files\n'
      })[path] ?? null,
    entry: (path) => entries[path] ?? { kind: 'missing' },
    mayUse: () => true,
    tryPty: () => null,
    trySerialport: () => null,
    hasProgram: (name) => ['stty', 'picocom'].includes(name),
    holderOf: () => null,
    terminalSettings: () => RAW,
    isRunning: (pid) => pid === 4711,
    names: () => [],
    runtimeFolder: '/run/user/1000/telit-sim',
    links: () => [{ pid: 4711, startTime: null, link: LINK, targets: [TERMINAL], isRunning: true }],
    uarts: () => Promise.resolve([]),
    ...changes
  }
}

async function told(changes: Parameters<typeof machine>[0], path: string | null = null): Promise<readonly string[]> {
  return (await examine(path, machine(changes))).map(
    ({ verdict, sentence, remedy }) => `${verdict}: ${sentence}${remedy === null ? '' : ` → ${remedy}`}`
  )
}

describe('telit-sim doctor', () => {
  it('finds nothing wrong where nothing is', async () => {
    expect(await told({})).toEqual([
      'fine: A pseudo terminal can be opened; 5 of 4096 are in use.',
      `fine: ${LINK} leads to ${TERMINAL} of the simulator (pid 4711), and no program has it open.`,
      `fine: ${LINK} is in raw mode without echo, 115200 baud.`,
      'fine: A process may open 1024 files.',
      'fine: Terminal programs on this machine: picocom.'
    ])
  })

  const cases: readonly [string, Parameters<typeof machine>[0], string | null, string][] = [
    [
      'no pty: node-pty is not built',
      { tryPty: () => 'The package node-pty is not built, so there is no pty: install python3.' },
      null,
      'problem: The package node-pty is not built, so there is no pty: install python3. → npm ci (it needs python3, make and g++)'
    ],
    [
      'no pty: none is left',
      {
        tryPty: () => 'The system gives no new pseudo terminal (openpty failed).',
        text: (path) => (path.startsWith('/proc/sys/kernel/pty/') ? '16' : null)
      },
      null,
      'problem: The system gives no new pseudo terminal (openpty failed). → sudo sysctl kernel.pty.max=32'
    ],
    [
      'no pty: the container has no devpts',
      {
        tryPty: () => 'The system gives no new pseudo terminal (openpty failed).',
        mayUse: (path) => path !== '/dev/ptmx'
      },
      null,
      'problem: The system gives no new pseudo terminal (openpty failed). → Let this user open /dev/ptmx; in a container, mount devpts.'
    ],
    [
      'Windows',
      { platform: 'win32', links: () => [], entries: {} },
      null,
      'problem: Windows has no pseudo terminals. → Use --tcp PORT, --rfc2217 PORT, or --serial with a UART.'
    ],
    [
      'hardly a pty left',
      { text: (path) => ({ '/proc/sys/kernel/pty/nr': '14', '/proc/sys/kernel/pty/max': '16' })[path] ?? null },
      null,
      'problem: Of 16 pseudo terminals 14 are in use. → sudo sysctl kernel.pty.max=32'
    ],
    [
      'too few files',
      { text: (path) => (path === '/proc/self/limits' ? 'Max open files   64   64   files' : null) },
      null,
      'problem: A process of this user may open 64 files; a simulator with its lab needs some 256. → ulimit -n 1024'
    ],
    [
      'a missing package',
      { trySerialport: () => 'Cannot find module serialport' },
      null,
      'problem: The package serialport cannot be loaded: Cannot find module serialport. → npm ci'
    ],
    [
      'no terminal program',
      { hasProgram: (name) => name === 'stty' },
      null,
      'note: No terminal program was found (picocom, minicom, tio, screen, cu). → apt-get install picocom'
    ],
    ['no simulator', { links: () => [] }, null, 'note: No simulator of this user runs with a serial port. → telit-sim'],
    [
      'a link that a dead simulator left',
      { links: () => [{ pid: 12, startTime: null, link: LINK, targets: [TERMINAL], isRunning: false }] },
      null,
      `problem: ${LINK} was left by a simulator that has ended (pid 12): nothing answers there. → Start the simulator again; it replaces the link.`
    ],
    [
      'a link that is gone',
      { entries: { [LINK]: { kind: 'missing' } } },
      null,
      `problem: ${LINK} is gone, although its simulator (pid 4711) runs. → Close the port in Ports and open it again, or start the simulator again.`
    ],
    [
      'a link that leads elsewhere',
      { entries: { [LINK]: { kind: 'link', target: '/dev/pts/9' } } },
      null,
      `problem: ${LINK} leads to /dev/pts/9, and not to the simulator's ${TERMINAL}. → Close the port in Ports and open it again, or start the simulator again.`
    ],
    [
      'a folder that does not let the user in',
      { entries: { [LINK]: { kind: 'hidden', folder: '/run/user/1000' } } },
      null,
      `problem: /run/user/1000, on the way to ${LINK}, does not let ada in. → Start the simulator with --link PATH in a folder that both users may enter.`
    ],
    [
      'a terminal of another user',
      { mayUse: (path) => path !== TERMINAL },
      null,
      `problem: ${LINK} leads to ${TERMINAL}, which ada may not open. → Run simulator and terminal program as the same user.`
    ],
    [
      'a program that has it',
      { holderOf: () => 'minicom (pid 88)' },
      null,
      `note: minicom (pid 88) has ${LINK} open: a second program gets a part of the answers only. → Close minicom (pid 88) first.`
    ],
    [
      'a lock of a program that runs',
      {
        names: (folder) => (folder === '/run/lock' ? ['LCK..tty0'] : []),
        text: (path) => (path.startsWith('/run/lock') ? '       4711\n' : null)
      },
      null,
      'problem: /run/lock/LCK..tty0 says that process 4711 uses the port; terminal programs will not open it. → Close process 4711.'
    ],
    [
      'a lock that was left',
      {
        names: (folder) => (folder === '/run/lock' ? ['LCK..7'] : []),
        text: (path) => (path.startsWith('/run/lock') ? '13 minicom ada' : null)
      },
      null,
      'problem: /run/lock/LCK..7 was left by a program that has ended; terminal programs will not open the port. → rm /run/lock/LCK..7'
    ],
    [
      'a line that is not raw',
      { terminalSettings: () => 'speed 9600 baud;\nicanon echo -opost icrnl -ixon' },
      null,
      `problem: ${LINK} is not in raw mode (icanon echo icrnl): a program that does not set it gets changed bytes. → stty -F ${LINK} raw -echo`
    ],
    [
      'an adapter whose group the user is not in',
      {
        mayUse: (path) => path !== '/dev/ttyUSB0',
        uarts: () => Promise.resolve([{ path: '/dev/ttyUSB0', about: 'FTDI', heldBy: null }])
      },
      null,
      'problem: /dev/ttyUSB0 (FTDI) belongs to the group dialout, and ada is not in it. → sudo usermod -aG dialout ada, then log out and in'
    ],
    ['a path where nothing is', {}, '/dev/ttyTelit', `problem: There is nothing at /dev/ttyTelit. → Open ${LINK}.`],
    [
      'a file for a port',
      { entries: { '/tmp/notes': { kind: 'file' } } },
      '/tmp/notes',
      `problem: /tmp/notes is no serial port. → Open ${LINK}.`
    ],
    [
      'a folder of the runtime folder that is another user’s',
      { mayUse: (path) => path !== '/run/user/1000/telit-sim' },
      null,
      'problem: /run/user/1000/telit-sim belongs to another user. → Remove it, or set XDG_RUNTIME_DIR to a folder of this user.'
    ]
  ]
  it.each(cases)('says what to do about %s', async (_, changes, path, expected) => {
    const lines = await told(changes, path)
    expect(lines).toContain(expected)
    // Problems first, and no more of them than there are causes.
    const problems = lines.filter((line) => line.startsWith('problem'))
    expect(lines.slice(0, problems.length)).toEqual(problems)
    expect(problems.length).toBe(expected.startsWith('problem') ? 1 : 0)
  })

  it('does not open a terminal that a program has', async () => {
    await told({
      holderOf: () => 'picocom (pid 5)',
      terminalSettings: () => {
        throw new Error('opened all the same')
      }
    })
  })
})
