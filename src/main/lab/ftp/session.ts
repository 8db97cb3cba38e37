import { posix } from 'node:path'
import { memorySessionStore } from '../../tls/session-store.ts'
import { interruptionOf } from '../connection-faults.ts'
import type { FtpsFaults, LabFtpFaults } from '../ftps-faults.ts'
import type { LabSocket, LabWorld } from '../net.ts'
import type { Visit } from '../visit.ts'
import { LabDataConnection } from './data-connection.ts'
import type { LabFile, LabFiles } from './files.ts'
import { LabStream } from './stream.ts'

/** One session of the lab's FTPS server (RFC 959, RFC 4217): the commands that the module uses, and the faults. */
export class LabFtpSession {
  private readonly control: LabStream
  private readonly sessions = memorySessionStore()
  private line = ''
  private folder = '/'
  private position = 0
  private secured = false
  private protects = false
  private loggedIn = false
  private user = ''
  private readonly data: LabDataConnection
  private transfer: { data(bytes: Uint8Array): void; drained(): void; ended(whole: boolean): void } | null = null

  constructor(
    private readonly socket: LabSocket,
    private readonly parts: LabFtpParts
  ) {
    const { fault } = parts.visit
    this.control = new LabStream(socket, parts.visit, interruptionOf(socket, fault), parts.world, {
      data: (bytes) => this.received(Buffer.from(bytes).toString('latin1')),
      drained: () => {},
      ended: () => this.close()
    })
    this.data = new LabDataConnection({
      socket,
      visit: parts.visit,
      world: parts.world,
      events: {
        data: (bytes) => this.transfer?.data(bytes),
        drained: () => this.transfer?.drained(),
        ended: (whole) => this.transfer?.ended(whole)
      },
      reply: (text) => this.reply(text)
    })
    this.reply('220 Lab FTPS')
  }

  close(): void {
    this.data.close()
    this.socket.destroy()
  }

  private get faults(): FtpsFaults {
    return { ...this.parts.faults.of(this.user), ...this.parts.visit.fault?.ftp }
  }

  /** Returns whether this fault applies, and reports that it strikes. */
  private fails(what: Exclude<keyof FtpsFaults, 'cutAfterBytes'>): boolean {
    if (!this.faults[what]) return false
    this.struck(what)
    return true
  }

  private struck(what: keyof FtpsFaults): void {
    const { fault } = this.parts.visit
    if (fault && what in fault.ftp) fault.strike()
  }

  private reply(text: string): void {
    this.control.write(Buffer.from(`${text}\r\n`, 'latin1'))
  }

  private received(text: string): void {
    this.line += text
    if (this.line.length > MAX_LINE_CHARS) return this.close()
    for (let at = this.line.indexOf('\n'); at >= 0; at = this.line.indexOf('\n')) {
      const line = this.line.slice(0, at).replace(/\r$/, '')
      this.line = this.line.slice(at + 1)
      const space = line.indexOf(' ')
      const [verb, argument] = space < 0 ? [line, ''] : [line.slice(0, space), line.slice(space + 1)]
      this.command(verb.toUpperCase(), argument)
    }
  }

  private command(verb: string, argument: string): void {
    if (verb === 'QUIT') {
      this.reply('221 Goodbye')
      return this.control.close()
    }
    if (verb === 'AUTH') return this.authenticate()
    if (!this.secured) return this.reply('530 This server speaks under TLS only: AUTH TLS first')
    if (!this.loggedIn) return this.logIn(verb, argument)
    this.loggedInCommand(verb, argument)
  }

  private authenticate(): void {
    if (this.fails('refuseTls') || this.secured) return this.reply('534 No TLS now')
    this.reply('234 Go on with TLS')
    this.secured = true
    // Plain text that came together with AUTH TLS is not part of the encrypted dialogue (RFC 4217 15).
    this.line = ''
    this.control.secure(this.sessions, () => {})
  }

  private logIn(verb: string, argument: string): void {
    if (verb === 'USER') {
      this.user = argument
      return this.reply('331 Any password will do')
    }
    if (verb !== 'PASS') return this.reply('530 Who are you?')
    if (this.fails('refuseLogin')) return this.reply('530 Login incorrect')
    this.loggedIn = true
    this.reply('230 You are in')
  }

