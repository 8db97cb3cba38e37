import { readPassiveAddress } from '../../../src/main/module/ftp/passive-address.ts'
import { ReplyReader } from '../../../src/main/module/ftp/reply.ts'
import { SecretWords } from '../../../src/main/module/ftp/secret-words.ts'
import { HeldBytes } from '../../../src/main/module/sockets/held-bytes.ts'
import { eachByte, latin1, ofBytes, type PreparedInput, type WorstInputs } from './worst-input.ts'

const SECRET = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'

/** Passes replies through the reader, and each line to the timeline. */
function replies(text: string): PreparedInput {
  return ofBytes(latin1(text), (bytes) => {
    const words = new SecretWords()
    words.add(SECRET)
    const reader = new ReplyReader({
      reply: ({ lines }) => {
        for (const line of lines) words.starred(words.hidden(line))
      },
      broken: () => {}
    })
    reader.feed(bytes)
  })
}

function byBytes(text: string): PreparedInput {
  return ofBytes(latin1(text), (bytes) => {
    const reader = new ReplyReader({ reply: () => {}, broken: () => {} })
    eachByte(bytes, (byte) => reader.feed(byte))
  })
}

/** Masks the bytes of the control connection for the timeline. */
function shown(text: string, cut: number): PreparedInput {
  return ofBytes(latin1(text), (bytes) => {
    const words = new SecretWords()
    words.add(SECRET)
    for (let at = 0; at < bytes.length; at += cut) words.shown(bytes.subarray(at, at + cut))
  })
}

export const ftpReplies: WorstInputs = {
  parser: 'FTP replies and listings',
  inputs: [
    { shape: 'a line without end', n: 200_000, make: (n) => replies('a'.repeat(n)) },
    { shape: 'a line without end, byte by byte', n: 50_000, make: (n) => byBytes(`220-${'a'.repeat(n)}`) },
    { shape: 'an answer without end of empty lines', n: 200_000, make: (n) => replies(`220-\r\n${'\r\n'.repeat(n)}`) },
    {
      shape: 'an answer of lines that almost end it',
      n: 20_000,
      make: (n) => replies(`220-\r\n${'220-x\r\n'.repeat(n)}220 x\r\n`)
    },
    { shape: 'answers of one line', n: 20_000, make: (n) => replies('200 \r\n'.repeat(n)) },
    { shape: 'answers that open and end', n: 10_000, make: (n) => replies('220-a\r\n220 a\r\n'.repeat(n)) },
    { shape: 'lines that are no answer', n: 20_000, make: (n) => replies('x\n'.repeat(n)) },
    { shape: 'carriage returns', n: 200_000, make: (n) => replies('\r'.repeat(n)) },
    {
      shape: 'lines that are almost the password',
      n: 2000,
      make: (n) => replies(`200 ${'a'.repeat(500)}\r\n`.repeat(n))
    },
    { shape: 'bytes that are almost the password', n: 20_000, make: (n) => shown('a'.repeat(n), 1460) },
    { shape: 'bytes that are almost the password, one at a time', n: 2000, make: (n) => shown('a'.repeat(n), 1) },
    {
      shape: 'numbers that are almost an address',
      n: 50_000,
      make: (n) =>
        ofBytes(latin1(`227 ${'1,1,1,1,1,x'.repeat(n)}`), (bytes) => void readPassiveAddress(bytes.toString('latin1')))
    },
    {
      shape: 'a listing that comes and is read byte by byte',
      n: 100_000,
      make: (n) =>
        ofBytes(latin1('-rw-r--r-- 1 a b 1 x\r\n'.repeat(Math.ceil(n / 22))), (bytes) => {
          const held = new HeldBytes()
          eachByte(bytes, (byte) => held.add(byte, []))
          while (held.length > 0) held.take(1)
        })
    }
  ]
}
