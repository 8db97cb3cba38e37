import { describe, expect, it } from 'vitest'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { registerSettings } from '../../src/shared/commands/settings.ts'
import { products, profileOf } from '../../src/shared/products/catalog.ts'
import { badInputs, badRegisterInputs } from './bad-input-cases.ts'
import { Host } from './host.ts'

// Every wrong line that a declaration makes possible, on every product with every software version: the documented
// error, no change, and the next command works (D-22).

const everything = products.flatMap((product) => product.software.map(({ name }) => profileOf(product.name, name)))

describe('bad input', () => {
  it.each(everything)('$product with $software (D-22)', (profile) => {
    const host = new Host({ product: profile.product, software: profile.software })
    host.at('AT+CMEE=1')
    if (profile.hasSsl) host.at('AT#SSLEN=1,1')
    const commands = [...commandsOf(profile).values()]
    const readable = commands.filter((one) => one.forms.includes('read')).map((one) => `${one.name}?`)
    const state = (): string =>
      [...readable, '&V', '&V1'].map((command) => `${command}${host.type(`AT${command}\r`)}`).join('')
    const surprises: string[] = []
    let cases = 0
    let before = state()
    const groups = [...commands.map((command) => badInputs(command, profile)), badRegisterInputs(registerSettings)]
    for (const group of groups) {
      for (const { command: line, wrong, answer } of group) {
        cases += 1
        const got = host.type(`AT${line}\rAT\r`)
        if (got !== `${answer}\r\nOK\r\n`)
          surprises.push(`AT${line} (${wrong}) answered ${JSON.stringify(got)}, not ${JSON.stringify(answer)} and OK`)
      }
      const after = state()
      if (after !== before)
        surprises.push(
          `After ${group[0]!.command} and its like: a line that failed changed ${JSON.stringify(before)} to ${JSON.stringify(after)}`
        )
      before = after
    }
    expect(surprises).toEqual([])
    expect(cases).toBeGreaterThan(400)
    // Nothing is half done: no output follows later.
    expect(host.wait(1000)).toBe('')
  })
})
