import { describe, expect, it } from 'vitest'
import { browserMessage, showsCommand } from '../../../src/main/ports/first-bytes.ts'

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1')

describe('S-4: what a browser can send first', () => {
  const methods = [
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'DELETE',
    'PATCH',
    'OPTIONS',
    'PROPFIND',
    'QUERY',
    'x',
    'AT',
    'AT#SHDN',
    'at#shdn',
    '+++',
    "A!#$%&'*+-.^_`|~9"
  ]

  it.each(methods)(
    'S-4: is a request with the method %s, to this port or any, whole or cut behind the target has begun',
    (method) => {
      for (const target of [
        '/ HTTP/1.1\r\nHost: 127.0.0.1:5000\r\n\r\n',
        '/',
        '/x?AT',
        '* HTTP/1.1\r\n',
        'http://www.example.lab/ HTTP/1.1\r\n'
      ]) {
        expect(browserMessage(bytes(`${method} ${target}`)), target).toBe('an HTTP request')
      }
    }
  )

  it('S-4: is a request to a proxy, the beginning of HTTP/2, and a method that is longer than any command', () => {
    expect(browserMessage(bytes('CONNECT 127.0.0.1:5000 HTTP/1.1\r\n'))).toBe('an HTTP request')
    expect(browserMessage(bytes('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'))).toBe('an HTTP request')
    expect(browserMessage(bytes(`AT${'#'.repeat(70_000)}`))).toBe('an HTTP request')
    expect(browserMessage(bytes('\r\n\r\nPOST / HTTP/1.1'))).toBe('an HTTP request')
  })

  it.each([
    ['a TLS hello', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['a TLS hello', '\x16\x03'],
    ['a TLS hello', '\x80\x2e\x01\x03\x01'],
    ['a TLS hello', '\x80\x2e\x01\x00\x02'],
    ['a SOCKS request', '\x04\x01\x00\x50\x7f\x00\x00\x01'],
    ['a SOCKS request', '\x05\x01\x00'],
    ['a STUN message', '\x00\x01\x00\x00\x21\x12\xa4\x42AT#SHDN\r'],
    ['a STUN message', '\x00\x14\x00\x01\x00\x00\x21\x12\xa4\x42']
  ])('S-4: is %s: %j', (message, text) => {
    expect(browserMessage(bytes(text))).toBe(message)
    expect(browserMessage(bytes(`${text}\rAT#SHDN\r`))).toBe(message)
  })

  it('S-4: is nothing that a host begins with', () => {
    const begins = [
      '',
      'A',
      'AT',
      'AT\r',
      'at\r\n',
      'AT+CMEE=1\rPOST / HTTP/1.1\r\n',
      'AT S7=45 S0=0 L1 V1 X4 &c1 E1 Q0\r',
      'ATE0 +CMEE=1\r',
      'AT#SSLD=1,443,"a",0,0\r',
      'A/',
      '+++',
      '+++ATH\r',
      '\x1a',
      '\x1bAT\r',
      '\x11AT\r',
      '\0\0AT\r',
      '~\r',
      'POST',
      'hello world',
      '\x7e\x00\x78\xf0\x7e',
      '\x16',
      '\x05',
      '\x04',
      '\xf9\x05\x01',
      `AT+${'x'.repeat(40)}`
    ]
    for (const begin of begins) expect(browserMessage(bytes(begin)), JSON.stringify(begin)).toBeNull()
  })

  it('S-4: is found in linear time', () => {
    for (const unit of ['A', '\r', '\0', 'A ', 'AT ', ' ']) {
      expect(() => browserMessage(bytes(unit.repeat(1_000_000)))).not.toThrow()
      expect(() => showsCommand(bytes(unit.repeat(1_000_000)))).not.toThrow()
    }
  })
})

describe('S-4: a host shows itself', () => {
  it.each(['AT', 'at', 'AT+CSQ\r', 'A/', 'a/', '+++', '\0AT', '\r\n\x1b\x1a\x11\0AT', 'noise\rAT', 'x\n+++', '\x1bA/'])(
    'S-4: by %j',
    (text) => {
      expect(showsCommand(bytes(text))).toBe(true)
    }
  )

  it.each(['', 'A', 'a', '+', '++', 'XAT', 'hello', '\r\n', '\x1b', ' AT', 'noise AT', '++ +', 'B/', '\xffAT'])(
    'S-4: not by %j',
    (text) => {
      expect(showsCommand(bytes(text))).toBe(false)
    }
  )
})
