import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { at, typeOverPort } from '../../fixtures/at-host.ts'
import { clientsFirstBytes } from '../../fixtures/first-bytes.ts'
import { havePeers, type PeerName } from '../../fixtures/peers.ts'
import { startSimulatorProcess } from '../../fixtures/simulator-process.ts'
import type { TerminalRecipe } from './recipe.ts'
import { terminalRecipes } from './recipes.ts'
import { Screen } from './screen.ts'

/** The recipes for interactive programs, performed exactly: tmux is the keyboard and the screen. */
describe.each(terminalRecipes.map((recipe) => ({ name: recipe.name, recipe })))('$name', ({ name, recipe }) => {
  it.skipIf(!havePeers(name as PeerName, 'tmux', 'pyserial'))(
    'does what its recipe says (S-4: begins as a TCP port lets in), leaves, and the next client is served',
    async () => {
      const home = homeFor(recipe)
      // minicom and others name their lock file after the link, for the whole machine: use a name of this test's own.
      const link = join(home, `modem-${name}-${process.pid}`)
      const simulator = await startSimulatorProcess(['--link', link, '--ui', '0'])
      onTestFinished(async () => void (await simulator.stop()))
      // What the last program left behind: minicom's init string fixes both.
      if (name === 'minicom') await typeOverPort(link, [...at('ATE0'), { send: 'ATV0\r' }, { expect: '0\\r' }])
      const caFile = simulator.ready.lab.ca!
      const screen = new Screen(recipe.command.replaceAll('LINK', link), home)
      onTestFinished(() => screen.close())
      await screen.wake()
      for (const step of recipe.sessions.flatMap(({ steps }) => steps)) {
        const type = step.type?.replaceAll('LAB_CA_BYTES', String(statSync(caFile).size))
        await screen.step(type === undefined ? step : { ...step, type }, caFile)
      }
      await screen.leave(recipe.leave)
      // S-4: over TCP it would be admitted at once.
      const begun = await clientsFirstBytes(simulator.ready.control!)
      expect(begun.filter(({ verdict }) => verdict !== 'let in')).toEqual([])
      expect(begun.length).toBeGreaterThan(0)
      await typeOverPort(link, [...at('ATE0'), ...at('AT')])
    },
    120_000
  )
})

/** Makes a home folder with the recipe's files. */
function homeFor({ files }: TerminalRecipe): string {
  const home = mkdtempSync(join(tmpdir(), 'terminal-home-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  for (const { path, text } of files)
    writeFileSync(join(home, path.startsWith('~/') ? path.slice(2) : basename(path)), text)
  return home
}
