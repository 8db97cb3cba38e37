import { missing } from './strict.mjs'

/**
 * Chromium has no custom schemes. The shell's privileged scheme `telit-sim://board/x` becomes
 * `https://board.telit-sim.standin/x` in the browser: its own origin and a secure context, as in Electron.
 */
const handlers = new Map()
export const privilegedSchemes = []

export const protocol = {
  registerSchemesAsPrivileged(schemes) {
    for (const { scheme, privileges } of schemes) {
      if (!privileges.standard || !privileges.secure)
        throw missing(`scheme that is not standard and secure, "${scheme}"`)
      privilegedSchemes.push({ scheme, privileges })
    }
  },
  handle(scheme, handler) {
    if (!privilegedSchemes.some((known) => known.scheme === scheme))
      throw missing(`handler for the unprivileged scheme "${scheme}"`)
    handlers.set(scheme, handler)
  }
}

/** Returns the handler for an address of the shell, or `null`. It gets a Request with that address. */
export function handlerFor(url) {
  const handler = handlers.get(/^([a-z][a-z0-9+.-]*):\/\//.exec(url)?.[1])
  if (handler === undefined) return null
  return (request) => handler({ url, method: request.method, headers: request.headers })
}

export function inBrowser(url) {
  return url.replace(/^([a-z][a-z0-9+.-]*):\/\/([^/]+)/, (all, scheme, host) => {
    return isOurs(scheme) ? `https://${host}.${scheme}.standin` : all
  })
}

export function inShell(url) {
  return url.replace(/^https:\/\/([^/]+)\.([^/.]+)\.standin/, (all, host, scheme) => {
    return isOurs(scheme) ? `${scheme}://${host}` : all
  })
}

function isOurs(scheme) {
  return privilegedSchemes.some((known) => known.scheme === scheme)
}
