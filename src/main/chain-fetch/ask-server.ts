import { connect as connectTcp, isIP, type Socket } from 'node:net'
import {
  connect as connectTls,
  createSecureContext,
  type DetailedPeerCertificate,
  type SecureContext,
  type SecureContextOptions,
  type TLSSocket
} from 'node:tls'

/** The certificates that a server sent to a TLS client of this machine. */
export interface ServerChain {
  /** DER, the server's own certificate first, then in the order as sent by the server. */
  readonly sent: readonly Buffer[]
  /** The protocol version, such as `TLSv1.2`. */
  readonly protocol: string
}

export interface AskedServer {
  readonly host: string
  readonly port: number
  /** The server name to ask for (RFC 6066 3). Not sent when it is an address. */
  readonly name: string
  readonly protocol: 'tls' | 'ftps'
}

/** Long enough for a distant server over a slow line. */
export const FETCH_LIMIT_MS = 10_000

/**
 * Fetches a server's certificates with the TLS library of this machine, from TLS 1.0 on. The certificates are not
 * verified: they are for display only. Sends no application data. Rejects with an error of one sentence.
 */
export async function askServer(asked: AskedServer, signal: AbortSignal): Promise<ServerChain> {
  const tcp = await openTcp(asked, signal)
  try {
    if (asked.protocol === 'ftps') await startFtpTls(tcp, asked, signal)
    return await shakeHands(tcp, asked, signal)
  } finally {
    tcp.destroy()
  }
}

function openTcp({ host, port }: AskedServer, signal: AbortSignal): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connectTcp({ host, port, signal })
    socket.once('connect', () => resolve(socket))
    // Stays for the life of the socket: a later error is reported by the handshake.
    socket.on('error', (error: NodeJS.ErrnoException) => reject(new Error(tcpSentence(error, host, port, signal))))
  })
}

function tcpSentence({ code }: NodeJS.ErrnoException, host: string, port: number, signal: AbortSignal): string {
  if (signal.aborted) return `${host}:${port} did not answer in ${FETCH_LIMIT_MS / 1000} s.`
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `No address is known for ${host}.`
  if (code === 'ECONNREFUSED') return `Nobody listens at ${host}:${port}.`
  return `${host}:${port} cannot be reached (${code ?? 'no reason given'}).`
}

/**
 * Starts TLS on an FTP connection: greeting, AUTH TLS, and 234 (RFC 4217 4). Any other reply is quoted in the error.
 */
async function startFtpTls(socket: Socket, { host, port }: AskedServer, signal: AbortSignal): Promise<void> {
  await reply(socket, signal, '220', `${host}:${port} did not greet as an FTP server does`)
  socket.write('AUTH TLS\r\n')
  await reply(socket, signal, '234', `${host}:${port} does not take AUTH TLS`)
}

function reply(socket: Socket, signal: AbortSignal, code: string, otherwise: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = ''
    const read = (bytes: Buffer): void => {
      text += bytes.toString('latin1')
      // The last line of a reply has a space after its code (RFC 959 4.2).
      const last = /^(\d{3}) .*\r?\n/m.exec(text)
      if (!last && text.length < MAX_REPLY_BYTES) return
      done(last?.[1] === code ? null : `${otherwise}: ${(last?.[0] ?? text).slice(0, 80).trim()}.`)
    }
    const ended = (): void =>
      done(
        signal.aborted ? `${otherwise} within ${FETCH_LIMIT_MS / 1000} s.` : `${otherwise}: it closed the connection.`
      )
    const done = (sentence: string | null): void => {
      socket.off('data', read).off('close', ended)
      socket.pause()
      if (sentence === null) resolve()
      else reject(new Error(sentence))
    }
    socket.on('data', read).on('close', ended)
    socket.resume()
  })
}

/** The size of a greeting with many lines. */
const MAX_REPLY_BYTES = 8192

function shakeHands(tcp: Socket, { host, port, name }: AskedServer, signal: AbortSignal): Promise<ServerChain> {
  return new Promise((resolve, reject) => {
    let socket: TLSSocket
    const fail = (error: NodeJS.ErrnoException | null): void =>
      reject(new Error(tlsSentence(error, `${host}:${port}`, signal)))
    const servername = isIP(name) === 0 ? { servername: name } : {}
    try {
      socket = connectTls({ socket: tcp, rejectUnauthorized: false, secureContext: anyContext(), ...servername })
    } catch (error) {
      return fail(error as NodeJS.ErrnoException)
    }
    socket.once('secureConnect', () => {
      const sent = chainOf(socket.getPeerCertificate(true))
      const protocol = socket.getProtocol() ?? 'TLS'
      socket.destroy()
      if (sent.length === 0) reject(new Error(`${host}:${port} showed no certificate.`))
      else resolve({ sent, protocol })
    })
    socket.once('error', fail)
    socket.once('close', () => fail(null))
    tcp.once('close', () => fail(null))
  })
}

function tlsSentence(error: NodeJS.ErrnoException | null, where: string, signal: AbortSignal): string {
  if (signal.aborted) return `${where} did not finish the handshake in ${FETCH_LIMIT_MS / 1000} s.`
  if (error === null || error.code === 'ECONNRESET')
    return `${where} closed the connection during the handshake; it may not speak TLS.`
  const reason = /:SSL routines:[^:]*:([^:]+)/.exec(error.message)?.[1] ?? error.code ?? error.message
  return `${where} and this machine's TLS found no way to talk (${reason.trim()}).`
}

/**
 * Makes a context without trusted roots, so that `getPeerCertificate` returns exactly what the server sent. It allows
 * TLS 1.0 and weak keys, which servers as old as the modules have.
 */
function anyContext(): SecureContext {
  const options: SecureContextOptions = { ca: [], minVersion: 'TLSv1' }
  try {
    return createSecureContext({ ...options, ciphers: 'ALL:@SECLEVEL=0' })
  } catch {
    // The TLS library of Electron (BoringSSL) has no security levels.
    return createSecureContext(options)
  }
}

function chainOf(first: DetailedPeerCertificate): Buffer[] {
  const chain: Buffer[] = []
  for (
    let one: DetailedPeerCertificate | undefined = first;
    one?.raw && chain.length < MAX_CERTIFICATES;
    one = one.issuerCertificate
  ) {
    if (chain.some((known) => known.equals(one!.raw))) break
    chain.push(one.raw)
  }
  return chain
}

/** Real chains have two to four. */
const MAX_CERTIFICATES = 16
