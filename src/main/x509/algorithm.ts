import { counted } from '../../shared/english/counted.ts'
import { RSA_ENCRYPTION, rsaSignatureHashes } from '../../shared/tls/x509-oids.ts'
import { DerReader, derTags, oidText } from './der.ts'
import type { DerElement } from './der.ts'
import { X509Fault } from './fault.ts'

/**
 * Returns the identifier in an AlgorithmIdentifier (RFC 5280 4.1.1.2) and reads its parameters. Those of RSA are NULL
 * or missing (RFC 3279 2.2.1, RFC 4055 5); those of other algorithms are one element of any kind. Throws an X509Fault
 * for anything else.
 */
export function readAlgorithm(algorithm: DerElement, what: string): string {
  const reader = new DerReader(algorithm.content)
  const oid = oidText(reader.read('algorithm', derTags.oid).content)
  const parameters = reader.atEnd ? null : reader.any(`parameters of the ${what}`)
  reader.end(`the ${what}`)
  const takesNone = oid === RSA_ENCRYPTION || oid in rsaSignatureHashes
  if (parameters !== null && takesNone && (parameters.tag !== derTags.null || parameters.content.length > 0)) {
    throw new X509Fault(`has a ${what} with parameters, of which RSA has none`, {
      expected: 'NULL',
      got: counted(parameters.raw.length, 'byte')
    })
  }
  return oid
}
