import { hardwareWarnings } from '../hardware/hardware-warnings.ts'
import { cmeErrors } from '../rules/errors.ts'
import { chartNamed } from '../statecharts/index.ts'
import { isFailure, stateLabel } from '../statecharts/words.ts'
import { suiteByWireId } from '../tls/suites.ts'
import type { TlsTraceEvent } from '../tls/trace.ts'
import type { TimelineEvent, TimelineFact } from './events.ts'
import { seconds } from './figures.ts'
import { SHOWN_BYTES, spelled } from './spelling.ts'

/** An event as one line: mark, word and colour of its kind, then what happened. */
export interface Row {
  readonly mark: MarkName
  readonly word: string
  readonly tone: 'tx' | 'rx' | 'urc' | 'eng' | 'err'
  /** Text in the window's font; `strong` comes first if there is a name. */
  readonly strong?: string
  readonly text: string
  /** Secondary text, in the colour of captions. */
  readonly aside?: string
  /** Bytes instead of text: shown in a monospaced font, with control characters as chips. */
  readonly bytes?: Uint8Array
}

export type MarkName =
  | 'tx'
  | 'rx'
  | 'urc'
  | 'state'
  | 'tcp'
  | 'out'
  | 'in'
  | 'prompt'
  | 'error'
  | 'timer'
  | 'network'
  | 'memory'
  | 'fault'
  | 'port'
  | 'note'
  | 'done'

/** Returns the line of an event. Cached by event, because the list is drawn and filtered many times a second. */
export function rowOf(event: TimelineEvent): Row {
  const known = rows.get(event)
  if (known) return known
  const row = makeRow(event.what)
  rows.set(event, row)
  return row
}

/**
 * Returns an event as one line of text: the word of its kind, then its text; bytes with control characters by name.
 * Used by the window's row, the search and the text export. Without control characters and line ends.
 */
export function lineOf(what: TimelineFact): string {
  const row = makeRow(what)
  let line = row.word
  if (row.strong) line += ` ${row.strong}`
  if (row.text !== '') line += ` ${row.text}`
  if (row.bytes) line += ` ${spelled(row.bytes)}`
  if (row.aside) line += ` ${row.aside}`
  if (line.length > LONGEST_LINE_CHARACTERS) line = line.slice(0, LONGEST_LINE_CHARACTERS)
  return unprintable.test(line) ? line.replace(everyUnprintable, ' ') : line
}

/**
 * Returns whether a dial or connection failed, or a rule was broken. A command that only answers ERROR does not count.
 */
export function isFailureEvent({ what }: TimelineEvent): boolean {
  if (what.kind === 'transition') return what.chart === 'ssl' && isFailure(what.event)
  return what.kind === 'tls-failure' || (what.kind === 'tls' && what.trace.kind === 'message' && what.trace.fatal)
}

/** Longer than any command, response or sentence. */
export const LONGEST_LINE_CHARACTERS = 4096

// oxlint-disable-next-line no-control-regex
const unprintable = /[\0-\x1f\x7f\u2028\u2029]/
// oxlint-disable-next-line no-control-regex
const everyUnprintable = /[\0-\x1f\x7f\u2028\u2029]/g

const rows = new WeakMap<TimelineEvent, Row>()

