import { createPrivateKey, createPublicKey, generateKeyPair, sign, X509Certificate, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'
import type { pki as ForgePki } from 'node-forge'
import type { LabIdentityKind } from '../../shared/lab/lab.ts'
import type { TlsIdentity } from '../tls/endpoint.ts'
import { keyOf, type LabIdentity, type LabPki } from './authority.ts'
import { certificateBody, extensionFor, type CertificateFacts } from './certificate-body.ts'

/**
 * The certificates that the lab servers can send, valid and invalid. Made on demand by the lab's authority and kept
 * until the lab closes. Keys are generated off the main thread.
 */
export class LabCertificates {
  /** SHA-1 fingerprint of the authority's certificate, as `AB:CD:…`. */
  readonly caSha1Fingerprint: string
  private readonly made = new Map<LabIdentityKind, Promise<TlsIdentity>>()
  private readonly keys = new Map<string, Promise<KeyObject>>()
  private client: Promise<LabIdentity> | null = null

  constructor(
    private readonly pki: LabPki,
    private readonly names: readonly string[],
    private readonly nowMs: () => number
  ) {
    this.caSha1Fingerprint = new X509Certificate(pki.ca.certificatePem).fingerprint
  }

  /** PEM of the issuing authority. */
  get caPem(): string {
    return this.pki.ca.certificatePem
  }

  get caDer(): Buffer {
    return new X509Certificate(this.pki.ca.certificatePem).raw
  }

  get usual(): TlsIdentity {
    return identityOf(this.pki.server)
  }

  identity(kind: LabIdentityKind): Promise<TlsIdentity> {
    const known = this.made.get(kind)
    if (known) return known
    const making = this.make(kind)
    this.made.set(kind, making)
    making.catch(() => this.made.delete(kind))
    return making
  }

  /**
   * Returns a client certificate for a module in authentication mode 2. Its key is small, so that it fits the oldest
   * slots.
   */
  clientIdentity(): Promise<LabIdentity> {
    this.client ??= this.makeClient()
    return this.client
  }

  private async make(kind: LabIdentityKind): Promise<TlsIdentity> {
    const serverKey = keyOf(this.pki.server)
    const root = this.root()
    const year = { from: -1, to: 365 }
    const leaf = (
      facts: Partial<CertificateFacts> = {},
      key = serverKey,
      signer: Signer | null = root
    ): Promise<Buffer> =>
      this.issue(
        { name: this.names[0]!, days: year, extensions: extensionFor.server(this.names), hash: 'sha1', ...facts },
        key,
        signer
      )
    switch (kind) {
      case 'good':
        return this.usual
      case 'expired':
        return { chainDer: [await leaf({ days: { from: -730, to: -365 } })], privateKey: serverKey }
      case 'not-yet-valid':
        return { chainDer: [await leaf({ days: { from: 365, to: 730 } })], privateKey: serverKey }
      case 'self-signed':
        return { chainDer: [await leaf({}, serverKey, null)], privateKey: serverKey }
      case 'wrong-ca':
      case 'other-authority': {
        const other = await this.authority('Another Root CA')
        return { chainDer: [await leaf({}, serverKey, other), other.der], privateKey: serverKey }
      }
      case 'over-2047': {
        const extensions = [...extensionFor.server(this.names), ...extensionFor.comment(COMMENT_BYTES)]
        return { chainDer: [await leaf({ extensions })], privateKey: serverKey }
      }
      case 'chain-of-four': {
        const first = await this.authority('Lab Intermediate CA 1', root)
        const second = await this.authority('Lab Intermediate CA 2', first)
        return { chainDer: [await leaf({}, serverKey, second), second.der, first.der, root.der], privateKey: serverKey }
      }
      case 'sha256':
      case 'sha256-chain':
        return { chainDer: [await leaf({ hash: 'sha256' })], privateKey: serverKey }
      case 'rsa-4096': {
        const key = await this.key('server 4096', 4096)
        return { chainDer: [await leaf({}, key)], privateKey: key }
      }
      case 'key-of-another':
        return { chainDer: this.usual.chainDer, privateKey: await this.key('another') }
      case 'ec-key': {
        const { privateKey } = await promisify(generateKeyPair)('ec', { namedCurve: 'P-256' })
        // `serverKey` does not match, and need not: no RSA suite gets far enough to use it.
        return { chainDer: [await leaf({}, privateKey)], privateKey: serverKey }
      }
      case 'none':
        return { chainDer: [], privateKey: serverKey }
    }
  }

  private async makeClient(): Promise<LabIdentity> {
    const key = await this.key('client', CLIENT_KEY_BITS)
    const der = await this.issue(
      { name: 'module.lab.test', days: { from: -1, to: 730 }, extensions: extensionFor.client, hash: 'sha1' },
      key,
      this.root()
    )
    return { certificatePem: pemOf(der), keyPem: key.export({ type: 'pkcs1', format: 'pem' }).toString() }
  }

  private root(): Signer {
    return { der: this.caDer, key: keyOf(this.pki.ca) }
  }

  private async authority(name: string, signer?: Signer): Promise<Signer> {
    const key = await this.key(name)
    const der = await this.issue(
      { name, days: { from: -1, to: 3650 }, extensions: extensionFor.authority, hash: 'sha1' },
      key,
      signer ?? null
    )
    return { der, key }
  }

  /** Issues a certificate; self-signed when `signer` is `null`. */
  private async issue(facts: CertificateFacts, key: KeyObject, signer: Signer | null): Promise<Buffer> {
    const { default: forge } = await import('node-forge')
    const issuer: ForgePki.Certificate | null = signer
      ? forge.pki.certificateFromAsn1(forge.asn1.fromDer(signer.der.toString('latin1')))
      : null
    const publicDer = createPublicKey(key).export({ type: 'spki', format: 'der' })
    const { tbs, seal } = certificateBody(forge, facts, {
      publicDer,
      issuerName: issuer?.subject.attributes ?? null,
      nowMs: this.nowMs()
    })
    return seal(sign(facts.hash, tbs, signer?.key ?? key))
  }

  private key(name: string, bits = KEY_BITS): Promise<KeyObject> {
    const known = this.keys.get(name)
    if (known) return known
    const making = promisify(generateKeyPair)('rsa', { modulusLength: bits }).then(({ privateKey }) => privateKey)
    this.keys.set(name, making)
    return making
  }
}

/** Returns a certificate and its key in the format of the TLS server. */
export function identityOf(identity: LabIdentity): TlsIdentity {
  return { chainDer: [new X509Certificate(identity.certificatePem).raw], privateKey: createPrivateKey(identity.keyPem) }
}

/** Returns PEM whose lines end with LF only (G-3.3-5). */
function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}

interface Signer {
  readonly der: Buffer
  readonly key: KeyObject
}

const KEY_BITS = 2048
/** Keeps the PEM below 1535 bytes, the limit of the first software with SSL (D-28). */
const CLIENT_KEY_BITS = 1024
/** Makes a certificate longer than the 2047 bytes of G-2.2-5. */
const COMMENT_BYTES = 1600
