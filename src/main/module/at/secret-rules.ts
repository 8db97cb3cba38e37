import type { CommandDeclaration } from '../../../shared/commands/declaration.ts'

/**
 * Which commands carry a secret, and where: read from the declarations, widened by commands of the AT world that are not
 * emulated here, because a host types those too.
 */
export class SecretRules {
  private readonly declared: ReadonlySet<string>
  /** By name: for each parameter the secret's name, or null. */
  private readonly bearing: ReadonlyMap<string, readonly (string | null)[]>
  private readonly bareNames: readonly string[]

  constructor(declarations: Iterable<CommandDeclaration>) {
    const all = [...declarations].filter(({ name }) => EXTENDED_PREFIXES.includes(name[0]!))
    this.declared = new Set(all.map(({ name }) => name.toUpperCase()))
    this.bearing = new Map(
      all.flatMap((command): [string, (string | null)[]][] => {
        const names = command.parameters.map((one) => (one.kind === 'text' && one.secret ? secretName(command.name, one.name) : null))
        return names.some((one) => one !== null) ? [[command.name.toUpperCase(), names]] : []
      })
    )
    this.bareNames = [...new Set([...this.bearing.keys(), ...elsewhere].map((name) => name.slice(1)))]
  }

  isDeclared(name: string): boolean {
    return this.declared.has(name)
  }

  /** Whether a declared name begins with this. */
  mayBecomeDeclared(start: string): boolean {
    return [...this.declared].some((name) => name.startsWith(start))
  }

  /** For each parameter the secret's name or null; null when the command carries none. */
  secretsOf(name: string): readonly (string | null)[] | null {
    return this.bearing.get(name) ?? null
  }

  /** Whether an unknown name (without its prefix) looks like one of a command that carries a secret, typed wrongly. */
  resembles(bareName: string): boolean {
    const name = bareName.replace(/\d+$/, '')
    if (name.length < SHORTEST_NAME_CHARS) return false
    return this.bareNames.some((known) => mistypes(name, known) <= (known.length > SHORT_NAME_CHARS ? 2 : 1))
  }
}

/** How a secret is called in transcripts: `cpin-pin`, `ftpopen-password`. */
function secretName(command: string, parameter: string): string {
  return `${command.slice(1)}-${parameter}`.toLowerCase()
}

export const EXTENDED_PREFIXES = '+#$@*'

/** Commands with passwords and PINs that the modules of the time have and that are not emulated. */
const elsewhere = [
  '+CPIN', '+CPIN2', '+CLCK', '+CPWD', '#PASSW', '#EPASSW', '#SGACTAUTH', '#SGACT', '#FTPOPEN', '#FTPLOGIN', '#FTPPASS', '#FTPPW',
  '+CGAUTH', '#PDPAUTH', '#HTTPCFG', '#PCODE'
]
const SHORTEST_NAME_CHARS = 3
/** Two wrong letters in five make another word. */
const SHORT_NAME_CHARS = 5

/** Letters left out, put in, exchanged or swapped with their neighbour to make `typed` of `meant` (optimal string alignment). */
function mistypes(typed: string, meant: string): number {
  let [before, row] = [[] as number[], Array.from({ length: meant.length + 1 }, (_, at) => at)]
  for (let i = 1; i <= typed.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= meant.length; j += 1) {
      const same = typed[i - 1] === meant[j - 1]
      let cost = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (same ? 0 : 1))
      if (i > 1 && j > 1 && typed[i - 1] === meant[j - 2] && typed[i - 2] === meant[j - 1]) cost = Math.min(cost, before[j - 2]! + 1)
      next.push(cost)
    }
    ;[before, row] = [row, next]
  }
  return row[meant.length]!
}
