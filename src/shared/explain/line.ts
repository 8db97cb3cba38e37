import { parametersOf, rangesOf, type CommandDeclaration, type ParameterDeclaration } from '../commands/declaration.ts'
import { commands, commandsOf } from '../commands/index.ts'
import { nameStanding } from '../commands/known-names.ts'
import { notEmulated } from '../commands/not-emulated.ts'
import { profileOf } from '../products/catalog.ts'
import type { ModuleProfile } from '../products/profile.ts'
import { softwareLine } from '../products/software.ts'
import type { Snapshot } from '../calls/snapshot.ts'
import { elsewhere, hasCommand, parametersBeyond, takesCount, takesValue, type Elsewhere } from './elsewhere.ts'
import type { Remedy } from './explanation.ts'
import { nearNames } from './near-names.ts'
import { setSwitch, storeSlot } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story, type Told } from './story.ts'
import { commandBefore } from './trail.ts'
import { bytesText, listText, ordinal, secondsText } from './words.ts'

/** The AT line itself: what is no command, or not with these parameters (D-20, D-22). Always a plain ERROR, whatever +CMEE says. */

export const unknownCommand: Builder = (story) => {
  const name = story.failure.got ?? ''
  const here = profileThen(story)
  const declaration = commands.find((one) => one.name === name)
  if (here && declaration) return commandOfOthers(story, here, declaration)
  const standing = nameStanding(name, here?.line ?? 12)
  if (standing === 'not emulated here') return notBuilt(name)
  if (standing === 'not on this product') return foreign(name, here?.text ?? 'This product')
  const near = nearNames(name, here ? commandsOf(here.profile).keys() : commands.map((one) => one.name))
  return {
    title: `There is no command ${name}`,
    happened: [shown('No known product has a command of this name, neither those of the guide nor others.')],
    values: [compared('command', near.length > 0 ? listText(near, 'or') : null, name)],
    remedies: () =>
      near.length > 0
        ? [{ sentence: `Was ${listText(near, 'or')} meant?`, commands: [`AT${near[0]}=?`] }]
        : [{ sentence: 'The command matrix lists the commands of each product.', commands: [] }],
    parts: ['at']
  }
}

/** Declared, and not on this product or not with this software. */
function commandOfOthers(story: Story, { profile, text }: Here, declaration: CommandDeclaration): Told {
  const { name } = declaration
  if (commandsOf(profile).has(name)) return switchedOff(name, text)
  const where = elsewhere(profile.product, profile.software, hasCommand(declaration))
  const later = where?.softwareIsNewer === true
  return {
    title: `${text} has no ${name}`,
    happened: [shown(where ? hasIt(where) : 'No product has it.')],
    values: [
      compared('product', later ? `${profile.product} with software ${where.software}` : (where?.others ?? null), text)
    ],
    ...(name === '#SSLFASTD' ? { rule: 'G-4.4-3' } : name.startsWith('#SSL') && later ? { rule: 'G-0-3' } : {}),
    remedies: (now) => [
      {
        sentence: later ? `Choose software ${where.software} or newer.` : 'Choose a product that has it.',
        commands: [],
        act: 'choose-product'
      },
      ...(name === '#SSLSENDEXT' && profile.hasSsl ? [setSwitch('sslSendExt', 'there')] : []),
      ...(name === '#SSLFASTD'
        ? [
            {
              sentence: 'Or dial with a full handshake: the fast dial only saves time.',
              commands: redial(story, now)
            } satisfies Remedy
          ]
        : [])
    ],
    parts: ['at']
  }
}

/** The product has it, and a person decided otherwise (D-9). */
function switchedOff(name: string, text: string): Told {
  return {
    title: `${name} is switched off`,
    happened: [shown(`${text} has it. The profile switch sslSendExt is set to absent.`)],
    values: [compared('sslSendExt', 'there', 'absent')],
    rule: 'D-9',
    remedies: () => [setSwitch('sslSendExt', 'there')],
    parts: ['at']
  }
}

/** The hardware has it (D-42). */
function notBuilt(name: string): Told {
  const known = notEmulated.find(({ names }) => names.includes(name))
  return {
    title: `${name} is not emulated here`,
    happened: [
      shown('The hardware has this command. Here it gives ERROR: an OK without any action would be worse.'),
      ...(known ? [shown(`${capital(known.about)}: ${known.why}.`)] : [])
    ],
    values: [compared('command', 'one that is emulated', name)],
    remedies: () => [{ sentence: 'The command matrix lists the emulated commands of each product.', commands: [] }],
    parts: ['at']
  }
}

/** Other lines, later products or other makers have it (D-42): the hardware answers ERROR as well. */
function foreign(name: string, here: string): Told {
  return {
    title: `${name} is not on this product`,
    happened: [
      shown(
        `It belongs to other products, such as later ones, LTE modules or those of other makers. ${here} gives ERROR on the hardware too.`
      )
    ],
    values: [compared('command', 'one of this product', name)],
    remedies: () => [
      {
        sentence: 'Let the host continue after this ERROR. Programs that work with many modems try such commands.',
        commands: []
      }
    ],
    parts: ['at']
  }
}

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

/** What other products or software would have taken; `null` where nothing would. `name` null: there were too many parameters. */
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

/** The command without what is too much, as it was typed. */
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

function choose({ software, softwareIsNewer }: Elsewhere): Remedy {
  const sentence =
    software === null
      ? 'Choose a product that has it.'
      : `Choose software ${software}${softwareIsNewer ? ' or newer' : ''}.`
  return { sentence, commands: [], act: 'choose-product' }
}

