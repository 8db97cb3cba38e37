import type { ModuleProfile } from '../products/profile.ts'
import type { LabCommand, LabCommandsQuery } from './calls.ts'

/** What the commands depend on. */
export interface LabCommandFacts {
  readonly profile: ModuleProfile
  /** Commands whose effect is already there are left out: a second #SGACT or #SSLEN gives an error. */
  readonly contextDefined: boolean
  readonly contextActive: boolean
  readonly sslEnabled: boolean
  readonly sslOpen: boolean
  readonly ftpOpen: boolean
  readonly dial: { readonly host: string; readonly port: number }
  /** PEM with LF only, which every product accepts (G-3.3-5). */
  readonly caPem: string
  /** For authentication mode 2: certificate and PKCS#1 key (D-32), PEM. */
  readonly client: { readonly certificatePem: string; readonly keyPem: string } | null
}

/**
 * Returns the commands that reach a server of the lab with the present product, from the module's present state, in the
 * order of the guide (chapters 2, 3 and 4.1; for FTPS chapter 5). Throws an error of one sentence when the product
 * cannot.
 */
export function labCommandsFor({ farEnd, authMode }: LabCommandsQuery, facts: LabCommandFacts): readonly LabCommand[] {
  const { profile, dial } = facts
  if (!profile.hasSsl)
    throw new Error(`${profile.product} with software ${profile.software} has no SSL commands; a newer software has.`)
  const line = (text: string, aim: string, until: LabCommand['until'] = 'OK'): LabCommand => ({
    send: `${text}\r`,
    until,
    aim
  })
  const ftps = farEnd === 'ftps'
  // An open socket cannot be dialled again, and settings apply to the next connection.
  const close = [
    ...(facts.ftpOpen ? [line('AT#FTPCLOSE', 'close the FTP session')] : []),
    ...(facts.sslOpen ? [line('AT#SSLH=1', 'close what is open')] : [])
  ]
  const context = [
    ...(facts.contextDefined ? [] : [line('AT+CGDCONT=1,"IP","internet"', 'define context 1')]),
    ...(facts.contextActive ? [] : [line('AT#SGACT=1,1', 'ask the network for an address')])
  ]
  const enable = ftps
    ? [line('AT#FTPCFG=100,0,1', 'FTP with TLS')]
    : facts.sslEnabled
      ? []
      : [line('AT#SSLEN=1,1', 'enable the SSL socket')]
  const format = profile.hasCertificateFormat ? ',1' : ''
  const security = [
    line(
      `AT#SSLSECCFG=1,0,${authMode}${format}`,
      authMode === 0 ? 'verify nothing' : authMode === 1 ? 'verify the server' : 'verify both sides'
    )
  ]
  const stored = [
    ...(authMode === 2 && facts.client
      ? [
          ...store(0, facts.client.certificatePem, 'the client certificate'),
          ...store(2, facts.client.keyPem, 'its private key')
        ]
      : []),
    ...(authMode > 0 ? store(1, facts.caPem, 'the lab’s CA') : [])
  ]
  const open = ftps
    ? line(`AT#FTPOPEN="${dial.host}:${dial.port}","user","password",1`, 'log in, passive mode')
    : line(`AT#SSLD=1,${dial.port},"${dial.host}",0,0`, 'dial, online mode', 'CONNECT')
  return [...close, ...context, ...enable, ...security, ...stored, open]
}

function store(dataType: 0 | 1 | 2, pem: string, what: string): readonly LabCommand[] {
  return [
    { send: `AT#SSLSECDATA=1,1,${dataType},${pem.length}\r`, until: '>', aim: `store ${what}` },
    { send: `${pem}\x1a`, until: 'OK', aim: `${what}, ended by Ctrl-Z` }
  ]
}

/**
 * Returns the commands as one text to paste into a terminal program: with CR after each line, Ctrl-Z after each PEM.
 */
export function pasteText(commands: readonly LabCommand[]): string {
  return commands.map(({ send }) => send).join('')
}
