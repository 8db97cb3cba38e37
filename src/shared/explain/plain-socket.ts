import type { Snapshot } from '../calls/snapshot.ts'
import { stateOf } from '../statecharts/present-state.ts'
import type { Remedy } from './explanation.ts'
import { compared, ownValues, shown, type Builder, type Story } from './story.ts'
import { commandBefore, commandsBefore } from './trail.ts'

// The failures of the plain sockets (at-reference 13).

/** The connection that a failure is about; 1 where nothing tells. */
export function connectionOf(story: Story): number {
  return story.fact('socket')?.connId ?? Number(/^#\w+=\s*(\d)/.exec(story.command?.text ?? '')?.[1] ?? 1)
}

/** Whether a failure is about a plain socket. */
export const isPlain = (story: Story): boolean =>
  story.fact('socket') !== null || (story.command !== null && PLAIN.has(story.command.name))

const PLAIN: ReadonlySet<string> = new Set([
  '#SCFG',
  '#SD',
  '#SO',
  '#SH',
  '#SSEND',
  '#SSENDEXT',
  '#SSENDUDP',
  '#SSENDUDPEXT',
  '#SRECV'
])

/** Returns the last #SD of the connection as it was typed, or one with placeholders. */
export function dialText(story: Story): string {
  const connId = connectionOf(story)
  const own = story.command?.name === '#SD' ? story.command.text : null
  const ofConnection = new RegExp(`^#SD=\\s*${connId}\\s*,`, 'i')
  const before = commandsBefore(story.source, story.seq, ['#SD']).find((text) => ofConnection.test(text))
  const text = own ?? before
  return text ? `AT${text}` : `AT#SD=${connId},0,<port>,"<host>",0,0,1`
}

/** Opens the connection again, with its context if it is down. */
export function openAgain(story: Story, now: Snapshot, sentence: string): Remedy {
  const commands = stateOf(now, 'pdp') === 'active' ? [] : ['AT#SGACT=1,1']
  return { sentence, commands: [...commands, dialText(story)] }
}

const close = (story: Story): Remedy => ({
  sentence: 'Close the connection first.',
  commands: [`AT#SH=${connectionOf(story)}`]
})

export const socketOpen: Builder = (story) => ({
  title: `Connection ${connectionOf(story)} is not closed`,
  happened: [
    shown('A connection is configured, opened and made to listen only while it is closed.'),
    shown(story.failure.sentence)
  ],
  values: ownValues(story, 'connection'),
  remedies: () => [
    close(story),
    { sentence: 'Or use another connection; #SS shows which are closed (0).', commands: ['AT#SS'] }
  ],
  parts: ['at', 'pdp']
})

export const socketClosed: Builder = (story) => ({
  title: `Connection ${connectionOf(story)} is not open`,
  happened: [
    shown('The command needs an open connection.', story.command?.seq ?? null),
    ...(commandBefore(story.source, story.seq, ['#SD', '#SA']) ? [] : [shown('Nothing was dialled before.')])
  ],
  values: [compared('#SS', '1, 2 or 3', '0')],
  remedies: (now) => [openAgain(story, now, 'Open it first.')],
  parts: ['at', 'far-end']
})

/** D-45. */
export const socketEmpty: Builder = (story) => ({
  title: `Connection ${connectionOf(story)} holds no data`,
  happened: [
    shown(
      '#SRECV never waits: it reads what has arrived, and an empty buffer is an error.',
      story.command?.seq ?? null
    ),
    shown('The words of the error (activation failed) mislead; the connection may be fine.')
  ],
  values: [compared('data', '1 byte or more', '0 bytes')],
  remedies: () => [
    {
      sentence: 'Wait for SRING, then read. #SS shows 3 while data waits.',
      commands: [`AT#SS=${connectionOf(story)}`]
    },
    {
      sentence: 'Let SRING tell how much waits (mode 1).',
      commands: [`AT#SCFGEXT=${connectionOf(story)},1,0,0`]
    }
  ],
  parts: ['at', 'far-end']
})

export const socketElsewhere: Builder = (story) => {
  const owner = story.fact('owner')?.instance ?? 0
  return {
    title: `Connection ${connectionOf(story)} belongs to AT instance ${owner}`,
    happened: [
      shown('A connection is used and closed on the AT instance that opened it.'),
      shown(story.failure.sentence)
    ],
    values: [compared('AT instance', `${owner}`, `${story.instance ?? 0}`)],
    remedies: () => [
      {
        sentence: `Send the command on instance ${owner}.`,
        commands: [`AT${story.command?.text ?? ''}`],
        instances: [owner]
      }
    ],
    parts: ['at']
  }
}

export const notUdp: Builder = (story) => ({
  title: `Connection ${connectionOf(story)} is not a UDP socket`,
  happened: [shown('#SSENDUDP and #SSENDUDPEXT send datagrams, and TCP has none.')],
  values: ownValues(story, 'connection'),
  remedies: () => [{ sentence: 'Send on the TCP connection.', commands: [`AT#SSEND=${connectionOf(story)}`] }],
  parts: ['at']
})

export const noCaller: Builder = (story) => ({
  title: 'No caller waits',
  happened: [shown('#SA accepts a caller that SRING has announced.'), shown(story.failure.sentence)],
  values: ownValues(story, 'connection'),
  remedies: () => [{ sentence: 'See which connections listen (4) or have a caller (5).', commands: ['AT#SS'] }],
  parts: ['at']
})

export const alreadyListening: Builder = (story) => ({
  title: 'The connection or the port listens already',
  happened: [shown(story.failure.sentence), shown('Every listener has a connection and a port of its own.')],
  values: ownValues(story, 'listener'),
  remedies: () => [{ sentence: 'See what listens.', commands: ['AT#SS'] }],
  parts: ['at']
})

/** D-48. */
export const noSocketBound: Builder = (story) => {
  const cid = story.fact('context')?.id ?? 1
  return {
    title: `No connection uses PDP context ${cid}`,
    happened: [shown('#SGACT activates a context only if #SCFG has bound a connection to it.')],
    values: [compared('connections on the context', 'at least one', 'none')],
    remedies: () => [
      {
        sentence: `Bind a connection to context ${cid}, then activate it.`,
        commands: [`AT#SCFG=${cid === 1 ? 1 : 2},${cid},300,90,600,50`, `AT#SGACT=${cid},1`]
      }
    ],
    parts: ['pdp', 'at']
  }
}

export const tooManyContexts: Builder = (story) => ({
  title: 'Two PDP contexts are active already',
  happened: [shown('GSM modules have at most two active contexts, though five can be defined.')],
  values: [compared('active contexts', '2 at most', '3')],
  remedies: () => [
    { sentence: 'See which contexts are active, and deactivate one.', commands: ['AT#SGACT?'] },
    ...(story.command ? [{ sentence: 'Then activate again.', commands: [`AT${story.command.text}`] }] : [])
  ],
  parts: ['pdp']
})

export const hexWrong: Builder = (story) => ({
  title: 'The data is not hexadecimal',
  happened: [
    shown('sendDataMode of #SCFGEXT is 1: #SSEND takes two hexadecimal digits for each byte.'),
    shown(story.failure.sentence)
  ],
  values: ownValues(story, 'entry'),
  remedies: () => [
    {
      sentence: 'Turn the mode off to send text.',
      commands: [`AT#SCFGEXT=${connectionOf(story)},0,0,0,0,0`]
    }
  ],
  parts: ['at']
})

export const dialAborted: Builder = (story) => ({
  title: 'The host aborted the dial by typing',
  happened: [
    shown(story.failure.sentence, story.command?.seq ?? null),
    shown('The third value of #SCFGEXT2 is 1, so that any byte typed during #SD aborts it.')
  ],
  values: [compared('bytes typed during #SD', 'none', 'at least one')],
  remedies: (now) => [
    { sentence: 'Turn the abort off.', commands: [`AT#SCFGEXT2=${connectionOf(story)},0,0`] },
    openAgain(story, now, 'Dial again, and wait for the result code.')
  ],
  parts: ['at']
})
