// The texts for a product change, for a first TLS session that cannot be typed, and beside the parts of the board.

import { groupedCount } from './formats.ts'

/** The texts about what another product or software version changes. */
export const changeWords = {
  limits: {
    suites: 'Suites',
    automatic: 'Suite 0 proposes',
    securityData: 'Certificate or key',
    certificateFormat: 'Certificate format',
    pemLineEnds: 'Line ends in PEM',
    privateKey: 'Private key format',
    caCertificate: 'CA certificate',
    record: 'Received record',
    sha256: 'SHA-256 signatures',
    criticalExtensions: 'Critical extensions',
    ring: 'SSLSRING',
    commandLine: 'Command line',
    factoryRate: 'Factory baud rate',
    instances: 'AT instances'
  },
  upTo: (bytes: number) => `up to ${groupedCount(bytes, 'byte')}`,
  characters: (count: number) => `up to ${groupedCount(count, 'character')}`,
  numberedSuite: (number: number, suite: string) => `${number} ${suite}`,
  pemOrDer: 'PEM or DER',
  pem: 'PEM',
  anyLineEnd: 'any',
  lineFeed: 'LF only',
  keyFormats: { pkcs1: 'PKCS#1', pkcs8: 'PKCS#8' },
  oneOf: (names: readonly string[]) => names.join(' or '),
  mayBePreloaded: 'may be preloaded',
  mustBeStored: 'must be stored',
  accepted: 'accepted',
  rejected: 'rejected',
  extensions: { ignored: 'ignored', refused: 'rejected' },
  available: 'available',
  notAvailable: 'not available',
  detectedRate: 'detected automatically',
  baud: (rate: string) => `${rate} baud`,
  /** What the restart ends. */
  ends: {
    off: 'The module is off. It starts as the other product.',
    connection: (server: string | null, lostBytes: number) => {
      const lost =
        lostBytes === 0 ? '' : `; ${groupedCount(lostBytes, 'byte')} not yet sent or read ${isOrAre(lostBytes)} lost`
      return `The connection to ${server ?? 'the server'} is cut without close_notify${lost}.`
    },
    dial: (server: string | null) => `The dial to ${server ?? 'the server'} is cancelled.`,
    context: (address: string) => `The context with the address ${address} is deactivated. The module registers again.`,
    nothing: 'No connection is open. The module registers again.'
  }
} as const

/** Why no first TLS session can be typed now. */
export const noSessionWords = {
  notConnected: 'The simulator is not connected.',
  portInUse: (host: string | null) => `${host ?? 'Another program'} has the port. Quit it, or type there.`,
  off: 'The module is off. Press Power, the ON key, to start it.',
  labOff: 'The lab is off, so there is no server to dial. Start the simulator without --lab off.'
} as const

/** How a failure concerns a part of the board, in the few letters that fit beside the part. */
export const markWords = {
  failure: (title: string) => `${title}.`,
  expired: (date: string) => `past ${date}`,
  notYetValid: (date: string) => `from ${date}`
} as const

export const monthNames = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

function isOrAre(count: number): string {
  return count === 1 ? 'is' : 'are'
}
