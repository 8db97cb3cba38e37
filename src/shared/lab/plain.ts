import * as v from 'valibot'

/** @module The lab's servers without TLS: what they are, and their settings. */

export const plainServerIds = ['echo', 'discard', 'chargen', 'http', 'ntp'] as const
export type PlainServerId = (typeof plainServerIds)[number]

export interface PlainServer {
  readonly id: PlainServerId
  readonly title: string
  readonly about: string
  /** The name that leads to it. The address of the guide leads to it too, at the same port. */
  readonly host: string
  readonly port: number
  readonly protocols: readonly ('tcp' | 'udp')[]
}

export const plainServers: readonly PlainServer[] = [
  {
    id: 'echo',
    title: 'Echo',
    about: 'returns all data that it receives (RFC 862)',
    host: 'echo.example.lab',
    port: 7,
    protocols: ['tcp', 'udp']
  },
  {
    id: 'discard',
    title: 'Discard',
    about: 'ignores all data that it receives (RFC 863)',
    host: 'discard.example.lab',
    port: 9,
    protocols: ['tcp', 'udp']
  },
  {
    id: 'chargen',
    title: 'Character generator',
    about: 'sends lines of text at a rate, or a line for each datagram (RFC 864)',
    host: 'chargen.example.lab',
    port: 19,
    protocols: ['tcp', 'udp']
  },
  {
    id: 'http',
    title: 'Plain web server',
    about:
      'HTTP: answers GET, HEAD and POST; keeps the connection open, closes it, or sends chunks, by path or setting',
    host: 'www.example.lab',
    port: 80,
    protocols: ['tcp']
  },
  {
    id: 'ntp',
    title: 'Time server',
    about: 'NTP version 3 and 4, with the date of the mobile network',
    host: 'ntp.example.lab',
    port: 123,
    protocols: ['udp']
  }
]

export function plainServer(id: PlainServerId): PlainServer {
  return plainServers.find((one) => one.id === id)!
}

export function isPlainServer(id: string): id is PlainServerId {
  return plainServerIds.some((one) => one === id)
}

const whole = (least: number, most: number) => v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
/** Delay before each response, in host time. */
const delayMs = v.optional(whole(0, 60_000))

/** How the web server ends a response. `by-path`: as its path says. */
export const httpAnswers = ['by-path', 'keep-open', 'close', 'chunked'] as const
export type HttpAnswer = (typeof httpAnswers)[number]

/** Changes the settings of a plain server. What is left out stays. */
export const plainChange = v.variant('farEnd', [
  v.strictObject({ farEnd: v.picklist(['echo', 'discard', 'ntp']), delayMs }),
  v.strictObject({
    farEnd: v.literal('chargen'),
    delayMs,
    /** Of a TCP connection. */
    bytesPerSecond: v.optional(whole(1, 1_000_000))
  }),
  v.strictObject({ farEnd: v.literal('http'), delayMs, answers: v.optional(v.picklist(httpAnswers)) })
])
export type PlainChange = v.InferOutput<typeof plainChange>

/** The settings of a plain server; a server uses those that its change can name. */
export interface PlainSettings {
  readonly delayMs: number
  readonly bytesPerSecond: number
  readonly answers: HttpAnswer
}

export const usualPlainSettings: PlainSettings = { delayMs: 0, bytesPerSecond: 1000, answers: 'by-path' }

export interface PlainServerSnapshot {
  readonly id: PlainServerId
  /** The real address, of TCP and UDP alike. */
  readonly host: string
  readonly port: number
  readonly settings: PlainSettings
  /** Number of accepted connections, and of datagrams received, since the start. */
  readonly connections: number
  readonly datagrams: number
}
