/** A route `--route HOST:PORT=HOST:PORT`, which redirects an address to another one (D-30). */
export interface Route {
  readonly from: Endpoint
  readonly to: Endpoint
}

export interface Endpoint {
  readonly host: string
  readonly port: number
}

/** Parses a route. Returns `null` when the text is not a route. */
export function parseRoute(text: string): Route | null {
  const parts = text.split('=')
  if (parts.length !== 2) return null
  const [from, to] = [parseEndpoint(parts[0]!), parseEndpoint(parts[1]!)]
  return from && to ? { from, to } : null
}

function parseEndpoint(text: string): Endpoint | null {
  const match = /^([A-Za-z0-9.-]+):(\d{1,5})$/.exec(text)
  const port = Number(match?.[2])
  return match && port >= 1 && port <= 65_535 ? { host: match[1]!.toLowerCase(), port } : null
}
