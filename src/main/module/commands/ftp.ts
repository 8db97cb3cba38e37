import type { ftpCommands } from '../../../shared/commands/ftp.ts'
import { hostFailure } from '../../../shared/rules/errors.ts'
import { blocked, failed, ok, type Answer } from '../at/answer.ts'
import { informationText, lineEnd } from '../at/framing.ts'
import { bytesOf } from '../at/output-buffer.ts'
import { refused } from '../ftp/failures.ts'
import type { FileRequest } from '../ftp/session-types.ts'
import type { CommandContext } from '../parts.ts'
import type { HandlersOf } from './handler.ts'

/** FTP commands, with and without TLS (guide chapter 5, at-reference 7). */
export const ftpHandlers: HandlersOf<(typeof ftpCommands)[number]> = {
  '#FTPCFG': {
    set: (args, { module: { ftp } }) => {
      ftp.config = {
        timeout100ms: args.tout,
        ignoresPassiveAddress: args.ippIgnoring === 1,
        secure: args.ftpsEn === 1,
        sendSize: args.sendSize ?? ftp.config.sendSize
      }
      return ok
    },
    read: (context) => {
      const { ftp, profile } = context.module
      const { timeout100ms, ignoresPassiveAddress, secure, sendSize } = ftp.config
      // The third value is left out on products without the third parameter (G-0-3); the fourth is shown once it was
      // given.
      const values = [
        timeout100ms,
        Number(ignoresPassiveAddress),
        ...(profile.hasSsl ? [Number(secure)] : []),
        ...(sendSize === null ? [] : [sendSize])
      ]
      context.print(`#FTPCFG: ${values.join(',')}`)
      return ok
    }
  },

  '#FTPTO': {
    set: (args, { module: { ftp } }) => {
      ftp.config = { ...ftp.config, timeout100ms: args.tout }
      return ok
    },
    read: (context) => {
      context.print(`#FTPTO: ${context.module.ftp.config.timeout100ms}`)
      return ok
    }
  },

  '#FTPOPEN': {
    set: (args, { module, instance, cause }) => {
      const server = readServer(args.server)
      if (!server) {
        const got = args.server
        return failed(
          hostFailure(null, 'The server is an address or a name, and a port.', {
            expected: 'server:port',
            got,
            rule: 'at-reference 7',
            finding: 'bad-parameter'
          })
        )
      }
      const request = { ...server, user: args.username, password: args.password, passive: args.mode === 1 }
      return blocked((finish) => module.ftp.open(request, instance, cause, finish))
    }
  },

  '#FTPCLOSE': {
    execute: ({ module, instance, cause }) => blocked((finish) => module.ftp.close(instance, cause, finish))
  },

  '#FTPTYPE': {
    set: (args, { module, instance, cause }) =>
      blocked((finish) => module.ftp.chooseType(args.type as 0 | 1, instance, cause, finish)),
    read: (context) => {
      const { ftp } = context.module
      const refusal = ftp.refusal(context.instance)
      if (refusal) return failed(refusal)
      context.print(`#FTPTYPE: ${ftp.type}`)
      return ok
    }
  },

  '#FTPMSG': {
    execute: (context) => {
      const { lines, shown } = context.module.ftp.message
      const framed = ([first = '', ...rest]: readonly string[]): string[] => [`#FTPMSG: ${first}`, ...rest]
      context.printShown(framed(lines), framed(shown))
      return ok
    }
  },

  '#FTPPWD': {
    execute: (context) =>
      askFor(context, 'PWD', /^257[ -].*".*$/, ([line]) => {
        context.print(`#FTPPWD: ${line}`)
      })
  },

  '#FTPCWD': { set: (args, context) => ask(context, `CWD ${args.directory}`) },

  '#FTPLIST': {
    set: (args, context) => online(context, listing(args.name)),
    execute: (context) => online(context, listing(''))
  },

  '#FTPGET': { set: (args, context) => online(context, retrieval(args)) },

  '#FTPGETPKT': {
    set: (args, { module, instance, cause }) => {
      const file = { ...retrieval(args), hexadecimal: args.viewMode === 1 }
      return blocked((finish) => module.ftp.files.inCommandMode(file, instance, cause, finish))
    },
    read: (context) => {
      const { download } = context.module.ftp.files
      context.print(
        `#FTPGETPKT: ${download?.name ?? ''},${Number(download?.hexadecimal ?? false)},${Number(download?.complete ?? false)}`
      )
      return ok
    }
  },

  '#FTPRECV': {
    set: (args, context) => {
      const { module, instance, cause } = context
      const received = module.ftp.files.receive(args.maxBytes, instance, cause)
      if (!('bytes' in received)) return failed(received)
      const { bytes, causes } = received
      // Header, bytes, line end and OK in one write, like #SSLRECV.
      instance.print(informationText(instance.settings, [`#FTPRECV: ${bytes.length}`]))
      instance.printData(module.ftp.files.download?.hexadecimal ? hexadecimal(bytes) : bytes)
      instance.print(lineEnd(instance.settings))
      return { ...ok, causes }
    },
    read: (context) => {
      const { ftp } = context.module
      const refusal = ftp.refusal(context.instance)
      if (refusal) return failed(refusal)
      context.print(`#FTPRECV: ${ftp.files.download?.heldBytes ?? 0}`)
      return ok
    }
  },

  '#FTPPUT': upload('STOR'),
  '#FTPAPP': upload('APPE'),

  '#FTPAPPEXT': {
    set: (args, context) => {
      const { module, instance, cause } = context
      const refusal = module.ftp.files.appendRefusal(instance)
      if (refusal) return failed(refusal)
      return blocked((finish) => {
        instance.promptCounted(args.bytes, (bytes, _surplus, causes) => {
          module.ftp.files.append({ bytes, causes }, args.eof === 1, instance, cause, (outcome) => {
            if (outcome.kind === 'ok') context.print(`#FTPAPPEXT: ${bytes.length}`)
            finish(outcome)
          })
        })
      })
    }
  },

  '#FTPDELE': { set: (args, context) => ask(context, `DELE ${args.file}`) },

  '#FTPFSIZE': {
    set: (args, context) =>
      askFor(context, `SIZE ${args.file}`, /^213[ -] *(\d+) *$/, ([, bytes]) => {
        context.print(`#FTPFSIZE: ${bytes}`)
      })
  },

  '#FTPREST': {
    set: (args, { module, instance }) => {
      const refusal = module.ftp.refusal(instance)
      if (refusal) return failed(refusal)
      module.ftp.files.position = args.position
      return ok
    },
    read: (context) => {
      context.print(`#FTPREST: ${context.module.ftp.files.position}`)
      return ok
    }
  }
}

