import type { pdpCommands } from '../../../shared/commands/pdp.ts'
import { hostFailure } from '../../../shared/rules/errors.ts'
import { blocked, failed, ok } from '../at/answer.ts'
import type { CommandContext, ModuleParts } from '../parts.ts'
import type { HandlersOf } from './handler.ts'

/** PDP contexts, addresses and names (guide chapter 2.1, at-reference 5, D-17). */
export const pdpHandlers: HandlersOf<(typeof pdpCommands)[number]> = {
  '+CGDCONT': {
    set: (args, { module, cause }) => {
      const cid = args.cid
      const others = module.nvm.contents.contexts.filter((one) => one.cid !== cid)
      if (args.type === undefined && args.apn === undefined) {
        module.nvm.update({ contexts: others }, `Context ${cid} forgotten.`, cause)
        return deactivated(module, cid, cause)
      }
      const type = (args.type ?? 'IP').toUpperCase()
      if (type !== 'IP') {
        return failed(
          hostFailure(null, 'This type of context is not known.', {
            expected: 'IP',
            got: type,
            rule: 'G-2.1-1',
            finding: 'bad-parameter'
          })
        )
      }
      const definition = {
        cid,
        type,
        apn: args.apn ?? '',
        address: args.address ?? '',
        dcomp: args.dcomp,
        hcomp: args.hcomp
      }
      const contexts = [...others, definition].toSorted((a, b) => a.cid - b.cid)
      module.nvm.update({ contexts }, `Context ${cid} defined with APN "${definition.apn}".`, cause)
      return ok
    },
    read: (context) => {
      const { contexts } = context.module.nvm.contents
      const lines = contexts.map(
        (one) => `+CGDCONT: ${one.cid},"${one.type}","${one.apn}","${one.address}",${one.dcomp},${one.hcomp}`
      )
      if (lines.length > 0) context.print(...lines)
      return ok
    }
  },

  '#SGACT': {
    set: (args, context) => {
      const { module, cause } = context
      const cid = args.cid
      if (!module.contexts.has(cid))
        return failed(
          hostFailure('notSupported', 'Context 0 is a dial-up call, which is not emulated.', {
            expected: '1 to 5',
            got: '0',
            finding: 'bad-parameter'
          })
        )
      if (args.stat === 0) return deactivated(module, cid, cause)
      return activated(context, cid, args.user ?? '', args.password ?? '', '#SGACT')
    },
    read: (context) => {
      const { contexts, nvm } = context.module
      const lines = nvm.contents.contexts.map(({ cid }) => `#SGACT: ${cid},${contexts.get(cid)!.active ? 1 : 0}`)
      if (lines.length > 0) context.print(...lines)
      return ok
    }
  },

  '#GPRS': {
    set: (args, context) => {
      return args.mode === 0 ? deactivated(context.module, 1, context.cause) : activated(context, 1, '', '', '+IP')
    },
    read: (context) => {
      context.print(`#GPRS: ${context.module.contexts.get(1)!.active ? 1 : 0}`)
      return ok
    }
  },

  '#SGACTAUTH': {
    set: (args, { instance }) => {
      instance.settings.set('#SGACTAUTH', args.type)
      return ok
    },
    read: (context) => {
      context.print(`#SGACTAUTH: ${context.instance.settings.get('#SGACTAUTH')}`)
      return ok
    }
  },

  '#SGACTCFG': {
    set: (args, { module, cause }) => {
      const cid = args.cid
      const config = { cid, retry: args.retry, delayS: args.delay, report: args.urcmode }
      const others = module.nvm.contents.contextRetries.filter((one) => one.cid !== cid)
      module.nvm.update({ contextRetries: [...others, config] }, `#SGACTCFG of context ${cid} stored.`, cause)
      return ok
    },
    read: (context) => {
      const configs = [...context.module.retries.values()].map((one) => one.config)
      context.print(
        ...configs.map(({ cid, retry, delayS, report }) => `#SGACTCFG: ${cid},${retry},${delayS},${report}`)
      )
      return ok
    }
  },

  '+CGPADDR': {
    set: (args, context) => {
      const asked = [args.cid1, args.cid2, args.cid3, args.cid4, args.cid5].filter((cid) => cid !== undefined)
      return printAddresses(context, '+CGPADDR', asked)
    },
    execute: (context) => printAddresses(context, '+CGPADDR', definedContexts(context)),
    test: (context) => {
      context.print(`+CGPADDR: (${definedContexts(context).join(',')})`)
      return ok
    }
  },

  '#CGPADDR': {
    set: (args, context) => printAddresses(context, '#CGPADDR', [args.cid ?? 1]),
    execute: (context) => printAddresses(context, '#CGPADDR', definedContexts(context)),
    test: (context) => {
      context.print(`#CGPADDR: (${definedContexts(context).join(',')})`)
      return ok
    }
  },

  '#QDNS': {
    set: (args, context) => {
      const { module, instance } = context
      const host = args.host
      if (!module.contexts.get(1)!.active) return failed(contextDown())
      const timers = module.timers.of(instance.index)
      return blocked((finish) => {
        const look = module.ip.resolveName(host, context.cause, (result) => {
          timers.stop('command')
          if (result.kind === 'unknown') return finish(failed(nameUnknown(result.sentence)))
          context.print(`#QDNS: "${host}","${result.address}"`)
          finish(ok)
        })
        timers.start('command', NAME_LIMIT_MS, () => {
          look.cancel()
          finish(failed(nameUnknown(`No name server answered for ${host} in ${NAME_LIMIT_MS / 1000} s.`)))
        })
        return () => look.cancel()
      })
    }
  }
}

