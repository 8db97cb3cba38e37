import { hostFailure } from '../../../shared/errors.ts'
import { failed, ok } from '../at/answer.ts'
import type { ModuleParts } from '../parts.ts'
import type { CommandHandler, CommandHandlers } from './handler.ts'

/** Identity and SIM (at-reference 3): the + forms print the bare value, the # forms with their name before it. */
const prints = (value: (module: ModuleParts) => string, prefix = ''): CommandHandler => ({
  execute: (context) => {
    context.print(prefix + value(context.module))
    return ok
  }
})

const maker = (): string => 'Telit'
const model = (module: ModuleParts): string => module.profile.model
const software = (module: ModuleParts): string => module.profile.software.replace('xx', CUSTOMER_DIGITS)
const imei = (module: ModuleParts): string => module.profile.imei
const imsi = (module: ModuleParts): string => module.sim.imsi

export const identityHandlers: CommandHandlers = {
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
  '#CCID': prints((module) => module.sim.iccid, '#CCID: '),

  '+CPIN': {
    // The SIM asks for no PIN (D-29), so there is none to give.
    set: () => failed(hostFailure('notAllowed', 'The SIM asks for no PIN.', { rule: 'D-29' })),
    read: (context) => {
      context.print('+CPIN: READY')
      return ok
    },
    // Without parameters it is the read form (at-reference 3).
    execute: (context) => identityHandlers['+CPIN']!.read!(context)
  }
}

/** The digits a customer's variant would carry; plain modules have zeros (D-28). */
const CUSTOMER_DIGITS = '00'
