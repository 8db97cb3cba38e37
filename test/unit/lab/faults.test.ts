import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  isDatagramFault,
  labFaults,
  type LabFault,
  type NetworkFaultId,
  type TcpFaultId
} from '../../../src/shared/lab/faults.ts'
import { labCertificates } from '../../../src/shared/lab/lab.ts'
import { cmeErrors } from '../../../src/shared/rules/errors.ts'
import type { TlsFault } from '../../../src/shared/tls/misbehaviour.ts'
import { tlsMisbehaviours } from '../../../src/shared/tls/misbehaviours.ts'
import { RC4_MD5 } from '../../../src/shared/tls/suites.ts'
import { LabBench } from '../../fixtures/lab-bench.ts'

// Every certificate and every fault of the lab, with a module on its AT port: each ends as the table says.

let bench: LabBench
beforeEach(async () => {
  bench = await (await new LabBench().startLab()).ready()
})
afterEach(() => bench.end())

const error = (code: number): string => `\r\n+CME ERROR: ${code}\r\n`
const connect = '\r\nCONNECT\r\n'

describe('the certificates', () => {
  it.each(labCertificates)('$id', async ({ id, verifiedError }) => {
    await bench.api.setLab({ farEnd: 'tls', certificate: id })
    expect(await bench.dial('tls', 1)).toBe(verifiedError === null ? connect : error(cmeErrors[verifiedError].code))
    if (verifiedError !== null) expect(await bench.dial('tls', 0)).toBe(connect)
  })
})

describe('the settings', () => {
  it('gives the fingerprint of its authority as the slot does in which the certificate is stored', async () => {
    expect(await bench.dial('tls', 1)).toBe(connect)
    const stored = bench.module.parts.securityData.describe(1)
    expect(bench.snapshot.caSha1Fingerprint).toBe(stored!.summary.sha1Fingerprint)
  })

  it('offers the suites that were chosen, and no others', async () => {
    await bench.api.setLab({ farEnd: 'https', suites: ['RC4-MD5'] })
    expect(await bench.dial('https')).toBe(connect)
    const suite = bench
      .events('tls')
      .map(({ what }) => what)
      .find((what) => what.kind === 'tls' && what.trace.kind === 'suite')
    expect(suite).toMatchObject({ trace: { suiteWireId: RC4_MD5.wireId } })
    // HE910 proposes no AES-256 (G-2.2-3).
    await bench.api.setLab({ farEnd: 'tls', suites: ['AES256-SHA'] })
    bench.type('GET / HTTP/1.0\r\n\r\n')
    await bench.until(/NO CARRIER/)
    expect(await bench.dial('tls')).toBe(error(839))
  })

  it('asks for the client certificate, and takes the one it made (G-3.2-1)', async () => {
    await bench.api.setLab({ farEnd: 'tls', clientCertificate: 'demanded' })
    expect(await bench.dial('tls', 1)).toBe(error(839))
    expect(await bench.dial('tls', 2)).toBe(connect)
  })

  it('sends records of the size that was chosen, after the delay', async () => {
    await bench.api.setLab({ farEnd: 'tls', recordBytes: 100, delayMs: 5 })
    expect(await bench.dial('tls')).toBe(connect)
    const records = bench
      .events('tls')
      .map(({ what }) => what)
      .filter((what) => what.kind === 'tls' && what.trace.kind === 'record' && what.trace.direction === 'in')
    expect(records.length).toBeGreaterThan(8)
  })

  it('makes changes one after the other', async () => {
    const slow = bench.api.setLab({ farEnd: 'tls', certificate: 'rsa-4096' })
    const quick = bench.api.setLab({ farEnd: 'tls', certificate: 'expired' })
    await Promise.all([slow, quick])
    expect(bench.snapshot.farEnds[0]!.settings.certificate).toBe('expired')
    expect(await bench.dial('tls')).toBe(error(839))
  })
})

const answering = (kind: string, inTransfer?: boolean): LabFault[] =>
  labFaults.filter(
    ({ misbehaviour }) =>
      misbehaviour?.answer.kind === kind &&
      misbehaviour.fault.kind !== 'drip' &&
      (misbehaviour.answer.kind !== 'fails' || misbehaviour.answer.inTransfer === inTransfer)
  )
