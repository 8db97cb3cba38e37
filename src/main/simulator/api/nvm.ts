import type { NvmCalls, SlotFile } from '../../../shared/calls/nvm.ts'
import type { TimelineReporter } from '../../../shared/timeline/events.ts'
import type { EventSource } from '../../../shared/timeline/source.ts'
import { ChainFetches } from '../../chain-fetch/chain-fetches.ts'
import { completeChain, type KnownAuthorities } from '../../chain-fetch/complete-chain.ts'
import { describeChain } from '../../chain-fetch/fetched-chain.ts'
import type { Module } from '../../module/module.ts'
import { clientRequest } from '../../module/ssl/client-request.ts'
import { DER } from '../../module/ssl/security-data.ts'
import { readCertificate } from '../../x509/certificate.ts'
import { looksLikePem, readPem } from '../../x509/pem.ts'
import { bytesOf, offerOf } from '../../x509/slot-file.ts'
import { type OtherSlots, type SlotNumber, type SlotRules } from '../../x509/slot-rules.ts'
import { verdictsOf } from '../../x509/would-work.ts'
import type { Board } from '../board.ts'
import { LastChain } from '../last-chain.ts'
import { preloadedCaFault } from '../preloaded-ca.ts'

/** What the calls need. */
export interface NvmApiParts {
  board(): Board
  readonly timeline: TimelineReporter & EventSource
  routed(asked: { readonly host: string; readonly port: number }): { readonly host: string; readonly port: number }
  /** The certificate of the lab's authority; `null` while there is no lab. */
  labCaPem(): Uint8Array | null
}

/** The API calls for the slots of security data, and for a server's chain to fill a slot from (guide chapter 3.3). */
export function nvmApi({ board, timeline, routed, labCaPem }: NvmApiParts): NvmCalls {
  const module = (): Module => board().module
  const lastChain = new LastChain(timeline)
  const fetches = new ChainFetches({
    routed,
    complete: ({ sent }, where) => {
      const { parts } = module()
      const chain = completeChain(sent, known(parts.securityData.read(1)))
      const { serverPolicy, clockChipMs } = clientRequest(parts, where.source, null)
      return describeChain(chain, { rules: rulesOf(module()), policy: serverPolicy, clockMs: clockChipMs() }, where)
    }
  })

  function known(stored: Uint8Array | null): KnownAuthorities {
    const candidates = [
      { bytes: labCaPem(), origin: 'lab' as const },
      { bytes: stored, origin: 'stored' as const }
    ]
    return candidates.flatMap(({ bytes, origin }) => {
      const der = bytes && derOf(bytes)
      return der ? [{ der, origin }] : []
    })
  }

  return {
    offerFile: async ({ dataType, bytes, pick }) =>
      offerOf(dataType, bytes, rulesOf(module()), othersOf(module()), pick),
    writeSlot: async ({ dataType, bytes, form, pick }) => {
      const stored = bytesOf(dataType, bytes, form, rulesOf(module()), pick)
      if (stored === null)
        throw new Error(
          offerOf(dataType, bytes, rulesOf(module()), othersOf(module()), pick).refusal ??
            'Nothing in that file can be stored.'
        )
      return { changeId: board().slotChanges.change(module(), dataType, stored) }
    },
    deleteSlot: async ({ dataType }) => {
      if (module().parts.securityData.read(dataType) === null) throw new Error('The slot is empty already.')
      return { changeId: board().slotChanges.change(module(), dataType, null) }
    },
    undoSlotChange: async ({ changeId }) => board().slotChanges.undo(module(), changeId),
    setPreloadedCa: async ({ bytes }) => {
      const fault = bytes && preloadedCaFault(bytes)
      if (fault) throw new Error(`This CA certificate cannot be preloaded: ${fault}`)
      board().preloadCa(bytes)
    },
    readSlot: async ({ dataType }) => fileOf(module(), dataType),
    wouldItWork: async () => {
      const { parts } = module()
      const met = lastChain.latest()
      const { stored, storedPolicy, serverPolicy, clockChipMs } = clientRequest(parts, met?.farEnd ?? '', null)
      const asked = {
        stored,
        storedPolicy,
        serverPolicy,
        clockMs: clockChipMs(),
        chainDer: met?.chainDer ?? null,
        farEnd: met?.farEnd ?? null
      }
      return { farEnd: asked.farEnd, slots: verdictsOf(asked) }
    },
    beginChainFetch: async (source) => ({ fetchId: fetches.begin(source) }),
    chainFetch: async ({ fetchId }) => fetches.state(fetchId)
  }
}

function rulesOf({ parts: { profile, securityData } }: Module): SlotRules {
  return {
    policy: securityData.policy,
    capacityBytes: profile.securityDataBytes,
    wants: securityData.format === DER ? 'DER' : 'PEM',
    readsDer: profile.hasCertificateFormat
  }
}

function othersOf({ parts: { securityData } }: Module): OtherSlots {
  return { clientCertificate: securityData.read(0), privateKey: securityData.read(2) }
}

function fileOf({ parts: { securityData } }: Module, dataType: SlotNumber): SlotFile {
  if (dataType === 2) throw new Error('A private key is never shown nor saved; keep the file that it came from.')
  const bytes = securityData.read(dataType)
  if (bytes === null) throw new Error('The slot is empty; there is nothing to save.')
  return { fileName: `${dataType === 0 ? 'client' : 'ca'}-certificate.${looksLikePem(bytes) ? 'pem' : 'der'}`, bytes }
}

/** Returns the DER of a certificate, or `null` when it cannot be read. */
function derOf(stored: Uint8Array): Buffer | null {
  try {
    return readCertificate(looksLikePem(stored) ? readPem(stored, 'any').der : stored).der
  } catch {
    return null
  }
}
