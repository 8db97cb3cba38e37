import { startTlsListener, type Converse, type LabServer, type LabTls } from './tls-listener.ts'
import type { Visits } from './visit.ts'

/**
 * A small HTTPS server for the example 4.5.5 of the guide. It closes after one response, as HTTP/1.0 servers do.
 * `/large` is sent in records of the largest legal size, which GSM modules cannot receive (G-4.0-1).
 */
export function startHttps(visits: Visits): Promise<LabServer> {
  return startTlsListener(visits, converseHttp)
}

export const converseHttp: Converse = (tls) => {
  let head = ''
  let answered = false
  return {
    data: (bytes) => {
      if (answered) return
      head += Buffer.from(bytes).toString('latin1')
      const complete = head.includes('\r\n\r\n') || head.includes('\n\n')
      if (!complete && head.length <= MAX_HEAD_CHARS) return
      answered = true
      answer(tls, complete ? head : '')
    }
  }
}

/** Longer than any request of a module. A longer head is refused. */
const MAX_HEAD_CHARS = 8192
/** Four records of 2^14 bytes. */
const LARGE_PAGE_BYTES = 65_536

const pages: Readonly<Record<string, () => string>> = {
  '/': () => page('It works', '<p>This page came through TLS 1.0 to a module that is emulated.</p>'),
  '/large': () => page('Large', `<pre>${'0123456789abcdef'.repeat(LARGE_PAGE_BYTES / 16)}</pre>`)
}

function answer(tls: LabTls, head: string): void {
  const request = /^(GET|HEAD) (\S+) HTTP\/1\.[01]\r?\n/.exec(head)
  const make = request ? pages[request[2]!.split('?')[0]!] : undefined
  const status = request === null ? '400 Bad Request' : make ? '200 OK' : '404 Not Found'
  const body = make ? make() : page(status, `<p>There are the pages ${Object.keys(pages).join(' and ')}.</p>`)
  const headers = ['Content-Type: text/html', `Content-Length: ${body.length}`, 'Connection: close']
  tls.send(
    Buffer.from(`HTTP/1.1 ${status}\r\n${headers.join('\r\n')}\r\n\r\n${request?.[1] === 'HEAD' ? '' : body}`, 'latin1')
  )
  tls.close()
}

function page(title: string, content: string): string {
  return `<!doctype html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1>\n${content}\n</body></html>\n`
}
