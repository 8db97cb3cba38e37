import type { KeptSession } from '../../../shared/security.ts'

/** What #SSLFASTD takes up again (G-4.4-1, D-24): the session and where it was. */
export interface FastDial {
  readonly session: KeptSession
  readonly host: string
  readonly port: number
}
