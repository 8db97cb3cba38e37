import { describe, expect, it } from 'vitest'
import { SimCard, labSim } from '../../../src/main/module/hardware/sim-card.ts'
import type { CommandDeclaration, CommandForm } from '../../../src/shared/commands/declaration.ts'
import { parametersOf, rangesOf } from '../../../src/shared/commands/declaration.ts'
import { commands, commandsOf } from '../../../src/shared/commands/index.ts'
import { needsSimElsewhere } from '../../../src/shared/commands/sim-commands.ts'
import { profileOf } from '../../../src/shared/products/catalog.ts'
import { Bench } from '../../fixtures/bench.ts'

// What works without a SIM, and what fails (at-reference 3).

const products = ['GE865-QUAD', 'HE910', 'GE910-QUAD', 'GL865-DUAL V3'] as const

function without(product: string, card: 'none' | 'locked'): Bench {
  const sim = new SimCard(card === 'locked' ? { ...labSim, pinEnabled: true } : labSim)
  if (card === 'none') sim.inserted = false
  const bench = new Bench({ product, sim })
  bench.at('AT+CMEE=1')
  return bench
}

/** Returns a line that the declaration allows. */
function lineOf(command: CommandDeclaration, form: CommandForm, product: string): string {
  if (form !== 'set') return `AT${command.name}${form === 'read' ? '?' : ''}`
  const profile = profileOf(product)
  const values = parametersOf(command, profile).map((one) =>
    one.kind === 'text' ? '"a"' : String(rangesOf(one, profile)[0]![0])
  )
  return `AT${command.name}=${values.join(',')}`
}

describe.each(products)('%s', (product) => {
  const declared = [...commandsOf(profileOf(product)).values()].filter(
    (one) => /^[+#]/.test(one.name) && !['#SHDN', '#REBOOT', '+CFUN'].includes(one.name)
  )
  const forms = declared.flatMap((command) =>
    command.forms.map((form) => ({ command, line: lineOf(command, form, product) }))
  )

  it.each(forms.filter(({ command }) => command.needsSim))(
    'M-15: $line needs the SIM: 10 without one, 11 before its PIN',
    ({ line }) => {
      expect(without(product, 'none').at(line)).toBe('\r\n+CME ERROR: 10\r\n')
      expect(without(product, 'locked').at(line)).toBe('\r\n+CME ERROR: 11\r\n')
    }
  )

  it('M-15: no other command says 10 or 11, but those that ask for the card itself', () => {
    for (const { command, line } of forms) {
      if (command.needsSim || ['+CPIN', '#CCID', '+COPS'].includes(command.name)) continue
      expect(without(product, 'none').at(line), line).not.toMatch(/\+CME ERROR: 1[012]\r/)
    }
  })

  it.each([...needsSimElsewhere])('M-15: AT%s=1, which is not emulated, needs it as well', (name) => {
    expect(without(product, 'none').at(`AT${name}=1`)).toBe('\r\n+CME ERROR: 10\r\n')
    expect(new Bench({ product }).at(`AT${name}=1`)).toBe('\r\nERROR\r\n')
  })

  it('M-15: a name that nobody knows stays ERROR', () => {
    expect(without(product, 'none').at('AT+NOSUCH=1')).toBe('\r\nERROR\r\n')
  })
})

describe('the list of commands that need the SIM and are not emulated', () => {
  it('M-15: has none that is: there the declaration says it', () => {
    expect(commands.map(({ name }) => name).filter((name) => needsSimElsewhere.has(name))).toEqual([])
  })
})