const ftp = labFaults.filter(({ where }) => where === 'ftp')
const refusesOpen = (fault: LabFault): boolean => fault.seen.more.includes('#FTPOPEN')

/** What each fault without TLS does to its flow. A missing one does not compile. */
const ownFlows: Readonly<Record<NetworkFaultId | TcpFaultId, () => Promise<void>>> = {
  'context-dropped': async () => {
    await bench.api.armFault({ fault: 'context-dropped', times: 'next' })
    expect(await bench.dial()).toBe(error(832))
    expect(JSON.stringify((await bench.why())?.happened)).toContain('caused on purpose: Context dropped')
    expect(await bench.dial()).toBe(connect)
  },
  /** The network returns after the given time. */
  'network-loss': async () => {
    await bench.api.armFault({ fault: 'network-loss', times: 'next', parameter: 1 })
    expect(await bench.dial()).toBe(error(832))
    expect(bench.module.parts.registration.registered).toBe(false)
    await bench.when(() => bench.module.parts.registration.registered)
  },
  /** TCP is reset after the given number of bytes. */
  reset: async () => {
    await bench.api.armFault({ fault: 'reset', times: 'next' })
    expect(await bench.dial()).toBe(error(839))
    await bench.api.armFault({ fault: 'reset', times: 'next', parameter: 2000 })
    expect(await bench.dial()).toBe(connect)
    bench.type('x'.repeat(3000))
    await bench.until(/NO CARRIER/)
    expect(bench.snapshot.strikes).toHaveLength(2)
  }
}
const ownFaults = Object.keys(ownFlows) as (keyof typeof ownFlows)[]

/** Every fault by the flow in which it strikes. The tests below arm all faults of a flow. */
const flows = {
  endsDial: answering('fails', false),
  endsTransfer: answering('fails', true),
  goesOn: answering('goes on'),
  waits: answering('waits'),
  drips: labFaults.filter(({ misbehaviour }) => misbehaviour?.fault.kind === 'drip'),
  own: labFaults.filter(({ id }) => ownFaults.some((own) => own === id)),
  refusesFtpOpen: ftp.filter(refusesOpen),
  endsFtpTransfer: ftp.filter((fault) => !refusesOpen(fault))
}