/** Who has it: this product with other software, other products, or both. */
function hasIt({ software, softwareIsNewer, others }: Elsewhere, what = 'It', verb = 'belongs'): string {
  const own = software === null ? null : `this product with software ${software}${softwareIsNewer ? ' or newer' : ''}`
  return `${what} ${verb} to ${listText([own, others].filter((one) => one !== null))}.`
}

export const noSuchForm: Builder = (story) => ({
  title: `${story.command?.name ?? 'The command'} has no such form`,
  happened: [shown(story.failure.sentence, story.command?.seq ?? null)],
  values: ownValues(story, 'form'),
  remedies: () => [
    {
      sentence: `Use ${story.failure.expected ?? 'another form'}; the test form lists the parameters.`,
      commands: story.command ? [`AT${story.command.name}=?`] : []
    }
  ],
  parts: ['at']
})

export const lineTooLong: Builder = (story) => {
  const { gotBytes = null } = story.fact('size') ?? {}
  const here = profileThen(story)
  const where =
    here && gotBytes !== null
      ? elsewhere(here.profile.product, here.profile.software, ({ commandLineChars }) => commandLineChars >= gotBytes)
      : null
  return {
    title: 'The command line is too long',
    happened: [
      shown('No command in it ran. The next line is read as usual.'),
      ...(where ? [shown(hasIt(where, `A line of ${gotBytes} characters`))] : [])
    ],
    values: [compared('line', story.failure.expected, story.failure.got ?? 'more')],
    remedies: () => [
      { sentence: 'Put each command on its own line, or shorten the parameters.', commands: [] },
      ...(where ? [choose(where)] : [])
    ],
    parts: ['at']
  }
}

export const badSyntax: Builder = (story) => ({
  title: 'The line cannot be read as a command',
  happened: [
    shown(
      `${story.failure.sentence}${somethingRan(story) ? ' The commands before it on the line ran.' : ''}`,
      story.evidence.chain.at(-1) ?? null
    )
  ],
  values: ownValues(story, 'command'),
  remedies: () => [
    {
      sentence: 'A line is AT and a command: AT#SSLS=1, AT+CSQ, ATE0. To check that the module answers:',
      commands: ['AT']
    }
  ],
  parts: ['at']
})

/** Whether commands stood on the line before what could not be read. */
function somethingRan({ source, evidence, failure }: Story): boolean {
  return evidence.chain.some((seq) => {
    const what = source.at(seq)?.what
    return (
      what?.kind === 'line' &&
      failure.got !== null &&
      !/^AT\s*$/i.test(what.text.slice(0, what.text.lastIndexOf(failure.got)))
    )
  })
}

export const nothingEntered: Builder = (story) => {
  const type = Number(/^#SSLSECDATA=\s*1\s*,\s*1\s*,\s*([012])/.exec(story.command?.text ?? '')?.[1] ?? 1)
  const slot = (['client-certificate', 'ca-certificate', 'private-key'] as const)[type]!
  return {
    title: 'Nothing was entered at the prompt',
    happened: [shown('Ctrl-Z was the first byte, so there was nothing to store. The slot keeps its content.')],
    values: ownValues(story, 'entry'),
    remedies: (now) => [storeSlot(now, slot, 'Enter the data, then Ctrl-Z.', null, 'the data')],
    parts: [`nvm:${slot}`, 'at']
  }
}

/** A counted entry whose host stopped before the count was full (D-39). */
export const entryTimeout: Builder = (story) => {
  const limitMs = story.fact('timer')?.limitMs ?? 0
  const { gotBytes, limitBytes } = story.fact('size') ?? { gotBytes: 0, limitBytes: 0 }
  return {
    title: `The entry stopped after ${gotBytes} of ${bytesText(limitBytes)}`,
    happened: [
      shown(
        'The command announced how many bytes follow. Each of them is data, so Ctrl-Z and ESC do not end the entry.',
        story.command?.seq ?? null
      ),
      shown(
        `No byte arrived for ${secondsText(limitMs)}, so the module ended the entry. Nothing was stored or sent.`,
        story.evidence.expiredTimer
      )
    ],
    values: [compared('bytes', `${limitBytes}`, `${gotBytes}`)],
    picture: { kind: 'size', label: 'entry', gotBytes, limitBytes },
    remedies: () => [{ sentence: 'Announce the number of bytes that you send, and send all of them.', commands: [] }],
    parts: ['timer:command', 'at']
  }
}

export const tooMuchAtOnce: Builder = (story) => ({
  title: 'The module does not accept this value',
  happened: [shown(story.failure.sentence, story.command?.seq ?? null)],
  values: ownValues(story, 'value'),
  remedies: () => [
    { sentence: 'List the values that it accepts.', commands: story.command ? [`AT${story.command.name}=?`] : [] }
  ],
  parts: ['at']
})

function redial({ source, seq }: Story, { lab }: Snapshot): string[] {
  const dial = commandBefore(source, seq, ['#SSLD'])
  if (dial?.what.kind === 'command') return [`AT${dial.what.text}`]
  return lab.tls ? [`AT#SSLD=1,${lab.tls.port},"${lab.tls.host}",0,1`] : []
}

interface Here {
  readonly profile: ModuleProfile
  readonly line: 10 | 12 | 13 | 16
  /** `GE910-QUAD with software 13.00.xx9`. */
  readonly text: string
}

/** The product and software that refused; `null` for an event of another program. */
function profileThen({ moment }: Story): Here | null {
  if (!moment) return null
  const { product, software } = moment
  return {
    profile: profileOf(product, software),
    line: softwareLine(software),
    text: `${product} with software ${software}`
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
