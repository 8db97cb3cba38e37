import { expect, it } from 'vitest'
import { atLineOf } from '../../../src/main/capture/at-packets.ts'
import { atPdu } from '../../../src/main/timeline/exports/pcapng/at-pdu.ts'

/** The window's reader reads an AT line as the export has written it. */
it.each(['command', 'echo', 'data'] as const)('%s, as the export writes it', (kind) => {
  const bytes = atPdu(Buffer.from('AT+CSQ\r'), kind, kind === 'command')
  const line = atLineOf({ bytes, atMs: 5, interfaceName: 'AT0', comments: [] } as unknown as Parameters<
    typeof atLineOf
  >[0])
  expect(line).toMatchObject({ kind, direction: kind === 'command' ? 'tx' : 'rx', byteCount: 7 })
})

it('a command of a capture from before, which names the dissector of AT commands', () => {
  const tag = (code: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([0, code, 0, value.length]), value])
  const bytes = Buffer.concat([
    tag(12, Buffer.from('at\0\0')),
    tag(35, Buffer.from([0, 0, 0, 0])),
    tag(0, Buffer.alloc(0)),
    Buffer.from('ATI\r')
  ])
  expect(
    atLineOf({ bytes, atMs: 5, interfaceName: 'AT0', comments: [] } as unknown as Parameters<typeof atLineOf>[0])
  ).toMatchObject({ kind: 'command', direction: 'tx', byteCount: 4 })
})

it.each([12, 33])('nothing that every object has is taken for a kind of line (tag %d)', (code) => {
  const tag = (of: number, value: string): Buffer =>
    Buffer.concat([Buffer.from([0, of, 0, value.length]), Buffer.from(value)])
  const bytes = Buffer.concat([
    tag(12, 'data'),
    tag(code, 'constructor'),
    tag(35, '\0\0\0\0'),
    tag(0, ''),
    Buffer.from('ATI\r')
  ])
  expect(
    atLineOf({ bytes, atMs: 5, interfaceName: 'AT0', comments: [] } as unknown as Parameters<typeof atLineOf>[0])?.kind
  ).toBe(code === 12 ? undefined : 'data')
})