describe('the faults', () => {
  it('are all the misbehaviours of the TLS server, and those of the network, of TCP and of FTP', () => {
    expect(labFaults.filter(({ misbehaviour }) => misbehaviour).length).toBe(tlsMisbehaviours.length)
    expect(new Set(labFaults.map(({ id }) => id)).size).toBe(labFaults.length)
    expect(labFaults.every(({ words }) => words)).toBe(true)
  })

  it('are each in one flow of these tests, and each flow has some', () => {
    const armed = Object.values(flows)
      .flat()
      .map(({ id }) => id)
    // Those of datagrams strike at no connection: test/unit/network/datagram-faults.test.ts.
    const ofConnections = labFaults.filter(({ id }) => !isDatagramFault(id))
    expect(armed.toSorted()).toEqual(ofConnections.map(({ id }) => id).toSorted())
    for (const [name, faults] of Object.entries(flows)) expect([name, faults.length > 0]).toEqual([name, true])
  })

  it('end the dial with 839, joined to the command, once', async () => {
    for (const fault of flows.endsDial) {
      // Only block ciphers have padding. HE910 proposes AES first, and the server prefers it.
      await bench.api.armFault({ fault: fault.id, times: 'next' })
      expect([fault.id, await bench.dial()]).toEqual([fault.id, error(839)])
      expect(bench.snapshot.faults).toEqual([])
      expect(bench.snapshot.strikes.at(-1)).toMatchObject({ fault: fault.id, farEnd: 'tls' })
      const told = bench.events('tls-failure').at(-1)!
      const chain = bench.causes(told.seq)
      expect([fault.id, chain.filter(({ kind }) => kind === 'fault').length]).toEqual([fault.id, 1])
      expect(chain.find(({ kind }) => kind === 'command')).toMatchObject({ name: '#SSLD' })
      const why = await bench.why()
      expect(why?.error?.code).toBe(839)
      expect([fault.id, why?.happened.map(({ sentence }) => sentence).join(' ')]).toEqual([
        fault.id,
        expect.stringContaining(`caused on purpose: ${fault.words}`)
      ])
    }
    expect(await bench.dial()).toBe(connect)
  }, 60_000)

  it('that do no harm are struck and the dial connects', async () => {
    // Waiting bytes are sent after 100 ms.
    await bench.at('AT#SSLEN=1,1')
    await bench.at('AT#SSLCFG=1,1,300,90,100,1')
    for (const { id } of flows.goesOn) {
      await bench.api.armFault({ fault: id, times: 'next', farEnd: 'https' })
      expect([id, await bench.dial('https')]).toEqual([id, connect])
      bench.type('GET / HTTP/1.0\r\n\r\n')
      expect(await bench.until(/NO CARRIER/)).toContain('It works')
      expect([id, bench.snapshot.faults]).toEqual([id, []])
      expect(bench.snapshot.strikes.at(-1)).toMatchObject({ fault: id, farEnd: 'https' })
    }
  }, 60_000)

  it.each(flows.endsTransfer)('$id ends what is open', async ({ id }) => {
    await bench.api.armFault({ fault: id, times: 'next' })
    const answer = await bench.dial()
    expect(answer).toContain('CONNECT')
    // As many bytes as a record has (pktSize).
    bench.type('x'.repeat(300))
    if (!answer.includes('NO CARRIER')) await bench.until(/NO CARRIER/)
    expect(bench.snapshot.strikes).toHaveLength(1)
  })

  it('counts the strikes of one that is armed for good', async () => {
    const { id } = await bench.api.armFault({ fault: 'wrong-finished', times: 'always', farEnd: 'tls' })
    for (const strikes of [1, 2]) {
      expect(await bench.dial()).toBe(error(839))
      expect(bench.snapshot.faults).toEqual([
        { id, fault: 'wrong-finished', times: 'always', farEnd: 'tls', parameter: null, strikes }
      ])
    }
    expect(await bench.dial('https')).toBe(connect)
    await bench.api.clearFault({ id })
    expect(bench.events('fault').map(({ what }) => (what as { sentence: string }).sentence)).toEqual([
      'Wrong Finished is armed permanently at the TLS echo: it sends a Finished that does not match the handshake.',
      'Wrong Finished at the TLS echo: it sends a Finished that does not match the handshake.',
      'Wrong Finished at the TLS echo: it sends a Finished that does not match the handshake.',
      'Wrong Finished is cleared at the TLS echo.'
    ])
  })

  it('silence in the handshake ends with the packet timer, once connected with nothing (D-4)', async () => {
    await bench.at('AT#SSLEN=1,1')
    const { host, port } = bench.snapshot.farEnds[0]!
    const later = flows.waits.filter(({ misbehaviour }) => isInTransfer(misbehaviour!.fault))
    expect(later.map(({ id }) => id)).toEqual(['silent-in-transfer'])
    for (const { id: fault } of flows.waits.filter((one) => !later.includes(one))) {
      await bench.api.armFault({ fault, times: 'next' })
      expect([fault, await bench.at(`AT#SSLD=1,${port},"${host}",0,0,10`)]).toEqual([fault, error(839)])
    }
    await bench.api.armFault({ fault: 'silent-in-transfer', times: 'next' })
    expect(await bench.at(`AT#SSLD=1,${port},"${host}",0,1`)).toBe('\r\nOK\r\n')
    await bench.at('AT#SSLSEND=1')
    bench.type('hello\x1a')
    await bench.until(/OK/)
    await bench.when(() => bench.snapshot.strikes.length === flows.waits.length)
    expect(await bench.at('AT#SSLRECV=1,100,10')).toContain('TIMEOUT')
  }, 30_000)

  it.each(ownFaults)('%s strikes on its way', async (id) => await ownFlows[id](), 15_000)

  it.each(flows.drips)(
    '$id drips, and the handshake comes about all the same',
    async ({ id }) => {
      await bench.api.armFault({ fault: id, times: 'next', parameter: 1 })
      expect(await bench.dial()).toBe(connect)
      expect(bench.snapshot.strikes).toMatchObject([{ fault: id }])
    },
    30_000
  )

  it.each(flows.refusesFtpOpen)('$id refuses #FTPOPEN', async ({ id }) => {
    await bench.api.armFault({ fault: id, times: 'next' })
    expect(await bench.dial('ftps')).toBe(error(606))
    expect(bench.snapshot.faults).toEqual([])
    expect(bench.snapshot.strikes).toMatchObject([{ fault: id, farEnd: 'ftps' }])
    expect(await bench.dial('ftps')).toBe('\r\nOK\r\n')
  })

  it.each(flows.endsFtpTransfer)('$id ends the transfer', async ({ id, seen }) => {
    await bench.api.armFault({ fault: id, times: 'next' })
    expect(await bench.dial('ftps')).toBe('\r\nOK\r\n')
    expect(await bench.at('AT#FTPGET="file.txt"', /NO CARRIER\r\n/)).toContain('NO CARRIER')
    expect(await bench.at('AT#FTPMSG', /\r\n(OK|ERROR)\r\n/)).toContain(/shows (\d+)/.exec(seen.more)![1])
    expect(bench.snapshot.faults).toEqual([])
  })

  it('strikes at the control connection of FTPS too', async () => {
    await bench.api.armFault({ fault: 'wrong-finished', times: 'next', farEnd: 'ftps' })
    expect(await bench.dial('ftps')).toBe(error(839))
    expect(bench.snapshot.strikes).toMatchObject([{ fault: 'wrong-finished', farEnd: 'ftps' }])
  })
})