function makeRow(what: TimelineFact): Row {
  switch (what.kind) {
    case 'bytes': {
      const rest = what.bytes.length - SHOWN_BYTES
      const aside = rest > 0 ? `and ${rest} more bytes` : ''
      return {
        mark: what.direction,
        word: what.direction.toUpperCase(),
        tone: what.direction,
        text: '',
        bytes: what.bytes,
        aside
      }
    }
    case 'line':
      return { mark: 'prompt', word: 'LINE', tone: 'eng', text: what.text }
    case 'command':
      return {
        mark: 'prompt',
        word: 'CMD',
        tone: 'eng',
        strong: what.name,
        text: what.text.startsWith(what.name) ? what.text.slice(what.name.length) : what.text
      }
    case 'result':
      return resultRow(what.word, what.failure)
    case 'urc':
      return { mark: 'urc', word: 'URC', tone: 'urc', text: what.text }
    case 'transition': {
      const chart = chartNamed(what.chart)
      const name = (state: string): string => (chart ? stateLabel(chart, state) : state)
      return {
        mark: 'state',
        word: 'STATE',
        tone: 'eng',
        text: `${chart?.title ?? what.chart}: ${name(what.from)} → ${name(what.to)}`,
        aside: chart?.events[what.event] ?? what.event
      }
    }
    case 'timer': {
      const did = { started: 'starts', expired: 'has run out', stopped: 'is stopped' }[what.what]
      return {
        mark: 'timer',
        word: 'TIMER',
        tone: 'eng',
        strong: what.name,
        text: did,
        aside: `${seconds(what.durationMs)} s`
      }
    }
    case 'network':
      return { mark: 'network', word: 'NET', tone: 'eng', text: what.sentence }
    case 'tcp':
      return {
        mark: what.what === 'refused' ? 'error' : 'tcp',
        word: 'TCP',
        tone: what.what === 'refused' ? 'err' : 'eng',
        text: what.sentence
      }
    case 'segment':
      return {
        mark: what.direction,
        word: 'SEG',
        tone: what.end === 'rst' ? 'err' : 'eng',
        text: what.bytes.length === 1 ? '1 byte' : `${what.bytes.length} bytes`,
        aside: what.end?.toUpperCase() ?? ''
      }
    case 'udp':
      return {
        mark: what.what === 'failed' ? 'error' : 'tcp',
        word: 'UDP',
        tone: what.what === 'failed' ? 'err' : 'eng',
        text: what.sentence
      }
    case 'datagram':
      return {
        mark: what.direction,
        word: 'DGRAM',
        tone: 'eng',
        text: what.bytes.length === 1 ? '1 byte' : `${what.bytes.length} bytes`,
        aside: `${what.direction === 'out' ? 'to' : 'from'} ${what.remote.address}:${what.remote.port}`
      }
    case 'ping':
      return pingRow(what)
    case 'dns':
      return what.what === 'query'
        ? { mark: 'network', word: 'DNS', tone: 'eng', strong: what.host, text: 'is looked up' }
        : {
            mark: what.address === null ? 'error' : 'network',
            word: 'DNS',
            tone: what.address === null ? 'err' : 'eng',
            text: what.sentence
          }
    case 'tls':
      return tlsRow(what.trace)
    case 'tls-failure':
      return {
        mark: 'error',
        word: 'CHECK',
        tone: 'err',
        text: what.sentence,
        aside: [what.alert, what.rule].filter(Boolean).join(', ')
      }
    case 'ftp':
      return { mark: what.direction === 'out' ? 'tx' : 'rx', word: 'FTP', tone: 'eng', text: what.text }
    case 'nvm':
      return { mark: 'memory', word: 'NVM', tone: 'eng', text: what.sentence }
    case 'fault':
      return { mark: 'fault', word: 'INJ', tone: 'eng', text: what.sentence }
    case 'overrun':
      return { mark: 'error', word: 'LOST', tone: 'err', text: what.sentence, aside: `${what.droppedBytes} B` }
    case 'warning':
      return {
        mark: 'note',
        word: 'WARN',
        tone: 'eng',
        text: hardwareWarnings[what.warning].sentence,
        aside: hardwareWarnings[what.warning].rule
      }
    case 'port':
      return { mark: 'port', word: 'PORT', tone: 'eng', text: what.sentence }
    case 'note':
      return { mark: 'note', word: 'NOTE', tone: 'eng', text: what.sentence }
  }
}

function pingRow(what: Extract<TimelineFact, { readonly kind: 'ping' }>): Row {
  const row = { mark: 'network', word: 'PING', tone: 'eng' } as const
  switch (what.what) {
    case 'request':
      return { ...row, strong: what.remote, text: 'is asked for an echo', aside: `${what.lengthBytes} B` }
    case 'reply':
      return { ...row, strong: what.remote, text: 'answers', aside: `${what.timeMs} ms, TTL ${what.timeToLive}` }
    case 'none':
      return { ...row, mark: 'error', tone: 'err', text: what.sentence }
  }
}

type ResultFact = Extract<TimelineFact, { readonly kind: 'result' }>

function resultRow(word: string, failure: ResultFact['failure']): Row {
  if (!failure)
    return {
      mark: word === 'ERROR' ? 'error' : 'done',
      word: 'RESULT',
      tone: word === 'ERROR' ? 'err' : 'eng',
      strong: word,
      text: ''
    }
  const code = failure.error === null || /\d/.test(word) ? '' : `+CME ${cmeErrors[failure.error].code}`
  return {
    mark: 'error',
    word: 'RESULT',
    tone: 'err',
    strong: word,
    text: failure.sentence,
    aside: [code, failure.rule].filter(Boolean).join(', ')
  }
}

function tlsRow(trace: TlsTraceEvent): Row {
  switch (trace.kind) {
    case 'message':
      return {
        mark: trace.direction,
        word: 'TLS',
        tone: trace.fatal ? 'err' : 'eng',
        strong: trace.name,
        text: trace.summary,
        aside: `${trace.bytes} B${trace.encrypted ? ', encrypted' : ''}`
      }
    case 'record':
      return {
        mark: trace.direction,
        word: 'REC',
        tone: 'eng',
        text: trace.contentType.replaceAll('_', ' '),
        aside: trace.encrypted ? `${trace.plainBytes} B in ${trace.wireBytes} B on the wire` : `${trace.wireBytes} B`
      }
    case 'remark':
      return {
        mark: 'state',
        word: 'TLS',
        tone: 'eng',
        strong: 'Remark',
        text: trace.remark.sentence,
        aside: trace.remark.rule
      }
    case 'suite': {
      const suite = suiteByWireId(trace.suiteWireId)
      return {
        mark: 'state',
        word: 'TLS',
        tone: 'eng',
        strong: suite?.shortName ?? `suite ${trace.suiteWireId.toString(16).padStart(4, '0')}`,
        text: trace.resumed ? 'in force, session resumed' : 'in force',
        aside: suite?.name ?? ''
      }
    }
  }
}
