import { parametersOf, type CommandDeclaration } from '../../shared/commands/declaration.ts'
import { commands, commandsOf } from '../../shared/commands/index.ts'
import { profileOf } from '../../shared/products/catalog.ts'
import type { ModuleProfile } from '../../shared/products/profile.ts'

/** The parts of the board that can be pointed at, and that a failure can mark. */
export type PartId = 'stat' | 'on' | 'reset' | 'module' | 'antenna' | 'clock' | 'nvm' | 'sim' | 'uart' | 'supply'

/** What the tooltip of a part says. */
export interface PartWords {
  readonly title: string
  /** Its state or value at this moment. */
  readonly value: string
  /** What it is and what follows from it, in plain words. */
  readonly text: string
}

/** An AT command that reads or changes a part, as a person would type it. */
export interface PartCommand {
  readonly line: string
  readonly summary: string
}

/**
 * The part of the board for something that a failure touched, in the board's own names or in those of an explanation
 * (`BoardPart`: `nvm:ca-certificate`, `registration`). Null for what is not drawn here: the far end, a timer, a chart.
 */
export function drawnPart(touched: string): PartId | null {
  const [name] = touched.split(':') as [string]
  if (Object.hasOwn(names, name)) return name as PartId
  return Object.hasOwn(drawnAs, name) ? drawnAs[name]! : null
}

/** The commands of a part that the product has; all that are declared while the product is not known. */
export function commandsFor(part: PartId, profile: ModuleProfile | null): readonly PartCommand[] {
  const known: ReadonlyMap<string, CommandDeclaration> = profile ? commandsOf(profile) : new Map(commands.map((one) => [one.name, one]))
  return names[part].flatMap((name) => {
    const command = known.get(name)
    return command ? [{ line: lineOf(command, profile), summary: command.summary }] : []
  })
}

/** The chosen product, or null when this window does not know it. */
export function profileNamed(product: string, software: string): ModuleProfile | null {
  try {
    return profileOf(product, software)
  } catch {
    return null
  }
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

const drawnAs: Readonly<Record<string, PartId>> = { registration: 'antenna', network: 'antenna', power: 'supply', at: 'uart' }

/** The shortest form that tells something: reading before doing, doing before setting. */
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
