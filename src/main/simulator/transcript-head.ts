import { readFileSync } from 'node:fs'
import type { SimulatorOptions } from '../options/options.ts'
import type { LabPlace, TranscriptHead } from '../timeline/transcript/format.ts'

/**
 * Returns the head of a transcript: the module, its start, and the addresses of the lab, so that `check` can reproduce
 * them.
 */
export function transcriptHead({ options, product, software, kept, beganMs, lab, aliases }: HeadFacts): TranscriptHead {
  const routed = new Set(options.routes.map(({ from }) => `${from.host}:${from.port}`))
  // A route of the user takes precedence over the lab.
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
  /** Whether the module found data in its NVM at power-on. */
  readonly kept: boolean
  /** The date at module time zero. */
  readonly beganMs: number
  readonly lab: { readonly tls: Place; readonly https: Place; readonly ftps: Place; readonly caFile: string } | null
  /** Other addresses that lead to the lab. */
  readonly aliases: readonly LabPlace[]
}
