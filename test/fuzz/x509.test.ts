import { describe, it, vi } from 'vitest'
import { readCertificate } from '../../src/main/x509/certificate.ts'
import { DerReader, derTags } from '../../src/main/x509/der.ts'
import { X509Fault } from '../../src/main/x509/fault.ts'
import { checkServerPath, serverKeyUnchecked } from '../../src/main/x509/path.ts'
import { looksLikePem, readPem } from '../../src/main/x509/pem.ts'
import { bytesOf, offerOf } from '../../src/main/x509/slot-file.ts'
import type { SlotRules } from '../../src/main/x509/slot-rules.ts'
import { describeDer, describeStored, readStoredData } from '../../src/main/x509/stored-data.ts'
import type { StoredDataPolicy } from '../../src/shared/contracts/security.ts'
import type { SecuritySlot } from '../../src/shared/hardware/security-slots.ts'
import { TlsFailure } from '../../src/shared/tls/failure.ts'
import { corpusOf, fuzz } from './fuzzer.ts'

// Randomly changed certificates, keys and PEM texts: they are read, or an X509Fault or TlsFailure says why not.

// For a busy machine. The fuzzer itself finds what hangs.

vi.setConfig({ testTimeout: 120_000 })

const SEED = 20260824
const slots: readonly SecuritySlot[] = ['client-certificate', 'ca-certificate', 'private-key']
const policies: readonly StoredDataPolicy[] = [
  { pemLineEnds: 'any', keyFormats: ['pkcs1'] },
  { pemLineEnds: 'lf-only', keyFormats: ['pkcs1', 'pkcs8'] }
]

describe('DER', () => {
  const corpus = corpusOf('der')

  it('element by element: 20,000 cases', () => {
    fuzz({
      name: 'DER',
      seed: SEED,
      cases: 20_000,
      corpus,
      judge: (bytes) => onlyFaults(() => walk(new DerReader(bytes), 0))
    })
  })

  it('certificates: 20,000 cases', () => {
    fuzz({
      name: 'certificates',
      seed: SEED,
      cases: 20_000,
      corpus,
      judge: (bytes) => {
        onlyFaults(() => readCertificate(bytes))
        onlyFaults(() => serverKeyUnchecked([bytes]))
        if (describeDer(bytes).length === 0) throw new Error('no name')
      }
    })
  })

  it('chains: 6,000 cases', () => {
    const anchor = readCertificate(corpus[0]!)
    const policy = { checkNotBefore: true, checkExpiry: true, acceptSha256Signatures: true, maxCertificateBytes: 2047 }
    fuzz({
      name: 'chains',
      seed: SEED,
      cases: 6000,
      corpus,
      judge: (bytes, random) => {
        const others = [0, 1, 2].map(() => random.oneOf(corpus))
        const chain = random.below(2) === 0 ? [bytes, ...others] : [corpus[3]!, bytes, ...others]
        onlyFaults(() => checkServerPath(chain, anchor, policy, Date.UTC(2013, 8, 13)))
      }
    })
  })
})

describe('stored data', () => {
  const pem = corpusOf('pem')

  it('PEM texts: 30,000 cases', () => {
    fuzz({
      name: 'PEM',
      seed: SEED,
      cases: 30_000,
      corpus: pem,
      judge: (bytes, random) => {
        looksLikePem(bytes)
        onlyFaults(() => readPem(bytes, random.oneOf(['lf-only', 'any'])))
      }
    })
  })

  it('slots, as they are shown and as they are used: 8,000 cases', () => {
    fuzz({
      name: 'slots',
      seed: SEED,
      cases: 8000,
      corpus: [...pem, ...corpusOf('der')],
      judge: (bytes, random) => {
        const [slot, policy] = [random.oneOf(slots), random.oneOf(policies)]
        const { fault } = describeStored(slot, bytes, policy)
        if (fault !== null && !/^The stored [^]*\.$/.test(fault)) throw new Error(`no sentence: ${fault}`)
        const stored = {
          authMode: 2,
          caCertificate: pem[0]!,
          clientCertificate: bytes,
          privateKey: random.oneOf(pem)
        } as const
        onlyFaults(() => readStoredData(stored, policy))
      }
    })
  })
})

describe('files of a person', () => {
  it('for a slot: 6,000 cases', () => {
    const corpus = [...corpusOf('pem'), ...corpusOf('der')]
    fuzz({
      name: 'files',
      seed: SEED,
      cases: 6000,
      corpus,
      judge: (bytes, random) => {
        const slot = random.oneOf([0, 1, 2] as const)
        const rules: SlotRules = {
          policy: random.oneOf(policies),
          capacityBytes: 2047,
          wants: random.oneOf(['PEM', 'DER']),
          readsDer: random.below(2) === 0
        }
        const others = { clientCertificate: random.oneOf(corpus), privateKey: random.oneOf(corpus) }
        const { mended, refusal } = offerOf(slot, bytes, rules, others)
        if (refusal !== null && !/^[A-Z][^]*\.$/.test(refusal)) throw new Error(`no sentence: ${refusal}`)
        if (!mended) return
        // What is offered fits a slot and can be read by the module.
        const stored = bytesOf(slot, bytes, 'mended', rules)!
        if (stored.length > rules.capacityBytes) throw new Error(`${stored.length} bytes are offered`)
        const { fault } = describeStored(slots[slot]!, stored, rules.policy)
        if (fault !== null && mended.fault === null) throw new Error(`what is offered cannot be read: ${fault}`)
      }
    })
  })
})

/** Reads everything that may be an element, at any depth. */
function walk(reader: DerReader, depth: number): void {
  const all = [...Object.values(derTags), ...Array.from({ length: 64 }, (_, number) => 0x80 | number)]
  while (!reader.atEnd) {
    const { tag, content } = reader.read('anything', ...all)
    if ((tag & 0x20) !== 0 && depth < 100) walk(new DerReader(content), depth + 1)
  }
}

function onlyFaults(step: () => unknown): void {
  try {
    step()
  } catch (error) {
    if (!(error instanceof X509Fault || error instanceof TlsFailure)) throw error
  }
}