/** Parses `host` or `host:port`; the default port is 21 (at-reference 7). Returns `null` for anything else. */
function readServer(text: string): { host: string; port: number } | null {
  const match = /^([A-Za-z0-9._-]{1,255})(?::(\d{1,5}))?$/.exec(text)
  const port = Number(match?.[2] ?? FTP_PORT)
  return match && port >= 1 && port <= 65_535 ? { host: match[1]!, port } : null
}

const FTP_PORT = 21

/** Sends a command to the server. */
function ask({ module, instance, cause }: CommandContext, line: string): Answer {
  return blocked((finish) => module.ftp.ask(line, instance, cause, () => ok, finish))
}

/** The same for a reply with information: `print` receives the match of the first line that fits, before OK. */
function askFor(
  { module, instance, cause }: CommandContext,
  command: string,
  wanted: RegExp,
  print: (match: RegExpExecArray) => void
): Answer {
  return blocked((finish) =>
    module.ftp.ask(
      command,
      instance,
      cause,
      (reply) => {
        const match = reply.lines.map((line) => wanted.exec(line)).find((one) => one !== null)
        if (!match) return failed(refused(command.split(' ')[0]!, reply))
        print(match)
        return ok
      },
      finish
    )
  )
}

function online({ module, instance, cause }: CommandContext, file: FileRequest): Answer {
  return blocked((finish) => module.ftp.files.online(file, instance, cause, finish))
}

const listing = (name: string): FileRequest => ({
  direction: 'download',
  command: name === '' ? 'LIST' : `LIST ${name}`,
  name
})

const retrieval = ({ file }: { readonly file: string }): FileRequest => ({
  direction: 'download',
  command: `RETR ${file}`,
  name: file,
  resumable: true
})

function upload(command: 'STOR' | 'APPE') {
  return {
    set: ({ file: name, connMode }: { readonly file: string; readonly connMode: number }, context: CommandContext) => {
      const { module, instance, cause } = context
      const file: FileRequest = { direction: 'upload', command: `${command} ${name}`, name }
      if (connMode === 0) return online(context, file)
      return blocked((finish) => module.ftp.files.inCommandMode(file, instance, cause, finish))
    }
  }
}

function hexadecimal(bytes: Uint8Array): Uint8Array {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).toUpperCase().padStart(2, '0')
  return bytesOf(text)
}
