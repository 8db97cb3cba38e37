import type { CipherSuite } from './suites.ts'
import type { TlsSecretName } from './trace.ts'

/** From which secrets the keys of a connection come, as data for a drawing (RFC 2246 8.1 and 6.3). */
export interface DerivedSecret {
  readonly name: TlsSecretName
  /** What it is made of; empty for what the handshake itself brings. */
  readonly from: readonly TlsSecretName[]
  readonly bytes: number
  /** Whether anybody on the line can read it. */
  readonly open: boolean
  /** In one sentence: where it comes from and what it is for. */
  readonly about: string
}

/** The inputs in the order in which they come up; a resumed session has no premaster secret. */
export function sourceSecrets(resumed: boolean): readonly DerivedSecret[] {
  return [
    {
      name: 'client random',
      from: [],
      bytes: 32,
      open: true,
      about: 'In the clear in ClientHello: the time and 28 bytes of chance.'
    },
    {
      name: 'server random',
      from: [],
      bytes: 32,
      open: true,
      about: 'In the clear in ServerHello: the server’s part of what makes these keys unlike any others.'
    },
    ...(resumed
      ? []
      : [
          {
            name: 'premaster secret',
            from: [],
            bytes: 48,
            open: false,
            about:
              'Made up by the module: its version and 46 bytes of chance. It crossed the line once, in ClientKeyExchange, encrypted with the server’s RSA key.'
          } as const
        ])
  ]
}

export function masterSecret(resumed: boolean): DerivedSecret {
  return {
    name: 'master secret',
    from: resumed ? [] : ['premaster secret', 'client random', 'server random'],
    bytes: 48,
    open: false,
    about: resumed
      ? 'Kept from the full handshake of this session; no key exchange made it anew.'
      : 'PRF(premaster secret, "master secret", client random + server random): what the session is, and what a fast dial keeps.'
  }
}

/** The key block, and the pieces it is cut into, in their order; what a suite does not use is left out. */
export function keyBlockOf({
  macBytes,
  keyBytes,
  ivBytes
}: Pick<CipherSuite, 'macBytes' | 'keyBytes' | 'ivBytes'>): KeyBlock {
  const piece = (name: TlsSecretName, bytes: number, about: string): DerivedSecret => ({
    name,
    from: ['key block'],
    bytes,
    open: false,
    about
  })
  const pieces = [
    piece(
      'client write MAC secret',
      macBytes,
      'Seals every record that the module sends, so that none can be changed, left out or sent twice.'
    ),
    piece('server write MAC secret', macBytes, 'Seals every record that the server sends.'),
    piece('client write key', keyBytes, 'Encrypts what the module sends.'),
    piece('server write key', keyBytes, 'Encrypts what the server sends.'),
    piece(
      'client write IV',
      ivBytes,
      'Begins the chain of blocks in the module’s first record; later records go on from the last block before (TLS 1.0).'
    ),
    piece('server write IV', ivBytes, 'Begins the chain of blocks in the server’s first record.')
  ].filter(({ bytes }) => bytes > 0)
  const block: DerivedSecret = {
    name: 'key block',
    from: ['master secret', 'server random', 'client random'],
    bytes: 2 * (macBytes + keyBytes + ivBytes),
    open: false,
    about:
      'PRF(master secret, "key expansion", server random + client random), as long as the suite needs; it is cut into the keys.'
  }
  return { block, pieces }
}

export interface KeyBlock {
  readonly block: DerivedSecret
  readonly pieces: readonly DerivedSecret[]
}

/** All that a secret is made of, however far back, itself included. */
export function originsOf(name: TlsSecretName, all: readonly DerivedSecret[]): ReadonlySet<TlsSecretName> {
  const found = new Set<TlsSecretName>()
  const walk = (one: TlsSecretName): void => {
    if (found.has(one)) return
    found.add(one)
    for (const source of all.find((each) => each.name === one)?.from ?? []) walk(source)
  }
  walk(name)
  return found
}
