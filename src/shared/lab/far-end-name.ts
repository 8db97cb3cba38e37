/** Which connection of FTP a handshake belongs to. */
export type FtpConnectionName = 'control connection' | 'data connection'

export function ftpFarEnd(farEnd: string, name: FtpConnectionName): string {
  return `${farEnd} (FTP ${name})`
}

export interface FarEndParts {
  readonly address: string
  /** `null` unless it is a connection of FTP. */
  readonly ftp: FtpConnectionName | null
}

export function farEndParts(farEnd: string): FarEndParts {
  const [, address, ftp] = /^(.*) \(FTP (control connection|data connection)\)$/.exec(farEnd) ?? []
  return address && ftp ? { address, ftp: ftp as FtpConnectionName } : { address: farEnd, ftp: null }
}
