import { expect, it } from 'vitest'
import { moduleSnapshot } from '../../../src/main/simulator/snapshot.ts'
import { PlainBench } from '../../fixtures/plain-bench.ts'

it('the snapshot has all six sockets, each with its chart, peer, counters and timers', () => {
  const bench = new PlainBench().echo()
  bench.at('AT#SD=2,0,7,"1.2.3.4",0,0,1')
  bench.at('AT#SSENDEXT=2,3')
  bench.type('abc')
  bench.pass(100)
  const { sockets, charts } = moduleSnapshot(bench.module)
  expect(sockets.map(({ connId, status }) => [connId, status])).toEqual([
    [1, 0],
    [2, 3],
    [3, 0],
    [4, 0],
    [5, 0],
    [6, 0]
  ])
  expect(sockets[1]).toMatchObject({
    chart: { id: 'socket2', state: 'open.command' },
    kind: 'tcp',
    direction: 'dialled',
    remote: { address: '1.2.3.4', port: 7 },
    sentBytes: 3,
    receivedBytes: 3,
    heldBytes: 3,
    owner: 0
  })
  expect(sockets[1]!.timers.map(({ name, limit }) => [name, limit])).toEqual([['maxTo', 90_000]])
  expect(charts.some(({ id }) => id.startsWith('socket'))).toBe(false)
})
