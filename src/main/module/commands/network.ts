import type { networkCommands } from '../../../shared/commands/network.ts'
import type { SettingName } from '../../../shared/commands/settings.ts'
import { hostFailure } from '../../../shared/rules/errors.ts'
import type { ChartState } from '../../../shared/statecharts/index.ts'
import { registrationNumbers } from '../../../shared/statecharts/registration.ts'
import { blocked, failed, ok, type Answer, type Outcome } from '../at/answer.ts'
import { NvmWriteError, type NvmImage } from '../hardware/nvm.ts'
import { accessTechnology, type AccessTechnology } from '../network/access-technology.ts'
import { cellPlace } from '../network/cell-place.ts'
import type { CommandContext } from '../parts.ts'
import type { HandlersOf } from './handler.ts'

// Mobile equipment and network (at-reference 4).

/** A command that sets one number of the instance's settings. */
const setting = (name: SettingName) => ({
  set: ({ n }: { readonly n: number | undefined }, { instance }: CommandContext) => {
    if (n !== undefined) instance.settings.set(name, n)
    return ok
  },
  read: (context: CommandContext) => {
    context.print(`${name}: ${context.instance.settings.get(name)}`)
    return ok
  }
})

const registration = (name: '+CREG' | '+CGREG') => ({
  ...setting(name),
  read: (context: CommandContext) => {
    const { registration } = context.module
    const mode = context.instance.settings.get(name)
    const state = name === '+CREG' ? registration.state : registration.packetState
    const place = mode === 2 && hasPlace(state) ? cellPlace(context.module) : ''
    context.print(`${name}: ${mode},${registrationNumbers[state]}${place}`)
    return ok
  }
})

const clockCommand = (name: '+CCLK' | '#CCLK') => ({
  set: ({ time: text }: { readonly time: string }, { module }: CommandContext) => {
    if (module.clockChip.setFromText(text)) return ok
    return failed(
      hostFailure(null, 'This is no time.', {
        expected: 'yy/MM/dd,hh:mm:ss±zz',
        got: text,
        rule: 'at-reference 4',
        finding: 'bad-parameter'
      })
    )
  },
  read: (context: CommandContext) => {
    const { clockChip } = context.module
    context.print(`${name}: "${name === '+CCLK' ? clockChip.text() : clockChip.textWithDaylight()}"`)
    return ok
  }
})