function isInTransfer(fault: TlsFault): boolean {
  return 'at' in fault && fault.at === 'application data'
}

describe('what cannot be', () => {
  it('is refused with a sentence', async () => {
    await expect(bench.api.armFault({ fault: 'ftp-cut', times: 'next', farEnd: 'tls' })).rejects.toThrow(
      'Transfer cut cannot strike at the TLS echo.'
    )
    await expect(bench.api.armFault({ fault: 'reset', times: 'next', parameter: 0 })).rejects.toThrow(
      'Connection reset takes 1 to 1000000 bytes, not 0.'
    )
    await expect(bench.api.armFault({ fault: 'refuses', times: 'next', parameter: 3 })).rejects.toThrow(
      'takes no figure'
    )
    await expect(bench.api.armFault({ fault: 'network-loss', times: 'next', farEnd: 'tls' })).rejects.toThrow(
      'Network loss cannot strike at the TLS echo.'
    )
  })

  it('replaces a fault that is armed at the same place', async () => {
    await bench.api.armFault({ fault: 'refuses', times: 'next' })
    await bench.api.armFault({ fault: 'refuses', times: 'always' })
    expect(bench.snapshot.faults).toMatchObject([{ fault: 'refuses', times: 'always' }])
  })

  it('is what a lab that is off can do', async () => {
    const off = new LabBench()
    await expect(off.api.setLab({ farEnd: 'tls', certificate: 'expired' })).rejects.toThrow('The lab is off')
    await expect(off.api.armFault({ fault: 'refuses', times: 'next' })).rejects.toThrow('The lab is off')
    await off.api.armFault({ fault: 'context-dropped', times: 'next' })
    expect(off.snapshot.faults).toHaveLength(1)
    expect(off.snapshot.farEnds).toEqual([])
    off.close()
  })

  it('takes a fault back that was meant for a connection which ended before it could strike', async () => {
    await bench.api.setLab({ farEnd: 'tls', certificate: 'expired' })
    await bench.api.armFault({ fault: 'bad-mac-in-transfer', times: 'next' })
    expect(await bench.dial()).toBe(error(839))
    await bench.api.setLab({ farEnd: 'tls', certificate: 'good' })
    expect(bench.snapshot.faults).toHaveLength(1)
    expect(await bench.dial()).toBe(connect)
  })
})
