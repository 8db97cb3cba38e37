import { describe, expect, it } from 'vitest'
import { MAX_KEPT_CHANGES, SlotChanges } from '../../../src/main/module/by-hand/nvm-change.ts'
import { Bench } from '../../fixtures/bench.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('a slot changed by hand', () => {
  it('is told as a person’s act, the cause of what NVM says, and can be taken back', () => {
    const bench = new Bench({ product: 'HE910' })
    const changes = new SlotChanges(bench.timeline)
    const { securityData } = bench.module.parts
    const stored = changes.change(bench.module, 1, bytes('one'))
    const deleted = changes.change(bench.module, 1, null)
    expect(securityData.read(1)).toBeNull()
    changes.undo(bench.module, deleted)
    expect(securityData.read(1)).toEqual(bytes('one'))
    changes.undo(bench.module, stored)
    expect(securityData.read(1)).toBeNull()
    expect(() => changes.undo(bench.module, stored)).toThrow('not kept any more')
    const notes = bench.events().filter(({ what }) => what.kind === 'note')
    expect(notes.map(({ what }) => what.kind === 'note' && what.act?.name)).toEqual(['nvm', 'nvm', 'nvm', 'nvm'])
    expect(
      bench.events().find(({ what }) => what.kind === 'nvm' && /CA certificate stored/.test(what.sentence))?.cause
    ).toBe(notes[0]!.seq)
  })

  it('is not brought back over what came into the slot since', () => {
    const bench = new Bench({ product: 'HE910' })
    const changes = new SlotChanges(bench.timeline)
    const { securityData } = bench.module.parts
    changes.change(bench.module, 1, bytes('one'))
    const deleted = changes.change(bench.module, 1, null)
    // A host program stores another one.
    securityData.write(1, bytes('of the host'), 0)
    expect(() => changes.undo(bench.module, deleted)).toThrow(
      'CA certificate has been changed since; the slot keeps what it has now.'
    )
    expect(securityData.read(1)).toEqual(bytes('of the host'))
    // Undo is possible once that is deleted.
    securityData.delete(1, 0)
    changes.undo(bench.module, deleted)
    expect(securityData.read(1)).toEqual(bytes('one'))
  })

  it('leaves no byte of a key in the timeline', () => {
    const bench = new Bench({ product: 'HE910' })
    const secret = 'abcdefghijklmnopqrstuvwxyz'
    new SlotChanges(bench.timeline).change(bench.module, 2, bytes(secret))
    const told = JSON.stringify(bench.events())
    expect(told).not.toContain(secret)
    expect(told).not.toContain(btoa(secret))
    expect(told).toContain('"hidden":["base64"]')
  })

  it('is refused for what a slot cannot take', () => {
    const bench = new Bench({ product: 'HE910' })
    const changes = new SlotChanges(bench.timeline)
    expect(() => changes.change(bench.module, 1, new Uint8Array(2048))).toThrow(
      'A slot takes 2047 bytes; these are 2048.'
    )
    expect(() => changes.change(bench.module, 1, new Uint8Array())).toThrow('nothing to store')
    expect(bench.events().filter(({ what }) => what.kind === 'note')).toEqual([])
  })

  it('keeps no more of the past than its limit', () => {
    const bench = new Bench({ product: 'HE910' })
    const changes = new SlotChanges(bench.timeline)
    const first = changes.change(bench.module, 1, bytes('a'))
    for (let count = 0; count < MAX_KEPT_CHANGES; count++) changes.change(bench.module, 1, bytes('b'))
    expect(() => changes.undo(bench.module, first)).toThrow('not kept any more')
  })
})
