import { expect, it } from 'vitest'
import { parseUartAddress } from '../../../src/main/ports/index.ts'

it.each([
  ['/dev/ttyUSB0', { path: '/dev/ttyUSB0', baud: 115_200 }],
  ['/dev/ttyUSB0@9600', { path: '/dev/ttyUSB0', baud: 9_600 }],
  ['COM3@921600', { path: 'COM3', baud: 921_600 }],
  ['/dev/ttyUSB0@', null],
  ['/dev/ttyUSB0@1', null],
  ['/dev/ttyUSB0@99999999', null],
  ['@9600', null],
  ['', null]
])('reads %j', (text, expected) => {
  expect(parseUartAddress(text)).toEqual(expected)
})