/** Activates a PDP context. Ends with `name` and its address, or with the failure. */
function activated(context: CommandContext, cid: number, user: string, password: string, name: '#SGACT' | '+IP') {
  const { module, instance, cause } = context
  const authentication = (['none', 'pap', 'chap'] as const)[instance.settings.get('#SGACTAUTH')]!
  const access = { authentication, user, password }
  module.retries.get(cid)!.stop()
  return blocked((finish) =>
    module.contexts.get(cid)!.activate(access, cause, (result) => {
      if ('failure' in result) return finish(failed(result.failure))
      module.retries.get(cid)!.opened(access)
      context.print(`${name}: ${result.address}`)
      finish(ok)
    })
  )
}

/** Deactivates a PDP context. Ends when the network has confirmed it. */
function deactivated(module: ModuleParts, cid: number, cause: number) {
  const context = module.contexts.get(cid)!
  module.retries.get(cid)!.stop()
  return context.active ? blocked((finish) => context.deactivate(cause, () => finish(ok))) : ok
}

/** Maximum duration of a name look-up (at-reference 9). */
const NAME_LIMIT_MS = 20_000

function definedContexts({ module }: CommandContext): number[] {
  return module.nvm.contents.contexts.map((one) => one.cid)
}

function printAddresses(context: CommandContext, name: string, cids: readonly number[]) {
  // Without an address, +CGPADDR leaves it out, and #CGPADDR prints empty quotes (at-reference 5).
  const none = name === '#CGPADDR' ? ',""' : ''
  const lines = cids.map((cid) => {
    const address = context.module.contexts.get(cid)!.address
    return `${name}: ${cid}${address === null ? none : `,"${address}"`}`
  })
  if (lines.length > 0) context.print(...lines)
  return ok
}

const contextDown = () =>
  hostFailure('contextNotOpened', 'Context 1 is not active.', {
    expected: 'AT#SGACT=1,1 before it',
    rule: 'D-17',
    finding: 'context-not-active'
  })

const nameUnknown = (sentence: string) => ({
  ...hostFailure('cannotResolveName', sentence, { rule: 'at-reference 5', finding: 'name-unknown' }),
  blame: 'network' as const
})
