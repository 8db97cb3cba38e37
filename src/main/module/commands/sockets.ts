import type { socketCommands } from '../../../shared/commands/sockets.ts'
import { blocked, failed, ok, type Answer, type Outcome } from '../at/answer.ts'
import type { EntryListener } from '../at/entry.ts'
import { informationText, lineEnd } from '../at/framing.ts'
import type { CommandContext } from '../parts.ts'
import { CONNECTION_IDS, settingsOf } from '../plain-sockets/config.ts'
import { statusOf, type SocketFacts } from '../plain-sockets/facts.ts'
import { oddHex } from '../plain-sockets/failures.ts'
import { bytesOfHex, hexText } from '../plain-sockets/hex.ts'

import type { HandlersOf } from './handler.ts'
import { resolved } from './resolve-peer.ts'

/** The plain sockets (at-reference 13). */
export const socketHandlers: HandlersOf<(typeof socketCommands)[number]> = {
  '#SD': {
    set: ({ connId, txProt, rPort, host, closureType, lPort, connMode }, { module, instance, cause }) =>
      blocked((finish) => {
        const dial = {
          kind: txProt === 1 ? 'udp' : 'tcp',
          host,
          port: rPort,
          closureType: closureType === 255 ? 255 : 0,
          localPort: lPort,
          online: connMode === 0
        } as const
        module.sockets.of(connId).dial(dial, instance, cause, finish)
      })
  },

  '#SO': { set: ({ connId }, { module, instance, cause }) => module.sockets.of(connId).goOnline(instance, cause) },

  '#SH': { set: ({ connId }, { module, instance, cause }) => module.sockets.of(connId).hangUp(instance, cause) },

  '#SS': {
    set: ({ connId }, context) => listed(context, '#SS', connId, statusValues),
    execute: (context) => listed(context, '#SS', undefined, statusValues)
  },

  '#SI': {
    set: ({ connId }, context) => listed(context, '#SI', connId, counterValues),
    execute: (context) => listed(context, '#SI', undefined, counterValues)
  },

  '#ST': {
    set: ({ connId }, context) => listed(context, '#ST', connId, typeValues),
    execute: (context) => listed(context, '#ST', undefined, typeValues)
  },

  '#SLASTCLOSURE': {
    set: ({ connId }, context) => listed(context, '#SLASTCLOSURE', connId, ({ lastClosure }) => [lastClosure]),
    execute: (context) => listed(context, '#SLASTCLOSURE', undefined, ({ lastClosure }) => [lastClosure])
  },

  '#SSEND': {
    set: ({ connId }, context) =>
      entered(context, connId, null, false, (bytes, causes, finish) => {
        const socket = context.module.sockets.of(connId)
        socket.send({ bytes, causes }, context.cause, finish)
      })
  },

  '#SSENDEXT': {
    set: ({ connId, bytes: count }, context) =>
      entered(context, connId, count, false, (bytes, causes, finish) =>
        context.module.sockets.of(connId).send({ bytes, causes }, context.cause, finish)
      )
  },

  '#SSENDUDP': {
    set: ({ connId, host, port }, context) =>
      entered(context, connId, null, true, (bytes, causes, finish) =>
        resolved(context, connId, host, finish, (address) =>
          finish(context.module.sockets.of(connId).sendTo({ bytes, causes }, { address, port }, context.cause))
        )
      )
  },

  '#SSENDUDPEXT': {
    set: ({ connId, bytes: count, host, port }, context) =>
      entered(context, connId, count, true, (bytes, causes, finish) =>
        resolved(context, connId, host, finish, (address) =>
          finish(context.module.sockets.of(connId).sendTo({ bytes, causes }, { address, port }, context.cause))
        )
      )
  },

  '#SRECV': {
    set: ({ connId, maxBytes, udpInfo }, context) => {
      const { module, instance, cause } = context
      const received = module.sockets.of(connId).receive(maxBytes, instance, cause)
      if ('sentence' in received) return failed(received)
      const { bytes, causes, from, leftBytes } = received
      const peer = udpInfo === 1 && from ? `${from.address},${from.port},` : ''
      const left = udpInfo === 1 ? `,${leftBytes}` : ''
      // Header, data, line end and OK in one write.
      instance.print(informationText(instance.settings, [`#SRECV: ${peer}${connId},${bytes.length}${left}`]))
      instance.printData(settingsOf(module.nvm, connId).receiveHex === 1 ? hexText(bytes) : bytes)
      instance.print(lineEnd(instance.settings))
      return { ...ok, causes }
    }
  }
}

/** Prompts for data of a connection, by count or up to Ctrl-Z, and passes them on. */
function entered(
  context: CommandContext,
  connId: number,
  count: number | null,
  toPeer: boolean,
  send: (bytes: Uint8Array, causes: readonly number[], finish: (outcome: Outcome) => void) => void
): Answer {
  const { module, instance } = context
  const refusal = module.sockets.of(connId).sendRefusal(instance, toPeer)
  if (refusal) return failed(refusal)
  const hex = count === null && settingsOf(module.nvm, connId).sendHex === 1
  return blocked((finish) => {
    const listener: EntryListener = (typed, _surplus, causes) => {
      const bytes = hex ? bytesOfHex(typed) : typed
      if (bytes === null) finish(failed(oddHex(`${typed.length} characters`)))
      else send(bytes, causes, finish)
    }
    const mostBytes = module.profile.socketSendBytes.value
    if (count === null) instance.prompt(hex ? 2 * mostBytes : mostBytes, listener)
    else instance.promptCounted(count, listener)
  })
}

/** Prints one line, or one for each connection. */
function listed(
  context: CommandContext,
  command: string,
  connId: number | undefined,
  values: (facts: SocketFacts) => readonly (number | string)[]
): Outcome {
  const { sockets } = context.module
  context.print(
    ...(connId === undefined ? CONNECTION_IDS : [connId]).map(
      (one) => `${command}: ${[one, ...values(sockets.of(one).facts())].join(',')}`
    )
  )
  return ok
}

function statusValues(facts: SocketFacts): readonly (number | string)[] {
  const { local, remote } = facts
  const status = statusOf(facts)
  if (status === 0 || status === 6) return [status]
  return [status, local?.address ?? '', local?.port ?? '', remote?.address ?? '', remote?.port ?? '']
}

const counterValues = ({ sentBytes, receivedBytes, heldBytes, unsentBytes }: SocketFacts): readonly number[] => [
  sentBytes,
  receivedBytes,
  heldBytes,
  unsentBytes
]

const typeValues = ({ chart, kind, direction }: SocketFacts): readonly number[] =>
  chart.within('closed') || kind === null || direction === null
    ? [0, 0]
    : [kind === 'tcp' ? 1 : 2, direction === 'dialled' ? 1 : 2]
