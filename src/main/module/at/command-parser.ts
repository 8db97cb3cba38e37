/**
 * The commands in the body of a command line (at-reference 1). They are parsed one at a time, because those before a
 * syntax error are executed.
 */
export type ParsedCommand =
  | { readonly kind: 'basic'; readonly name: string; readonly digits: string; readonly text: string }
  | { readonly kind: 'register'; readonly register: RegisterAccess; readonly text: string }
  | {
      readonly kind: 'extended'
      readonly name: string
      readonly form: ExtendedForm
      readonly args: readonly RawArgument[]
      readonly text: string
    }

export type ExtendedForm = 'execute' | 'read' | 'test' | 'set'

export interface RawArgument {
  readonly text: string
  readonly quoted: boolean
}

/** An access to an S register: `S<n>?`, `S<n>=v`, `S<n>=?`, `S<n>` (selects it), and `=v`, `?` for the selected one. */
export interface RegisterAccess {
  /** `null` for the register selected last. */
  readonly number: number | null
  readonly form: 'select' | 'read' | 'test' | 'write'
  /** Digits after `=`; empty for `S0=`, which is an error. */
  readonly value: string
}

export interface Parsed {
  readonly command: ParsedCommand
  /** Index of the next command. */
  readonly next: number
}

/** A syntax error. `text` is the rest of the line from there. */
export interface SyntaxError {
  readonly error: string
  readonly text: string
}

/** Returns the command that begins at `from`, a SyntaxError, or `null` at the end of the line. */
export function nextCommand(line: string, from: number): Parsed | SyntaxError | null {
  let at = afterSpaces(line, from)
  // A basic command needs no `;` after it, but many hosts send one.
  if (from > 0 && line[at] === ';' && line[from - 1] !== ';') at = afterSpaces(line, at + 1)
  if (at >= line.length) return null
  const first = line[at]!
  if (EXTENDED_PREFIXES.includes(first)) return extended(line, at)
  // Behind a command it would write a register that nobody named (D-20).
  if (first === '=' && from > 0) return { error: 'no command begins with =', text: line.slice(at) }
  if (first === '=' || first === '?') return register(line, at, null, at)
  if (first === 'S' || first === 's')
    return register(line, at, digitsAt(line, afterSpaces(line, at + 1)), afterSpaces(line, at + 1))
  return basic(line, at)
}

function afterSpaces(line: string, from: number): number {
  let at = from
  while (line[at] === ' ') at += 1
  return at
}

const EXTENDED_PREFIXES = '+#$@*'

function extended(line: string, start: number): Parsed | SyntaxError {
  const end = endOfExtended(line, start)
  if (end === null) return { error: 'a quoted text is not closed', text: line.slice(start) }
  const text = line.slice(start, end).trimEnd()
  const match = /^(.[A-Za-z0-9 ]*)(.*)$/s.exec(text)!
  // Spaces count only in numbers and quoted texts (at-reference 1).
  const name = match[1]!.replaceAll(' ', '').toUpperCase()
  const rest = match[2]!
  const next = end + 1
  const command = (form: ExtendedForm, args: readonly RawArgument[] = []): Parsed => ({
    command: { kind: 'extended', name, form, args, text },
    next
  })
  if (rest === '') return command('execute')
  if (rest === '?') return command('read')
  if (rest[0] !== '=') return { error: whatFollows(name, rest[0]!), text }
  const after = rest.slice(1).trim()
  if (after === '?') return command('test')
  const args = splitArguments(after)
  return args ? command('set', args) : { error: 'a quoted text has something beside it', text }
}

/** Describes what should stand in place of `found`. */
function whatFollows(name: string, found: string): string {
  if (name.length === 1) return `after ${name} comes a command name of letters and digits, not ${found}`
  return IN_OTHER_NAMES.includes(found)
    ? `a command name has only letters and digits, not ${found}`
    : `after ${name} comes =, ? or nothing`
}

/** Characters in names of programs and files. */
const IN_OTHER_NAMES = '_-.'

/**
 * Returns the index of the `;` that ends an extended command, or the length of the line. `null` when a quote is not
 * closed.
 */
function endOfExtended(line: string, start: number): number | null {
  let quoted = false
  for (let at = start; at < line.length; at += 1) {
    if (line[at] === '"') quoted = !quoted
    else if (line[at] === ';' && !quoted) return at
  }
  return quoted ? null : line.length
}

function splitArguments(text: string): RawArgument[] | null {
  if (text === '') return []
  const pieces: string[] = []
  let quoted = false
  let piece = ''
  for (const char of text) {
    if (char === '"') quoted = !quoted
    if (char === ',' && !quoted) {
      pieces.push(piece)
      piece = ''
    } else piece += char
  }
  pieces.push(piece)
  const args = pieces.map(argument)
  return args.every((one) => one !== null) ? args : null
}

function argument(piece: string): RawArgument | null {
  const trimmed = piece.trim()
  if (!trimmed.includes('"')) return { text: trimmed, quoted: false }
  const match = /^"([^"]*)"$/.exec(trimmed)
  return match ? { text: match[1]!, quoted: true } : null
}

function register(line: string, start: number, digits: string | null, afterName: number): Parsed | SyntaxError {
  let at = afterName + (digits?.length ?? 0)
  // S without a number means the selected register, like no S at all.
  const number = digits ? Number(digits) : null
  at = afterSpaces(line, at)
  const done = (form: RegisterAccess['form'], end: number, value = ''): Parsed => ({
    command: { kind: 'register', register: { number, form, value }, text: line.slice(start, end) },
    next: end
  })
  if (line[at] === '?') return done('read', at + 1)
  if (line[at] !== '=')
    return number === null ? { error: 'S needs a number', text: line.slice(start) } : done('select', at)
  at = afterSpaces(line, at + 1)
  if (line[at] === '?') return done('test', at + 1)
  const value = digitsAt(line, at)
  return done('write', at + value.length, value)
}

function basic(line: string, start: number): Parsed | SyntaxError {
  const match = /^([&\\%]? *[A-Za-z]) *(?:(=) *)?(\d*)( *=)?/.exec(line.slice(start))
  if (!match) return { error: `no command begins with ${line[start]}`, text: line.slice(start) }
  const [text, spelt = '', equals, digits = '', second] = match
  const name = spelt.replaceAll(' ', '').toUpperCase()
  // Hosts send ATE=0. After no other command does = have a meaning (D-20).
  if (second !== undefined || (equals !== undefined && (name !== 'E' || digits === ''))) {
    return { error: `= has no meaning behind ${name}`, text: line.slice(start) }
  }
  return { command: { kind: 'basic', name, digits, text: text.trimEnd() }, next: start + text.length }
}

function digitsAt(line: string, at: number): string {
  return /^\d*/.exec(line.slice(at))![0]
}
