import {
  noLab,
  type LabCalls,
  type LabCommand,
  type LabCommandsQuery,
  type LabFarEndSnapshot,
  type LabSnapshot
} from '../../../shared/lab/calls.ts'
import { labCommandsFor, type LabCommandFacts } from '../../../shared/lab/commands.ts'
import { labFarEnds, type LabFarEndId } from '../../../shared/lab/lab.ts'
import { plainServerIds } from '../../../shared/lab/plain.ts'
import type { ArmedFaults } from '../../lab/armed-faults.ts'
import type { Lab } from '../../lab/lab.ts'

/** The API calls about the lab that are not acts on the board. */
export function labApi(parts: LabApiParts): Pick<LabCalls, 'clearFault' | 'labCommands'> {
  return {
    clearFault: async (which) => parts.faults.clear(which),
    labCommands: (query) => commands(query, parts)
  }
}

export interface LabApiParts {
  readonly faults: ArmedFaults
  /** Returns `null` while the lab is off. */
  lab(): Lab | null
  /** The state of the module at present. */
  moduleFacts(): Pick<
    LabCommandFacts,
    'profile' | 'contextDefined' | 'contextActive' | 'sslEnabled' | 'sslOpen' | 'ftpOpen'
  >
}

/** Returns what the window shows of the lab. */
export function labSnapshot(lab: Lab | null, faults: ArmedFaults): LabSnapshot {
  const place = { faults: faults.present, strikes: faults.strikes }
  if (!lab) return { ...noLab, ...place }
  return {
    tls: lab.tls,
    caFile: lab.caFile,
    caSha1Fingerprint: lab.certificates.caSha1Fingerprint,
    farEnds: labFarEnds.map(({ id, alias }): LabFarEndSnapshot => ({
      id,
      ...lab[id],
      dial: alias ?? lab[id],
      settings: lab.desk.settings(id),
      connections: lab.desk.connections(id)
    })),
    plainServers: plainServerIds.map((id) => ({ id, ...lab.plain[id], ...lab.desk.plain.state(id) })),
    ...place
  }
}

async function commands(query: LabCommandsQuery, parts: LabApiParts): Promise<readonly LabCommand[]> {
  const lab = labThatIsOn(parts.lab())
  const client = query.authMode === 2 ? await lab.certificates.clientIdentity() : null
  return labCommandsFor(query, {
    ...parts.moduleFacts(),
    dial: dialOf(lab, query.farEnd),
    caPem: lab.certificates.caPem,
    client
  })
}

function dialOf(lab: Lab, farEnd: LabFarEndId): { readonly host: string; readonly port: number } {
  return labFarEnds.find(({ id }) => id === farEnd)!.alias ?? lab[farEnd]
}

/** Throws an error of one sentence while the lab is off. */
export function labThatIsOn(lab: Lab | null): Lab {
  if (lab) return lab
  throw new Error('The lab is off; start without --lab off to have its servers.')
}
