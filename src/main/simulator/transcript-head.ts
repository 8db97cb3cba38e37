import { readFileSync } from 'node:fs'
import type { SimulatorOptions } from '../options/options.ts'
import type { LabPlace, TranscriptHead } from '../timeline/transcript/format.ts'

/** What a transcript says first: of which module it is, since when, and where the lab was, so that `check` can put it there again. */
export function transcriptHead({ options, product, software, kept, beganMs, lab, aliases }: HeadFacts): TranscriptHead {
  const routed = new Set(options.routes.map(({ from }) => `${from.host}:${from.port}`))
  // A route of the user's leads elsewhere, whatever the lab wanted.
  const isLab = ({ host, port }: LabPlace): boolean => !routed.has(`${host}:${port}`)
  const own = lab ? (['tls', 'https', 'ftps'] as const).map((service): LabPlace => ({ service, ...lab[service] })) : []
  return {
    product,
    software,
    instances: options.instances,
    seed: options.seed,
    speed: options.speed,
    latency: options.realLatency ? 'real' : 'none',
    switches: options.switches,
    state: kept ? 'kept' : 'fresh',
    beganMs,
    lab: lab ? [...aliases, ...own].filter(isLab) : [],
    authority: lab ? readFileSync(lab.caFile, 'latin1').replace(/-----[A-Z ]+-----|\s/g, '') : null
  }
}

interface Place {
  readonly host: string
  readonly port: number
}

export interface HeadFacts {
  readonly options: SimulatorOptions
  readonly product: string
  readonly software: string
  /** Whether the module found something in its NVM. */
  readonly kept: boolean
  /** The world's date at module time zero. */
  readonly beganMs: number
  readonly lab: { readonly tls: Place; readonly https: Place; readonly ftps: Place; readonly caFile: string } | null
  /** Other addresses that lead to the lab. */
  readonly aliases: readonly LabPlace[]
}
