import { describe, expect, it } from 'vitest'
import { ComPort } from '../../../src/main/ports/com-port.ts'
import { SUBNEGOTIATION_LIMIT_BYTES } from '../../../src/main/ports/telnet.ts'
import type { LineRate } from '../../../src/shared/contracts/serial-port.ts'
import { deadLines, type HostLines } from '../../../src/shared/hardware/port-lines.ts'
import { FuzzRandom } from '../../fuzz/fuzzer.ts'

const IAC = 255
const SB = [IAC, 250, 44]
const SE = [IAC, 240]
const WILL_COM_PORT = [IAC, 251, 44]

class Client {
  data = ''
  lines: HostLines[] = []
  rates: LineRate[] = []
  breaks: boolean[] = []
  taking: boolean[] = []
  purges: unknown[] = []
  readonly port: ComPort
  #sent: number[] = []

  constructor() {
    this.port = new ComPort(deadLines, {
      data: (bytes) => (this.data += Buffer.from(bytes).toString('latin1')),
      send: (bytes) => this.#sent.push(...bytes),
      hostLines: (lines) => this.lines.push(lines),
      rate: (rate) => this.rates.push(rate),
      breaks: (on) => this.breaks.push(on),
      taking: (on) => this.taking.push(on),
      purge: (what) => this.purges.push(what),
      agreed: () => {}
    })
    this.sent()
  }

  /** Returns the server's answer to these bytes. */
  says(...bytes: readonly number[]): number[] {
    this.port.feed(Uint8Array.from(bytes))
    return this.sent()
  }

  asks(...bytes: readonly number[]): number[] {
    return this.says(...SB, ...bytes, ...SE)
  }

  sent(): number[] {
    return this.#sent.splice(0)
  }
}

function agreed(): Client {
  const client = new Client()
  client.says(...WILL_COM_PORT)
  return client
}

