import type { identityCommands } from '../../../shared/commands/identity.ts'
import type { ChartState } from '../../../shared/statecharts/index.ts'
import { failed, ok } from '../at/answer.ts'
import type { CommandContext, ModuleParts } from '../parts.ts'
import type { HandlersOf } from './handler.ts'

/**
 * A command that prints an identity value (at-reference 3): the + forms print the bare value, the # forms with their
 * name before it.
 */
const prints = (value: (module: ModuleParts) => string, prefix = '') => ({
  execute: (context: CommandContext) => {
    context.print(prefix + value(context.module))
    return ok
  }
})

const maker = (): string => 'Telit'
const model = (module: ModuleParts): string => module.profile.model
const software = (module: ModuleParts): string => module.profile.software.replace('xx', CUSTOMER_DIGITS)
const imei = (module: ModuleParts): string => module.profile.imei
const imsi = (module: ModuleParts): string => module.sim.card.facts.imsi

export const identityHandlers: HandlersOf<(typeof identityCommands)[number]> = {
  '+GMI': prints(maker),
  '+CGMI': prints(maker),
  '#CGMI': prints(maker, '#CGMI: '),
  '+GMM': prints(model),
  '+CGMM': prints(model),
  '#CGMM': prints(model, '#CGMM: '),
  '+GMR': prints(software),
  '+CGMR': prints(software),
  '#CGMR': prints(software, '#CGMR: '),
  '+CGSN': prints(imei),
  '#CGSN': prints(imei, '#CGSN: '),
  '+GSN': prints((module) => module.profile.serialNumber),
  '+CIMI': prints(imsi),
  '#CIMI': prints(imsi, '#CIMI: '),
  '#CCID': {
    // The card gives its number without a PIN.
    execute: (context) => {
      const { sim } = context.module
      if (sim.state === 'absent') return failed(sim.refusal()!)
      context.print(`#CCID: ${sim.card.facts.iccid}`)
      return ok
    }
  },

  '+CPIN': {
    set: (args, { module, cause }) => {
      const failure = module.sim.enter(args.pin, args.newPin, cause)
      return failure ? failed(failure) : ok
    },
    read: (context) => {
      const { sim } = context.module
      const word = simWords[sim.state]
      if (word === undefined) return failed(sim.refusal()!)
      context.print(`+CPIN: ${word}`)
      return ok
    },
    // Without parameters it works like the read form (at-reference 3).
    execute: (context) => identityHandlers['+CPIN'].read(context)
  }
}

/** The response to +CPIN? by SIM state. In other states it fails like any command that needs the SIM. */
const simWords: Readonly<Partial<Record<ChartState<'sim'>, string>>> = {
  ready: 'READY',
  pinRequired: 'SIM PIN',
  pukRequired: 'SIM PUK'
}

/** Digits that identify customer variants; zeros on standard modules (D-28). */
const CUSTOMER_DIGITS = '00'
