import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { SocketSettings } from '../../src/renderer/panels/values/SocketSettings.tsx'
import { settingGroups } from '../../src/renderer/panels/values/setting-rows.ts'
import { idleWords, outcomeWords } from '../../src/renderer/panels/values/timer-words.ts'
import type { NumberParameter } from '../../src/shared/commands/declaration.ts'
import { commandsOf } from '../../src/shared/commands/index.ts'
import { profileOf } from '../../src/shared/products/catalog.ts'
import { Bench } from '../fixtures/bench.ts'
import { scene } from '../fixtures/window-states.ts'

const he910 = profileOf('HE910', null)
const { snapshot } = scene('online')
const rowsOf = (product: string) => {
  const profile = profileOf(product, null)
  return settingGroups(commandsOf(profile), profile, snapshot.ssl.settings)
}

describe('the settings of the socket', () => {
  it('are every parameter of both commands but the socket’s number, as the product has them', () => {
    const [security, config] = rowsOf('HE910')
    expect(security!.rows.map(({ name, ranges }) => `${name} ${ranges}`)).toEqual([
      'suite 0–4',
      'authMode 0–2',
      'certFormat 0,1'
    ])
    expect(config!.rows.map(({ name }) => name)).toEqual([
      'cid',
      'pktSize',
      'maxTo',
      'defTo',
      'txTo',
      'ringMode',
      'noCarrierMode',
      'unused1',
      'unused2',
      'unused3',
      'unused4'
    ])
    expect(config!.line).toBe('AT#SSLCFG=1,1,300,90,100,50,0,0,0,0')
    expect(rowsOf('GE865-QUAD')[0]!.rows.map(({ name, ranges }) => `${name} ${ranges}`)).toEqual([
      'suite 0–3',
      'authMode 0–2'
    ])
  })

  it('mark what differs from the default, and what is out of range', () => {
    const settings = { '#SSLSECCFG': { suite: 4, authMode: 0 }, '#SSLCFG': { pktSize: 1000 } }
    const [security, config] = settingGroups(
      commandsOf(profileOf('GE865-QUAD', null)),
      profileOf('GE865-QUAD', null),
      settings
    )
    expect(security!.rows[0]).toMatchObject({ value: 4, factory: 0, isFactory: false, inRange: false })
    expect(config!.rows.find(({ name }) => name === 'pktSize')).toMatchObject({ isFactory: false, inRange: true })
  })

  it('follow the declaration: another range and default there are another range and default here', () => {
    const parameter = commandsOf(he910)
      .get('#SSLCFG')!
      .parameters.find(({ name }) => name === 'pktSize') as {
      -readonly [K in keyof NumberParameter]: NumberParameter[K]
    }
    const before = { ranges: parameter.ranges, default: parameter.default }
    const drawn = (): string =>
      renderToStaticMarkup(createElement(SocketSettings, { snapshot, onSwitch: null })).replaceAll(/<[^>]+>/g, ' ')
    expect(drawn()).toMatch(/pktSize\s+300\s+300\s+0–1500 B/)
    try {
      parameter.ranges = [[100, 700]]
      parameter.default = 512
      expect(drawn()).toMatch(/pktSize\s+300\s+512\s+100–700 B/)
    } finally {
      Object.assign(parameter, before)
    }
  })

  it('have the defaults that a fresh module has', () => {
    for (const product of ['HE910', 'GE865-QUAD']) {
      const bench = new Bench({ product })
      const { sslConfig, sslSecurity } = bench.module.parts.nvm.contents
      const groups = settingGroups(commandsOf(bench.module.parts.profile), bench.module.parts.profile, {
        '#SSLCFG': { cid: 1, ...sslConfig },
        '#SSLSECCFG': { ...sslSecurity }
      })
      for (const { rows } of groups)
        for (const { name, value, factory } of rows)
          if (value !== null) expect(`${name} ${factory}`).toBe(`${name} ${value}`)
    }
  })
})

describe('the words of a timer', () => {
  it('tell why it is idle, and what came of it', () => {
    expect(idleWords('escape', snapshot)).toBe('no +++ seen')
    expect(idleWords('txTo', scene('fresh').snapshot)).toBe('not online')
    expect(outcomeWords('then NO CARRIER')).toBe('so NO CARRIER')
  })
})
