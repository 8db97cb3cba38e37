import type { Diagnosis } from '../../shared/calls/diagnosis.ts'
import { fine, note, problem } from './diagnosis.ts'
import type { Machine } from './machine.ts'

/** Checks whether this machine can open pseudo terminals. */
export function checkPty(machine: Machine): readonly Diagnosis[] {
  if (machine.platform === 'win32')
    return [
      problem('pty', 'Windows has no pseudo terminals.', 'Use --tcp PORT, --rfc2217 PORT, or --serial with a UART.')
    ]
  const why = machine.tryPty()
  if (why !== null) return [problem('pty', why, ptyRemedy(machine, why))]
  return [fine('pty', `A pseudo terminal can be opened${inUse(machine)}.`)]
}

/** Checks the packages and programs that ports need, and whether there is a terminal program. */
export function checkPackages(machine: Machine): readonly Diagnosis[] {
  const found: Diagnosis[] = []
  const serialport = machine.trySerialport()
  if (serialport !== null)
    found.push(problem('packages', `The package serialport cannot be loaded: ${serialport}.`, 'npm ci'))
  if (machine.platform !== 'win32' && !machine.hasProgram('stty'))
    found.push(
      problem('packages', 'The program stty is missing; without it no pty is made.', 'apt-get install coreutils')
    )
  const terminals = terminalPrograms.filter((name) => machine.hasProgram(name))
  found.push(
    terminals.length > 0
      ? fine('packages', `Terminal programs on this machine: ${terminals.join(', ')}.`)
      : note('packages', `No terminal program was found (${terminalPrograms.join(', ')}).`, 'apt-get install picocom')
  )
  return found
}

/** Checks how many files a process may open and how many pseudo terminals are left. */
export function checkLimits(machine: Machine): readonly Diagnosis[] {
  const found: Diagnosis[] = []
  const files = openFiles(machine)
  if (files !== null && files < LEAST_FILES)
    found.push(
      problem(
        'limits',
        `A process of this user may open ${files} files; a simulator with its lab needs some ${LEAST_FILES}.`,
        'ulimit -n 1024'
      )
    )
  const ptys = ptyCount(machine)
  // When none is left, `checkPty` reports it.
  if (ptys && ptys.used < ptys.most && ptys.most - ptys.used < LEAST_PTYS)
    found.push(
      problem(
        'limits',
        `Of ${ptys.most} pseudo terminals ${ptys.used} are in use.`,
        `sudo sysctl kernel.pty.max=${2 * ptys.most}`
      )
    )
  if (found.length === 0 && files !== null) found.push(fine('limits', `A process may open ${files} files.`))
  return found
}

/**
 * Checks the adapters with a UART. A bridge (`--serial`) needs them; the simulator's own port seldom fails because of
 * them.
 */
export async function checkAdapters(machine: Machine): Promise<readonly Diagnosis[]> {
  const uarts = await machine.uarts()
  return uarts.map(({ path, about, heldBy }) => {
    const name = about === null ? path : `${path} (${about})`
    if (heldBy !== null) return note('adapter', `${name} is open in ${heldBy}.`, `Close it before --serial ${path}.`)
    if (machine.mayUse(path)) return fine('adapter', `${name} can be opened.`)
    const group = machine.groupOf(path)
    const groups = machine.groups()
    if (groups?.includes(group))
      return problem('adapter', `${name} refuses this user, who is in its group ${group}.`, `ls -l ${path}`)
    return problem(
      'adapter',
      `${name} belongs to the group ${group}, and ${machine.userName} is not in it.`,
      `sudo usermod -aG ${group} ${machine.userName}, then log out and in`
    )
  })
}

function ptyRemedy(machine: Machine, why: string): string {
  if (/node-pty/.test(why)) return 'npm ci (it needs python3, make and g++)'
  const ptys = ptyCount(machine)
  if (ptys && ptys.used >= ptys.most) return `sudo sysctl kernel.pty.max=${2 * ptys.most}`
  if (!machine.mayUse('/dev/ptmx')) return 'Let this user open /dev/ptmx; in a container, mount devpts.'
  return 'Use --tcp PORT instead.'
}

function inUse(machine: Machine): string {
  const ptys = ptyCount(machine)
  return ptys ? `; ${ptys.used} of ${ptys.most} are in use` : ''
}

function ptyCount(machine: Machine): { readonly used: number; readonly most: number } | null {
  const [used, most] = ['nr', 'max'].map((name) => Number(machine.text(`/proc/sys/kernel/pty/${name}`) ?? NaN))
  return Number.isInteger(used) && Number.isInteger(most) ? { used: used!, most: most! } : null
}

function openFiles(machine: Machine): number | null {
  const [, soft] = /^Max open files +(\d+|unlimited)/m.exec(machine.text('/proc/self/limits') ?? '') ?? []
  if (soft === undefined) return null
  return soft === 'unlimited' ? Infinity : Number(soft)
}

const terminalPrograms = ['picocom', 'minicom', 'tio', 'screen', 'cu'] as const
/** Enough for module, lab, board and some clients. */
const LEAST_FILES = 256
const LEAST_PTYS = 3
