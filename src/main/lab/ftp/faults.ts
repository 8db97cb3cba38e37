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

export const noFaults: FtpsFaults = { refuseTls: false, refuseLogin: false, refuseData: false, cutAfterBytes: null, demandSessionReuse: false }

/** Users whose sessions misbehave, so that each fault can be had from the AT port alone; any other name is let in, with any password. */
export const faultyUsers: Readonly<Record<string, Partial<FtpsFaults>>> = {
  denied: { refuseLogin: true },
  nodata: { refuseData: true },
  cut: { cutAfterBytes: 20 },
  reuse: { demandSessionReuse: true }
}
