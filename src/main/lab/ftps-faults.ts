import type { FtpFaultId, LabFaultId } from '../../shared/lab/faults.ts'

/** How the FTPS far end misbehaves. */
export interface FtpsFaults {
  /** AUTH TLS is refused. */
  readonly refuseTls: boolean
  readonly refuseLogin: boolean
  /** No data connection comes about. */
  readonly refuseData: boolean
  /** Files are cut after so many bytes, either way; null: they are not. */
  readonly cutAfterBytes: number | null
  /** Data connections have to take up the TLS session of the control connection, which the modules never do (G-5-4). */
  readonly demandSessionReuse: boolean
}

export const noFaults: FtpsFaults = {
  refuseTls: false,
  refuseLogin: false,
  refuseData: false,
  cutAfterBytes: null,
  demandSessionReuse: false
}

/** What goes wrong at present, set while the lab runs: for everybody, and for some users by their name. Counts from the next FTP command on. */
export class LabFtpFaults {
  private set = noFaults

  /** What goes wrong for everybody. */
  get present(): FtpsFaults {
    return this.set
  }

  /** Sets some and leaves the others as they are. */
  change(faults: Partial<FtpsFaults>): void {
    this.set = { ...this.set, ...faults }
  }

  /** Nothing goes wrong any more, but for the users that stand for a fault. */
  clear(): void {
    this.set = noFaults
  }

  /** What goes wrong for a user; before USER, which comes after AUTH TLS, the name is empty. */
  of(user: string): FtpsFaults {
    return { ...this.set, ...faultyUsers.get(user) }
  }
}

/** Users whose sessions misbehave, so that each fault after TLS can be had from the AT port alone; any other name is let in, with any password. */
const faultyUsers: ReadonlyMap<string, Partial<FtpsFaults>> = new Map([
  ['denied', { refuseLogin: true }],
  ['nodata', { refuseData: true }],
  ['cut', { cutAfterBytes: 20 }],
  ['reuse', { demandSessionReuse: true }]
])

/** What an armed fault makes go wrong in the session that it strikes; nothing, for faults of another place. */
export function armedFtpFaults(id: LabFaultId, parameter: number | null): Partial<FtpsFaults> {
  return Object.hasOwn(behaviours, id) ? behaviours[id as FtpFaultId](parameter) : {}
}

const behaviours: Readonly<Record<FtpFaultId, (parameter: number | null) => Partial<FtpsFaults>>> = {
  'ftp-refuse-tls': () => ({ refuseTls: true }),
  'ftp-refuse-login': () => ({ refuseLogin: true }),
  'ftp-refuse-data': () => ({ refuseData: true }),
  'ftp-cut': (bytes) => ({ cutAfterBytes: bytes }),
  'ftp-demand-reuse': () => ({ demandSessionReuse: true })
}
