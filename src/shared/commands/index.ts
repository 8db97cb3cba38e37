/** @module The AT commands as data: forms, parameters, test responses and help. */

import type { ModuleProfile } from '../products/profile.ts'
import { basicCommands } from './basic.ts'
import type { CommandDeclaration } from './declaration.ts'
import { ftpCommands } from './ftp.ts'
import { identityCommands } from './identity.ts'
import { networkCommands } from './network.ts'
import { pdpCommands } from './pdp.ts'
import { socketSettingCommands } from './socket-settings.ts'
import { socketCommands } from './sockets.ts'
import { sslCommands } from './ssl.ts'

/** All commands. Any other command answers ERROR. */
const declared = [
  ...basicCommands,
  ...identityCommands,
  ...networkCommands,
  ...pdpCommands,
  ...socketSettingCommands,
  ...socketCommands,
  ...sslCommands,
  ...ftpCommands
] as const

/**
 * The union of all declarations, each with its own name, forms and parameters. Handlers and their arguments are typed
 * from it.
 */
export type DeclaredCommand = (typeof declared)[number]

export type CommandName = DeclaredCommand['name']

/** A declared command, for code that only reads the declaration. */
export type NamedCommand = CommandDeclaration & { readonly name: CommandName }

export const commands: readonly NamedCommand[] = declared

/** Returns the commands of a product with its software version, by name. */
export function commandsOf(profile: ModuleProfile): ReadonlyMap<string, NamedCommand> {
  return new Map(commands.filter((one) => one.exists?.(profile) ?? true).map((one) => [one.name, one]))
}
