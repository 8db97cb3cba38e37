import { describe, expect, it } from 'vitest'
import { commandAsks } from '../../src/shared/commands/asks.ts'
import { canHappen } from '../../src/shared/statecharts/ask.ts'
import { sslChart } from '../../src/shared/statecharts/ssl.ts'
import { guideAddress, listen } from '../guide/far-ends.ts'
import { Host } from '../guide/host.ts'

// The window's legal commands in a state are those that the running module accepts there.

const dial = `AT#SSLD=1,443,"${guideAddress}",1,1`
/** The shortest arguments with which a command is understood. */
const typed: Readonly<Record<string, string>> = {
  '#SSLD': dial.slice('AT#SSLD'.length),
  '#SSLFASTD': '=1,1',
  '#SSLRECV': '=1,10',
  '#SSLSENDEXT': '=1,3'
}
const states: Readonly<Record<string, readonly string[]>> = {
  disabled: [],
  closed: ['AT#SSLEN=1,1'],
  'open.command': ['AT#SSLEN=1,1', dial]
}

describe.each(Object.entries(states))('in state %s of the SSL socket', (state, way) => {
  // A fast dial needs a kept TLS session in addition to the state.
  const asks = commandAsks.ssl!.filter((ask) => ask.command !== '#SSLFASTD')
  const names = [...new Set(asks.map((ask) => ask.command + (ask.typed ?? typed[ask.command] ?? '=1')))]
  it.each(names)('%s is taken or refused as the chart says', (line) => {
    const host = new Host({ product: 'GE910-QUAD' })
    listen(host.bench, {})
    for (const one of ['AT#SGACT=1,1', ...way]) host.at(one)
    expect(host.bench.module.chartsNow().find((chart) => chart.id === 'ssl')!.state).toBe(state)
    const legal = asks.some(
      (ask) => line.startsWith(ask.command + (ask.typed ?? '=')) && canHappen(sslChart, state, ask.event)
    )
    expect(/ERROR/.test(host.at(`AT${line}`)), line).toBe(!legal)
  })
})
