import { commands } from '../commands/index.ts'
import { notEmulated } from '../commands/not-emulated.ts'
import { products, profileOf } from '../products/catalog.ts'
import type { Remedy } from './explanation.ts'
import { profileNow, storeSlot } from './remedies.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore } from './trail.ts'
import { bytesText, listText, secondsText } from './words.ts'

/** The AT line itself: what is no command, or not with these parameters (D-20, D-22). Always a plain ERROR, whatever +CMEE says. */

export const unknownCommand: Builder = (story) => {
  const name = story.failure.got ?? ''
  const { product, software } = profileNow(story.snapshot)
  const declaration = commands.find((one) => one.name === name)
  const missing = notEmulated.find(({ names }) => names.includes(name))
  const here = `${product} with software ${software}`
  if (declaration) {
    const having = products.filter((one) => declaration.exists?.(profileOf(one.name, null)) ?? true)
    const later = having.some((one) => one.name === product)
    const families = [...new Set(having.map(({ family }) => family))]
    return {
      title: `${here} has no ${name}`,
      happened: [
        shown(
          later
            ? 'This product has it with newer software.'
            : `The command is there in ${listText(families)}; this product is not among them.`
        )
      ],
      values: [compared('product', later ? `${product} with newer software` : listText(families, 'or'), here)],
      ...(name === '#SSLFASTD' ? { rule: 'G-4.4-3' } : name.startsWith('#SSL') && later ? { rule: 'G-0-3' } : {}),
      remedies: [
        { sentence: later ? 'Choose the newest software.' : 'Choose a product that has it.', commands: [], act: 'choose-product' },
        ...(name === '#SSLFASTD'
          ? [{ sentence: 'Or dial in full: a fast dial only saves time.', commands: redial(story) } satisfies Remedy]
          : [])
      ],
      parts: ['at']
    }
  }
  return {
    title: missing ? `${name} is not emulated` : `There is no command ${name}`,
    happened: [shown(missing ? `${capital(missing.about)}: ${missing.why}.` : 'No product of the guide has it under this name.')],
    values: [compared('command', similar(name), name)],
    remedies: [{ sentence: 'The command matrix lists what there is, and in which product.', commands: [] }],
    parts: ['at']
  }
}

export const badParameter: Builder = (story) => {
  const declaration = commands.find((one) => one.name === story.command?.name)
  return {
    title: 'A parameter is not what the command takes',
    happened: [shown(story.failure.sentence, story.command?.seq ?? null)],
    values: ownValues(story, 'parameter'),
    remedies:
      declaration && /^[+#]/.test(declaration.name)
        ? [{ sentence: 'See what it takes.', commands: [`AT${declaration.name}=?`] }]
        : [{ sentence: `Give ${story.failure.expected ?? 'a value that it takes'}.`, commands: [] }],
    parts: ['at']
  }
}

export const noSuchForm: Builder = (story) => ({
  title: `${story.command?.name ?? 'The command'} has no such form`,
  happened: [shown(story.failure.sentence, story.command?.seq ?? null)],
  values: ownValues(story, 'form'),
  remedies: [
    {
      sentence: `Use ${story.failure.expected ?? 'another form'}; the test form tells the parameters.`,
      commands: story.command ? [`AT${story.command.name}=?`] : []
    }
  ],
  parts: ['at']
})

export const lineTooLong: Builder = (story) => ({
  title: 'The command line is too long',
  happened: [shown('Nothing of it ran; the next line is read as usual.')],
  values: [compared('line', story.failure.expected, 'more')],
  remedies: [
    { sentence: 'Send the commands on lines of their own; newer software takes longer lines.', commands: [], act: 'choose-product' }
  ],
  parts: ['at']
})

export const badSyntax: Builder = (story) => ({
  title: 'The line cannot be read as a command',
  happened: [
    shown(
      `${story.failure.sentence}${somethingRan(story) ? ' What stood before it on the line was carried out.' : ''}`,
      story.evidence.chain.at(-1) ?? null
    )
  ],
  values: ownValues(story, 'command'),
  remedies: [{ sentence: 'A line is AT and a command: AT#SSLS=1, AT+CSQ, ATE0. To see that the module hears:', commands: ['AT'] }],
  parts: ['at']
})

/** Whether commands stood on the line before what could not be read. */
function somethingRan({ source, evidence, failure }: Story): boolean {
  return evidence.chain.some((seq) => {
    const what = source.at(seq)?.what
    return what?.kind === 'line' && failure.got !== null && !/^AT\s*$/i.test(what.text.slice(0, what.text.lastIndexOf(failure.got)))
  })
}

export const nothingEntered: Builder = (story) => {
  const type = Number(/^#SSLSECDATA=\s*1\s*,\s*1\s*,\s*([012])/.exec(story.command?.text ?? '')?.[1] ?? 1)
  const slot = (['client-certificate', 'ca-certificate', 'private-key'] as const)[type]!
  return {
    title: 'Nothing was entered at the prompt',
    happened: [shown('Ctrl-Z came at once, so there was nothing to store; the slot keeps what it had.')],
    values: ownValues(story, 'entry'),
    remedies: [storeSlot(story.snapshot, slot, 'Give the data, then Ctrl-Z.', null, 'the data')],
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
      shown('The command announced how many bytes follow, and each of them is data: Ctrl-Z and ESC end nothing here.', story.command?.seq ?? null),
      shown(`No byte came for ${secondsText(limitMs)}, so the module gave up. Nothing was stored or sent.`, story.evidence.expiredTimer)
    ],
    values: [compared('bytes', `${limitBytes}`, `${gotBytes}`)],
    picture: { kind: 'size', label: 'entry', gotBytes, limitBytes },
    remedies: [{ sentence: 'Announce as many bytes as are sent, and send them all.', commands: [] }],
    parts: ['timer:command', 'at']
  }
}

export const tooMuchAtOnce: Builder = (story) => ({
  title: 'The module does not take this value',
  happened: [shown(story.failure.sentence, story.command?.seq ?? null)],
  values: ownValues(story, 'value'),
  remedies: [{ sentence: 'See what it takes.', commands: story.command ? [`AT${story.command.name}=?`] : [] }],
  parts: ['at']
})

function redial({ source, seq, snapshot }: Story): string[] {
  const dial = commandBefore(source, seq, ['#SSLD'])
  if (dial?.what.kind === 'command') return [`AT${dial.what.text}`]
  return snapshot.lab.tls ? [`AT#SSLD=1,${snapshot.lab.tls.port},"${snapshot.lab.tls.host}",0,1`] : []
}

/** A declared name that differs in one letter, for slips of the hand. */
function similar(name: string): string | null {
  return commands.find((one) => one.name !== name && oneSlip(one.name, name))?.name ?? null
}

function oneSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1 || Math.min(one.length, other.length) < 3) return false
  let from = 0
  while (one[from] !== undefined && one[from] === other[from]) from++
  return (
    one.slice(from + 1) === other.slice(from + 1) || one.slice(from) === other.slice(from + 1) || one.slice(from + 1) === other.slice(from)
  )
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