  private loggedInCommand(verb: string, argument: string): void {
    const { files } = this.parts
    const path = posix.resolve(this.folder, argument)
    const file = files.find(path)
    switch (verb) {
      case 'PBSZ':
        return this.reply('200 PBSZ=0')
      case 'PROT':
        this.protects = argument.toUpperCase() === 'P'
        return this.reply(
          this.protects ? '200 Data connections are private' : '534 Data connections have to be private'
        )
      case 'TYPE':
        return this.reply(/^[AI]/i.test(argument) ? '200 Type set' : '504 A or I')
      case 'PWD':
        return this.reply(`257 "${this.folder}"`)
      case 'CWD':
        if (!files.isFolder(path)) return this.reply('550 No such directory')
        this.folder = path
        return this.reply('250 Directory changed')
      case 'SIZE':
        return this.reply(file ? `213 ${file.size}` : '550 No such file')
      case 'DELE':
        return this.reply(files.delete(path) ? '250 Deleted' : '550 No such file that could be deleted')
      case 'PASV':
        this.forgetData()
        return this.data.listen()
      case 'PORT':
        this.forgetData()
        return this.data.rememberPort(argument)
      case 'REST':
        if (!/^\d{1,15}$/.test(argument)) return this.reply('501 From which byte?')
        this.position = Number(argument)
        return this.reply('350 From there on')
      case 'LIST':
        return this.send(textFile(files.list(argument !== '' && files.isFolder(path) ? path : this.folder)))
      case 'RETR':
        return file ? this.sendFile(file) : this.reply('550 No such file')
      case 'STOR':
      case 'APPE':
        return files.begin(path, verb === 'APPE') ? this.take(path) : this.reply('553 Files go into /in, or /null')
      default:
        return this.reply('502 Not here')
    }
  }

  private forgetData(): void {
    this.data.forget()
    this.transfer = null
  }

  /** Sends 150, waits for the connection and its handshake, then calls `use`. */
  private withData(use: (stream: LabStream) => void): void {
    if (this.fails('refuseData')) {
      this.forgetData()
      return this.reply('425 No data connection today')
    }
    if (!this.protects) return this.reply('521 Data connections have to be private: PROT P first')
    if (!this.data.isAskedFor) return this.reply('425 PASV or PORT first')
    this.reply('150 Opening the data connection')
    this.data.connect((stream) => {
      this.transfer = {
        data: () => {},
        drained: () => {},
        ended: () => {
          this.transfer = null
          this.reply('522 TLS did not come about on the data connection')
        }
      }
      stream.secure(this.sessions, () => {
        if (stream.resumed || !this.fails('demandSessionReuse')) return use(stream)
        stream.close()
        this.reply('522 The data connection has to take up the session of the control connection')
      })
    })
  }

  /** Sends a file from the position of REST, which applies once. */
  private sendFile(file: LabFile): void {
    const { position } = this
    this.position = 0
    if (position > file.size) this.reply(`554 The file has ${file.size} bytes`)
    else this.send(file, position)
  }

  private send(file: LabFile, position = 0): void {
    let offset = position
    const { cutAfterBytes } = this.faults
    const end = cutAfterBytes === null ? file.size : Math.min(file.size, cutAfterBytes)
    this.withData((stream) => {
      const pump = (): void => {
        while (offset < end) {
          const bytes = file.read(offset, Math.min(PIECE_BYTES, end - offset))
          offset += bytes.length
          if (!stream.write(bytes)) return
        }
        this.transfer = null
        if (end < file.size) {
          this.struck('cutAfterBytes')
          stream.cut()
          return this.reply('426 The connection was cut')
        }
        stream.close()
        this.reply('226 That was all')
      }
      this.transfer = {
        data: () => {},
        drained: pump,
        ended: () => {
          this.transfer = null
          this.reply('426 You have closed the data connection')
        }
      }
      pump()
    })
  }

  private take(path: string): void {
    const { files } = this.parts
    let taken = 0
    this.withData((stream) => {
      const refuse = (text: string): void => {
        this.transfer = null
        stream.cut()
        this.reply(text)
      }
      this.transfer = {
        data: (bytes) => {
          taken += bytes.length
          const { cutAfterBytes } = this.faults
          if (cutAfterBytes !== null && taken > cutAfterBytes) {
            this.struck('cutAfterBytes')
            return refuse('426 The connection was cut')
          }
          if (!files.write(path, bytes)) refuse('452 The folder is full')
        },
        drained: () => {},
        ended: (whole) => {
          this.transfer = null
          this.reply(
            whole ? '226 I have it' : '426 The data connection ended without close_notify: something may be missing'
          )
        }
      }
    })
  }
}

export interface LabFtpParts {
  readonly world: LabWorld
  /** The connection script of this session. */
  readonly visit: Visit
  readonly files: LabFiles
  /** The faults of the FTPS server. */
  readonly faults: LabFtpFaults
}

/** A longer line is not FTP. */
const MAX_LINE_CHARS = 4096
/** The largest content of a TLS record. */
const PIECE_BYTES = 16_384

const textFile = (text: string): LabFile => {
  const bytes = Buffer.from(text, 'latin1')
  return { size: bytes.length, read: (offset, length) => bytes.subarray(offset, offset + length) }
}
