import type { sslCommands } from '../../../shared/commands/ssl.ts'
import { hostFailure } from '../../../shared/rules/errors.ts'
import { blocked, failed, ok, type Answer } from '../at/answer.ts'
import type { EntryListener } from '../at/entry.ts'
import { informationText, lineEnd } from '../at/framing.ts'
import { NvmWriteError } from '../hardware/nvm.ts'
import type { CommandContext } from '../parts.ts'
import { DER, dataTypeNames, type CertificateFormat, type DataType } from '../ssl/security-data.ts'
import type { HandlersOf } from './handler.ts'

/** The SSL commands (guide chapters 3 and 4, at-reference 6). */
export const sslHandlers: HandlersOf<(typeof sslCommands)[number]> = {
  '#SSLEN': {
    set: (args, { module, instance, cause }) => {
      const on = args.enable === 1
      const outcome = on ? module.ssl.enable(instance, cause) : module.ssl.disable(instance, cause)
      if (outcome.kind === 'ok' && module.profile.keepsSslEnabled)
        module.nvm.update({ sslEnabled: on }, '#SSLEN stored.', cause)
      return outcome
    },
    read: (context) => {
      context.print(`#SSLEN: 1,${context.module.ssl.enabled ? 1 : 0}`)
      return ok
    }
  },

  '#SSLSECCFG': {
    set: (args, { module, cause }) => {
      const format = args.certFormat
      if (format !== undefined) module.securityData.format = format as CertificateFormat
      const sslSecurity = { suite: args.suite, authMode: args.authMode as 0 | 1 | 2 }
      module.nvm.update({ sslSecurity }, `Suite ${sslSecurity.suite}, auth mode ${sslSecurity.authMode} stored.`, cause)
      return ok
    },
    read: (context) => {
      const { suite, authMode } = context.module.nvm.contents.sslSecurity
      const { format } = context.module.securityData
      // Shown only if it was given in this power cycle (G-3.2-6).
      context.print(`#SSLSECCFG: 1,${suite},${authMode}${format === null ? '' : `,${format}`}`)
      return ok
    }
  },

  '#SSLSECDATA': {
    set: (args, context) => {
      const dataType = args.dataType as DataType
      switch (args.action) {
        case 0:
          context.module.securityData.delete(dataType, context.cause)
          return ok
        case 1:
          return writeSecurityData(args.size, dataType, context)
        default:
          return readSecurityData(dataType, context)
      }
    },
    read: (context) => {
      const { securityData } = context.module
      const flags = ([0, 1, 2] as const).map((dataType) => Number(securityData.has(dataType)))
      context.print(`#SSLSECDATA: 1,${flags.join(',')}`)
      return ok
    }
  },

  '#SSLCFG': {
    set: (args, { module, cause }) => {
      const before = module.nvm.contents.sslConfig
      const kept = (name: 'ringMode' | 'noCarrierMode' | 'unused1' | 'unused2'): number => args[name] ?? before[name]
      const sslConfig = {
        pktSize: args.pktSize,
        maxTo: args.maxTo,
        defTo: args.defTo,
        txTo: args.txTo,
        ringMode: kept('ringMode'),
        noCarrierMode: kept('noCarrierMode'),
        unused1: kept('unused1'),
        unused2: kept('unused2')
      }
      module.nvm.update({ sslConfig }, '#SSLCFG stored.', cause)
      if (args.ringMode !== undefined) module.ssl.ringModeGiven()
      return ok
    },
    read: (context) => {
      const { pktSize, maxTo, defTo, txTo, ringMode, noCarrierMode, unused1, unused2 } =
        context.module.nvm.contents.sslConfig
      // Ten values, as real modules print them, although the guide lists six (D-1).
      context.print(
        `#SSLCFG: 1,1,${[pktSize, maxTo, defTo, txTo, ringMode, noCarrierMode, unused1, unused2].join(',')}`
      )
      return ok
    }
  },

  '#SSLD': {
    set: (args, { module, instance, cause }) =>
      blocked((finish) => {
        const dial = {
          host: args.host,
          port: args.port,
          closureType: args.closureType,
          online: args.mode === 0,
          timeout100ms: args.timeout
        }
        module.ssl.dial(dial, instance, cause, finish)
      })
  },

  '#SSLFASTD': {
    set: (args, { module, instance, cause }) =>
      blocked((finish) => {
        module.ssl.fastDial(args.mode === 0, args.timeout, instance, cause, finish)
      })
  },

  '#SSLO': { set: (_args, { module, instance, cause }) => module.ssl.goOnline(instance, cause) },

  '#SSLH': { set: (args, { module, cause }) => module.ssl.hangUp(args.closureType, cause) },

  '#SSLS': {
    set: (_args, context) => {
      context.print(`#SSLS: ${context.module.ssl.status()}`)
      return ok
    }
  },

  '#SSLSEND': {
    set: (args, context) => {
      const { module, instance, cause } = context
      const refusal = module.ssl.sendRefusal()
      if (refusal) return failed(refusal)
      return blocked((finish) => {
        instance.prompt(MAX_SEND_BYTES, (bytes, _surplus, causes) =>
          module.ssl.send({ bytes, causes }, timeoutMs(args, context), cause, finish)
        )
      })
    }
  },

  '#SSLSENDEXT': {
    set: (args, context) => {
      const { module, instance, cause } = context
      const refusal = module.ssl.sendRefusal()
      if (refusal) return failed(refusal)
      return blocked((finish) => {
        instance.promptCounted(args.bytes, (bytes, _surplus, causes) =>
          module.ssl.send({ bytes, causes }, timeoutMs(args, context), cause, finish)
        )
      })
    }
  },

  '#SSLRECV': {
    set: (args, context) => {
      const { module, instance, cause } = context
      return blocked((finish) => {
        module.ssl.receive(args.maxBytes, timeoutMs(args, context), cause, (result) => {
          switch (result.kind) {
            case 'failed':
              return finish(failed(result.failure, result.causes))
            case 'data': {
              // Header, raw bytes, line end and OK in one write (D-6).
              instance.print(informationText(instance.settings, [`#SSLRECV: ${result.bytes.length}`]))
              instance.printData(result.bytes)
              instance.print(lineEnd(instance.settings))
              return finish({ ...ok, causes: result.causes })
            }
            default:
              context.print('#SSLRECV: 0', result.kind === 'timeout' ? 'TIMEOUT' : 'DISCONNECTED')
              return finish({ kind: 'ok', because: result.because, causes: result.causes })
          }
        })
      })
    }
  }
}

