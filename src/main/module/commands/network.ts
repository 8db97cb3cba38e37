import { hostFailure } from '../../../shared/errors.ts'
import { registrationNumbers } from '../../../shared/statecharts/registration.ts'
import { blocked, failed, ok } from '../at/answer.ts'
import type { CommandContext } from '../parts.ts'
import type { CommandHandler, CommandHandlers } from './handler.ts'

/** Mobile equipment and network (at-reference 4). */

/** A command that is one number of the instance's settings. */
const setting = (name: string, parameter = 'n'): CommandHandler => ({
  set: (args, { instance }) => {
    const value = args.optionalNumber(parameter)
    if (value !== undefined) instance.settings.set(name, value)
    return ok
  },
  read: (context) => {
    context.print(`${name}: ${context.instance.settings.get(name)}`)
    return ok
  }
})

const registration = (name: '+CREG' | '+CGREG'): CommandHandler => ({
  ...setting(name),
  read: (context) => {
    const { registration, network } = context.module
    const mode = context.instance.settings.get(name)
    const state = name === '+CREG' ? registration.state : registration.packetState
    const place = mode === 2 && registration.registered ? `,"${network.cell.locationAreaHex}","${network.cell.cellIdHex}"` : ''
    context.print(`${name}: ${mode},${registrationNumbers[state]}${place}`)
    return ok
  }
})

const clockCommand = (name: '+CCLK' | '#CCLK'): CommandHandler => ({
  set: (args, { module }) => {
    const text = args.text('time')
    if (module.clockChip.setFromText(text)) return ok
    return failed(hostFailure(null, 'This is no time.', { expected: 'yy/MM/dd,hh:mm:ss±zz', got: text, rule: 'at-reference 4' }))
  },
  read: (context) => {
    const { clockChip } = context.module
    context.print(`${name}: "${name === '+CCLK' ? clockChip.text() : clockChip.textWithDaylight()}"`)
    return ok
  }
})

export const networkHandlers: CommandHandlers = {
  '+CMEE': setting('+CMEE'),
  '+CREG': registration('+CREG'),
  '+CGREG': registration('+CGREG'),
  '+IPR': setting('+IPR', 'rate'),
  '+ICF': setting('+ICF'),
  '#SKIPESC': setting('#SKIPESC'),
  '+CCLK': clockCommand('+CCLK'),
  '#CCLK': clockCommand('#CCLK'),

  '+CSQ': {
    execute: (context) => {
      const { network, registration } = context.module
      context.print(registration.radioOn ? `+CSQ: ${network.signalQuality},0` : '+CSQ: 99,99')
      return ok
    }
  },

  '+CGATT': {
    set: (args, { module, cause }) => {
      const wanted = args.optionalNumber('n')
      if (wanted === 0) module.registration.detach(cause)
      else if (wanted === 1 && !module.registration.attach()) return failed(noService())
      return ok
    },
    read: (context) => {
      context.print(`+CGATT: ${context.module.registration.attached ? 1 : 0}`)
      return ok
    }
  },

  '+COPS': {
    set: (args, context) => {
      const { registration, network } = context.module
      const format = args.optionalNumber('format')
      if (format !== undefined) registration.operatorFormat = format === 2 ? 2 : 0
      const mode = args.optionalNumber('mode')
      if (mode === undefined || mode === 3) return ok
      if (mode === 2) {
        registration.leave(context.cause)
        return ok
      }
      const asked = args.optionalText('operator')
      const known = asked === network.operator.longName || asked === network.operator.numeric
      if (mode === 1 && !known) {
        return failed(hostFailure('noNetworkService', 'There is no such network.', { expected: network.operator.longName, got: asked ?? 'nothing' }))
      }
      return joinNetwork(context, { mode: known ? mode : 0, operator: known ? asked! : null })
    },
    read: (context) => {
      const { registration, network, nvm } = context.module
      const mode = registration.left ? 2 : nvm.contents.operatorChoice.mode
      const { longName, numeric } = network.operator
      const named = `,${registration.operatorFormat},"${registration.operatorFormat === 2 ? numeric : longName}"`
      context.print(`+COPS: ${mode}${registration.registered ? named : ''}`)
      return ok
    },
    test: (context) => {
      const { registration, network } = context.module
      if (!registration.radioOn) return failed(noService())
      const { longName, numeric } = network.operator
      context.print(`+COPS: (${registration.registered ? 2 : 1},"${longName}",,"${numeric}"),,(0-4),(0,2)`)
      return ok
    }
  },

  '+CFUN': {
    set: (args, { module, cause }) => {
      if (args.number('rst') === 1) {
        module.power.restart(cause)
        return ok
      }
      if (args.number('fun') === 4) module.registration.radioOff(cause)
      else module.registration.radioUp(cause)
      return ok
    },
    read: (context) => {
      context.print(`+CFUN: ${context.module.registration.radioOn ? 1 : 4}`)
      return ok
    }
  },

  '#NITZ': {
    set: (args, { instance }) => {
      const [val, mode] = [args.optionalNumber('val'), args.optionalNumber('mode')]
      if (val !== undefined) instance.settings.set('#NITZ.val', val)
      if (mode !== undefined) instance.settings.set('#NITZ.mode', mode)
      return ok
    },
    read: (context) => {
      const { settings } = context.instance
      context.print(`#NITZ: ${settings.get('#NITZ.val')},${settings.get('#NITZ.mode')}`)
      return ok
    }
  },

  '#SELINT': {
    set: (args, { module, cause }) => {
      const selint = args.optionalNumber('n')
      if (selint !== undefined) module.nvm.update({ selint }, `#SELINT ${selint} stored.`, cause)
      return ok
    },
    read: (context) => {
      context.print(`#SELINT: ${context.module.nvm.contents.selint}`)
      return ok
    }
  },

  '#SHDN': {
    execute: ({ module, cause }) => {
      module.power.shutDown(cause)
      return ok
    }
  },

  '#REBOOT': {
    execute: ({ module, cause }) => {
      module.power.restart(cause)
      return ok
    }
  }
}

/** Searches again and waits for the network's answer. */
function joinNetwork({ module, cause }: CommandContext, choice: { mode: number; operator: string | null }) {
  module.nvm.update({ operatorChoice: choice }, 'Choice of network stored.', cause)
  if (module.registration.registered) return ok
  return blocked((finish) => {
    module.registration.join(cause)
    module.registration.whenSettled(REGISTRATION_LIMIT_MS, (registered) => finish(registered ? ok : failed(noService())))
  })
}

const noService = () => ({
  ...hostFailure('noNetworkService', 'The module is not registered with a network.', { rule: 'at-reference 4' }),
  blame: 'network' as const
})

/** At-reference 9: +COPS may take so long. */
const REGISTRATION_LIMIT_MS = 180_000

