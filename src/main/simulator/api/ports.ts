import type { OpenedPort, PortCalls, PortWanted } from '../../../shared/calls/ports.ts'
import type { SerialPortEnd } from '../../../shared/contracts/serial-port.ts'
import { examine } from '../../doctor/doctor.ts'
import type { AtPortHub, Plugged } from '../../ports/at-port-hub.ts'
import {
  defaultLinkPath,
  linkByHand,
  listUarts,
  openPtyPort,
  openRfc2217Port,
  openTcpPort,
  openUartBridge,
  refuseNoUart
} from '../../ports/index.ts'

/**
 * Opens a port on the AT instance that it names, at the start and later from the window. Rejects with a PortError.
 * `host` is where network ports listen; only the command line may set one other than loopback.
 */
export function plugIn(
  hubs: readonly AtPortHub[],
  wanted: PortWanted,
  host = '127.0.0.1'
): Promise<Plugged<SerialPortEnd>> {
  const hub = hubOf(hubs, wanted.instance)
  switch (wanted.kind) {
    case 'pty':
      return hub.plug((events) => openPtyPort({ link: wanted.link ?? defaultLinkPath(wanted.instance) }, events))
    case 'tcp':
      return hub.plug((events) => openTcpPort({ host, port: wanted.port }, events))
    case 'rfc2217':
      return hub.plug((events) => openRfc2217Port({ host, port: wanted.port }, events))
    case 'serial':
      return hub.plug((events) =>
        openUartBridge({ path: wanted.path, baud: wanted.baud, format: wanted.format }, events)
      )
  }
}

/** The API calls for ports. `ownLinks` are the links of the command line, which may be anywhere. */
export function portApi(hubs: readonly AtPortHub[], ownLinks: readonly string[]): PortCalls {
  return {
    openPort: async (wanted): Promise<OpenedPort> => {
      const { id, end } = await plugIn(hubs, allowed(wanted, ownLinks))
      return { id, name: end.name }
    },
    closePort: async ({ id }) => {
      for (const hub of hubs) if (await hub.unplug(id)) return
      throw new Error(`There is no port ${id} any more.`)
    },
    listUarts: () => listUarts(),
    examinePorts: () => examine(null),
    setPace: async ({ instance, pace }) => hubOf(hubs, instance).setPace(pace)
  }
}

/** Returns what a window may ask for; rejects the rest with a PortError. */
function allowed(wanted: PortWanted, ownLinks: readonly string[]): PortWanted {
  if (wanted.kind === 'pty' && wanted.link !== undefined) return { ...wanted, link: linkByHand(wanted.link, ownLinks) }
  if (wanted.kind === 'serial') refuseNoUart(wanted.path)
  return wanted
}

function hubOf(hubs: readonly AtPortHub[], instance: number): AtPortHub {
  const hub = hubs[instance]
  if (!hub) throw new Error(`There is no AT instance ${instance}; the simulator was started with ${hubs.length}.`)
  return hub
}
