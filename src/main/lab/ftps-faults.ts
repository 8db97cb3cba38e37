import type { FtpFaultId, LabFaultId } from '../../shared/lab/faults.ts'

/** The faults of the FTPS server. */
export interface FtpsFaults {
  /** Refuse AUTH TLS. */
  readonly refuseTls: boolean
  readonly refuseLogin: boolean
  /** Refuse data connections. */
  readonly refuseData: boolean
  /** Cut files after so many bytes, in both directions; `null` for no limit. */
  readonly cutAfterBytes: number | null
  /**
   * Require that data connections resume the TLS session of the control connection, which the modules never do (G-5-4).
   */
  readonly demandSessionReuse: boolean
}

export const noFaults: FtpsFaults = {
  refuseTls: false,
  refuseLogin: false,
  refuseData: false,
  cutAfterBytes: null,
  demandSessionReuse: false
}

/**
 * The faults of the FTPS server, changed while the lab runs: for everybody, and for some user names. A change applies
 * from the next FTP command on.
 */
export class LabFtpFaults {
  private set = noFaults

  /** The faults for everybody. */
  get present(): FtpsFaults {
    return this.set
  }

  /** Changes some faults and leaves the others. */
  change(faults: Partial<FtpsFaults>): void {
    this.set = { ...this.set, ...faults }
  }

  /** Clears the faults for everybody. Those of the user names stay. */
  clear(): void {
    this.set = noFaults
  }

  /** Returns the faults for a user. `user` is empty before USER, which comes after AUTH TLS. */
  of(user: string): FtpsFaults {
    return { ...this.set, ...faultyUsers.get(user) }
  }
}

/**
 * User names that bring a fault, so that each fault after TLS can be had from the AT port alone. All other names are
 * accepted, with any password.
 */
const faultyUsers: ReadonlyMap<string, Partial<FtpsFaults>> = new Map([
  ['denied', { refuseLogin: true }],
  ['nodata', { refuseData: true }],
  ['cut', { cutAfterBytes: 20 }],
  ['reuse', { demandSessionReuse: true }]
])

/** Returns the FTPS fault for an armed fault; empty for faults of other servers. */
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
