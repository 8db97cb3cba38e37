/** @module The built-in servers, their certificate authority, and the faults that a person arms for them. */

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { guideEchoAddress, webAddress } from '../../shared/lab/lab.ts'
import type { ArmedFaults } from './armed-faults.ts'
import { makeLabPki } from './authority.ts'
import { LabCertificates } from './certificates.ts'
import { LabDesk, type DeskParts } from './desk.ts'
import { startFtps } from './ftp/server.ts'
import type { LabFtpFaults } from './ftps-faults.ts'
import { startHttps } from './https.ts'
import { CA_FILE_NAME, loadPki, savePki } from './kept-pki.ts'
import { startPlainServers, type PlainServers } from './plain/start.ts'
import { startTlsEcho } from './tls-echo.ts'

/** The built-in servers, for a first connection without a server of one's own. */
export interface Lab {
  /** The TLS echo server. */
  readonly tls: { readonly host: string; readonly port: number }
  /** The HTTPS server. */
  readonly https: { readonly host: string; readonly port: number }
  /** The FTP server with TLS. */
  readonly ftps: { readonly host: string; readonly port: number }
  /** The servers without TLS. */
  readonly plain: PlainServers['addresses']
  /** The faults of the FTPS server; may be changed at any time. */
  readonly ftpsFaults: LabFtpFaults
  /** The settings of the servers. */
  readonly desk: LabDesk
  readonly certificates: LabCertificates
  /** PEM file of the certificate authority, to be stored in a module. */
  readonly caFile: string
  close(): Promise<void>
}

/** The names in the certificate of the lab servers. */
export const labNames = ['echo.lab.test', webAddress.host, '127.0.0.1', guideEchoAddress.host]

/** Where keys and certificates are stored. A temporary folder is removed with the lab. */
export interface LabFolder {
  readonly path: string
  readonly temporary: boolean
}

export async function startLab(
  folder: LabFolder,
  faults: ArmedFaults,
  breakInto: DeskParts['breakInto'],
  /** The date of the mobile network, which the time server tells. */
  worldMs: () => number = () => Date.now()
): Promise<Lab> {
  const { path: place, temporary } = folder
  try {
    const nowMs = (): number => Date.now()
    const certificates = new LabCertificates(await pkiIn(place), labNames, nowMs)
    const desk = new LabDesk({ certificates, faults, nowMs, breakInto })
    const [echo, web, ftps, plain] = await Promise.all([
      startTlsEcho(desk.visits('tls')),
      startHttps(desk.visits('https')),
      startFtps(desk.visits('ftps')),
      startPlainServers(desk.plain, worldMs)
    ])
    return {
      tls: { host: echo.host, port: echo.port },
      https: { host: web.host, port: web.port },
      ftps: { host: ftps.host, port: ftps.port },
      plain: plain.addresses,
      ftpsFaults: ftps.faults,
      desk,
      certificates,
      caFile: join(place, CA_FILE_NAME),
      close: async () => {
        await Promise.all([echo.close(), web.close(), ftps.close(), plain.close()])
        if (temporary) rmSync(place, { recursive: true, force: true })
      }
    }
  } catch (error) {
    if (temporary) rmSync(place, { recursive: true, force: true })
    throw error
  }
}

async function pkiIn(folder: string) {
  const kept = loadPki(folder, Date.now())
  if (kept) return kept
  const made = await makeLabPki(labNames)
  savePki(folder, made)
  return made
}
