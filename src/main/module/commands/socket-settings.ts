import type { socketSettingCommands } from '../../../shared/commands/socket-settings.ts'
import { failed, ok, type Outcome } from '../at/answer.ts'
import type { SocketSettings } from '../hardware/nvm.ts'
import type { CommandContext } from '../parts.ts'
import { CONNECTION_IDS, settingsOf, storeSettings } from '../plain-sockets/config.ts'
import type { HandlersOf } from './handler.ts'

/** The settings of the plain sockets (at-reference 13). */
export const socketSettingHandlers: HandlersOf<(typeof socketSettingCommands)[number]> = {
  '#SCFG': {
    set: ({ connId, cid, pktSz, maxTo, connTo, txTo }, context) => {
      const refusal = context.module.sockets.of(connId).configurationRefusal()
      if (refusal) return failed(refusal)
      return stored(context, connId, { cid, pktSize: pktSz, maxTo, connTo, txTo }, '#SCFG')
    },
    read: (context) => {
      const values = ({ cid, pktSize, maxTo, connTo, txTo }: SocketSettings) => [cid, pktSize, maxTo, connTo, txTo]
      return listed(context, '#SCFG', values)
    }
  },

  '#SCFGEXT': {
    set: ({ connId, srMode, recvDataMode, keepalive, listenAutoRsp, sendDataMode }, context) => {
      const before = settingsOf(context.module.nvm, connId)
      const change = {
        ringMode: srMode,
        receiveHex: recvDataMode,
        keepAlive: keepalive,
        acceptsCalls: listenAutoRsp ?? before.acceptsCalls,
        sendHex: sendDataMode ?? before.sendHex
      }
      return stored(context, connId, change, '#SCFGEXT')
    },
    read: (context) =>
      listed(context, '#SCFGEXT', ({ ringMode, receiveHex, keepAlive, acceptsCalls, sendHex }) => [
        ringMode,
        receiveHex,
        keepAlive,
        acceptsCalls,
        sendHex
      ])
  },

  '#SCFGEXT2': {
    set: ({ connId, bufferStart, abortConnAttempt, sringLen, sringTo, noCarrierMode }, context) => {
      const before = settingsOf(context.module.nvm, connId)
      const change = {
        bufferStart,
        abortsDial: abortConnAttempt ?? before.abortsDial,
        ringBytes: sringLen ?? before.ringBytes,
        ringTo: sringTo ?? before.ringTo,
        noCarrierMode: noCarrierMode ?? before.noCarrierMode
      }
      return stored(context, connId, change, '#SCFGEXT2')
    },
    read: (context) =>
      listed(context, '#SCFGEXT2', ({ bufferStart, abortsDial, ringBytes, ringTo, noCarrierMode }) => [
        bufferStart,
        abortsDial,
        ringBytes,
        ringTo,
        noCarrierMode
      ])
  },

  '#SCFGEXT3': {
    set: ({ connId, immRsp, closureTypeCmdModeEnabling }, context) => {
      const before = settingsOf(context.module.nvm, connId)
      const change = { immediate: immRsp, keepsClosed: closureTypeCmdModeEnabling ?? before.keepsClosed }
      return stored(context, connId, change, '#SCFGEXT3')
    },
    read: (context) => listed(context, '#SCFGEXT3', ({ immediate, keepsClosed }) => [immediate, keepsClosed, 0, 0, 0])
  }
}

function stored(
  { module, cause }: CommandContext,
  connId: number,
  change: Partial<SocketSettings>,
  command: string
): Outcome {
  storeSettings(module.nvm, connId, change, command, cause)
  return ok
}

/** Prints one line for each connection. */
function listed(
  context: CommandContext,
  command: string,
  values: (settings: SocketSettings) => readonly number[]
): Outcome {
  const { nvm } = context.module
  context.print(...CONNECTION_IDS.map((connId) => `${command}: ${connId},${values(settingsOf(nvm, connId)).join(',')}`))
  return ok
}
