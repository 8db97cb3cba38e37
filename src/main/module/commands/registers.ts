import { registerSettings, type SettingDeclaration, type SettingName } from '../../../shared/commands/settings.ts'
import { hostFailure } from '../../../shared/rules/errors.ts'
import { failed, ok, type Answer } from '../at/answer.ts'
import type { RegisterAccess } from '../at/command-parser.ts'
import type { CommandContext } from '../parts.ts'

/**
 * Handles S registers (at-reference 2). Responses are three digits without a prefix. `S<n>` alone selects a register
 * for `=` and `?`.
 */
export function accessRegister(access: RegisterAccess, context: CommandContext): Answer {
  const { settings } = context.instance
  const number = access.number ?? selected.get(context.instance) ?? 0
  const name = `S${number}`
  const declaration = registers.find((one) => one.name === name)
  if (!declaration)
    return failed(
      hostFailure(null, `There is no register ${name}.`, { got: name, rule: 'D-22', finding: 'unknown-command' })
    )
  selected.set(context.instance, number)
  switch (access.form) {
    case 'select':
      return ok
    case 'read':
      context.print(String(settings.get(declaration.name)).padStart(3, '0'))
      return ok
    case 'test':
      context.print(declaration.ranges.map(([from, to]) => `(${from}-${to})`).join(','))
      return ok
    case 'write': {
      const expected = declaration.readOnly
        ? 'it can only be read'
        : declaration.ranges.map(([from, to]) => `${from} to ${to}`).join(', ')
      const written = access.value !== '' && settings.set(declaration.name, Number(access.value))
      return written
        ? ok
        : failed(
            hostFailure(null, `${name} does not take this value.`, {
              expected,
              got: access.value || 'nothing',
              rule: 'at-reference 2',
              finding: 'bad-parameter'
            })
          )
    }
  }
}

/** The table with a type in which every row has the optional fields. */
const registers: readonly (SettingDeclaration & { readonly name: SettingName })[] = registerSettings

/** The register that each AT instance selected last. */
const selected = new WeakMap<object, number>()
