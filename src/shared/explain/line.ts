import type { Snapshot } from '../calls/snapshot.ts'
import type { CommandDeclaration } from '../commands/declaration.ts'
import { commands, commandsOf } from '../commands/index.ts'
import { nameStanding } from '../commands/known-names.ts'
import { notEmulated } from '../commands/not-emulated.ts'
import { elsewhere, hasCommand } from './elsewhere.ts'
import type { Remedy } from './explanation.ts'
import { nearNames } from './near-names.ts'
import { capital, choose, hasIt, profileThen, type Here } from './other-products.ts'
import { setSwitch, storeSlot } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story, type Told } from './story.ts'
import { commandBefore } from './trail.ts'
import { bytesText, listText, secondsText } from './words.ts'

// Refused command lines: unknown commands and wrong parameters (D-20, D-22). The response is ERROR for all values of
// +CMEE.

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

/** A declared command that this product or software does not have. */
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

/** The product has it, but a profile switch removed it (D-9). */
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

/** Other lines, later products or other makers have it (D-42): the hardware answers ERROR too. */
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

/** Returns whether commands were executed before the syntax error. */
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

/** A counted entry whose host stopped before the count was reached (D-39). */
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
