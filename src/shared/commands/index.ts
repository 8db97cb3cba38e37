import type { ModuleProfile } from '../products/profile.ts'
import { basicCommands } from './basic.ts'
import type { CommandDeclaration } from './declaration.ts'
import { ftpCommands } from './ftp.ts'
import { identityCommands } from './identity.ts'
import { networkCommands } from './network.ts'
import { pdpCommands } from './pdp.ts'
import { sslCommands } from './ssl.ts'

/** Every command there is. What is not declared here does not exist and answers ERROR. */
export const commands: readonly CommandDeclaration[] = [...basicCommands, ...identityCommands, ...networkCommands, ...pdpCommands, ...sslCommands, ...ftpCommands]

/** The commands one product with one software version has, by name. */
export function commandsOf(profile: ModuleProfile): ReadonlyMap<string, CommandDeclaration> {
  return new Map(commands.filter((one) => one.exists?.(profile) ?? true).map((one) => [one.name, one]))
}
