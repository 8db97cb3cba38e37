/** @module Why a terminal program does not see the serial port: what `telit-sim doctor` and the Ports sheet look at. */

import { resolve } from 'node:path'
import type { Diagnosis } from '../../shared/calls/diagnosis.ts'
import { checkFolder, checkLinks } from './check-links.ts'
import { checkAdapters, checkLimits, checkPackages, checkPty } from './check-machine.ts'
import { thisMachine, type Machine } from './machine.ts'

/**
 * Checks everything that a serial port of the simulator needs, and returns problems first. `path` is the port that
 * cannot be opened, as given to the terminal program; `null` checks the ports of all simulators of this user. Never
 * throws.
 */
export async function examine(path: string | null, machine: Machine = thisMachine()): Promise<readonly Diagnosis[]> {
  const found = [
    ...checkPty(machine),
    ...checkFolder(machine),
    ...checkLinks(machine, path === null ? null : resolve(path)),
    ...checkLimits(machine),
    ...checkPackages(machine),
    ...(await checkAdapters(machine))
  ]
  return found.toSorted((a, b) => order[a.verdict] - order[b.verdict])
}

const order = { problem: 0, note: 1, fine: 2 } as const