/** Limit of #SSLSEND; further bytes are dropped without an error (D-8). */
const MAX_SEND_BYTES = 1023

function timeoutMs(args: { readonly timeout: number | undefined }, { module }: CommandContext): number {
  return (args.timeout ?? module.nvm.contents.sslConfig.defTo) * 100
}

/**
 * Handles a write of #SSLSECDATA. PEM: Ctrl-Z ends the entry, bytes beyond the size are dropped, and fewer are accepted
 * (D-12). DER: the entry ends after `<size>` bytes, and no byte is a control character (G-3.3-6).
 */
function writeSecurityData(size: number | undefined, dataType: DataType, context: CommandContext): Answer {
  const { module, instance, cause } = context
  if (size === undefined) {
    const expected = `1 to ${module.profile.securityDataBytes} bytes`
    return failed(
      hostFailure(null, 'Writing needs <size>.', {
        expected,
        got: 'nothing',
        rule: 'G-3.3-1',
        finding: 'bad-parameter'
      })
    )
  }
  return blocked((finish) => {
    const counted = module.securityData.format === DER
    const store: EntryListener = (bytes, surplusBytes) => {
      if (surplusBytes > 0) {
        const sentence = `${dataTypeNames[dataType]}: ${surplusBytes} bytes beyond the size of ${size} were dropped.`
        module.timeline.report({ kind: 'overrun', droppedBytes: surplusBytes, sentence }, cause, instance.index)
      }
      if (bytes.length === 0) {
        return finish(
          failed(
            hostFailure('sslSecurityData', 'Nothing was entered; the slot keeps its content.', {
              expected: 'PEM text',
              rule: 'D-12',
              finding: 'nothing-entered'
            })
          )
        )
      }
      try {
        module.securityData.write(dataType, bytes, cause)
        finish(ok)
      } catch (error) {
        if (!(error instanceof NvmWriteError)) throw error
        finish(failed(error.failure))
      }
    }
    const secret = dataType === PRIVATE_KEY ? SECRET_NAME : null
    if (counted) instance.promptCounted(size, store, secret)
    else instance.prompt(size, store, secret)
  })
}

function readSecurityData(dataType: DataType, context: CommandContext): Answer {
  const { module, instance } = context
  const stored = module.securityData.read(dataType)
  if (!stored) {
    context.print(`#SSLSECDATA: 1,${dataType}`, 'No data stored')
    return ok
  }
  instance.print(informationText(instance.settings, [`#SSLSECDATA: 1,${dataType}`]))
  if (dataType === PRIVATE_KEY) instance.printSecret(SECRET_NAME, stored)
  else instance.print(stored)
  // Stored text with a line end needs no second one.
  if (stored.at(-1) !== LF) instance.print(lineEnd(instance.settings))
  return ok
}

/** The data type that must not be kept outside NVM. */
const PRIVATE_KEY: DataType = 2
/** Its name in transcripts. */
const SECRET_NAME = 'private-key'

const LF = 0x0a
