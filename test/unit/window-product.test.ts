import { describe, expect, it } from 'vitest'
import { rangesText, whatChanges, whatEnds } from '../../src/renderer/state/sentence/what-changes.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { products, profileOf } from '../../src/shared/products/catalog.ts'
import { scene } from '../fixtures/window-states.ts'

const he910 = profileOf('HE910')
const ge865 = profileOf('GE865-QUAD')

describe('what another product changes', () => {
  it('names the commands that come and go', () => {
    expect(whatChanges(he910, ge865)).toMatchObject({ gained: ['#CPUMODE', '#SSLFASTD'], lost: [] })
    expect(whatChanges(ge865, he910)).toMatchObject({ gained: [], lost: ['#CPUMODE', '#SSLFASTD'] })
    expect(whatChanges(profileOf('HE910', '12.00.xx4'), he910).gained).toEqual([
      '#SCFGEXT3',
      '#SLASTCLOSURE',
      '#SSLSENDEXT'
    ])
  })

  it('tells parameters, suites and limits with what they were', () => {
    const { differs } = whatChanges(he910, ge865)
    expect(differs).toContainEqual({ what: '#SSLSECCFG suite', was: '0-4', becomes: '0-3' })
    expect(differs).toContainEqual({ what: '#SSLSECCFG certFormat', was: '0,1', becomes: 'not available' })
    expect(differs).toContainEqual({
      what: 'Suites',
      was: '1 RC4-MD5, 2 RC4-SHA, 3 AES128-SHA, 4 NULL-SHA',
      becomes: '1 RC4-MD5, 2 RC4-SHA, 3 AES256-SHA'
    })
    expect(differs).toContainEqual({
      what: 'Received record',
      was: 'up to 16\u202f384 bytes',
      becomes: 'up to 15\u202f800 bytes'
    })
    expect(whatChanges(profileOf('HE910', '12.00.xx4'), he910).differs).toContainEqual({
      what: 'Command line',
      was: 'up to 80 characters',
      becomes: 'up to 400 characters'
    })
  })

  it('compares no limits of SSL with a version that has none', () => {
    const { lost, differs } = whatChanges(ge865, profileOf('GE865-QUAD', '10.00.xx3'))
    expect(lost).toContain('#SSLD')
    expect(differs.map(({ what }) => what)).not.toContain('Suites')
  })

  it('is nothing between equals, and the reverse the other way round, for every product and version', () => {
    const profiles = products.flatMap((one) => one.software.map((version) => profileOf(one.name, version.name)))
    expect(new Set(profiles.map((one) => one.product)).size).toBe(products.length)
    for (const profile of profiles) {
      expect(whatChanges(profile, profile)).toEqual({ gained: [], lost: [], differs: [] })
      const [there, back] = [whatChanges(he910, profile), whatChanges(profile, he910)]
      expect([there.gained, there.lost]).toEqual([back.lost, back.gained])
      expect(
        there.differs.map(({ what, was, becomes }) => ({ what, was: becomes, becomes: was })).toSorted(byWhat)
      ).toEqual(back.differs.toSorted(byWhat))
      const after = new Set(
        [...commandsOf(he910).keys()].filter((name) => !there.lost.includes(name)).concat(there.gained)
      )
      expect(after).toEqual(new Set(commandsOf(profile).keys()))
    }
  })

  it('writes ranges as a test form does, a long list by its ends', () => {
    expect(rangesText([[1, 1]])).toBe('1')
    expect(
      rangesText([
        [0, 1],
        [3, 9]
      ])
    ).toBe('0,1,3-9')
    expect(rangesText([0, 300, 1200, 2400, 4800].map((rate) => [rate, rate] as const))).toBe('0,300…4800')
  })
})

describe('what a restart ends', () => {
  const { snapshot: online } = scene('online')
  const at = (state: string, change: object = {}): string =>
    whatEnds({ ...online, charts: online.charts.map((one) => (one.id === 'ssl' ? { ...one, state } : one)), ...change })

  it('is said by what is going on', () => {
    expect(whatEnds(online)).toBe(
      'The connection to 127.0.0.1:38443 is cut without close_notify; 176 bytes not yet sent or read are lost.'
    )
    expect(at('handshake')).toBe('The dial to 127.0.0.1:38443 is cancelled.')
    expect(at('closed')).toBe('The context with the address 10.64.18.7 is deactivated. The module registers again.')
    expect(whatEnds(scene('fresh').snapshot)).toBe('No connection is open. The module registers again.')
    expect(whatEnds(scene('off').snapshot)).toBe('The module is off. It starts as the other product.')
  })
})

function byWhat(one: { readonly what: string }, other: { readonly what: string }): number {
  return one.what < other.what ? -1 : 1
}
