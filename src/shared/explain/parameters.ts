import { parametersOf, rangesOf, type CommandDeclaration, type ParameterDeclaration } from '../commands/declaration.ts'
import { commands } from '../commands/index.ts'
import { elsewhere, parametersBeyond, takesCount, takesValue } from './elsewhere.ts'
import type { Remedy } from './explanation.ts'
import { choose, hasIt, profileThen, type Here } from './other-products.ts'
import { ownValues, shown, type Builder, type Story } from './story.ts'
import { listText, ordinal } from './words.ts'

// Parameters that the command does not accept (guide chapters 3 and 4).

export const badParameter: Builder = (story) => {
  const declaration = commands.find((one) => one.name === story.command?.name)
  const here = profileThen(story)
  const wrong = story.fact('parameter')
  const known = declaration && here && wrong ? ofOtherProducts(story, here, declaration, wrong.name) : null
  return {
    title: known?.title ?? 'The command does not accept a parameter',
    happened: [
      shown(story.failure.sentence, story.command?.seq ?? null),
      ...(known?.sentences ?? []).map((one) => shown(one))
    ],
    values: ownValues(story, wrong?.name === null ? 'parameters' : (wrong?.name ?? 'parameter')),
    remedies: () => [
      ...(known?.remedies ?? []),
      ...(declaration && /^[+#]/.test(declaration.name)
        ? [{ sentence: 'List the values that it accepts.', commands: [`AT${declaration.name}=?`] }]
        : [{ sentence: `Use ${story.failure.expected ?? 'a value that it accepts'}.`, commands: [] }])
    ],
    parts: ['at']
  }
}

interface OfOthers {
  readonly title: string
  readonly sentences: readonly string[]
  readonly remedies: readonly Remedy[]
}

/**
 * Returns what other products or software would accept, or `null`. `name` is `null` when there were too many
 * parameters.
 */
function ofOtherProducts(
  story: Story,
  here: Here,
  declaration: CommandDeclaration,
  name: string | null
): OfOthers | null {
  const { profile } = here
  const got = /^\d{1,10}$/.test(story.failure.got ?? '') ? Number(story.failure.got) : null
  if (got === null) return null
  if (name === null) return moreParameters(story, here, declaration, got)
  const parameter = declaration.parameters.find((one) => one.name === name)
  if (parameter?.kind !== 'number') return null
  const where = elsewhere(profile.product, profile.software, takesValue(declaration, parameter, got))
  if (!where) return null
  const taken = rangesOf(parameter, profile).map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`))
  return {
    title: `${profile.product} does not have <${name}> ${got}`,
    sentences: [
      `${hasIt(where, `${got} of <${name}> (${parameter.about})`)} Here the range is ${listText(taken, 'or')}.`,
      ...instead(parameter)
    ],
    remedies: [choose(where)]
  }
}

function moreParameters(
  story: Story,
  { profile }: Here,
  declaration: CommandDeclaration,
  given: number
): OfOthers | null {
  const where = elsewhere(profile.product, profile.software, takesCount(declaration, given))
  if (!where) return null
  const own = parametersOf(declaration, profile).length
  const beyond = parametersBeyond(declaration, profile, given)
  const names = listText(beyond.map(({ name }) => `<${name}>`))
  const sentence =
    beyond.length === 1
      ? hasIt(where, `The ${ordinal(own + 1)} parameter, ${names},`)
      : hasIt(where, `The parameters from the ${ordinal(own + 1)} on, ${names},`, 'belong')
  return {
    title: `${declaration.name} has ${own} parameters on ${profile.product}`,
    sentences: [sentence, ...beyond.flatMap(instead)],
    remedies: [...shortened(story, own), choose(where)]
  }
}

const instead = ({ without }: ParameterDeclaration): string[] => (without === undefined ? [] : [without])

/** Returns the typed command without the surplus parameters. */
function shortened({ command }: Story, count: number): Remedy[] {
  const [, head, list] = /^([^=]+=)(.*)$/.exec(command?.text ?? '') ?? []
  if (head === undefined || list === undefined || /["*]/.test(list)) return []
  return [
    {
      sentence: `Leave out the parameters after ${count === 1 ? 'the first' : `the first ${count}`}.`,
      commands: [`AT${head}${list.split(',').slice(0, count).join(',')}`]
    }
  ]
}
