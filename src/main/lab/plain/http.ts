import type { HttpAnswer } from '../../../shared/lab/plain.ts'
import type { ConversePlain, PlainLine } from './conversation.ts'

/**
 * Serves HTTP without TLS. It answers any number of requests on a connection and keeps it open, unless the path, the
 * setting or the request says otherwise.
 */
export const converseHttp: ConversePlain = (line) => {
  let head = ''
  /** Bytes of the request's body that are still to come. */
  let bodyBytes = 0
  let request: Request | null = null
  let over = false
  const finish = (): void => {
    if (!request) return
    over = !answer(line, request)
    request = null
  }
  const refuse = (status: string): void => {
    over = true
    line.write(response(status, `${status}\n`, ['Connection: close'], true))
    line.end()
  }
  return {
    data: (bytes) => {
      let rest = Buffer.from(bytes)
      while (!over && rest.length > 0) {
        if (bodyBytes > 0) {
          const taken = Math.min(bodyBytes, rest.length)
          bodyBytes -= taken
          rest = rest.subarray(taken)
          if (bodyBytes === 0) finish()
          continue
        }
        head = `${head}${rest.toString('latin1')}`.replace(/^[\r\n]+/, '')
        const end = /\r?\n\r?\n/.exec(head)
        if (!end) {
          if (head.length > MAX_HEAD_CHARS) refuse('431 Request Header Fields Too Large')
          return
        }
        rest = Buffer.from(head.slice(end.index + end[0].length), 'latin1')
        request = requestOf(head.slice(0, end.index))
        head = ''
        if (request === null) return refuse('400 Bad Request')
        if (request.chunked) return refuse('411 Length Required')
        bodyBytes = request.bodyBytes
        if (bodyBytes === 0) finish()
      }
    }
  }
}

interface Request {
  readonly method: string
  readonly path: string
  readonly bodyBytes: number
  readonly chunked: boolean
  /** Whether the client wants the connection to stay open. */
  readonly keeps: boolean
}

function requestOf(head: string): Request | null {
  const [first = '', ...lines] = head.split(/\r?\n/)
  const [, method, target, minor] = /^([A-Z]+) (\S+) HTTP\/1\.([01])$/.exec(first) ?? []
  if (method === undefined || target === undefined) return null
  const header = (name: string): string | null =>
    lines
      .find((one) => one.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null
  const length = header('content-length') ?? '0'
  if (!/^\d{1,10}$/.test(length)) return null
  const connection = header('connection')?.toLowerCase()
  return {
    method,
    path: target.replace(/^http:\/\/[^/]*/i, '').split('?')[0] || '/',
    bodyBytes: Number(length),
    chunked: header('transfer-encoding') !== null,
    keeps: minor === '1' ? connection !== 'close' : connection === 'keep-alive'
  }
}

/** Sends the response. Returns whether the connection stays open. */
function answer(line: PlainLine, { method, path, bodyBytes, keeps }: Request): boolean {
  const known = method === 'GET' || method === 'HEAD' || method === 'POST'
  const text = known ? (method === 'POST' ? received(bodyBytes) : pages[path]?.()) : undefined
  const status = known ? (text === undefined ? '404 Not Found' : '200 OK') : '501 Not Implemented'
  const body = text ?? `${status}. There are the pages ${Object.keys(pages).join(', ')}.\n`
  const asked = line.settings.answers === 'by-path' ? byPath(path) : line.settings.answers
  const stays = keeps && asked !== 'close'
  const withBody = method !== 'HEAD'
  const headers = [`Connection: ${stays ? 'keep-alive' : 'close'}`]
  if (asked === 'chunked') line.write(chunked(status, body, headers, withBody))
  else line.write(response(status, body, headers, withBody))
  if (!stays) line.end()
  return stays
}

function byPath(path: string): HttpAnswer {
  return path === '/close' ? 'close' : path === '/chunked' ? 'chunked' : 'keep-open'
}

const pages: Readonly<Record<string, () => string>> = {
  '/': () => 'This page came to an emulated module, and the connection stays open.\n',
  '/close': () => 'This page came to an emulated module, and the connection closes.\n',
  '/chunked': () => 'This page came to an emulated module\nin some chunks,\none for each line.\n',
  '/large': () => '0123456789abcdef'.repeat(LARGE_PAGE_BYTES / 16)
}

function received(bytes: number): string {
  return `${bytes} ${bytes === 1 ? 'byte was' : 'bytes were'} received.\n`
}

function response(status: string, body: string, headers: readonly string[], withBody: boolean): Uint8Array {
  return headed(status, [`Content-Length: ${body.length}`, ...headers], withBody ? body : '')
}

/** Sends each line of the body as a chunk (RFC 9112 7.1). */
function chunked(status: string, body: string, headers: readonly string[], withBody: boolean): Uint8Array {
  const chunks = body.split(/(?<=\n)/).map((one) => `${one.length.toString(16)}\r\n${one}\r\n`)
  return headed(status, ['Transfer-Encoding: chunked', ...headers], withBody ? `${chunks.join('')}0\r\n\r\n` : '')
}

function headed(status: string, headers: readonly string[], body: string): Uint8Array {
  return Buffer.from(
    `HTTP/1.1 ${status}\r\nContent-Type: text/plain\r\n${headers.join('\r\n')}\r\n\r\n${body}`,
    'latin1'
  )
}

/** Longer than any request of a module. */
const MAX_HEAD_CHARS = 8192
const LARGE_PAGE_BYTES = 65_536
