import { describe, expect, it } from 'vitest'
import { captureAmong } from '../../src/renderer/state/capture-files.ts'

const named = (...names: readonly string[]) => names.map((name) => ({ name }))

describe('files that are dropped on the window', () => {
  it.each([
    [['a.pcapng'], false, ['a.pcapng', null, false]],
    [['A.PCAP', 'sslkeys.log'], false, ['A.PCAP', 'sslkeys.log', false]],
    [['keys.txt'], true, [null, 'keys.txt', false]],
    [['keys.txt'], false, null],
    [['said.transcript'], true, null],
    [['said.transcript', 'a.pcapng'], false, ['a.pcapng', null, true]],
    [[], true, null]
  ] as const)('%j, with a capture open %s', (names, isOpen, expected) => {
    const found = captureAmong(named(...names), isOpen)
    expect(found && [found.capture?.name ?? null, found.keyLog?.name ?? null, found.others]).toEqual(expected)
  })
})
