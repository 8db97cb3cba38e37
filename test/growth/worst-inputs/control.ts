import { once } from 'node:events'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { MAX_MESSAGE_BYTES } from '../../../src/main/control/socket-client.ts'
import type { WorstInput } from './worst-input.ts'

/** The address of a control server. */
export interface ControlAddress {
  readonly port: number
  /** Including the token. */
  readonly url: string
}

/** Sizes up to the limits of a header line and of a message. */
const HEADER_N = 1_800
const BODY_N = 64_000
const MESSAGES_N = 250_000

/** Requests to the server's port, each on its own connection until the server closes it. */
export function httpInputs({ port }: ControlAddress): readonly WorstInput[] {
  const end = `\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n`
  const get = (path: string): string => `GET ${path} HTTP/1.1${end}\r\n`
  const headers = (lines: string): string => `GET /index.html HTTP/1.1${end}${lines}\r\n`
  const body = (n: number, chunkBytes: number): string => {
    const chunk = `${chunkBytes.toString(16)}\r\n${'x'.repeat(chunkBytes)}\r\n`
    return `POST / HTTP/1.1${end}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(n / chunkBytes)}0\r\n\r\n`
  }
  const input = (shape: string, n: number, text: (n: number) => string): WorstInput => ({
    shape,
    n,
    make: (size) => {
      const request = text(size)
      return { bytes: request.length, run: () => send(port, request) }
    }
  })
  return [
    // Of more than 16 KiB of headers, the rest is not read at all.
    input('a header line', HEADER_N, (n) => headers(`X: ${'x'.repeat(n)}\r\n`)),
    input('a request line', HEADER_N, (n) => get(`/${'a'.repeat(n)}`)),
    input('a path of many steps', HEADER_N, (n) => get(`/${'../'.repeat(n / 3)}`)),
    input('a path of many escapes', HEADER_N, (n) => get(`/${'%2e'.repeat(n / 3)}`)),
    input('many headers', HEADER_N, (n) => headers('a:b\r\n'.repeat(n / 5))),
    input('one header many times', HEADER_N, (n) => headers('Cookie:b\r\n'.repeat(n / 10))),
    input('many Host headers', HEADER_N, (n) => headers('Host:b\r\n'.repeat(n / 8))),
    input('a query of many parts', HEADER_N, (n) => get(`/?${'token=a&'.repeat(n / 8)}`)),
    input('a body in chunks of 1 byte', BODY_N, (n) => body(n, 1)),
    input('a body in chunks of 16000 bytes', BODY_N, (n) => body(n, 16_000))
  ]
}

/** Messages to the control WebSocket: `n` bytes, each message as long as allowed. */
export function webSocketInputs({ url }: ControlAddress): readonly WorstInput[] {
  return messageShapes.map(([shape, text]) => ({
    shape,
    n: MESSAGES_N,
    make: (n) => {
      const message = text(Math.min(n, MAX_MESSAGE_BYTES - 200))
      const count = Math.ceil(n / message.length)
      return { bytes: count * message.length, run: () => ask(url, message, count) }
    }
  }))
}

/** Opens a client. */
export async function controlClient(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url, { perMessageDeflate: false })
  socket.on('error', () => {})
  await once(socket, 'open')
  return socket
}

/** Sends a text on one connection and reads until the server closes it. */
export async function send(port: number, text: string): Promise<void> {
  const socket = connect(port, '127.0.0.1')
    .on('error', () => {})
    .resume()
  const closed = once(socket, 'close')
  await once(socket, 'connect')
  socket.write(text)
  await closed
}

/** Resolves when the last message is answered. */
async function ask(url: string, message: string, count: number): Promise<void> {
  const socket = await controlClient(url)
  let answers = 0
  const done = new Promise<void>((resolve) => socket.on('message', () => ++answers === count && resolve()))
  for (let sent = 0; sent < count; sent += 1) socket.send(message)
  await done
  socket.terminate()
}

const call = (args: string): string => `{"id":1,"call":"type","args":${args}}`

/** Shapes of messages, each with the given number of bytes. */
const messageShapes: readonly (readonly [string, (bytes: number) => string])[] = [
  ['arrays in arrays', (bytes) => call(`${'['.repeat(bytes / 2)}${']'.repeat(bytes / 2)}`)],
  ['objects in objects', (bytes) => call(`[${'{"a":'.repeat(bytes / 6)}1${'}'.repeat(bytes / 6)}]`)],
  ['arrays side by side', (bytes) => call(`[${'[],'.repeat(bytes / 3)}[]]`)],
  ['arguments that are none', (bytes) => call(`[${'0,'.repeat(bytes / 2)}0]`)],
  ['a list in place of bytes', (bytes) => call(`[{"instance":0,"bytes":[${'0,'.repeat(bytes / 2)}0]}]`)],
  ['one key many times', (bytes) => call(`[{${'"a":1,'.repeat(bytes / 6)}"a":1}]`)],
  ['many keys', (bytes) => call(`[{${Array.from({ length: bytes / 14 }, (_, at) => `"k${at}":{}`).join(',')}}]`)],
  [
    'many numbers as keys',
    (bytes) => call(`[{${Array.from({ length: bytes / 14 }, (_, at) => `"${at * 7919}":{}`).join(',')}}]`)
  ],
  ['base64', (bytes) => call(`[{"instance":0,"bytes":{"$bytes":"${'AAAA'.repeat(Math.min(bytes, 80_000) / 4)}"}}]`)],
  ['base64 that is none', (bytes) => call(`[{"instance":0,"bytes":{"$bytes":"${'A'.repeat(bytes)}%"}}]`)],
  ['many small byte arrays', (bytes) => call(`[${'{"$bytes":"AA=="},'.repeat(bytes / 18)}0]`)],
  ['an unknown call', (bytes) => `{"id":1,"call":"${'x'.repeat(bytes)}","args":[]}`],
  ['escapes', (bytes) => `{"id":1,"call":"${'\\u0041'.repeat(bytes / 6)}","args":[]}`],
  ['a text without an end', (bytes) => `{"id":1,"call":"${'x'.repeat(bytes)}`],
  ['spaces', (bytes) => `${' '.repeat(bytes)}{"id":1`],
  ['digits', (bytes) => `{"id":${'1'.repeat(bytes)},"call":"x","args":[]}`],
  [
    'a filter that is none',
    (bytes) =>
      `{"id":1,"call":"findEvents","args":[{"fromSeq":0,"toSeq":null,"filter":{"text":"${'(a+)+'.repeat(bytes / 5)}"}}]}`
  ]
]
