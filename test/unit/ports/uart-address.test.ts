import { expect, it } from 'vitest'
import { parseUartAddress } from '../../../src/main/ports/index.ts'
import { plainUart } from '../../../src/shared/hardware/line-rates.ts'

it.each([
  ['/dev/ttyUSB0', { path: '/dev/ttyUSB0', baud: 115_200, format: plainUart }],
  ['/dev/ttyUSB0@9600', { path: '/dev/ttyUSB0', baud: 9_600, format: plainUart }],
  ['COM3@921600', { path: 'COM3', baud: 921_600, format: plainUart }],
  ['COM3@9600,7E2', { path: 'COM3', baud: 9_600, format: { ...plainUart, dataBits: 7, parity: 'even', stopBits: 2 } }],
  [
    '/dev/ttyS0@9600,rtscts,dtr=ri',
    { path: '/dev/ttyS0', baud: 9_600, format: { ...plainUart, rtscts: true, dtrDrives: 'ri' } }
  ],
  ['/dev/ttyUSB0@9600,', null],
  ['/dev/ttyUSB0@9600,9N1', null],
  ['/dev/ttyUSB0@9600,dtr=cts', null],
  ['/dev/ttyUSB0@', null],
  ['/dev/ttyUSB0@1', null],
  ['/dev/ttyUSB0@99999999', null],
  ['@9600', null],
  ['', null]
])('reads %j', (text, expected) => {
  expect(parseUartAddress(text)).toEqual(expected)
})
