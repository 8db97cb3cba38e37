import { versionName } from '../../shared/tls/names.ts'
import { suiteByWireId } from '../../shared/tls/suites.ts'
import type { TlsDirection } from '../../shared/tls/trace.ts'
import { connectionKeys } from '../tls/key-schedule.ts'
import type { ServerHello } from '../tls/messages.ts'
import { recordOpener, type RecordOpener } from '../tls/record-cipher.ts'
import { TLS_1_0 } from '../tls/wire.ts'
import type { KnownSecrets } from './key-log-text.ts'

/** What the hellos of a captured handshake agree on, and the keys that follow from it with a known master secret. */
export class CapturedKeys {
  private clientRandom: Buffer | null = null
  private serverRandom: Buffer | null = null
  private suiteId: number | null = null
  private version: number | null = null

  constructor(private readonly secrets: KnownSecrets) {}

  get isTls13(): boolean {
    return this.version !== null && this.version > TLS_1_2
  }

  /** ClientHello was read. */
  offered(clientRandom: Buffer): void {
    this.clientRandom = clientRandom
    this.serverRandom = null
  }

  /** ServerHello was read. */
  chosen({ random, suiteId, version, extensions }: ServerHello): void {
    this.serverRandom = random
    this.suiteId = suiteId
    const selected = extensions?.find(({ type }) => type === SUPPORTED_VERSIONS)?.data
    this.version = selected?.length === 2 ? selected.readUInt16BE(0) : version
  }

  /**
   * Returns what decrypts the records of a direction from ChangeCipherSpec on; one sentence where they stay encrypted;
   * `null` where the capture has no hellos.
   */
  opener(direction: TlsDirection): RecordOpener | string | null {
    const { clientRandom, serverRandom, version } = this
    if (!clientRandom || !serverRandom) return null
    if (version !== TLS_1_0) return `It is ${versionName(version ?? 0)}; only TLS 1.0 is decrypted.`
    const suite = this.suiteId === null ? undefined : suiteByWireId(this.suiteId)
    if (!suite) return 'The suite is none of the five of the guide, and is not decrypted.'
    const masterSecret = this.secrets.get(clientRandom.toString('hex'))
    if (!masterSecret)
      return 'What is encrypted stays so: the secrets of this session are neither in the capture nor in a key log beside it.'
    const keys = connectionKeys(suite, masterSecret, { clientRandom, serverRandom })
    return recordOpener(suite, direction === 'out' ? keys.client : keys.server)
  }
}

const TLS_1_2 = 0x0303
/** The extension `supported_versions` (RFC 8446 4.2.1). */
const SUPPORTED_VERSIONS = 43
