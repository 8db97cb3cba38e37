import type { DeclaredCommand } from '../../../shared/commands/index.ts'
import { basicHandlers } from './basic.ts'
import { ftpHandlers } from './ftp.ts'
import type { HandlersOf } from './handler.ts'
import { identityHandlers } from './identity.ts'
import { networkHandlers } from './network.ts'
import { pdpHandlers } from './pdp.ts'
import { socketSettingHandlers } from './socket-settings.ts'
import { socketHandlers } from './sockets.ts'
import { sslHandlers } from './ssl.ts'

/** The handlers of all declared commands. */
export const handlers: HandlersOf<DeclaredCommand> = {
  ...basicHandlers,
  ...identityHandlers,
  ...networkHandlers,
  ...pdpHandlers,
  ...socketSettingHandlers,
  ...socketHandlers,
  ...sslHandlers,
  ...ftpHandlers
}
