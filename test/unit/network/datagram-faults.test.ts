import { describe, expect, it } from 'vitest'
import { ArmedFaults } from '../../../src/main/lab/armed-faults.ts'
import { isDatagramFault, labFaults, type DatagramFaultId } from '../../../src/shared/lab/faults.ts'
import { IpBench } from '../../fixtures/ip-bench.ts'

const peer = { address: '192.0.2.7', port: 7 }

/** A socket whose peer returns each datagram, with a fault that is armed. */
function armed(fault: DatagramFaultId, times: 'next' | 'always', parameter?: number) {
  const bench = IpBench.inMemory()
  const faults = new ArmedFaults(bench.timeline, () => 0)
  bench.network.faultOnDatagram = () => faults.claimDatagram()
  bench.network.listenDatagrams(peer.address, peer.port, (bytes, _from, reply) => reply(bytes))
  const opening = bench.opening('A socket.')
  const got: string[] = []
  const socket = bench.stack().openUdp(
    0,
    bench.udp('socket', (bytes) => void got.push(Buffer.from(bytes).toString())),
    opening
  )
  bench.settle()
  faults.arm({ fault, times, ...(parameter === undefined ? {} : { parameter }) })
  const send = (...texts: readonly string[]): void => {
    for (const text of texts) socket.send(Buffer.from(text), peer.address, peer.port)
    bench.settle()
  }
  return { bench, faults, got, send, socket, opening }
}

/** What each fault does to datagrams. A missing one does not compile. */
const flows: Readonly<Record<DatagramFaultId, () => void>> = {
  'datagram-lost': () => {
    const { got, send, faults, bench } = armed('datagram-lost', 'next')
    send('one', 'two')
    expect(got).toEqual(['two'])
    expect([faults.present, faults.strikes]).toMatchObject([[], [{ fault: 'datagram-lost', farEnd: null }]])
    expect(bench.facts('datagram').filter(({ what }) => what.direction === 'in')).toHaveLength(1)
  },
  'datagram-doubled': () => {
    const { got, send } = armed('datagram-doubled', 'next')
    send('one', 'two')
    expect(got).toEqual(['one', 'one', 'two'])
  },
  'datagrams-reordered': () => {
    const { got, send } = armed('datagrams-reordered', 'next')
    send('one', 'two', 'three')
    expect(got).toEqual(['two', 'one', 'three'])
  }
}

describe('a fault of datagrams', () => {
  it.each(Object.entries(flows))('%s does to one datagram what its words say', (_id, flow) => flow())

  it('has a flow above, and strikes at no server', () => {
    expect(labFaults.filter(({ id }) => isDatagramFault(id)).map(({ id }) => id)).toEqual(
      expect.arrayContaining(Object.keys(flows))
    )
    expect(() =>
      new ArmedFaults(IpBench.inMemory().timeline, () => 0).arm({
        fault: 'datagram-lost',
        times: 'next',
        farEnd: 'tls'
      })
    ).toThrow('Datagram lost cannot strike at the TLS echo.')
  })

  it('strikes at every datagram while it is armed for ever', () => {
    const { got, send, faults } = armed('datagram-lost', 'always')
    send('one', 'two', 'three')
    expect(got).toEqual([])
    expect(faults.present).toMatchObject([{ strikes: 3 }])
    faults.clear({ all: true })
    send('four')
    expect(got).toEqual(['four'])
  })

  it('that holds a datagram back lets it go once nothing overtakes it for its time', () => {
    const { got, send, bench } = armed('datagrams-reordered', 'next', 250)
    send('alone')
    expect(got).toEqual([])
    bench.settle(248)
    expect(got).toEqual([])
    bench.settle(1)
    expect(got).toEqual(['alone'])
  })

  it('does not deliver to a socket that was closed meanwhile', () => {
    const { got, send, bench, socket } = armed('datagrams-reordered', 'next')
    send('held')
    socket.close('Closed.')
    bench.settle(5000)
    expect(got).toEqual([])
  })

  it('has the socket’s event as its cause, and is the cause of what it delivers', () => {
    const { bench, send, opening } = armed('datagram-doubled', 'next')
    send('one')
    const strike = bench.facts('fault').at(-1)!
    expect(strike.cause).toBe(opening.seq)
    const arrivals = bench.facts('datagram').filter(({ what }) => what.direction === 'in')
    expect(arrivals.map(({ cause }) => cause)).toEqual([strike.seq, strike.seq])
  })
})
