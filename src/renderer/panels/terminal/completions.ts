import { rangesOf, parametersOf, type ParameterDeclaration } from '../../../shared/commands/declaration.ts'
import { commandsOf } from '../../../shared/commands/index.ts'
import { guideDial } from '../../../shared/lessons/lesson.ts'
import type { ModuleProfile } from '../../../shared/products/profile.ts'
import { lastCommandOf } from './command-help.ts'
import { terminalWords } from './words.ts'

const words = terminalWords.completions

/** One possible continuation of the line. */
export interface Completion {
  /** The text in the list: a whole name, a form or a value. */
  readonly label: string
  /** What it is, in a few words; may be empty. */
  readonly about: string
  /** What is typed if it is chosen. */
  readonly rest: string
}

/** Larger ranges are shown in the help line, not listed. */
const MAX_VALUES = 8

/** Returns the completions of a line for this product: names that begin with it, forms of a name, or values of a parameter. */
export function completionsOf(line: string, profile: ModuleProfile): readonly Completion[] {
  const typed = lastCommandOf(line)
  if (typed === null) return []
  const known = commandsOf(profile)
  const lower = /[a-z]$/.test(line)
  const cased = (text: string): string => (lower ? text.toLowerCase() : text)
  if (typed.form === 'execute') {
    const command = known.get(typed.name)
    const extended = /^[+#$@*]/.test(typed.name)
    const forms = command && extended ? formsOf(command.forms, typed.name) : []
    const names = [...known.values()]
      .filter(({ name }) => name !== typed.name && name.startsWith(typed.name))
      .map(({ name, summary }) => ({ label: name, about: summary, rest: cased(name.slice(typed.name.length)) }))
    return [...forms, ...names]
  }
  const command = known.get(typed.name)
  const parameter = command && typed.form === 'set' ? parametersOf(command, profile)[typed.count - 1] : undefined
  if (!parameter || !/^[+#$@*]/.test(typed.name)) return []
  const begun = /[=,]\s*([^=,]*)$/.exec(line)?.[1] ?? ''
  return valuesOf(parameter, profile)
    .filter(({ label }) => label !== begun && label.startsWith(begun))
    .map(({ label, about }) => ({ label, about, rest: label.slice(begun.length) }))
}

function formsOf(forms: readonly string[], name: string): readonly Completion[] {
  const all = [
    { form: 'set', rest: '=', about: words.set },
    { form: 'read', rest: '?', about: words.read },
    { form: 'test', rest: '=?', about: words.test }
  ]
  return all
    .filter(({ form }) => form === 'test' || forms.includes(form))
    .map(({ rest, about }) => ({ label: `${name}${rest}`, about, rest }))
}

function valuesOf(
  parameter: ParameterDeclaration,
  profile: ModuleProfile
): readonly { readonly label: string; readonly about: string }[] {
  if (parameter.kind === 'text')
    return parameter.name === 'host' ? [{ label: `"${guideDial.host}"`, about: words.guideHost }] : []
  if (parameter.name === 'port') return [{ label: String(guideDial.port), about: words.guidePort }]
  const ranges = rangesOf(parameter, profile)
  const count = ranges.reduce((sum, [low, high]) => sum + high - low + 1, 0)
  const factory = parameter.default
  if (count > MAX_VALUES) return factory === undefined ? [] : [{ label: String(factory), about: words.default }]
  return ranges
    .flatMap(([low, high]) => Array.from({ length: high - low + 1 }, (_, at) => low + at))
    .map((value) => ({
      label: String(value),
      about: meaningOf(parameter.about, value) + (value === factory ? words.isDefault : '')
    }))
}

/** Returns the meaning of a value from a text like `0 online, 1 command`; empty if it is not listed. */
function meaningOf(about: string, value: number): string {
  const parts = about.split(/[,:;]\s+/)
  return parts.find((part) => part.startsWith(`${value} `))?.slice(String(value).length + 1) ?? ''
}
