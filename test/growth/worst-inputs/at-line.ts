import { Bench } from '../../fixtures/bench.ts'
import { ofBytes, type WorstInputs } from './worst-input.ts'

/**
 * The worst bytes for the readers of the AT port: line editor, scanners for secrets and keys, parser, echo. `bytes(n)`
 * returns `n` bytes.
 */
export const atLineShapes: { name: string; bytes: (n: number) => Uint8Array }[] = [
  shape('letters without CR', 'x'),
  shape('a name that does not end', 'Q', 'AT+'),
  shape('a name near a secret one, with digits', '1', 'AT+CPIM'),
  shape('a PIN that does not end', '7', 'AT+CPIN='),
  shape('a password with an open quote', 'x,', 'AT#FTPOPEN="h","u","'),
  shape('quotes', '"', 'AT+CGDCONT=1,'),
  shape('commas', ',', 'AT#FTPOPEN='),
  shape('semicolons', ';', 'AT+CSQ'),
  shape('prefixes', '+#$@*', 'AT'),
  shape('spaces within a name', ' C', 'AT+'),
  shape('a letter and BS', 'x\b', 'AT+CPIN="1234'),
  shape('a letter and DEL', 'x\x7f', 'AT+CPIN="1234'),
  shape('BS behind a full line', `${'y'.repeat(999)}${'\b'.repeat(999)}`, 'AT+'),
  shape('a full line, and then a letter and BS', 'x\b', `AT+${'y'.repeat(1000)}`),
  shape('ESC', '\x1b'),
  shape('Ctrl-Z', '\x1a'),
  shape('NUL', '\0', 'AT'),
  shape('CR', '\r'),
  shape('CR LF', '\r\n'),
  shape('LF', '\n'),
  shape('A/', 'A/', 'AT+CSQ;+CSQ;+CSQ;+CSQ;+CSQ\r'),
  shape('A without T', 'A'),
  shape('+++', '+++'),
  shape('AT', 'AT\r'),
  shape('basic commands', 'E1V1', 'AT'),
  shape('lines of commands that do not exist', 'AT+CPXN\rAT#SGCAX=\rAT+FTPQEN=1\r'),
  {
    name: 'a new name in each line',
    bytes: (n) => filled(n, '', (at) => `AT+C${at.toString(36).padStart(4, 'A')}PIN=1\r`)
  },
  shape('PRIVATE KEY', 'PRIVATE KEY'),
  shape('BEGIN', '-----BEGIN RSA PRIVATE KEY-----\r'),
  shape('BEGIN and END', '-----BEGIN PRIVATE KEY-----\rMII\r-----END PRIVATE KEY-----\r'),
  shape('Base64 heads', 'MIICXAIBAAKB'),
  shape('hexadecimal heads', '3082 0102 0201 00'),
  shape('heads in C', '\\x30\\x82\\x01\\x02\\x02\\x01\\x00'),
  shape('DER heads', '0\x82\x01\x02\x02\x01\0'),
  shape('numbers of a key as text', 'priv:\r\n 00:ab:cd:ef:00:11:22:33:44:55\r\n'),
  shape('a key in short lines', 'MIICXAIBAAKBgQ\r', '-----BEGIN RSA PRIVATE KEY-----\r'),
  shape('a key in lines of one character', 'M\r', '-----BEGIN RSA PRIVATE KEY-----\r'),
  shape('zeros of a key', 'A', '-----BEGIN RSA PRIVATE KEY-----\rMIICXAIBAAKB'),
  shape('half keys with commands behind them', '-----BEGIN RSA PRIVATE KEY-----\rMII\rAT+CSQ=1\r'),
  shape('lines in a key that may be commands', 'ATE1+CSQ=1\rATE1+CSQ\r', '-----BEGIN RSA PRIVATE KEY-----\r'),
  shape('a line in a key that begins as a command does', 'E1', '-----BEGIN RSA PRIVATE KEY-----\rAT'),
  shape('passwords', 'AT#PASSW="Abcdef12"\r'),
  { name: 'another password in each line', bytes: (n) => filled(n, '', (at) => `AT#PASSW="Abcdef${at + 100_000}"\r`) }
]

/** As much as a port delivers at once. */
const CHUNK_BYTES = 4_096

/** The AT port as the host uses it: a module in virtual time. */
export const atLine: WorstInputs = {
  parser: 'AT line',
  inputs: atLineShapes.map(({ name, bytes }) => ({
    shape: name,
    n: 2_048,
    make: (n) =>
      ofBytes(bytes(n), (all) => {
        const bench = new Bench()
        for (let at = 0; at < all.length; at += CHUNK_BYTES) bench.type(all.subarray(at, at + CHUNK_BYTES))
        bench.pass(100)
      })
  }))
}

function shape(name: string, repeated: string, begin = ''): { name: string; bytes: (n: number) => Uint8Array } {
  return { name, bytes: (n) => filled(n, begin, () => repeated) }
}

function filled(n: number, begin: string, part: (at: number) => string): Uint8Array {
  const bytes = Buffer.alloc(n)
  let length = bytes.write(begin, 'latin1')
  for (let at = 0; length < n; at += 1) length += bytes.write(part(at), length, 'latin1')
  return bytes
}
