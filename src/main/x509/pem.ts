import { X509Fault } from './fault.ts'

/** One block of a PEM text (RFC 7468). */
export interface PemBlock {
  /** Such as `CERTIFICATE` or `RSA PRIVATE KEY`. */
  readonly label: string
  readonly der: Buffer
}

/** Returns whether data is meant as PEM. */
export function looksLikePem(data: Uint8Array): boolean {
  return textOf(data).includes('-----BEGIN')
}

/**
 * Returns the first PEM block of `data`. Text before and after it is allowed. With `lf-only`, a CR or a stray
 * end-of-file byte anywhere is a fault (G-3.3-5). Throws an X509Fault that says what is wrong.
 */
export function readPem(data: Uint8Array, lineEnds: 'lf-only' | 'any'): PemBlock {
  const text = textOf(data)
  if (lineEnds === 'lf-only') refuseStrayBytes(data)

  const begin = BEGIN_LINE.exec(text)
  if (!begin) throw new X509Fault('has no BEGIN line', { expected: '-----BEGIN … -----', got: quoted(text) })
  const label = begin[1]!
  const bodyStart = begin.index + begin[0].length
  const bodyEnd = text.indexOf(`-----END ${label}-----`, bodyStart)
  if (bodyEnd < 0) {
    const otherEnd = END_LINE.exec(text.slice(bodyStart))
    if (otherEnd)
      throw new X509Fault('begins and ends with different labels', {
        expected: `END ${label}`,
        got: `END ${otherEnd[1]}`
      })
    throw new X509Fault('has no END line: it was cut short', {
      expected: `-----END ${label}-----`,
      got: quoted(text.slice(-20)),
      finding: 'slot-cut-short'
    })
  }
  const body = text.slice(bodyStart, bodyEnd)
  if (PROC_TYPE.test(body)) throw encrypted()
  return { label, der: decodeBase64(body, lineOf(text, bodyStart)) }
}

/** Labels of RFC 7468 have some twenty characters. Without a limit the search could take quadratic time. */
const BEGIN_LINE = /-----BEGIN ([^\r\n]{0,64}?)-----/
const END_LINE = /-----END ([^\r\n]{0,64}?)-----/
/**
 * A header of an encrypted key (RFC 1421 4.6.1.1). Only within a line: across lines the search would start again at
 * every empty line.
 */
const PROC_TYPE = /^[ \t]*Proc-Type:[ \t]*4,[ \t]*ENCRYPTED/m

export function encrypted(): X509Fault {
  const sentence = 'is encrypted with a passphrase, which the module cannot ask for'
  return new X509Fault(sentence, { expected: 'a key in the clear', got: 'an encrypted key' })
}

/** Bytes that a terminal program may append to a file: Ctrl-D, NUL, and EOF written as a byte. */
const strays: Readonly<Record<number, string>> = {
  0x0d: 'a CR (0x0D)',
  0x04: 'an end-of-transmission byte (0x04)',
  0x00: 'a NUL byte (0x00)',
  0xff: 'an end-of-file byte (0xFF)'
}

function refuseStrayBytes(data: Uint8Array): void {
  let line = 1
  for (const [index, byte] of data.entries()) {
    if (byte === 0x0a) line++
    const stray = strays[byte]
    if (!stray) continue
    const expected = byte === 0x0d ? 'lines that end with LF only' : 'text up to Ctrl-Z'
    const strayBytes = data.reduce((count, one) => count + (one in strays ? 1 : 0), 0)
    throw new X509Fault(`holds ${stray} in line ${line}`, {
      expected,
      got: `${stray} at byte ${index + 1}`,
      rule: 'G-3.3-5',
      finding: 'slot-stray-byte',
      strayBytes
    })
  }
}

function decodeBase64(body: string, firstLine: number): Buffer {
  const digits: string[] = []
  for (const [index, line] of body.split('\n').entries()) {
    const bare = line.replace(/[ \t\r]/g, '')
    const bad = /[^A-Za-z0-9+/=]/.exec(bare)
    if (bad) {
      const sentence = `holds a character that is no base64 in line ${firstLine + index}`
      throw new X509Fault(sentence, { expected: 'A-Z a-z 0-9 + / =', got: quoted(bad[0]) })
    }
    digits.push(bare)
  }
  const all = digits.join('')
  if (all.length === 0) throw new X509Fault('has nothing between BEGIN and END')
  if (!/^[^=]*={0,2}$/.test(all) || all.length % 4 !== 0) {
    throw new X509Fault('has a base64 text that is not whole', {
      expected: 'a multiple of 4 characters',
      got: `${all.length} characters`
    })
  }
  return Buffer.from(all, 'base64')
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split('\n').length
}

function quoted(text: string): string {
  return text.length === 0 ? 'nothing' : JSON.stringify(text.slice(0, 20))
}

function textOf(data: Uint8Array): string {
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1')
}
