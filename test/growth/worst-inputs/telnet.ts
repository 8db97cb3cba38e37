import { ComPort, type ComPortEvents } from '../../../src/main/ports/com-port.ts'
import { deadLines } from '../../../src/shared/hardware/port-lines.ts'
import { eachByte, ofBytes, type WorstInputs } from './worst-input.ts'

const [IAC, DO, WILL, SB, SE, BRK, NOP] = [255, 253, 251, 250, 240, 243, 241]
const COM_PORT = 44

function comPort(): ComPort {
  const ignore = (): void => {}
  const events: ComPortEvents = {
    data: ignore,
    send: ignore,
    hostLines: ignore,
    rate: ignore,
    breaks: ignore,
    taking: ignore,
    purge: ignore,
    agreed: ignore
  }
  return new ComPort(deadLines, events)
}

const repeated = (n: number, ...bytes: readonly number[]): Uint8Array =>
  new Uint8Array(n * bytes.length).map((_, at) => bytes[at % bytes.length]!)
const fed = (bytes: Uint8Array) => ofBytes(bytes, (all) => comPort().feed(all))
const agreed = Uint8Array.of(IAC, WILL, COM_PORT)

export const telnet: WorstInputs = {
  parser: 'RFC 2217 and Telnet',
  inputs: [
    {
      shape: 'bytes one at a time',
      n: 20_000,
      make: (n) =>
        ofBytes(repeated(n, 65), (all) => {
          const port = comPort()
          eachByte(all, (byte) => port.feed(byte))
        })
    },
    { shape: '0xFF twice each', n: 100_000, make: (n) => fed(repeated(n, IAC, IAC)) },
    { shape: 'a byte of data and a command in turn', n: 50_000, make: (n) => fed(repeated(n, 65, IAC, NOP)) },
    { shape: 'options that are refused', n: 50_000, make: (n) => fed(repeated(n, IAC, DO, 99)) },
    {
      shape: 'an option that is asked for and taken back',
      n: 50_000,
      make: (n) => fed(repeated(n, IAC, DO, 1, IAC, 254, 1))
    },
    {
      shape: 'a sub-negotiation without end',
      n: 200_000,
      make: (n) => fed(Buffer.concat([Buffer.from([IAC, SB, COM_PORT]), repeated(n, 65)]))
    },
    {
      shape: 'sub-negotiations of one byte',
      n: 30_000,
      make: (n) => fed(Buffer.concat([agreed, repeated(n, IAC, SB, COM_PORT, 0, IAC, SE)]))
    },
    {
      shape: 'rates that change',
      n: 20_000,
      make: (n) => fed(Buffer.concat([agreed, repeated(n, IAC, SB, COM_PORT, 1, 0, 0, 37, 128, IAC, SE)]))
    },
    { shape: 'BREAKs', n: 50_000, make: (n) => fed(repeated(n, IAC, BRK)) },
    {
      shape: 'data for the client that is all 0xFF',
      n: 500_000,
      make: (n) => ofBytes(repeated(n, IAC), (all) => void comPort().encode(all))
    }
  ]
}