export const networkHandlers: HandlersOf<(typeof networkCommands)[number]> = {
  '+CMEE': setting('+CMEE'),
  '+CREG': registration('+CREG'),
  '+CGREG': registration('+CGREG'),
  '+IPR': { ...setting('+IPR'), set: ({ rate }, context) => setting('+IPR').set({ n: rate }, context) },
  '+ICF': setting('+ICF'),
  '#SKIPESC': setting('#SKIPESC'),
  '+CCLK': clockCommand('+CCLK'),
  '#CCLK': clockCommand('#CCLK'),

  '+CSQ': {
    execute: (context) => {
      const { network, registration } = context.module
      const quality = registration.radioOn ? network.signalQuality : UNKNOWN
      // Without a signal the bit error rate is not known either.
      context.print(`+CSQ: ${quality},${quality === UNKNOWN ? UNKNOWN : 0}`)
      return ok
    }
  },

  '+CGATT': {
    set: (args, { module, cause }) => {
      const { registration } = module
      if (args.n === 0) return blocked((finish) => registration.detach(cause, () => finish(ok)))
      return blocked((finish) =>
        registration.whenSettled(ATTACH_LIMIT_MS, () =>
          registration.attach(cause, (failure) => finish(failure ? failed(failure) : ok))
        )
      )
    },
    read: (context) => {
      context.print(`+CGATT: ${context.module.registration.attached ? 1 : 0}`)
      return ok
    }
  },

  '+COPS': {
    set: (args, context) => {
      const { registration } = context.module
      const format = args.format
      if (format !== undefined) registration.operatorFormat = format === 2 ? 2 : 0
      const mode = args.mode
      if (mode === undefined || mode === 3) return ok
      if (mode === 2) return blocked((finish) => registration.leave(context.cause, () => finish(ok)))
      if (mode === 0) return joinNetwork(context, automatic)
      // The declaration allows 0 and 2 only.
      const technology = (args.act ?? null) as AccessTechnology | null
      return chooseNetwork(context, mode, args.operator ?? '', technology)
    },
    read: (context) => {
      const { registration, network, nvm } = context.module
      const mode = registration.left ? 2 : nvm.contents.operatorChoice.mode
      const { longName, numeric } = network.operator
      const technology = context.module.profile.tellsAccessTechnology ? `,${accessTechnology(context.module)}` : ''
      const named = `,${registration.operatorFormat},"${registration.operatorFormat === 2 ? numeric : longName}"${technology}`
      context.print(`+COPS: ${mode}${registration.registered ? named : ''}`)
      return ok
    },
    test: (context) => {
      const { registration, network } = context.module
      if (!registration.radioOn) return failed(noService())
      return blocked((finish) => {
        const survey = network.survey((operators) => {
          const current = registration.registered ? network.operator.numeric : null
          const listed = operators.map(({ longName, numeric, admits }) => {
            const status = numeric === current ? 2 : admits ? 1 : 3
            return `(${status},"${longName}",,"${numeric}")`
          })
          context.print(`+COPS: ${listed.join(',')},,(0-4),(0,2)`)
          finish(ok)
        })
        return () => survey.cancel()
      })
    }
  },

  '+CFUN': {
    set: (args, { module, cause }) => {
      if (args.rst === 1) {
        module.power.restart(cause)
        return ok
      }
      if (args.fun === 4) return blocked((finish) => module.registration.radioDown(cause, () => finish(ok)))
      module.registration.radioUp(cause)
      return ok
    },
    read: (context) => {
      context.print(`+CFUN: ${context.module.registration.radioOn ? 1 : 4}`)
      return ok
    }
  },

  '#NITZ': {
    set: (args, { instance }) => {
      const [val, mode] = [args.val, args.mode]
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

  '#CPUMODE': {
    set: (args, { module }) => {
      module.ssl.cpuMode = args.mode
      return ok
    },
    read: (context) => {
      context.print(`#CPUMODE: ${context.module.ssl.cpuMode}`)
      return ok
    }
  },

  '#SELINT': {
    set: (args, { module, cause }) => {
      const selint = args.n
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

/**
 * Handles `+COPS=1` and `4`: checks that the operator is in reach, leaves the present network, and waits for the answer
 * of the new one.
 */
function chooseNetwork(context: CommandContext, mode: number, asked: string, technology: AccessTechnology | null) {
  const { registration, network, sim } = context.module
  const refusal = sim.refusal() ?? (registration.radioOn ? null : noService())
  if (refusal) return failed(refusal)
  return blocked((finish) => {
    const survey = network.survey((operators) => {
      const chosen = operators.find((one) => one.longName === asked || one.numeric === asked)
      const choice = chosen ? { mode, operator: asked, accessTechnology: technology } : automatic
      if (!chosen && mode === 1) {
        const expected = operators.map((one) => one.longName).join(' or ') || 'a network in reach'
        const facts = { expected, got: asked || 'nothing', rule: 'at-reference 4', finding: 'no-such-network' as const }
        return finish(failed(hostFailure('noNetworkService', 'There is no such network.', facts)))
      }
      const join = (): void => {
        try {
          start(joinNetwork(context, choice), finish)
        } catch (error) {
          if (!(error instanceof NvmWriteError)) throw error
          finish(failed(error.failure))
        }
      }
      if (chosen && registration.registered && chosen.numeric !== network.operator.numeric)
        registration.leave(context.cause, join)
      else join()
    })
    return () => survey.cancel()
  })
}

function start(answer: Answer, finish: (outcome: Outcome) => void): void {
  if (answer.kind === 'blocked') answer.start(finish)
  else finish(answer)
}

/** Searches again and waits for the answer of the network. */
function joinNetwork({ module, cause }: CommandContext, choice: NetworkChoice): Answer {
  const { registration, sim, nvm } = module
  const before = accessTechnology(module)
  nvm.update({ operatorChoice: choice }, 'Choice of network stored.', cause)
  const otherRadio = before !== accessTechnology(module)
  if (registration.registered && !otherRadio) return ok
  return blocked((finish) => {
    const join = (): void => {
      registration.join(cause)
      registration.whenSettled(REGISTRATION_LIMIT_MS, (registered) => {
        if (registered) return finish(ok)
        finish(failed(sim.refusal() ?? (registration.state === 'denied' ? notAdmitted() : noService())))
      })
    }
    // The other technology means another cell: the module leaves this one and registers again.
    if (registration.registered) registration.leave(cause, join)
    else join()
  })
}

type NetworkChoice = NvmImage['operatorChoice']

/** `+COPS=0`: any network, with the module's default technology. */
const automatic: NetworkChoice = { mode: 0, operator: null, accessTechnology: null }

const notAdmitted = () => ({
  ...hostFailure('networkNotAllowed', 'The network does not admit this SIM.', { rule: 'at-reference 8' }),
  blame: 'network' as const
})

/** Returns whether area and cell are reported: only while registered. */
const hasPlace = (state: ChartState<'registration'>): boolean => state === 'home' || state === 'roaming'

const noService = () => ({
  ...hostFailure('noNetworkService', 'The module is not registered with a network.', { rule: 'at-reference 4' }),
  blame: 'network' as const
})

/** The value of +CSQ for "not known". */
const UNKNOWN = 99
/** Maximum duration of +CGATT (at-reference 9). */
const ATTACH_LIMIT_MS = 10_000
/** Maximum duration of +COPS (R0 of the reference). */
const REGISTRATION_LIMIT_MS = 180_000
