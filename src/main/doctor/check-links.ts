import { basename } from 'node:path'
import type { Diagnosis } from '../../shared/calls/diagnosis.ts'
import { fine, note, problem } from './diagnosis.ts'
import type { Entry, Machine } from './machine.ts'

/** Checks the folder that contains the links of the serial ports. */
export function checkFolder(machine: Machine): readonly Diagnosis[] {
  const { runtimeFolder } = machine
  const found = machine.entry(runtimeFolder)
  if (found.kind === 'missing')
    return [
      note(
        'folder',
        `${runtimeFolder} does not exist: no simulator of this user has made a port since the system started.`
      )
    ]
  if (found.kind === 'hidden')
    return [
      problem(
        'folder',
        `${found.folder} does not let ${machine.userName} in.`,
        'Set XDG_RUNTIME_DIR to a folder of this user.'
      )
    ]
  if (found.kind !== 'folder')
    return [problem('folder', `${runtimeFolder} is no folder.`, `Remove it, or set XDG_RUNTIME_DIR to another folder.`)]
  if (!machine.mayUse(runtimeFolder))
    return [
      problem(
        'folder',
        `${runtimeFolder} belongs to another user.`,
        'Remove it, or set XDG_RUNTIME_DIR to a folder of this user.'
      )
    ]
  return []
}

/** Checks the serial ports of all simulators of this user, or only the one at `path`. */
export function checkLinks(machine: Machine, path: string | null): readonly Diagnosis[] {
  const links = machine.links()
  const running = links.filter(({ isRunning }) => isRunning)
  if (path !== null && !links.some(({ link }) => link === path))
    return checkForeign(
      machine,
      path,
      running.map(({ link }) => link)
    )
  const wanted = links.filter(({ link }) => path === null || link === path)
  if (!wanted.some(({ isRunning }) => isRunning) && path === null)
    return [
      note('link', 'No simulator of this user runs with a serial port.', 'telit-sim'),
      ...wanted.flatMap((one) => checkLink(machine, one))
    ]
  return wanted.flatMap((one) => checkLink(machine, one))
}

type Link = ReturnType<Machine['links']>[number]

function checkLink(machine: Machine, { link, pid, targets, isRunning }: Link): readonly Diagnosis[] {
  const found = machine.entry(link)
  if (!isRunning)
    return found.kind === 'missing'
      ? []
      : [
          problem(
            'link',
            `${link} was left by a simulator that has ended (pid ${pid}): nothing answers there.`,
            'Start the simulator again; it replaces the link.'
          )
        ]
  if (found.kind === 'missing')
    return [problem('link', `${link} is gone, although its simulator (pid ${pid}) runs.`, RESTART)]
  if (found.kind === 'hidden')
    return [
      problem('link', `${found.folder}, on the way to ${link}, does not let ${machine.userName} in.`, OTHER_PLACE)
    ]
  if (found.kind !== 'link')
    return [problem('link', `${link} is no link any more: something else has taken its place.`, RESTART)]
  if (!targets.includes(found.target))
    return [
      problem(
        'link',
        `${link} leads to ${found.target}, and not to the simulator's ${targets.at(-1) ?? 'terminal'}.`,
        RESTART
      )
    ]
  return checkTerminal(machine, link, found.target, pid)
}

/** Checks a path that no simulator of this user has published. */
function checkForeign(machine: Machine, path: string, published: readonly string[]): readonly Diagnosis[] {
  const found: Entry = machine.entry(path)
  const instead = published.length > 0 ? `Open ${published.join(' or ')}.` : 'Start the simulator: telit-sim.'
  if (found.kind === 'hidden')
    return [
      problem('link', `${found.folder}, on the way to ${path}, does not let ${machine.userName} in.`, OTHER_PLACE)
    ]
  if (found.kind === 'missing') return [problem('link', `There is nothing at ${path}.`, instead)]
  if (found.kind !== 'link' && found.kind !== 'terminal')
    return [problem('link', `${path} is no serial port.`, instead)]
  const terminal = found.kind === 'link' ? found.target : path
  if (machine.entry(terminal).kind !== 'terminal')
    return [problem('link', `${path} leads to ${terminal}, where no terminal is.`, instead)]
  return [
    note('link', `${path} is not a port that a simulator of this user has published.`, instead),
    ...checkTerminal(machine, path, terminal, null)
  ]
}

