import { parametersOf, type CommandDeclaration } from '../../shared/commands/declaration.ts'
import { commands, commandsOf } from '../../shared/commands/index.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { PartId } from '../state/sentence/board-parts.ts'

/** The texts of a part's tooltip. */
export interface PartWords {
  readonly title: string
  /** The part's state or value now. */
  readonly value: string
  /** What the part is and what its value means. */
  readonly text: string
}

/** An AT command that reads or changes a part, with its line as a person would type it. */
export interface PartCommand {
  readonly line: string
  readonly summary: string
}

/** Returns the commands of a part that the product has; all declared ones while the product is not known. */
export function commandsFor(part: PartId, profile: ModuleProfile | null): readonly PartCommand[] {
  const known: ReadonlyMap<string, CommandDeclaration> = profile
    ? commandsOf(profile)
    : new Map(commands.map((one) => [one.name, one]))
  return names[part].flatMap((name) => {
    const command = known.get(name)
    return command ? [{ line: lineOf(command, profile), summary: command.summary }] : []
  })
}

const names: Readonly<Record<PartId, readonly string[]>> = {
  stat: ['+CREG', '+CGREG', '#SSLS'],
  on: ['#SHDN'],
  reset: ['#REBOOT', '+CFUN'],
  module: ['+CGMM', '+CGMR', '+CGSN'],
  antenna: ['+CSQ', '+CREG', '+COPS'],
  clock: ['+CCLK', '#CCLK', '#NITZ'],
  nvm: ['#SSLSECDATA', '#SSLSECCFG'],
  sim: ['+CPIN', '#CCID', '+CIMI'],
  uart: ['+IPR', '&K', '&C', '&D'],
  supply: ['#SHDN']
}

/** Returns the shortest useful form of a command: read, else execute, else set with its mandatory parameters. */
function lineOf(command: CommandDeclaration, profile: ModuleProfile | null): string {
  const basic = !/^[+#$@*]/.test(command.name)
  if (basic) return `AT${command.name}`
  if (command.forms.includes('read')) return `AT${command.name}?`
  if (command.forms.includes('execute')) return `AT${command.name}`
  const parameters = profile ? parametersOf(command, profile) : command.parameters
  return `AT${command.name}=${parameters
    .filter((one) => !one.optional)
    .map((one) => `<${one.name}>`)
    .join(',')}`
}