describe('RFC 2217', () => {
  it('has no lines and no rate before the client agreed to COM-PORT-OPTION', () => {
    const client = new Client()
    expect([client.port.agreed, client.port.hostLines, client.port.rate]).toEqual([
      false,
      { rts: null, dtr: null },
      null
    ])
    expect(client.says(...WILL_COM_PORT)).toEqual([...SB, 107, 0, ...SE])
    expect([client.port.agreed, client.lines, client.port.rate]).toEqual([
      true,
      [{ rts: true, dtr: true }],
      { baud: 115_200, bitsPerByte: 10 }
    ])
  })

  it('takes the use of COM-PORT-OPTION for the agreement to it, but not after a refusal', () => {
    const client = new Client()
    expect(client.asks(2, 0)).toEqual([...SB, 107, 0, ...SE, ...SB, 102, 8, ...SE])
    expect(client.port.agreed).toBe(true)
    const refusing = new Client()
    refusing.says(IAC, 252, 44)
    expect([refusing.asks(2, 0), refusing.port.agreed]).toEqual([[], false])
  })

  it('takes rates and formats, and answers what it does not take with what is set', () => {
    const client = agreed()
    expect(client.asks(1, 0, 0, 0x25, 0x80)).toEqual([...SB, 101, 0, 0, 0x25, 0x80, ...SE])
    expect(client.asks(1, 0, 0, 0, 0)).toEqual([...SB, 101, 0, 0, 0x25, 0x80, ...SE])
    expect(client.asks(1, IAC, IAC, IAC, IAC, IAC, IAC, IAC, IAC)).toEqual([...SB, 101, 0, 0, 0x25, 0x80, ...SE])
    expect(client.asks(1, 0)).toEqual([...SB, 101, 0, 0, 0x25, 0x80, ...SE])
    expect(client.asks(2, 7)).toEqual([...SB, 102, 7, ...SE])
    expect(client.asks(2, 5)).toEqual([...SB, 102, 7, ...SE])
    expect(client.asks(3, 3)).toEqual([...SB, 103, 3, ...SE])
    expect(client.asks(4, 2)).toEqual([...SB, 104, 2, ...SE])
    expect(client.asks(4, 0)).toEqual([...SB, 104, 2, ...SE])
    expect(client.port.rate).toEqual({ baud: 9_600, bitsPerByte: 1 + 7 + 1 + 2 })
    expect(client.rates.map(({ baud }) => baud)).toEqual([115_200, 9_600, 9_600, 9_600, 9_600])
  })

  it('tells its name, and purges', () => {
    const client = agreed()
    expect(Buffer.from(client.asks(0)).toString('latin1')).toContain('Telit SSL Simulator')
    expect(client.asks(0, 65, 66)).toEqual([])
    expect(client.asks(12, 3)).toEqual([...SB, 112, 3, ...SE])
    client.asks(12, 1)
    client.asks(12, 2)
    client.asks(12, 9)
    expect(client.purges).toEqual([
      { toHost: true, fromHost: true },
      { toHost: true, fromHost: false },
      { toHost: false, fromHost: true }
    ])
  })

  it('moves the host’s lines, BREAK and suspension', () => {
    const client = agreed()
    expect(client.asks(5, 9)).toEqual([...SB, 105, 9, ...SE])
    expect(client.asks(5, 12)).toEqual([...SB, 105, 12, ...SE])
    expect(client.asks(5, 7)).toEqual([...SB, 105, 9, ...SE])
    expect(client.asks(5, 3)).toEqual([...SB, 105, 3, ...SE])
    expect(client.asks(5, 5)).toEqual([...SB, 105, 5, ...SE])
    expect(client.asks(5, 6)).toEqual([...SB, 105, 6, ...SE])
    client.asks(8)
    client.asks(9)
    expect(client.lines.slice(1)).toEqual([
      { rts: true, dtr: false },
      { rts: false, dtr: false }
    ])
    expect([client.breaks, client.taking]).toEqual([
      [true, false],
      [false, true]
    ])
  })

  it('tells the module’s lines with their changes, through the mask', () => {
    const client = agreed()
    client.port.setLines({ cts: true, dsr: true, dcd: false, ri: false })
    expect(client.sent()).toEqual([...SB, 107, 0x30 | 0x03, ...SE])
    client.port.setLines({ cts: true, dsr: true, dcd: true, ri: true })
    expect(client.sent()).toEqual([...SB, 107, 0xf0 | 0x08, ...SE])
    client.port.setLines({ cts: true, dsr: true, dcd: true, ri: false })
    expect(client.sent()).toEqual([...SB, 107, 0xb0 | 0x04, ...SE])
    expect(client.asks(11, 0x80)).toEqual([...SB, 111, 0x80, ...SE, ...SB, 107, 0x80, ...SE])
    client.port.setLines({ cts: false, dsr: true, dcd: true, ri: false })
    expect(client.sent()).toEqual([])
    client.port.setLines({ cts: false, dsr: true, dcd: false, ri: false })
    expect(client.sent()).toEqual([...SB, 107, 0, ...SE])
  })

  it('passes every byte both ways, 0xFF twice, also in pieces', () => {
    const client = agreed()
    const all = Buffer.from(Array.from({ length: 256 }, (_, at) => at))
    const wire = client.port.encode(all)
    expect(wire).toHaveLength(257)
    // BINARY must be agreed first, or CR NUL would be one character.
    client.says(IAC, 251, 0)
    for (const byte of wire) client.says(byte)
    expect(client.data).toBe(all.toString('latin1'))
  })

  it('takes CR NUL of a Telnet client in NVT mode as CR', () => {
    const client = new Client()
    client.says(...Buffer.from('AT\r\0AT\r\n'))
    expect(client.data).toBe('AT\rAT\r\n')
  })

  it('settles each option once and starts no loop', () => {
    const client = new Client()
    // The server asked for it, so it is agreed without another answer.
    expect(client.says(IAC, 253, 0)).toEqual([])
    expect(client.says(IAC, 253, 0)).toEqual([])
    expect(client.says(IAC, 251, 200)).toEqual([IAC, 254, 200])
    expect(client.says(IAC, 254, 0)).toEqual([IAC, 252, 0])
    expect(client.says(IAC, 254, 0)).toEqual([])
    expect(client.says(IAC, 253, 1)).toEqual([IAC, 251, 1])
  })

  it('keeps no more than one sub-negotiation, however long it gets', () => {
    const client = agreed()
    client.says(...SB, 1, ...Array.from({ length: SUBNEGOTIATION_LIMIT_BYTES * 4 }, () => 0))
    expect(client.says(...SE)).toEqual([])
    expect(client.asks(2, 8)).toEqual([...SB, 102, 8, ...SE])
  })
})

describe('hostile bytes', () => {
  it('never break it: any of them leave a port that answers', () => {
    const chance = new FuzzRandom(2217)
    const random = (below: number): number => chance.below(below)
    // Mostly bytes with a meaning for the parser.
    const telling = [255, 255, 255, 250, 240, 44, 251, 252, 253, 254, 243, 0, 1, 5, 10, 11, 12, 13]
    for (let round = 0; round < 400; round += 1) {
      const client = new Client()
      let fed = 0
      let answered = 0
      for (let piece = 0; piece < 20; piece += 1) {
        const bytes = Array.from({ length: random(60) }, () =>
          random(3) === 0 ? random(256) : telling[random(telling.length)]!
        )
        fed += bytes.length
        answered += client.says(...bytes).length
      }
      // Six bytes of the client cause a signature of 19 characters.
      expect(answered).toBeLessThan(fed * 5 + 100)
      client.says(...SE, ...SE, ...WILL_COM_PORT)
      client.says(...SB, ...SE, ...SE)
      client.says(...WILL_COM_PORT)
      expect(client.asks(12, 3)).toEqual([...SB, 112, 3, ...SE])
    }
  })
})
