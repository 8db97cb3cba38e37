import type { basicCommands } from '../../../shared/commands/basic.ts'
import { basicSettings, registerSettings } from '../../../shared/commands/settings.ts'
import { noCarrier, ok } from '../at/answer.ts'
import type { CommandContext } from '../parts.ts'
import type { HandlersOf } from './handler.ts'

// Basic commands (at-reference 2 and 2.1).
type BasicSetting = (typeof basicSettings)[number]['name']

const setting = (name: BasicSetting) => ({
  set: (args: { readonly n: number }, { instance }: CommandContext) => {
    instance.settings.set(name, args.n)
    return ok
  }
})

/** One handler for each row of the table. The assertion restores the names, which `fromEntries` loses. */
const settingHandlers = Object.fromEntries(basicSettings.map(({ name }) => [name, setting(name)])) as Record<
  BasicSetting,
  ReturnType<typeof setting>
>

export const basicHandlers: HandlersOf<(typeof basicCommands)[number]> = {
  ...settingHandlers,

  I: {
    set: (args, context) => {
      const { model } = context.module.profile
      const lines: Record<number, string> = { 0: IDENTITY_CODE, 3: 'Telit', 4: model }
      context.print(lines[args.n]!)
      return ok
    }
  },

  Z: {
    set: (args, { module, instance }) => {
      const stored = module.nvm.contents.profiles[args.profile as 0 | 1]
      instance.settings.loadFactory('extended')
      instance.settings.loadStored(stored ?? {}, 'base')
      return ok
    }
  },

  '&F': {
    set: (args, { instance }) => {
      instance.settings.loadFactory(args.section === 1 ? 'full' : 'base')
      return ok
    }
  },

  '&W': {
    set: (args, { module, instance, cause }) => {
      const profile = args.profile
      const profiles = module.nvm.contents.profiles.map((one, index) =>
        index === profile ? instance.settings.toStored() : one
      )
      module.nvm.update(
        { profiles: [profiles[0]!, profiles[1]!] },
        `Settings stored in user profile ${profile}.`,
        cause
      )
      return ok
    }
  },

  '&Y': { set: (args, context) => chooseStartUp(context, args.profile, 'base') },
  '&P': { set: (args, context) => chooseStartUp(context, args.profile, 'full') },

  '&V': {
    set: (args, context) => {
      const { settings } = context.instance
      if (args.list === 0) {
        context.print(basicSettings.map((one) => `${one.name}${settings.get(one.name)}`).join(' '))
        return ok
      }
      const rows = registerSettings.map((one) => {
        const value = settings.get(one.name)
        return `${one.name.slice(1).padStart(3, '0')} ${String(value).padStart(3, '0')} ${value.toString(16).toUpperCase().padStart(2, '0')}`
      })
      context.print('REG DEC HEX', ...rows)
      return ok
    }
  },

  // There are no voice calls here, so none to hang up or to return to.
  H: { set: () => ok },
  O: { set: () => noCarrier }
}

/** The response to ATI of many of these modules (at-reference 2). */
const IDENTITY_CODE = '332'

function chooseStartUp({ module, cause }: CommandContext, profile: number, sections: 'base' | 'full') {
  module.nvm.update(
    { startUp: { profile: profile as 0 | 1, sections } },
    `User profile ${profile} is loaded at power-on.`,
    cause
  )
  return ok
}
