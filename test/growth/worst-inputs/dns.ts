import { parseRoute } from '../../../src/main/bearer/route.ts'
import { parseListenAddress } from '../../../src/main/options/listen-address.ts'
import { dnsAnswer, dnsQuery } from '../../../src/main/timeline/exports/pcapng/dns-message.ts'
import { latin1, ofBytes, type PreparedInput, type WorstInputs } from './worst-input.ts'

/** Names as hosts send them and captures contain them. Replies are parsed by the operating system. */
function named(host: string): PreparedInput {
  return ofBytes(latin1(host), () => {
    dnsQuery(1, host)
    dnsAnswer(1, host, '192.0.2.1')
    dnsAnswer(1, host, null)
    parseRoute(`${host}:1=${host}:2`)
    parseListenAddress(`${host}:1`)
  })
}

export const dnsNames: WorstInputs = {
  parser: 'DNS names',
  inputs: [
    { shape: 'many labels', n: 20_000, make: (n) => named('a.'.repeat(n)) },
    { shape: 'labels of the largest size', n: 2000, make: (n) => named(`${'a'.repeat(63)}.`.repeat(n)) },
    { shape: 'one long label', n: 500_000, make: (n) => named('a'.repeat(n)) },
    { shape: 'dots', n: 50_000, make: (n) => named('.'.repeat(n)) },
    { shape: 'colons', n: 200_000, make: (n) => named(':'.repeat(n)) },
    { shape: 'equals signs', n: 50_000, make: (n) => named('='.repeat(n)) }
  ]
}
