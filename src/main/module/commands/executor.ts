/** @module What each command does: one table of handlers, keyed by the declarations of `src/shared/commands`. */

import { testAnswer, type CommandDeclaration, type CommandForm } from '../../../shared/commands/declaration.ts'
import type { CommandName } from '../../../shared/commands/index.ts'
import { nameStanding } from '../../../shared/commands/known-names.ts'
import { needsSimElsewhere } from '../../../shared/commands/sim-commands.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { softwareLine } from '../../../shared/products/software.ts'
import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import { failed, ok, type Answer } from '../at/answer.ts'
import { checkArguments } from '../at/arguments.ts'
import type { ParsedCommand, RawArgument } from '../at/command-parser.ts'
import { informationText } from '../at/framing.ts'
import type { AtInstance } from '../at/instance.ts'
import { bytesOf } from '../at/output-buffer.ts'
import { NvmWriteError } from '../hardware/nvm.ts'
import type { CommandContext, ModuleParts } from '../parts.ts'
import { notEnabled, ownedByAnother } from '../ssl/failures.ts'
import type { AnyHandler } from './handler.ts'
import { accessRegister } from './registers.ts'

/**
 * Finds the declaration of a command, checks form and parameters against it, and calls its handler. Undeclared or wrong
 * commands give ERROR (D-22).
 */
export function executeCommand(
  command: ParsedCommand,
  instance: AtInstance,
  cause: number,
  module: ModuleParts,
  handlers: Readonly<Record<CommandName, AnyHandler>>
): Answer {
  const context: CommandContext = {
    module,
    instance,
    cause,
    print: (...lines) => instance.print(informationText(instance.settings, lines)),
    printShown: (lines, shown) =>
      instance.print(informationText(instance.settings, lines), bytesOf(informationText(instance.settings, shown)))
  }
  if (command.kind === 'register') return accessRegister(command.register, context)
  const declaration = module.commands.get(command.name)
  if (!declaration) return failed(unbuiltSimRefusal(command.name, module) ?? unknownCommand(command.name, module))
  const form = command.kind === 'basic' ? 'set' : command.form
  try {
    return perform(command, form, declaration, handlers[declaration.name], context)
  } catch (error) {
    if (error instanceof NvmWriteError) return failed(error.failure)
    throw error
  }
}

function perform(
  command: Exclude<ParsedCommand, { kind: 'register' }>,
  form: CommandForm | 'test',
  declaration: CommandDeclaration,
  handler: AnyHandler,
  context: CommandContext
): Answer {
  if (form === 'test') return handler.test?.(context) ?? printTest(declaration, context)
  const refusal =
    formRefusal(declaration, form) ?? simRefusal(declaration, context) ?? sslRefusal(declaration, form, context)
  if (refusal) return failed(refusal)
  if (form === 'read') return handler.read!(context)
  if (form === 'execute') return handler.execute!(context)
  const raw: readonly RawArgument[] =
    command.kind === 'extended' ? command.args : command.digits === '' ? [] : [{ text: command.digits, quoted: false }]
  // AT#CMD= without parameters keeps the values if all parameters are optional (at-reference 1).
  if (command.kind === 'extended' && raw.length === 0 && declaration.parameters.every((one) => one.optional)) return ok
  const args = checkArguments(declaration, raw, context.module.profile)
  return 'failure' in args ? failed(args.failure) : handler.set!(args.values, context)
}

function printTest(declaration: CommandDeclaration, context: CommandContext): Answer {
  const answer = testAnswer(declaration, context.module.profile)
  if (answer !== null) context.print(`${declaration.name}: ${answer}`)
  return ok
}

function unknownCommand(name: string, module: ModuleParts): CommandFailure {
  return hostFailure(null, unknownText(name, module.profile), { got: name, rule: 'D-22', finding: 'unknown-command' })
}

/** Returns the sentence for an undeclared command: unknown, on other products only, or not emulated (D-42). */
function unknownText(name: string, { product, software }: ModuleProfile): string {
  const here = `${product} with software ${software}`
  switch (nameStanding(name, softwareLine(software))) {
    case 'not emulated here':
      return `${name} is not emulated here; the hardware has it.`
    case 'not on this product':
      return `${name} is not on this product: ${here} has no such command, other products do.`
    case 'emulated':
      return `${here} has no command ${name}.`
    case 'unknown':
      return `${name} is unknown: ${here} has no such command, and no other known product has it.`
  }
}

/** Returns the SIM failure for commands that exist on hardware but are not emulated: probes look for it. */
function unbuiltSimRefusal(name: string, module: ModuleParts): CommandFailure | null {
  return needsSimElsewhere.has(name) ? module.sim.refusal() : null
}

function formRefusal(declaration: CommandDeclaration, form: CommandForm): CommandFailure | null {
  if (declaration.forms.includes(form)) return null
  const forms = declaration.forms.map((one) => formText[one](declaration.name)).join(', ')
  return hostFailure(null, `${declaration.name} has no such form.`, {
    expected: forms,
    got: formText[form](declaration.name),
    rule: 'D-22',
    finding: 'no-such-form'
  })
}

const formText: Record<CommandForm, (name: string) => string> = {
  set: (name) => `${name}=…`,
  read: (name) => `${name}?`,
  execute: (name) => name
}

/** Commands for SIM or network fail until the PIN was entered, and without a SIM (at-reference 3). */
function simRefusal(
  declaration: Pick<CommandDeclaration, 'needsSim'>,
  { module }: CommandContext
): CommandFailure | null {
  return declaration.needsSim ? module.sim.refusal() : null
}

/** No SSL command works before #SSLEN (G-3.1-2). On other AT instances only the read forms work (G-3.1-3, D-27). */
function sslRefusal(
  declaration: CommandDeclaration,
  form: CommandForm,
  { module, instance }: CommandContext
): CommandFailure | null {
  if (!declaration.needsSsl) return null
  // Chapter 5 configures FTPS without #SSLEN (D-15).
  if (!module.ssl.enabled) return declaration.servesFtps && module.ftp.config.secure ? null : notEnabled()
  return form === 'read' || module.ssl.owner === instance.index ? null : ownedByAnother(module.ssl.owner)
}
