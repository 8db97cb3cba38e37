import { describe, expect, it } from 'vitest'
import { IpBench } from '../../fixtures/ip-bench.ts'

const peer = { address: '192.0.2.7', port: 7 }
const caller = { address: '192.0.2.50', port: 4711 }

describe('a UDP socket of a PDP context', () => {
  it('sends and receives datagrams one by one, and reports each with its addresses and its cause', () => {
    const bench = IpBench.inMemory()
    bench.network.listenDatagrams(peer.address, peer.port, (bytes, _from, reply) => reply(bytes))
    const opening = bench.opening('A socket.')
    const socket = bench.stack(3).openUdp(5000, bench.udp('socket'), opening)
    bench.settle()
    expect([socket.send(Buffer.from('one'), peer.address, 7), socket.send(Buffer.from(''), peer.address, 7)]).toEqual([
      true,
      true
    ])
    bench.settle()
    expect(bench.seen).toEqual(['socket open', 'socket got one from 192.0.2.7:7', 'socket got  from 192.0.2.7:7'])
    const [opened] = bench.facts('udp')
    expect(opened).toMatchObject({ cause: opening.seq, what: { what: 'opened', socket: null, sentence: 'A socket.' } })
    const datagrams = bench.facts('datagram')
    expect(datagrams.map(({ what }) => [what.direction, Buffer.from(what.bytes).toString()])).toEqual([
      ['out', 'one'],
      ['out', ''],
      ['in', 'one'],
      ['in', '']
    ])
    for (const { cause, what } of datagrams)
      expect({ cause, what }).toMatchObject({
        cause: opening.seq,
        what: { socket: opened!.seq, local: { address: '10.64.18.9', port: 5000 }, remote: peer }
      })
    expect([socket.sentBytes, socket.receivedBytes]).toEqual([3, 3])
  })

  it('takes a free port of its own for port 0, and gets nothing more once it is closed', () => {
    const bench = IpBench.inMemory()
    bench.network.listenDatagrams(peer.address, peer.port, (bytes, _from, reply) => reply(bytes))
    const stack = bench.stack()
    const one = stack.openUdp(0, bench.udp('one'), bench.opening('One.'))
    const two = stack.openUdp(0, bench.udp('two'), bench.opening('Two.'))
    expect(two.local.port).not.toBe(one.local.port)
    bench.settle()
    one.send(Buffer.from('late'), peer.address, 7)
    one.close('Closed.')
    bench.settle()
    expect(bench.seen).toEqual(['one open', 'two open'])
    expect(one.send(Buffer.from('no'), peer.address, 7)).toBe(false)
    expect(bench.facts('udp').at(-1)!.what).toMatchObject({ what: 'closed', socket: one.socket })
  })
})

describe('a listener of the module', () => {
  it('takes a caller whose address it sees, and talks to it', () => {
    const bench = IpBench.inMemory()
    const heard: string[] = []
    bench.stack(2).listenTcp(4, 80, bench.taking('listener'))
    const called = bench.network.callListener(4, caller, (far) => {
      far.onData((bytes) => heard.push(Buffer.from(bytes).toString()))
      far.write(Buffer.from('hello'))
    })
    bench.settle()
    expect([called, bench.seen]).toEqual([true, ['listener called from 192.0.2.50:4711', 'listener got hello']])
    const [connecting] = bench.facts('tcp')
    expect(connecting!.what).toMatchObject({
      incoming: true,
      local: { address: '10.64.18.8', port: 80 },
      remote: caller
    })
    expect(bench.facts('segment')[0]!.what).toMatchObject({ connection: connecting!.seq, direction: 'in' })
  })

  it('says of a caller that it drops why, and gets none after it has ended', () => {
    const bench = IpBench.inMemory()
    const cause = bench.opening('A rule.').seq
    const listener = bench.stack().listenTcp(1, 80, {
      called: ({ from, drop }) => void drop(`The firewall does not let ${from.address} in.`, cause)
    })
    const accept = (): void => void bench.seen.push('accepted')
    expect(bench.network.callListener(1, caller, accept)).toBe(false)
    const silent = bench.stack().listenTcp(2, 81, { called: () => {} })
    expect(bench.network.callListener(2, caller, accept)).toBe(false)
    listener.close()
    silent.close()
    expect(bench.network.callListener(1, caller, accept)).toBe(false)
    bench.settle()
    expect(bench.seen).toEqual([])
    expect(bench.facts('network').map((event) => [event.what.sentence, event.cause])).toEqual([
      ['The firewall does not let 192.0.2.50 in.', cause],
      ['The module dropped a caller from 192.0.2.50:4711.', null]
    ])
  })

  it('for datagrams gets them from anybody and answers the sender', () => {
    const bench = IpBench.inMemory()
    const answers: string[] = []
    const listener = bench.stack().listenUdp(3, 5005, bench.udp('listener'), bench.opening('A listener.'))
    bench.settle()
    const answered = (bytes: Uint8Array): void => void answers.push(Buffer.from(bytes).toString())
    expect(bench.network.sendDatagram(3, Buffer.from('ask'), caller, answered)).toBe(true)
    expect(bench.network.sendDatagram(2, Buffer.from('nobody'), caller)).toBe(false)
    bench.settle()
    listener.send(Buffer.from('answer'), caller.address, caller.port)
    bench.settle()
    expect([bench.seen, answers]).toEqual([['listener open', 'listener got ask from 192.0.2.50:4711'], ['answer']])
    expect(bench.facts('datagram').map(({ what }) => what.local.port)).toEqual([5005, 5005])
  })
})

describe('a ping', () => {
  it('to an address outside of the lab ends without a reply, when its time is over, with the reason', () => {
    const bench = IpBench.inMemory()
    const asked = { lengthBytes: 32, timeToLive: 128, timeoutMs: 5000 }
    bench.stack().ping('192.0.2.7', asked, null, (answer) => void bench.seen.push(answer.kind))
    bench.settle(4999)
    expect(bench.seen).toEqual([])
    bench.settle(1)
    expect(bench.seen).toEqual(['none'])
    const [request, none] = bench.facts('ping')
    expect(request!.what).toMatchObject({ what: 'request', local: '10.64.18.7', remote: '192.0.2.7', lengthBytes: 32 })
    expect(none).toMatchObject({ cause: request!.seq, what: { what: 'none', request: request!.seq } })
    expect(none!.what).toMatchObject({ sentence: expect.stringMatching(/ICMP leaves this machine only by programs/) })
  })
})
