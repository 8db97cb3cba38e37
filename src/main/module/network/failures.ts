import { hostFailure, type CommandFailure } from '../../../shared/rules/errors.ts'
import type { PacketService } from './packet-service.ts'

/** +CME 30. */
export function noNetwork(): CommandFailure {
  const failure = hostFailure('noNetworkService', 'The module is not registered with a network.', {
    rule: 'at-reference 5'
  })
  return { ...failure, blame: 'network' }
}

/** Returns why the module could not attach to packet service: +CME 30 or 107. */
export function attachFailure(packet: PacketService): CommandFailure {
  if (packet.state !== 'refused') return noNetwork()
  const refused = hostFailure('gprsNotAllowed', 'The network refuses packet service to this SIM.', {
    rule: 'at-reference 8',
    facts: packet.refusalFacts
  })
  return { ...refused, blame: 'network' }
}
