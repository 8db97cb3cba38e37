import type { SecretPart } from '../../../shared/timeline/events.ts'
import { SecretMemory, SecretReader } from '../secrets/secret-memory.ts'
import { CommandBehindKey } from './command-behind-key.ts'
import { KeyScanner, STAR_BYTE } from './key-scanner.ts'
import { LineSecrets } from './line-secrets.ts'
import { MISTYPED } from './parameter-scan.ts'

/**
 * Keeps secrets out of the timeline. Passwords, PINs and private keys are replaced by asterisks, and their name, length
 * and digest are recorded. The bytes on the port do not change. There is one for each AT instance.
 */
export class Redaction {
  private readonly line = new LineSecrets()
  private readonly typedKeys: KeyScanner
  private readonly commands = new CommandBehindKey()
  private readonly printedKeys: KeyScanner
  private readonly dataKeys: Readonly<Record<'tx' | 'rx', KeyScanner>>
  private readonly readers: Readonly<Record<'typed' | 'printed' | 'tx' | 'rx', SecretReader>>
  /** The secret that is being typed. */
  private run: { name: string; bytes: number[] } | null = null
  /** The present line in its version for the timeline. */
  private shownLine = ''

  /**
   * `digest` is that of a whole secret, for its placeholder. `memory` is shared by the module's instances, since a
   * secret may appear again on another one.
   */
  constructor(
    private readonly digest: SecretDigest = () => null,
    private readonly memory = new SecretMemory()
  ) {
    const scanner = (): KeyScanner => new KeyScanner((key) => memory.rememberKey(key))
    const reader = (): SecretReader => new SecretReader(memory)
    this.typedKeys = scanner()
    this.printedKeys = scanner()
    this.dataKeys = { tx: scanner(), rx: scanner() }
    this.readers = { typed: reader(), printed: reader(), tx: reader(), rx: reader() }
  }

  /** Masks bytes in command mode. `terminator` and `editing` are S3 and S5. */
  typed(bytes: Uint8Array, terminator: number, editing: number): Shown {
    const remembered = this.readers.typed.find(bytes)
    const shown = this.mask(bytes, (byte, at) => {
      const inLine = this.line.push(byte, terminator, editing)
      return this.typedInKey(bytes, at, terminator) ? PRIVATE_KEY : (inLine ?? (remembered?.[at] ? REMEMBERED : null))
    })
    const ended = bytes.includes(terminator)
    // A command may follow that repeats what is in the line.
    this.typedKeys.tell(ended, this.commands.undecidedBytes)
    this.shownLine = ended
      ? ''
      : (this.shownLine + Buffer.from(shown.bytes).toString('latin1')).slice(0, MAX_SHOWN_CHARS)
    return shown
  }

  /** Masks bytes that are entered at a prompt. */
  entered(bytes: Uint8Array, { secret, counted, isLast }: EntryFacts): Shown {
    this.line.reset()
    this.commands.begin(this.typedKeys.inKey)
    const remembered = this.readers.typed.find(bytes)
    const shown = this.mask(bytes, (byte, at) => {
      const isKey = this.typedKeys.push(byte)
      if (secret === null) return isKey ? PRIVATE_KEY : remembered?.[at] ? REMEMBERED : null
      // Not part of the entry: a line end that belongs to the line before, and the character that ends the entry.
      const outside =
        (!counted && (byte === CTRL_Z || byte === ESC)) || (this.run === null && (byte === CR || byte === LF))
      return outside ? null : secret
    })
    this.typedKeys.tell(isLast)
    if (!isLast) return shown
    const end = this.endRun()
    return end ? { ...shown, secrets: [...shown.secrets, { offset: bytes.length, length: 0, ...end }] } : shown
  }

  /**
   * Masks output of the module. In `shown` the known secrets are masked already; `marks` describes the bytes further.
   */
  printed(bytes: Uint8Array, shown: Uint8Array, marks: PrintedMarks = NO_MARKS): Uint8Array {
    const remembered = this.readers.printed.find(bytes)
    let masked: Uint8Array | null = null
    let [echo, end] = [0, 0]
    for (let at = 0; at < bytes.length; at += 1) {
      if (at === marks.answerEnds[end]) {
        this.printedKeys.reset()
        end += 1
      }
      while (at >= (marks.echoes[echo]?.to ?? Number.POSITIVE_INFINITY)) echo += 1
      // An echo is masked like what was typed: only there is it known where a key ends.
      const isEcho = at >= (marks.echoes[echo]?.from ?? Number.POSITIVE_INFINITY)
      if ((isEcho || !this.printedKeys.push(bytes[at]!)) && !remembered?.[at]) continue
      // Not slice(): on a Buffer that is a view, and the host would get the asterisks.
      masked ??= Uint8Array.from(shown)
      masked[at] = STAR_BYTE
    }
    if (masked) this.printedKeys.tell(true)
    if (end < marks.answerEnds.length) this.printedKeys.reset()
    return masked ?? shown
  }

  /** Masks user data: only private keys and remembered secrets. */
  data(bytes: Uint8Array, direction: 'tx' | 'rx'): Uint8Array {
    const masked = this.dataKeys[direction].maskData(bytes)
    const remembered = this.readers[direction].find(bytes)
    return remembered ? masked.map((byte, at) => (remembered[at] ? STAR_BYTE : byte)) : masked
  }

  /** Another connection begins. Its data may continue a key of the last one. */
  connected(): void {
    this.dataKeys.tx.hostChanged()
    this.dataKeys.rx.hostChanged()
  }

