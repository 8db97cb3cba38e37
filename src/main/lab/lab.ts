import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeLabPki } from './authority.ts'
import { caFileName, loadPki, savePki } from './kept-pki.ts'
import type { LabFtpFaults } from './ftp/faults.ts'
import { startFtps } from './ftp/server.ts'
import { startHttps } from './https.ts'
import { startTlsEcho } from './tls-echo.ts'

/** The built-in far ends, for a first connection without a server of one's own. */
export interface Lab {
  /** The TLS echo. */
  readonly tls: { readonly host: string; readonly port: number }
  /** A small HTTPS server. */
  readonly https: { readonly host: string; readonly port: number }
  /** FTP with TLS. */
  readonly ftps: { readonly host: string; readonly port: number }
  /** What goes wrong at the FTPS far end; may be set at any time. */
  readonly ftpsFaults: LabFtpFaults
  /** The certificate authority, as a PEM file to store in a module. */
  readonly caFile: string
  close(): Promise<void>
}

/** The address that the guide's examples dial; it leads to the TLS echo (D-30). */
export const guideEchoAddress = { host: '123.124.125.126', port: 443 }
/** The name of the lab's web server (D-30). */
export const webAddress = { host: 'www.example.lab', port: 443 }

/** What the certificate of the lab's servers names. */
export const labNames = ['echo.lab.test', webAddress.host, '127.0.0.1', guideEchoAddress.host]

/** `folder`: where keys and certificates are kept; null: a temporary one that goes with the lab. */
export async function startLab(folder: string | null): Promise<Lab> {
  const temporary = folder === null ? mkdtempSync(join(tmpdir(), 'telit-sim-lab-')) : null
  const place = folder ?? temporary!
  try {
    const { server } = await pkiIn(place)
    const [echo, web, ftps] = await Promise.all([startTlsEcho(server), startHttps(server), startFtps(server)])
    return {
      tls: { host: echo.host, port: echo.port },
      https: { host: web.host, port: web.port },
      ftps: { host: ftps.host, port: ftps.port },
      ftpsFaults: ftps.faults,
      caFile: join(place, caFileName),
      close: async () => {
        await Promise.all([echo.close(), web.close(), ftps.close()])
        if (temporary) rmSync(temporary, { recursive: true, force: true })
      }
    }
  } catch (error) {
    if (temporary) rmSync(temporary, { recursive: true, force: true })
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
