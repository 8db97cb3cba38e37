import { parametersOf, rangesOf } from '../../../shared/commands/declaration.ts'
import type { CommandDeclaration, CommandForm, ParameterDeclaration } from '../../../shared/commands/declaration.ts'
import { commands, commandsOf } from '../../../shared/commands/index.ts'
import { nameStanding } from '../../../shared/commands/known-names.ts'
import { notEmulated } from '../../../shared/commands/not-emulated.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { softwareLine } from '../../../shared/products/software.ts'
import { rangesText } from '../../state/sentence/what-changes.ts'
import { terminalWords } from './words.ts'

/** The help for a line while it is typed. */
export type LineHelp =
  | { readonly kind: 'none' }
  /** The name is incomplete: `names` are the possible ones. */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | CommandHelp
  /** The product has no such command. */
  | { readonly kind: 'absent'; readonly name: string; readonly why: string }

export interface CommandHelp {
  readonly kind: 'command'
  readonly name: string
  readonly summary: string
  readonly form: CommandForm | 'test'
  /** Whether the command has the typed form. A command with a prefix (`+`, `#`, …) always has the test form. */
  readonly hasForm: boolean
  /** How each form is written: `=…`, `?`, `=?`, or only the name. */
  readonly forms: readonly { readonly form: CommandForm | 'test'; readonly text: string }[]
  readonly parameters: readonly ParameterHelp[]
  /** Index of the parameter that is being typed, past the last if there are too many; `null` outside the set form. */
  readonly at: number | null
  /** Longer command names that begin with this one. */
  readonly longer: readonly string[]
  readonly approximate: string | null
}

export interface ParameterHelp {
  readonly name: string
  readonly about: string
  /** Its values in words: `1-65535`, `up to 255 characters`. */
  readonly values: string
  readonly unit: string | null
  readonly default: string | null
  readonly optional: boolean
}

/** Returns help for the command at the end of `line`, as the product has it. */
export function helpFor(line: string, profile: ModuleProfile): LineHelp {
  const typed = lastCommandOf(line)
  if (typed === null) return { kind: 'none' }
  const known = commandsOf(profile)
  const longer = [...known.keys()].filter((name) => name !== typed.name && name.startsWith(typed.name))
  const command = known.get(typed.name)
  if (command) return commandHelp(command, typed, profile, typed.form === 'execute' ? longer : [])
  if (longer.length > 0 && typed.form === 'execute') return { kind: 'names', names: longer }
  return { kind: 'absent', name: typed.name, why: whyAbsent(typed.name, profile) }
}

/** Returns what Tab adds to the line: the rest of the name, as far as all matching names agree. */
export function completionOf(line: string, profile: ModuleProfile): string {
  const typed = lastCommandOf(line)
  if (typed === null || typed.form !== 'execute') return ''
  const names = [...commandsOf(profile).keys()].filter((name) => name.startsWith(typed.name))
  const [first = '', ...others] = names
  let length = first.length
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--
  const rest = first.slice(typed.name.length, length)
  return /[a-z]$/.test(line) ? rest.toLowerCase() : rest
}

export interface TypedCommand {
  readonly name: string
  readonly form: CommandForm | 'test'
  /** For the set form, the number of parameters, including the one that is being typed. */
  readonly count: number
}

/** Returns the command at the end of the line, after any complete ones; `null` if there is none. */
export function lastCommandOf(line: string): TypedCommand | null {
  let rest = /^at(.*)$/is.exec(line)?.[1]?.trimStart() ?? ''
  for (;;) {
    const basic = /^(?:&$|S\d+(?:=\?|=\d*|\?)?|[&\\%]?[A-Z]\s*\d*)/i.exec(rest)?.[0] ?? ''
    const extended = /^[+#$@*](?:[^;"]|"[^"]*(?:"|$))*/.exec(rest)?.[0] ?? ''
    const taken = basic || extended
    if (taken === '') return null
    const after = rest.slice(taken.length).replace(/^\s*;?\s*/, '')
    if (taken.length === rest.length) return basic ? basicCommand(basic) : extendedCommand(extended)
    rest = after
  }
}

function basicCommand(text: string): TypedCommand {
  if (/^S\d/i.test(text)) return { name: 'S', form: 'set', count: 1 }
  const name = /^[&\\%]?[A-Z]?/i.exec(text)![0].toUpperCase()
  return { name, form: name === '&' ? 'execute' : 'set', count: 1 }
}

function extendedCommand(text: string): TypedCommand {
  const [, name, rest] = /^(.[A-Za-z0-9]*)\s*(.*)$/s.exec(text)!
  const after = rest!.trimEnd()
  const of = (form: TypedCommand['form'], count = 0): TypedCommand => ({ name: name!.toUpperCase(), form, count })
  if (after === '') return of('execute')
  if (after === '?') return of('read')
  if (after === '=?') return of('test')
  return of('set', after.replaceAll(/"[^"]*("|$)/g, '').split(',').length)
}

function commandHelp(
  command: CommandDeclaration,
  typed: TypedCommand,
  profile: ModuleProfile,
  longer: readonly string[]
): CommandHelp {
  const basic = !/^[+#$@*]/.test(command.name)
  const parameters = parametersOf(command, profile)
  const texts: Readonly<Record<CommandForm | 'test', string>> = {
    set: basic ? 'n' : '=…',
    read: '?',
    execute: '',
    test: '=?'
  }
  const forms = [...command.forms, ...(basic ? [] : (['test'] as const))]
  return {
    kind: 'command',
    name: command.name,
    summary: command.summary,
    form: typed.form,
    hasForm: forms.includes(typed.form),
    forms: forms.map((form) => ({ form, text: command.name + texts[form] })),
    parameters: parameters.map((one) => parameterHelp(one, profile)),
    at: typed.form === 'set' ? typed.count - 1 : null,
    longer,
    approximate: command.approximate ?? command.keptOnly ?? null
  }
}

function parameterHelp(parameter: ParameterDeclaration, profile: ModuleProfile): ParameterHelp {
  const { name, about } = parameter
  const values =
    parameter.kind === 'text' ? terminalWords.help.upTo(parameter.maxChars) : rangesText(rangesOf(parameter, profile))
  const unit = parameter.kind === 'text' ? null : (parameter.unit ?? null)
  const factory = parameter.default === undefined ? null : String(parameter.default)
  return { name, about, values, unit, default: factory, optional: parameter.optional === true }
}

function whyAbsent(name: string, profile: ModuleProfile): string {
  const { absent } = terminalWords
  const here = `${profile.product} ${profile.software}`
  if (name === 'S') return absent.register
  if (commands.some((one) => one.name === name)) return absent.elsewhere(here)
  const known = notEmulated.find((one) => one.names.includes(name))
  if (known) return absent.notEmulated(known.about, known.why)
  return absent.standing[nameStanding(name, softwareLine(profile.software))](here)
}
