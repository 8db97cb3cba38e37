import type { KeyObject } from 'node:crypto'
import type { RandomSource } from '../../shared/contracts/random.ts'
import type { SecureClientRequest, SecureTransport } from '../../shared/contracts/security.ts'
import type { SecretListener, TlsEndpoint, TlsEvents } from '../../shared/contracts/tls.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import { createTlsClient } from '../tls/client.ts'
import type { TlsClientOptions } from '../tls/client.ts'
import type { CheckCertificates, TlsIdentity } from '../tls/endpoint.ts'
import { whyUnfit } from '../x509/client-certificate.ts'
import { acceptServerPath, serverKeyUnchecked } from '../x509/path.ts'
import { describeDer, describeStored, readStoredData } from '../x509/stored-data.ts'
import type { UsableData } from '../x509/stored-data.ts'

/**
 * TLS for the module: the engine in `tls` with the certificate checks of `x509`, on node:crypto. `secrets` receives the
 * secrets of connections without passing them through the module; optional.
 */
export function secureTransport({
  random,
  secrets = null
}: {
  readonly random: RandomSource
  readonly secrets?: SecretListener | null
}): SecureTransport {
  return {
    describe: describeStored,
    checkStored: (request, policy) => {
      try {
        readStoredData(request, policy)
        return null
      } catch (error) {
        return asFailure(error).facts(false)
      }
    },
    createClient: (request, events) => {
      let usable: UsableData
      try {
        usable = readStoredData(request.stored, request.storedPolicy)
      } catch (error) {
        return unusableClient(asFailure(error), events)
      }
      return createTlsClient(
        {
          suites: request.suites,
          random,
          clockMs: () => request.clockChipMs(),
          checkServerCertificates: checkOf(usable, request),
          identity: identityOf(usable),
          ...(usable.authMode === 2 ? { whyUnfit: (wish) => whyUnfit(usable.clientCertificate, wish) } : {}),
          describeCertificate: describeDer,
          resume: request.resume ?? null,
          secrets: secrets?.begin(request.farEnd) ?? null,
          ...limitsOf(request)
        },
        events
      )
    }
  }
}

function limitsOf({ maxReceivedPlaintextBytes }: SecureClientRequest): Pick<TlsClientOptions, 'limits'> {
  return maxReceivedPlaintextBytes === undefined ? {} : { limits: { maxReceivedPlaintextBytes } }
}

/**
 * Reports each RSA operation with a key of the chain to `request.usesKey`; the encryption of the premaster secret comes
 * last.
 */
function checkOf(usable: UsableData, request: SecureClientRequest): CheckCertificates {
  const usesKey = (keyBits: number): void => request.usesKey?.(keyBits)
  const encrypts = (key: KeyObject): KeyObject => {
    usesKey(key.asymmetricKeyDetails?.modulusLength ?? 0)
    return key
  }
  if (usable.authMode === 0) return (chainDer) => encrypts(serverKeyUnchecked(chainDer))
  const { ca } = usable
  return (chainDer, remark) => {
    const { key, remarks, checkedKeyBits } = acceptServerPath(chainDer, ca, request.serverPolicy, request.clockChipMs())
    remarks.forEach(remark)
    checkedKeyBits.forEach(usesKey)
    return encrypts(key)
  }
}

function identityOf(usable: UsableData): TlsIdentity | null {
  if (usable.authMode !== 2) return null
  return { chainDer: [usable.clientCertificate.der], privateKey: usable.privateKey }
}

/** Returns a client whose stored data is unusable: it fails when it is started, before it sends a byte. */
function unusableClient(failure: TlsFailure, events: TlsEvents): TlsEndpoint {
  const nothing = (): void => undefined
  return {
    start: () => events.failed(failure.facts(false)),
    receive: nothing,
    send: nothing,
    close: nothing,
    transportEnded: nothing
  }
}

function asFailure(error: unknown): TlsFailure {
  if (error instanceof TlsFailure) return error
  throw error
}
