import type { ModuleProfile } from '../../shared/products/profile.ts'
import type { ControlServer } from '../control/control-server.ts'
import type { Lab } from '../lab/lab.ts'
import type { AtPorts } from './at-ports.ts'

/** The content of the ready line (`--json`). `null` for what is not in use. */
export interface ReadyFacts {
  readonly event: 'ready'
  readonly ports: readonly { readonly instance: number; readonly path: string; readonly link: string }[]
  readonly tcp: number | null
  readonly rfc2217: number | null
  readonly ui: string | null
  readonly control: string | null
  readonly lab: {
    readonly tls: { readonly host: string; readonly port: number } | null
    readonly https: { readonly host: string; readonly port: number } | null
    readonly ftps: { readonly host: string; readonly port: number } | null
    readonly ca: string | null
  }
  /** The ports of this machine that lead to the module's listeners. */
  readonly forwards: readonly { readonly host: string; readonly port: number; readonly connId: number }[]
  readonly product: string
  readonly software: string
}

/** Returns the ready line of a simulator that has started. */
export function readyFacts(
  { product, software }: ModuleProfile,
  { ptys, tcp, rfc2217 }: AtPorts,
  control: ControlServer | null,
  lab: Lab | null,
  forwards: ReadyFacts['forwards']
): ReadyFacts {
  return {
    event: 'ready',
    ports: ptys.map((pty, instance) => ({ instance, path: pty.path, link: pty.link })),
    tcp: tcp?.port ?? null,
    rfc2217: rfc2217?.port ?? null,
    ui: control?.uiUrl ?? null,
    control: control?.controlUrl ?? null,
    lab: {
      tls: lab?.tls ?? null,
      https: lab?.https ?? null,
      ftps: lab?.ftps ?? null,
      ca: lab?.caFile ?? null
    },
    forwards,
    product,
    software
  }
}