  /** Returns the placeholder of a secret that the module sends as a whole. */
  whole(name: string, bytes: Uint8Array): Pick<SecretPart, 'name' | 'end'> {
    return { name, end: { lengthBytes: bytes.length, digest: this.digest(name, bytes) } }
  }

  /** The same for a private key, which is also remembered: pieces of it may appear elsewhere. */
  wholeKey(name: string, bytes: Uint8Array): Pick<SecretPart, 'name' | 'end'> {
    this.memory.rememberKey(bytes)
    return this.whole(name, bytes)
  }

  /** Another host has the port. Nothing continues, except a private key that it may go on typing. */
  hostChanged(): void {
    this.run = null
    this.shownLine = ''
    this.line.reset()
    this.typedKeys.hostChanged()
    this.commands.begin(this.typedKeys.inKey)
    this.printedKeys.hostChanged()
  }

  private mask(bytes: Uint8Array, secretOf: (byte: number, at: number) => string | null): Shown {
    let masked: Uint8Array | null = null
    const secrets: SecretPart[] = []
    let from = 0
    const close = (at: number, end: SecretPart['end'], name: string): void => {
      if (at > from || end) secrets.push({ offset: from, length: at - from, name, end })
    }
    for (let at = 0; at < bytes.length; at += 1) {
      const name = secretOf(bytes[at]!, at)
      if (this.run && (this.run.name !== name || this.run.bytes.length >= MAX_SECRET_BYTES)) {
        if (isWord(this.run.name) && !this.shownBefore(bytes, at))
          this.memory.rememberWord(Uint8Array.from(this.run.bytes))
        const ended = this.endRun()!
        close(at, ended.end, ended.name)
      }
      if (name === null) continue
      if (!this.run) {
        this.run = { name, bytes: [] }
        from = at
      }
      this.run.bytes.push(bytes[at]!)
      masked ??= Uint8Array.from(bytes)
      masked[at] = STAR_BYTE
    }
    if (this.run) close(bytes.length, null, this.run.name)
    return { bytes: masked ?? bytes, secrets }
  }

  /** Returns whether `bytes[at]` is part of a typed key. A key ends where a command line begins. */
  private typedInKey(bytes: Uint8Array, at: number, terminator: number): boolean {
    const { typedKeys, commands } = this
    if (typedKeys.inKey && commands.beginsCommand(bytes, at, terminator, typedKeys.charsLeft)) {
      typedKeys.cutShort(0)
      commands.begin(false)
    }
    const { inKey, charsLeft } = typedKeys
    const isKey = typedKeys.push(bytes[at]!)
    const commandBytes = commands.push(bytes[at]!, terminator, inKey, charsLeft)
    if (commandBytes === 0 || !typedKeys.inKey) return isKey
    typedKeys.cutShort(commandBytes)
    return false
  }

  /**
   * Returns whether the secret that ends at `end` also stands unmasked in its line, like the user name in a login as
   * `anonymous`.
   */
  private shownBefore(bytes: Uint8Array, end: number): boolean {
    const word = Buffer.from(this.run?.bytes ?? []).toString('latin1')
    const line = this.shownLine + Buffer.from(bytes.subarray(0, Math.max(0, end - word.length))).toString('latin1')
    return line.includes(word)
  }

  private endRun(): Pick<SecretPart, 'name' | 'end'> | null {
    if (!this.run) return null
    const { name, bytes } = this.run
    this.run = null
    return this.whole(name, Uint8Array.from(bytes))
  }
}

/** What is known of output: the ranges of echoes, in order, and the offsets at which a response has ended. */
export interface PrintedMarks {
  readonly echoes: readonly { readonly from: number; readonly to: number }[]
  readonly answerEnds: readonly number[]
}

const NO_MARKS: PrintedMarks = { echoes: [], answerEnds: [] }

/** Bytes in their version for the timeline, and the secrets that were masked in them. */
export interface Shown {
  readonly bytes: Uint8Array
  readonly secrets: readonly SecretPart[]
}

export interface EntryFacts {
  /** The name of the secret that is entered, or `null`. */
  readonly secret: string | null
  /** The length was announced, so every byte is data. */
  readonly counted: boolean
  /** The entry is complete with these bytes. */
  readonly isLast: boolean
}

/** Returns hexadecimal digits by which a secret is recognised but not revealed; `null` for none. */
export type SecretDigest = (name: string, bytes: Uint8Array) => string | null

/** Returns as many asterisks as there are bytes. */
export function allMasked(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(bytes.length).fill(STAR_BYTE)
}

/**
 * Returns the index behind the line that ends with `terminator`, also behind a following LF; the length when no line
 * ends.
 */
export function behindLine(bytes: Uint8Array, from: number, terminator: number): number {
  const end = bytes.indexOf(terminator, from)
  if (end < 0) return bytes.length
  return bytes[end + 1] === LF ? end + 2 : end + 1
}

/** Returns the index behind the Ctrl-Z that may end an entry, or the length. */
export function behindCtrlZ(bytes: Uint8Array, from: number): number {
  return bytes.indexOf(CTRL_Z, from) + 1 || bytes.length
}

/** The name of a private key in transcripts. */
export const PRIVATE_KEY = 'private-key'
/** The name of a remembered secret that appears again. */
const REMEMBERED = 'remembered'

/** Whether it is a password or PIN, which is known completely. */
const isWord = (name: string): boolean => name !== PRIVATE_KEY && name !== MISTYPED && name !== REMEMBERED

/** A command line is never longer. */
const MAX_SHOWN_CHARS = 1024
/** More than the largest slot. A longer secret is recorded in parts. */
const MAX_SECRET_BYTES = 32_768
const CTRL_Z = 0x1a
const ESC = 0x1b
const LF = 0x0a
const CR = 0x0d