function checkTerminal(machine: Machine, link: string, terminal: string, owner: number | null): readonly Diagnosis[] {
  if (machine.entry(terminal).kind !== 'terminal')
    return [problem('link', `${link} leads to ${terminal}, which does not exist any more.`, RESTART)]
  if (!machine.mayUse(terminal))
    return [
      problem(
        'link',
        `${link} leads to ${terminal}, which ${machine.userName} may not open.`,
        'Run simulator and terminal program as the same user.'
      )
    ]
  const holder = machine.holderOf(terminal, owner)
  const whose = owner === null ? terminal : `${terminal} of the simulator (pid ${owner})`
  const locks = checkLocks(machine, link, terminal)
  if (holder !== null)
    return [
      fine('link', `${link} leads to ${whose}.`),
      note(
        'holder',
        `${holder} has ${link} open: a second program gets a part of the answers only.`,
        `Close ${holder} first.`
      ),
      ...locks
    ]
  return [
    fine('link', `${link} leads to ${whose}, and no program has it open.`),
    ...locks,
    ...checkLine(machine, link, terminal)
  ]
}

/**
 * Checks the lock files of terminal programs (FHS 5.9). A program does not open a port that a running process has
 * locked.
 */
function checkLocks(machine: Machine, link: string, terminal: string): readonly Diagnosis[] {
  const names = [basename(link), basename(terminal), terminal.replace(/^\/dev\//, '').replaceAll('/', '_')]
  // One of the folders is usually a link to the other. The link is left out.
  const folders = LOCK_FOLDERS.filter((folder) => machine.entry(folder).kind === 'folder')
  const files = folders.flatMap((folder) => {
    const there = machine.names(folder)
    return [...new Set(names)]
      .map((name) => `LCK..${name}`)
      .filter((name) => there.includes(name))
      .map((name) => `${folder}/${name}`)
  })
  return files.map((file) => {
    const pid = Number((machine.text(file) ?? '').trim().split(/\s+/)[0])
    return Number.isInteger(pid) && pid > 0 && machine.isRunning(pid)
      ? problem(
          'lock',
          `${file} says that process ${pid} uses the port; terminal programs will not open it.`,
          `Close process ${pid}.`
        )
      : problem(
          'lock',
          `${file} was left by a program that has ended; terminal programs will not open the port.`,
          `rm ${file}`
        )
  })
}

/** Checks the mode of the terminal. A program that sets no mode gets the one that the last program left. */
function checkLine(machine: Machine, link: string, terminal: string): readonly Diagnosis[] {
  const settings = machine.terminalSettings(terminal)
  if (settings === null) return [note('line', `The settings of ${link} cannot be read.`)]
  const wrong = ['icanon', 'echo', 'opost', 'icrnl', 'ixon'].filter((name) =>
    new RegExp(`(^|\\s)${name}(;|\\s|$)`).test(settings)
  )
  if (wrong.length > 0)
    return [
      problem(
        'line',
        `${link} is not in raw mode (${wrong.join(' ')}): a program that does not set it gets changed bytes.`,
        `stty -F ${link} raw -echo`
      )
    ]
  const [, baud] = /speed (\d+) baud/.exec(settings) ?? []
  return [fine('line', `${link} is in raw mode without echo${baud === undefined ? '' : `, ${baud} baud`}.`)]
}

/** The folders of lock files on Linux. The second is the older name. */
const LOCK_FOLDERS = ['/run/lock', '/var/lock'] as const
const RESTART = 'Close the port in Ports and open it again, or start the simulator again.'
const OTHER_PLACE = 'Start the simulator with --link PATH in a folder that both users may enter.'
