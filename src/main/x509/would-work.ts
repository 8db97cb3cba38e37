import type { SlotVerdict } from '../../shared/calls/nvm.ts'
import type { ServerCertificatePolicy, StoredData, StoredDataPolicy } from '../../shared/contracts/security.ts'
import type { SecuritySlot } from '../../shared/hardware/security-slots.ts'
import { factOf, type Finding } from '../../shared/rules/failure-facts.ts'
import { TlsFailure } from '../../shared/tls/failure.ts'
import type { TlsRemark } from '../../shared/tls/remark.ts'
import { hasBegun, hasEnded } from '../../shared/tls/validity.ts'
import type { Certificate } from './certificate.ts'
import { readCertificate } from './certificate.ts'
import { acceptServerPath, checkServerPath } from './path.ts'
import { readStoredData, readStoredPair } from './stored-data.ts'

/** What the verdicts are based on. */
export interface WouldWork {
  /** All three slots, and the authentication mode in use. */
  readonly stored: StoredData
  readonly storedPolicy: StoredDataPolicy
  readonly serverPolicy: ServerCertificatePolicy
  /** The module's clock in milliseconds since 1970 UTC. */
  readonly clockMs: number
  /** The certificates that the server sent, its own first; `null` before any connection. */
  readonly chainDer: readonly Uint8Array[] | null
  readonly farEnd: string | null
}

/**
 * Returns for each slot whether it would do for a dial to that server, by the same checks as a dial. In the order of
 * the slots.
 */
export function verdictsOf(asked: WouldWork): SlotVerdict[] {
  const { authMode } = asked.stored
  return [
    { ...clientVerdict(asked), asked: authMode === 2 },
    { ...caVerdict(asked), asked: authMode >= 1 },
    { ...keyVerdict(asked), asked: authMode === 2 }
  ]
}

/** Returns why the module would refuse a server with this chain if `ca` were the stored CA certificate, or `null`. */
export function pathRefusal(
  chainDer: readonly Uint8Array[],
  ca: Certificate,
  policy: ServerCertificatePolicy,
  clockMs: number
): Refusal | null {
  return refusalOf(() => checkServerPath(chainDer, ca, policy, clockMs))
}

export interface Refusal {
  readonly sentence: string
  readonly rule: string | null
  readonly finding: Finding | null
  /** The slot that causes the refusal, if one does. */
  readonly slot: SecuritySlot | null
}

type Verdict = Omit<SlotVerdict, 'asked'>

const EMPTY: Verdict = { word: 'empty', brief: 'empty', sentence: 'Nothing is stored.', rule: null }

function caVerdict({ stored, storedPolicy, serverPolicy, clockMs, chainDer, farEnd }: WouldWork): Verdict {
  if (stored.caCertificate === null)
    return { ...EMPTY, sentence: 'No CA certificate is stored, which auth modes 1 and 2 need.', rule: 'G-3.2-5' }
  let ca: Certificate | null = null
  const unusable = refusalOf(() => {
    const usable = readStoredData({ ...stored, authMode: 1 }, storedPolicy)
    if (usable.authMode === 1) ca = usable.ca
  })
  if (unusable) return no('unusable: 837', unusable)
  if (chainDer === null || farEnd === null)
    return unknown(
      'no server seen yet',
      'Usable. Once a server has sent its certificates, they are checked against it.'
    )
  let remarks: readonly TlsRemark[] = []
  const refusal = refusalOf(() => {
    remarks = acceptServerPath(chainDer, ca!, serverPolicy, clockMs).remarks
  })
  if (refusal) return no('refuses server', refusal)
  const told = [
    `The chain of ${farEnd} leads to this certificate, and its signatures and dates are valid.`,
    ...remarks.map(({ sentence }) => sentence)
  ]
  return { word: 'yes', brief: 'verifies server', sentence: told.join(' '), rule: 'G-3.3-9' }
}

function clientVerdict(asked: WouldWork): Verdict {
  const { clientCertificate, privateKey } = asked.stored
  if (clientCertificate === null)
    return { ...EMPTY, sentence: 'No client certificate is stored, which auth mode 2 needs.', rule: 'G-3.2-5' }
  const pair = pairRefusal(asked)
  if (pair?.finding === 'key-mismatch') return no('not the pair of 2', pair)
  // Only its own faults: a fault of the key is reported for the key.
  if (pair?.slot === 'client-certificate') return no('unusable: 837', pair)
  if (privateKey === null)
    return no('its key is missing', { sentence: 'The private key that belongs to it is not stored.', rule: 'G-3.2-5' })
  if (pair) return no('its key is unusable', pair)
  const dates = datesOf(clientCertificate)
  if (dates && (hasEnded(asked.clockMs, dates.notAfterMs) || !hasBegun(asked.clockMs, dates.notBeforeMs))) {
    return no('out of date', {
      sentence: "By the module's clock it is not valid; a server that checks dates refuses it.",
      rule: 'G-3.3-10'
    })
  }
  return {
    word: 'yes',
    brief: 'pairs with slot 2',
    sentence: 'It and the private key belong together. The server decides whether it accepts the certificate.',
    rule: null
  }
}

function keyVerdict(asked: WouldWork): Verdict {
  const { clientCertificate, privateKey } = asked.stored
  if (privateKey === null)
    return { ...EMPTY, sentence: 'No private key is stored, which auth mode 2 needs.', rule: 'G-3.2-5' }
  const pair = pairRefusal(asked)
  if (clientCertificate === null)
    return unknown('no certificate yet', 'The client certificate to which it belongs is not stored.')
  if (pair?.finding === 'key-mismatch') return no('not the pair of 0', pair)
  if (pair) return no(pair.slot === 'private-key' ? 'unusable: 837' : 'slot 0 is unusable', pair)
  return {
    word: 'yes',
    brief: 'pairs with slot 0',
    sentence: 'It and the client certificate belong together.',
    rule: null
  }
}

/**
 * Returns why a dial would refuse the client certificate or its key, whatever the CA slot contains; `null` when it
 * would accept them.
 */
function pairRefusal({ stored, storedPolicy }: WouldWork): Refusal | null {
  return refusalOf(() => readStoredPair(stored, storedPolicy))
}

function datesOf(stored: Uint8Array): Certificate | null {
  try {
    const text = Buffer.from(stored).toString('latin1')
    const body = /-----BEGIN [^-]+-----([^-]+)-----END/.exec(text)
    return readCertificate(body ? Buffer.from(body[1]!, 'base64') : stored)
  } catch {
    return null
  }
}

function no(brief: string, { sentence, rule }: Pick<Refusal, 'sentence' | 'rule'>): Verdict {
  return { word: 'no', brief, sentence, rule }
}

function unknown(brief: string, sentence: string): Verdict {
  return { word: 'unknown', brief, sentence, rule: null }
}

function refusalOf(step: () => unknown): Refusal | null {
  try {
    step()
    return null
  } catch (error) {
    if (!(error instanceof TlsFailure)) throw error
    const { sentence, rule, finding = null, facts } = error.facts(false)
    return { sentence, rule, finding, slot: factOf(facts, 'slot')?.slot ?? null }
  }
}
