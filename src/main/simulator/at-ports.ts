import { LOOPBACK, openPortWarning } from '../options/listen-address.ts'
import type { SimulatorOptions } from '../options/options.ts'
import type { AtPortHub } from '../ports/at-port-hub.ts'
import { defaultLinkPath, PortError, type PtyPort, type Rfc2217Port, type TcpPort } from '../ports/index.ts'
import { plugIn } from './api/ports.ts'

/** The ports of the command line, and notices about them for the person. */
export interface AtPorts {
  /** By AT instance; empty when ptys are not available. */
  readonly ptys: readonly PtyPort[]
  readonly tcp: TcpPort | null
  readonly rfc2217: Rfc2217Port | null
  readonly notices: readonly string[]
}

/**
 * Opens the ports of the command line on the hubs, which close them. Rejects with a PortError when one is not
 * available; the earlier ones are then open.
 */
export async function openAtPorts(
  hubs: readonly AtPortHub[],
  options: Pick<SimulatorOptions, 'links' | 'serial' | 'tcp' | 'rfc2217'>
): Promise<AtPorts> {
  const { links, serial } = options
  const notices: string[] = []
  let wantedTcp = options.tcp
  const ptys: PtyPort[] = []
  try {
    for (const instance of hubs.keys()) {
      const link = links[instance] ?? defaultLinkPath(instance)
      ptys.push((await plugIn(hubs, { kind: 'pty', instance, link })).end as PtyPort)
    }
  } catch (error) {
    if (!(error instanceof PortError) || error.code !== 'no-pty') throw error
    // A module without any port is of no use: open a free TCP port instead of the pty.
    if (wantedTcp === null && options.rfc2217 === null && serial === null) wantedTcp = { host: LOOPBACK, port: 0 }
    notices.push(
      `${error.message} The AT port is reached ${wantedTcp === null && options.rfc2217 === null ? 'over the UART' : 'over TCP'} instead.`
    )
  }
  let tcp: TcpPort | null = null
  if (wantedTcp !== null) {
    tcp = (await plugIn(hubs, { kind: 'tcp', instance: 0, port: wantedTcp.port }, wantedTcp.host)).end as TcpPort
    notices.push(...warningOf('The AT port over TCP', tcp))
  }
  let rfc2217: Rfc2217Port | null = null
  if (options.rfc2217 !== null) {
    rfc2217 = (await plugIn(hubs, { kind: 'rfc2217', instance: 0, port: options.rfc2217.port }, options.rfc2217.host))
      .end as Rfc2217Port
    notices.push(...warningOf('The AT port over RFC 2217', rfc2217))
  }
  if (serial !== null) await plugIn(hubs, { kind: 'serial', instance: 0, ...serial })
  return { ptys, tcp, rfc2217, notices }
}

function warningOf(what: string, port: TcpPort | Rfc2217Port): readonly string[] {
  const warning = openPortWarning(what, port)
  return warning === null ? [] : [warning]
}
