import type { socketCommands } from '../../../shared/commands/sockets.ts'
import { blocked, failed, ok, type Answer, type Outcome } from '../at/answer.ts'
import type { EntryListener } from '../at/entry.ts'
import { informationText, lineEnd } from '../at/framing.ts'
import { isAddress } from '../network/dotted.ts'
import type { CommandContext } from '../parts.ts'
import { CONNECTION_IDS, settingsOf } from '../plain-sockets/config.ts'
import { statusOf, type SocketFacts } from '../plain-sockets/facts.ts'
import { badRule, oddHex } from '../plain-sockets/failures.ts'
import type { Firewall } from '../plain-sockets/firewall.ts'
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

  '#SL': {
    set: ({ connId, listenState, listenPort, closureType }, context) =>
      listening(context, connId, 'tcp', listenState, listenPort, closureType === 255 ? 255 : 0),
    read: (context) => listeners(context, '#SL', 'tcp')
  },

  '#SLUDP': {
    set: ({ connId, listenState, listenPort }, context) =>
      listening(context, connId, 'udp', listenState, listenPort, 0),
    read: (context) => listeners(context, '#SLUDP', 'udp')
  },

  '#SA': {
    set: ({ connId, connMode }, { module, instance, cause }) =>
      module.sockets.of(connId).accept(connMode === 0, instance, cause)
  },

  '#FRWL': {
    set: ({ action, address, mask }, { module }) => changedFirewall(module.sockets.firewall, action, address, mask),
    read: (context) => {
      const { rules } = context.module.sockets.firewall
      if (rules.length > 0) context.print(...rules.map((rule) => `#FRWL: ${rule.address},${rule.mask}`))
      return ok
    }
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

function listening(
  { module, instance, cause }: CommandContext,
  connId: number,
  kind: 'tcp' | 'udp',
  listenState: number,
  port: number,
  closureType: 0 | 255
): Outcome {
  const { sockets } = module
  const others = sockets.all.map((one) => one.facts()).filter((one) => one.connId !== connId)
  const taken = others.find((one) => one.listeningKind === kind && one.listeningPort === port)?.connId ?? null
  return sockets.of(connId).listen({ kind, starts: listenState === 1, port, closureType }, taken, instance, cause)
}

function listeners(context: CommandContext, command: string, kind: 'tcp' | 'udp'): Outcome {
  const listed = context.module.sockets.all.map((one) => one.facts()).filter((one) => one.listeningKind === kind)
  const lines = listed.map(({ connId, listeningPort, closureType }) =>
    [`${command}: ${connId}`, listeningPort, ...(kind === 'tcp' ? [closureType] : [])].join(',')
  )
  if (lines.length > 0) context.print(...lines)
  return ok
}

function changedFirewall(firewall: Firewall, action: number, address?: string, mask?: string): Outcome {
  if (action === 2) {
    firewall.clear()
    return ok
  }
  if (address === undefined || mask === undefined || !isAddress(address) || !isAddress(mask))
    return failed(badRule(address, mask))
  if (action === 1) firewall.add({ address, mask })
  else firewall.remove({ address, mask })
  return ok
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
  const { local, remote, listeningPort, caller, forwardedFrom } = facts
  const status = statusOf(facts)
  if (status === 0 || status === 6) return [status]
  if (status === 4) return [status, forwardedFrom?.address ?? '', listeningPort ?? '']
  if (status === 5)
    return [status, forwardedFrom?.address ?? '', listeningPort ?? '', caller?.address ?? '', caller?.port ?? '']
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
