import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { at, typeOverPort } from '../../fixtures/at-host.ts'
import { clientsFirstBytes } from '../../fixtures/first-bytes.ts'
import { havePeers } from '../../fixtures/peers.ts'
import { startSimulatorProcess, type SimulatorProcess } from '../../fixtures/simulator-process.ts'
import type { ScriptRecipe } from './recipe.ts'
import { scriptRecipes } from './recipes.ts'

// The recipes for programs without interaction, performed exactly.

let simulator: SimulatorProcess
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--ui', '0'])
})
afterAll(async () => void (await simulator?.stop()))

/** Runs the recipe's command in a folder with its files. Returns status and output. */
async function carryOut(recipe: ScriptRecipe, options = ''): Promise<{ status: number | null; output: string }> {
  // Below the checkout, so that a script finds the installed packages.
  const place = recipe.name === 'serialport' ? join(process.cwd(), 'node_modules/.cache') : tmpdir()
  mkdirSync(place, { recursive: true })
  const folder = mkdtempSync(join(place, 'recipe-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const { path, text } of recipe.files) writeFileSync(join(folder, path), text.replaceAll('LINK', simulator.link))
  const child = spawn('sh', ['-c', recipe.command.replaceAll('LINK', simulator.link) + options], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe']
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (bytes: Buffer) => (output += bytes.toString('latin1')))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, output }
}

function expectPrinted({ prints }: ScriptRecipe, output: string): void {
  let rest = output
  for (const line of prints) {
    const pattern = new RegExp(line.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '[^\\n]*'))
    const found = pattern.exec(rest)
    expect(found, `${line}\nis missing in\n${rest}`).not.toBeNull()
    rest = rest.slice(found!.index + found![0].length)
  }
}

/**
 * Resets what a session may have left enabled. After a session that disabled SSL itself, the second response is ERROR.
 */
const asFound = [
  ...at('ATE0'),
  ...at('AT#SSLEN=1,0', '(OK|ERROR|[+]CME ERROR: 836)'),
  ...at('AT#SGACT=1,0'),
  { send: 'ATE1\r' },
  { expect: 'OK\\r\\n' }
]

describe.skipIf(!havePeers('pyserial'))('scripts', () => {
  it.each(['', ' rtscts', ' dsrdtr', ' xonxoff', ' exclusive', ' rtscts dsrdtr xonxoff exclusive'])(
    'pyserial with the options%s',
    async (options) => {
      const { status, output } = await carryOut(scriptRecipes.pyserial, options)
      expect(status, output).toBe(0)
      expectPrinted(scriptRecipes.pyserial, output)
    }
  )

  it('S-4: begin with bytes that a TCP port lets in at once, all of them', async () => {
    const recipes = [
      scriptRecipes.pyserial,
      scriptRecipes.serialport,
      ...(havePeers('chat') ? [scriptRecipes.chat] : []),
      ...(havePeers('gammu') ? [scriptRecipes.gammu] : [])
    ]
    for (const recipe of recipes) {
      await carryOut(recipe)
      await typeOverPort(simulator.link, asFound)
    }
    const begun = await clientsFirstBytes(simulator.ready.control!)
    expect(begun.length).toBeGreaterThanOrEqual(recipes.length)
    expect(begun.filter(({ verdict }) => verdict !== 'let in')).toEqual([])
  }, 120_000)

  it('serialport of npm', async () => {
    const { status, output } = await carryOut(scriptRecipes.serialport)
    expect(status, output).toBe(0)
    expectPrinted(scriptRecipes.serialport, output)
    await typeOverPort(simulator.link, asFound)
  })

  it.skipIf(!havePeers('chat'))('chat', async () => {
    const { status, output } = await carryOut(scriptRecipes.chat)
    expect(status, output).toBe(0)
    expectPrinted(scriptRecipes.chat, output)
    await typeOverPort(simulator.link, asFound)
  })

  it.skipIf(!havePeers('gammu'))(
    'gammu, and the next client is served',
    async () => {
      const { output } = await carryOut(scriptRecipes.gammu)
      expectPrinted(scriptRecipes.gammu, output)
      await typeOverPort(simulator.link, [...at('ATE0'), ...at('AT')])
    },
    60_000
  )
})
