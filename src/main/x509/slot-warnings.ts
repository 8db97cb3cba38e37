import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { isSelfIssued, readCertificate, rsaKey, type Certificate } from './certificate.ts'
import { keyFormatOfDer } from './private-key.ts'
import { blocksOf } from './slot-blocks.ts'
import type { OtherSlots, ReadFile, SlotNumber } from './slot-rules.ts'

// What a person should know of a file before storing it.

export function warningsOf(slot: SlotNumber, read: ReadFile, others: OtherSlots): string[] {
  const chosen = read.certificates[read.pick]
  if (slot === 2 && read.key && others.clientCertificate) {
    const client = certificateIn(others.clientCertificate)
    if (client && !pairs(client, read.key))
      return [`This key does not belong to the client certificate in slot 0 (${client.subject.shortText}).`]
  }
  if (slot === 0 && chosen && others.privateKey) {
    const key = keyIn(others.privateKey)
    if (key && !pairs(chosen, key))
      return ['The private key in slot 2 belongs to another certificate: store its own key next.']
  }
  if (
    slot === 1 &&
    chosen &&
    !isSelfIssued(chosen) &&
    chosen.version === 3 &&
    chosen.extensions.basicConstraints?.isCa !== true
  ) {
    return [
      `${chosen.subject.shortText} is no authority but the certificate of one server; the module would trust that server alone.`
    ]
  }
  return []
}

function pairs(certificate: Certificate, privateKey: KeyObject): boolean {
  try {
    return createPublicKey(privateKey).equals(rsaKey(certificate.publicKey))
  } catch {
    return false
  }
}

function certificateIn(stored: Uint8Array): Certificate | null {
  try {
    return readCertificate(blocksOf(stored)[0]?.der ?? stored)
  } catch {
    return null
  }
}

function keyIn(stored: Uint8Array): KeyObject | null {
  try {
    const [block] = blocksOf(stored)
    const der = block?.der ?? Buffer.from(stored)
    return createPrivateKey({
      key: der,
      format: 'der',
      type: block ? (block.label === 'PRIVATE KEY' ? 'pkcs8' : 'pkcs1') : keyFormatOfDer(der)
    })
  } catch {
    return null
  }
}
